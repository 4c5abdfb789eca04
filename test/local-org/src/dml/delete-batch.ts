import { NotSupported } from '../errors.ts';
import type { Transaction } from '../transaction/types.ts';
import { checkRecordAccess } from './check-access.ts';
import { deleteDependents, restoreDependents } from './dependents.ts';
import { auditFields } from './defaults.ts';
import { deriveAfterWrite } from './derived/derived-rules.ts';
import { NOT_IN_RECYCLE_BIN } from './dml-errors.ts';
import { findDuplicate } from './find-duplicates.ts';
import { beginLocked } from './lock-record.ts';
import { fireTriggers, sound } from './fire-triggers.ts';
import type { DmlOptions, WorkingRecord } from './types.ts';
import type { Change } from './working-record.ts';

/** Set-up records that have no recycle bin and to which nothing refers. */
const GONE_AT_ONCE = new Set(['PermissionSetAssignment']);

/**
 * Moves up to 200 records of one object to the recycle bin, with what cannot be without them.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_dml_examples_delete.htm
 * @throws NotSupported for other set-up objects than assignments, and for records that others refer to in a way not worked out so far
 */
export function deleteBatch(changes: readonly Change[], options: DmlOptions, tx: Transaction): WorkingRecord[] {
  const { triggers, enforcement } = options;
  const records = changes.map((change) => beginLocked(change, tx));
  checkRecordAccess('delete', records, enforcement, tx);
  fireTriggers(triggers, 'before', 'delete', records);
  for (const record of sound(records)) {
    const { object, id } = record;
    if (id === null) throw new Error(`a ${object.name} without an id cannot be deleted`);
    if (!object.fields.has('isdeleted')) {
      if (!GONE_AT_ONCE.has(object.name)) throw new NotSupported(`deleting a ${object.name}`);
      tx.store.remove(object, id);
      continue;
    }
    deleteDependents(object, id, tx);
    tx.store.update(object, id, new Map([...auditFields('change', object, tx), ['IsDeleted', true]]));
    deriveAfterWrite('delete', record, tx);
  }
  fireTriggers(triggers, 'after', 'delete', records);
  return records;
}

/**
 * Brings up to 200 records of one object back from the recycle bin. There is no before undelete trigger.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_dml_undelete.htm
 */
export function undeleteBatch(changes: readonly Change[], options: DmlOptions, tx: Transaction): WorkingRecord[] {
  const { triggers, enforcement } = options;
  const records = changes.map((change) => beginLocked(change, tx));
  checkRecordAccess('undelete', records, enforcement, tx);
  for (const record of sound(records)) undelete(record, tx);
  fireTriggers(triggers, 'after', 'undelete', records);
  return records;
}

function undelete(record: WorkingRecord, tx: Transaction): void {
  const { object, id, old, values } = record;
  if (id === null || old === null) throw new Error(`a ${object.name} without an id cannot be undeleted`);
  if (old.get('IsDeleted') !== true) {
    record.errors.push(NOT_IN_RECYCLE_BIN);
    return;
  }
  const duplicate = findDuplicate({ ...record, values: old, old: null }, () => false, tx);
  if (duplicate) {
    record.errors.push(duplicate);
    return;
  }
  for (const [name, value] of [...auditFields('change', object, tx), ['IsDeleted', false] as const]) values.set(name, value);
  tx.store.update(object, id, values);
  restoreDependents(object, old, tx);
  deriveAfterWrite('undelete', record, tx);
}
