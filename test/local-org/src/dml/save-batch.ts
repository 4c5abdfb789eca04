import { NotSupported } from '../errors.ts';
import { storedFields } from '../store/columns.ts';
import { UniqueViolation } from '../store/unique-violation.ts';
import type { Transaction } from '../transaction/types.ts';
import { nextAutoNumber } from './auto-number.ts';
import { checkRecordAccess } from './check-access.ts';
import { takeGiven, toStoredForm } from './check-writable.ts';
import { applyDefaults, auditFields } from './defaults.ts';
import { beginLocked, lockRecord } from './lock-record.ts';
import { deriveBeforeSave, deriveAfterWrite } from './derived/derived-rules.ts';
import { duplicateValue } from './dml-errors.ts';
import { findDuplicate } from './find-duplicates.ts';
import { fireTriggers, sound } from './fire-triggers.ts';
import type { DmlOptions, WorkingRecord } from './types.ts';
import { validateReferences } from './validate-references.ts';
import { validate } from './validate.ts';
import { checkValidationRules } from './validation-rules.ts';
import { fieldOf, type Change } from './working-record.ts';

/**
 * Inserts or updates up to 200 records of one object in the platform's order. A record that fails a step takes no part in
 * the later ones; its errors say why. The caller undoes everything where a record failed.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_triggers_order_of_execution.htm
 */
export function saveBatch(
  operation: 'insert' | 'update',
  changes: readonly Change[],
  { triggers, enforcement }: DmlOptions,
  tx: Transaction,
): WorkingRecord[] {
  // 1 and 2: the stored record, overwritten by the values given.
  const records = changes.map((change) => {
    const record = beginLocked(change, tx);
    if (record.errors.length === 0) takeGiven(record, change.values, enforcement, tx);
    return record;
  });
  checkRecordAccess(operation, records, enforcement, tx);
  for (const record of sound(records)) {
    if (operation === 'insert') applyDefaults(record, tx);
    toStoredForm(record);
  }
  // 4: before triggers (3, flows that run before the save, cannot be deployed).
  fireTriggers(triggers, 'before', operation, records);
  // 5: system validation, then the validation rules, which see what the platform derives from the new values.
  for (const record of sound(records)) {
    toStoredForm(record);
    validate(record);
    lockRecord(record, tx);
    validateReferences(record, enforcement, tx);
    if (record.errors.length > 0) continue;
    deriveBeforeSave(record, tx);
    if (record.errors.length === 0) checkValidationRules(record, tx);
  }
  // 7: saved, not committed (6, duplicate rules, cannot be deployed). The platform's own follow-up changes belong to it.
  const saved = new Set<string>();
  for (const record of sound(records)) save(record, saved, tx);
  for (const record of sound(records)) deriveAfterWrite(operation, record, tx);
  // 8: after triggers. What follows on the platform (assignment rules, workflow, flows, roll-ups) cannot be deployed.
  fireTriggers(triggers, 'after', operation, records);
  return records;
}

/** Writes one record; unique values are looked up before, one record after the other, so that a batch cannot collide with itself. */
function save(record: WorkingRecord, saved: Set<string>, tx: Transaction): void {
  const duplicate = findDuplicate(record, (id) => saved.has(id), tx);
  if (duplicate) {
    record.errors.push(duplicate);
    return;
  }
  try {
    if (record.old === null) insert(record, tx);
    else update(record, tx);
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    record.errors.push(duplicateValue(fieldOf(record.object, error.field), null));
    return;
  }
  if (record.id !== null) saved.add(record.id);
}

function insert(record: WorkingRecord, tx: Transaction): void {
  const { object, values } = record;
  const id = tx.store.nextId(object);
  values.set('Id', id);
  for (const [name, value] of auditFields('create', object, tx)) values.set(name, value);
  for (const field of storedFields(object)) {
    if (field.autoNumber) values.set(field.name, nextAutoNumber(object, field, tx));
    // A custom object's record without a name is called by its id.
    else if (field.nameField && object.custom && (values.get(field.name) ?? null) === null) values.set(field.name, id);
    if (!field.nillable && (values.get(field.name) ?? null) === null) {
      throw new NotSupported(`inserting a ${object.name} without ${field.name}, which the platform would fill`);
    }
  }
  tx.store.insert(object, values);
  tx.locks.take([id]);
  record.id = id;
}

function update(record: WorkingRecord, tx: Transaction): void {
  if (record.id === null) throw new Error(`a ${record.object.name} without an id cannot be updated`);
  for (const [name, value] of auditFields('change', record.object, tx)) record.values.set(name, value);
  tx.store.update(record.object, record.id, record.values);
}
