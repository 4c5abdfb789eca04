import { isValidId, to18 } from '../schema/ids.ts';
import type { FieldDef, FieldType, Value } from '../schema/types.ts';

const NUMBERS: ReadonlySet<FieldType> = new Set(['int', 'double', 'currency', 'percent']);
const IDS: ReadonlySet<FieldType> = new Set(['id', 'reference']);
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;
/** A number of more digits is exact in no column; there is nothing left to round. */
const EXACT_DIGITS = 1e15;

/**
 * A value in the form in which the platform keeps it: text without blanks at its ends and empty text as null, numbers at
 * the field's scale, datetimes in whole seconds, ids of 18 characters, checkboxes never null.
 * @returns undefined where the value is not of the field's type
 * @see https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/primitive_data_types.htm
 */
export function storedValue(field: FieldDef, value: Value): Value | undefined {
  if (value === null) return field.type === 'boolean' ? false : null;
  if (field.type === 'boolean') return typeof value === 'boolean' ? value : undefined;
  if (NUMBERS.has(field.type)) return typeof value === 'number' && !Number.isNaN(value) ? roundToScale(value, field.scale) : undefined;
  if (field.type === 'datetime') return isFinite(value) ? Math.floor(value / 1000) * 1000 : undefined;
  if (field.type === 'time') return isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  if (field.type === 'date') return isDay(value) ? value : undefined;
  if (IDS.has(field.type)) return isValidId(value) ? to18(value) : value.trim() || null;
  return trimmed(value) || null;
}

/** Half away from zero, on the decimal digits of the number: 1.005 at scale 2 is 1.01. */
export function roundToScale(value: number, scale: number): number {
  const size = Math.abs(value);
  if (size >= EXACT_DIGITS || !Number.isFinite(value)) return value;
  if (size < 1e-6) return Number(value.toFixed(scale));
  const rounded = Number(`${Math.round(Number(`${size}e${scale}`))}e-${scale}`);
  return value < 0 && rounded !== 0 ? -rounded : rounded;
}

/** Loses what String.trim of Apex loses: blanks, tabs, line ends and other control characters at both ends. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 0x20) start++;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(start, end);
}

function isFinite(value: Value): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isDay(text: string): boolean {
  if (!ISO_DAY.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}
