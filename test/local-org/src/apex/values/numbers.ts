import { ApexDecimal } from './apex-decimal.ts';
import { ApexDouble } from './apex-double.ts';
import type { ApexValue } from './values.ts';

export type NumericValue = number | bigint | ApexDouble | ApexDecimal;

export function isNumeric(value: ApexValue): value is NumericValue {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof ApexDouble || value instanceof ApexDecimal;
}

/** Widens to Decimal; a Double must be finite. */
export function toDecimal(value: NumericValue): ApexDecimal {
  if (value instanceof ApexDecimal) return value;
  return value instanceof ApexDouble ? ApexDecimal.ofDouble(value.n) : ApexDecimal.ofInteger(value);
}

export function toDouble(value: NumericValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return value instanceof ApexDouble ? value.n : value.toNumber();
}

/** Below, at or above zero; NaN is the greatest, as in Java's ordering. */
export function compareNumbers(a: NumericValue, b: NumericValue): number {
  if (a instanceof ApexDouble || b instanceof ApexDouble) {
    const left = toDouble(a);
    const right = toDouble(b);
    if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
    if (!Number.isFinite(left) || !Number.isFinite(right)) return left < right ? -1 : left > right ? 1 : 0;
  }
  return toDecimal(a).compareTo(toDecimal(b));
}
