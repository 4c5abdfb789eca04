import { NotSupported } from '../errors.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { Transaction } from '../transaction/types.ts';

const COUNTER = /\{(0+)\}/;

/**
 * The next value of an auto-number field. Numbers are used up by inserts that fail, too.
 * @see https://help.salesforce.com/s/articleView?id=platform.custom_field_attributes.htm (display format)
 * @throws NotSupported for a display format with anything but text and one counter
 */
export function nextAutoNumber(object: ObjectDef, field: FieldDef, tx: Transaction): string {
  const format = field.displayFormat ?? '{0}';
  if (!COUNTER.test(format) || /[{}]/.test(format.replace(COUNTER, ''))) {
    throw new NotSupported(`auto-number format ${format} (${object.name}.${field.name})`);
  }
  const number = String(tx.store.nextAutoNumber(object, field.name));
  return format.replace(COUNTER, (_whole, digits: string) => number.padStart(digits.length, '0'));
}
