import { sharedIds } from '../access/record-access.ts';
import type { RecordRight } from '../access/sharing.ts';
import type { Enforcement, ObjectAccess } from '../access/types.ts';
import { userAccess } from '../access/user-access.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { Transaction } from '../transaction/types.ts';
import { INSUFFICIENT_ACCESS } from './dml-errors.ts';
import { EntityAccessDenied } from './entity-access-denied.ts';
import { sound } from './fire-triggers.ts';
import type { DmlOperation, WorkingRecord } from './types.ts';
import type { Change } from './working-record.ts';

const OBJECT_RIGHT: Readonly<Record<DmlOperation, keyof ObjectAccess>> = {
  insert: 'create',
  update: 'edit',
  delete: 'delete',
  undelete: 'delete',
};

const RECORD_RIGHT: Readonly<Record<Exclude<DmlOperation, 'insert'>, RecordRight>> = {
  update: 'edit',
  delete: 'delete',
  undelete: 'delete',
};

/**
 * Object permissions, where the statement respects them.
 * @throws EntityAccessDenied for the first object of whose records the user may not do what the statement does
 */
export function checkObjectAccess(
  changes: readonly Pick<Change, 'object' | 'operation'>[],
  { permissions }: Enforcement,
  tx: Transaction,
): void {
  if (!permissions) return;
  const access = userAccess(tx);
  for (const { object, operation } of changes) if (!access.object(object)[OBJECT_RIGHT[operation]]) throw new EntityAccessDenied(object);
}

/** Answers of fields whether their security lets the running user set them; true of all where the statement does not respect it. */
export function fieldSecurity({ permissions }: Enforcement, tx: Transaction): (object: ObjectDef, field: FieldDef) => boolean {
  if (!permissions) return () => true;
  const access = userAccess(tx);
  return (object, field) => access.field(object, field).edit;
}

/** Records of one object that are not shared with the user for the operation get an error, where the statement respects sharing. */
export function checkRecordAccess(
  operation: DmlOperation,
  records: readonly WorkingRecord[],
  { sharing }: Enforcement,
  tx: Transaction,
): void {
  const [first] = records;
  if (!sharing || !first || operation === 'insert') return;
  const ids = sound(records).flatMap(({ id }) => id ?? []);
  const shared = sharedIds(tx, first.object, ids, RECORD_RIGHT[operation]);
  for (const record of sound(records)) if (record.id !== null && !shared.has(record.id)) record.errors.push(INSUFFICIENT_ACCESS);
}

/** Whether a record may be referred to: the user reads its object, as far as permissions hold, and it, as far as sharing does. */
export function mayReferTo(object: ObjectDef, id: string, { permissions, sharing }: Enforcement, tx: Transaction): boolean {
  if (permissions && !userAccess(tx).object(object).read) return false;
  return !sharing || sharedIds(tx, object, [id], 'read').size > 0;
}
