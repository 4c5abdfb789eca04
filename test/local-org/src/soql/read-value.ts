import type { FieldDef, FieldType, Value } from '../schema/types.ts';

/** What a column of SQLite holds, as a field value. Numbers are rounded to the field's scale: REAL adds noise of its own. */
export function readValue(raw: unknown, type: FieldType, field: FieldDef | null): Value {
  if (raw === null || raw === undefined) return null;
  if (typeof raw === 'bigint') return Number(raw);
  if (typeof raw === 'number') {
    if (type === 'boolean') return raw !== 0;
    return field && (type === 'currency' || type === 'percent' || type === 'double') ? roundTo(raw, field.scale) : raw;
  }
  if (typeof raw === 'string') return raw === '' ? null : raw;
  throw new TypeError(`A column answered ${typeof raw}, which no field holds.`);
}

/** Half away from zero, as the platform rounds. */
function roundTo(value: number, scale: number): number {
  const shifted = Number(`${Math.abs(value)}e${scale}`);
  // A number so large or small that it prints with an exponent has no digits to lose at this scale.
  if (Number.isNaN(shifted)) return value;
  return Math.sign(value) * Number(`${Math.round(shifted)}e-${scale}`);
}
