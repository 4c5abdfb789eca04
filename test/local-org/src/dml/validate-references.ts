import type { Enforcement } from '../access/types.ts';
import { NotSupported } from '../errors.ts';
import { isValidId, keyPrefix, to18 } from '../schema/ids.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { Transaction } from '../transaction/types.ts';
import { mayReferTo } from './check-access.ts';
import {
  ENTITY_IS_DELETED,
  idOfOtherObject,
  inactiveOwner,
  INSUFFICIENT_ACCESS_TO_PARENT,
  INVALID_CROSS_REFERENCE,
  malformedId,
} from './dml-errors.ts';
import type { DmlError, WorkingRecord } from './types.ts';
import { isChanged } from './working-record.ts';

/** Checks that every reference that changes leads to a record that is there, that the user may see, of an object that the field allows. */
export function validateReferences(record: WorkingRecord, enforcement: Enforcement, tx: Transaction): void {
  for (const [name, value] of record.values) {
    const field = record.object.fields.get(name.toLowerCase());
    if (field?.type !== 'reference' || typeof value !== 'string' || !isChanged(record, name)) continue;
    if (value === record.id) throw new NotSupported(`a record that refers to itself (${record.object.name}.${name})`);
    const error = checkTarget(field, value, enforcement, tx);
    if (error) record.errors.push(error);
  }
}

function checkTarget(field: FieldDef, id: string, enforcement: Enforcement, tx: Transaction): DmlError | null {
  if (!isValidId(id)) return malformedId(field, id);
  const target = targetObject(field, id, tx);
  if (!target) return idOfOtherObject(field, id);
  const row = tx.store.get(target, id);
  if (!row) return INVALID_CROSS_REFERENCE;
  if (row.get('IsDeleted') === true) return ENTITY_IS_DELETED;
  if (!mayReferTo(target, to18(id), enforcement, tx)) return INSUFFICIENT_ACCESS_TO_PARENT;
  return field.name === 'OwnerId' && target.name === 'User' && row.get('IsActive') !== true ? inactiveOwner(id) : null;
}

function targetObject(field: FieldDef, id: string, tx: Transaction): ObjectDef | undefined {
  for (const name of field.referenceTo) {
    const found = tx.schema.object(name);
    if (found.kind === 'known' && found.def.keyPrefix === keyPrefix(id)) return found.def;
  }
  return undefined;
}
