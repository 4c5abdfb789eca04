import type { FieldDef, FieldType, Value } from '../schema/types.ts';
import { invalidEmail, notInPicklist, outOfRange, ownerBlank, requiredMissing, tooLong } from './dml-errors.ts';
import type { WorkingRecord } from './types.ts';
import { currentValue, isChanged } from './working-record.ts';

const NUMBERS: ReadonlySet<FieldType> = new Set(['int', 'double', 'currency', 'percent']);
const INT_LIMIT = 2 ** 31;
/** A local part, one @, and a domain with at least one dot. @see https://help.salesforce.com/s/articleView?id=000384405 */
const EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/;

/**
 * System validation after the before triggers: required fields, then each value that changes by its field's traits.
 * Values are in stored form. References have a check of their own.
 */
export function validate(record: WorkingRecord): void {
  checkRequired(record);
  for (const [name, value] of record.values) {
    const field = record.object.fields.get(name.toLowerCase());
    if (field && value !== null && isChanged(record, name)) checkValue(record, field, value);
  }
}

function checkRequired(record: WorkingRecord): void {
  const missing: string[] = [];
  for (const field of record.object.fields.values()) {
    if (field.nillable || field.type === 'boolean') continue;
    // A custom field that was made required after the record was saved has to be filled with the next save, whatever changes.
    if (currentValue(record, field.name) !== null || (record.old !== null && !field.custom && !record.values.has(field.name))) continue;
    if (field.name === 'OwnerId') record.errors.push(ownerBlank(field));
    else if (record.old !== null || (field.createable && !field.defaultedOnCreate)) missing.push(field.name);
  }
  if (missing.length > 0) record.errors.push(requiredMissing(missing));
}

function checkValue(record: WorkingRecord, field: FieldDef, value: Exclude<Value, null>): void {
  if (typeof value === 'number' && NUMBERS.has(field.type)) {
    if (!isInRange(field, value)) record.errors.push(outOfRange(field, value));
    return;
  }
  if (typeof value !== 'string' || field.type === 'reference' || field.type === 'date') return;
  if (field.length > 0 && value.length > field.length) record.errors.push(tooLong(field, value));
  else if (field.type === 'email' && !EMAIL.test(value)) record.errors.push(invalidEmail(field, value));
  else if (field.restrictedPicklist) checkPicklist(record, field, value);
}

function isInRange(field: FieldDef, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  if (field.type === 'int' && Math.abs(value) >= INT_LIMIT) return false;
  return field.precision === 0 || Math.abs(value) < 10 ** (field.precision - field.scale);
}

function checkPicklist(record: WorkingRecord, field: FieldDef, value: string): void {
  const values = field.type === 'multipicklist' ? value.split(';') : [value];
  for (const one of values) {
    const entry = field.picklistValues.find((candidate) => candidate.value === one);
    if (!entry?.active) record.errors.push(notInPicklist(field, one));
  }
}
