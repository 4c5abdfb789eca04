import { ApexDouble } from './apex-double.ts';

export type RoundingMode = 'CEILING' | 'DOWN' | 'FLOOR' | 'HALF_DOWN' | 'HALF_EVEN' | 'HALF_UP' | 'UNNECESSARY' | 'UP';

/** RoundingMode.UNNECESSARY was asked for and digits would be lost. */
export class RoundingNecessary extends Error {
  constructor() {
    super('Rounding necessary');
    this.name = 'RoundingNecessary';
  }
}

/**
 * Significant digits that a quotient of the `/` operator keeps, as observed in orgs: 1/31 has 34 decimals, 3/7 has 33.
 * @see https://github.com/octoberswimmer/aer-dist/issues/345 and https://github.com/octoberswimmer/aer-dist/issues/34
 */
const QUOTIENT_DIGITS = 33;

const power10 = (n: number): bigint => 10n ** BigInt(n);
const digitsOf = (n: bigint): number => (n < 0n ? -n : n).toString().length;

/**
 * An arbitrary-precision decimal: `unscaled` × 10^-`scale`. Two of the same size and another scale (1.1, 1.10) are `==`,
 * but print differently and are different Map keys.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_decimal.htm
 */
export class ApexDecimal {
  readonly unscaled: bigint;
  readonly scale: number;

  constructor(unscaled: bigint, scale: number) {
    this.unscaled = unscaled;
    this.scale = scale;
  }

  /** Reads `-12.50`, `1e3`; null for anything that is no number. */
  static parse(text: string): ApexDecimal | null {
    const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text);
    if (!match) return null;
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
    if (whole === '' && fraction === '') return null;
    const size = BigInt(whole + fraction);
    return new ApexDecimal(sign === '-' ? -size : size, fraction.length - Number(exponent));
  }

  static ofInteger(n: number | bigint): ApexDecimal {
    return new ApexDecimal(BigInt(n), 0);
  }

  /** From a finite Double, by way of its text: 3.0 has scale 1. */
  static ofDouble(n: number): ApexDecimal {
    const parsed = ApexDecimal.parse(new ApexDouble(n).toString());
    if (!parsed) throw new RangeError(`${n} is no Decimal`);
    return parsed;
  }

  plus(other: ApexDecimal): ApexDecimal {
    const scale = Math.max(this.scale, other.scale);
    return new ApexDecimal(this.#unscaledAt(scale) + other.#unscaledAt(scale), scale);
  }

  minus(other: ApexDecimal): ApexDecimal {
    return this.plus(other.negated());
  }

  times(other: ApexDecimal): ApexDecimal {
    return new ApexDecimal(this.unscaled * other.unscaled, this.scale + other.scale);
  }

  /**
   * The `/` operator. An exact quotient keeps the scale of the dividend less that of the divisor, but no less than 0, or as
   * many decimals as it needs; any other is rounded to 33 digits. The caller refuses a zero divisor.
   */
  dividedBy(other: ApexDecimal): ApexDecimal {
    const preferred = this.scale - other.scale;
    const quotientDigits = digitsOf(this.unscaled) - digitsOf(other.unscaled) + QUOTIENT_DIGITS + 1;
    const wide = Math.max(preferred, preferred + quotientDigits, 0) + QUOTIENT_DIGITS;
    const shift = wide - preferred;
    const dividend = this.unscaled * power10(shift);
    const exact = dividend % other.unscaled === 0n;
    const estimate = new ApexDecimal(dividend / other.unscaled, wide);
    const whole = estimate.precision() - estimate.scale;
    const scale = QUOTIENT_DIGITS - whole;
    if (exact && estimate.stripTrailingZeros().scale <= scale) return estimate.#stripTo(Math.max(preferred, 0));
    return this.dividedTo(other, scale, 'HALF_EVEN');
  }

  /** A quotient with exactly `scale` decimals. */
  dividedTo(other: ApexDecimal, scale: number, mode: RoundingMode): ApexDecimal {
    const shift = scale - this.scale + other.scale;
    const dividend = shift >= 0 ? this.unscaled * power10(shift) : this.unscaled;
    const divisor = shift >= 0 ? other.unscaled : other.unscaled * power10(-shift);
    return new ApexDecimal(divideRounded(dividend, divisor, mode), scale);
  }

  negated(): ApexDecimal {
    return new ApexDecimal(-this.unscaled, this.scale);
  }

  abs(): ApexDecimal {
    return this.unscaled < 0n ? this.negated() : this;
  }

  pow(exponent: number): ApexDecimal {
    return new ApexDecimal(this.unscaled ** BigInt(exponent), this.scale * exponent);
  }

  /** Below, at or above zero as this is smaller than, equal to or greater than the other; the scale does not matter. */
  compareTo(other: ApexDecimal): number {
    const scale = Math.max(this.scale, other.scale);
    const left = this.#unscaledAt(scale);
    const right = other.#unscaledAt(scale);
    return left < right ? -1 : left > right ? 1 : 0;
  }

  isZero(): boolean {
    return this.unscaled === 0n;
  }

  setScale(scale: number, mode: RoundingMode): ApexDecimal {
    if (scale >= this.scale) return new ApexDecimal(this.#unscaledAt(scale), scale);
    return new ApexDecimal(divideRounded(this.unscaled, power10(this.scale - scale), mode), scale);
  }

  /** The number of digits of the unscaled value; 1 for zero. */
  precision(): number {
    return digitsOf(this.unscaled);
  }

  stripTrailingZeros(): ApexDecimal {
    if (this.unscaled === 0n) return new ApexDecimal(0n, 0);
    return this.#stripTo(Number.NEGATIVE_INFINITY);
  }

  /** Cut towards zero. */
  toBigInt(): bigint {
    return this.setScale(0, 'DOWN').unscaled;
  }

  toNumber(): number {
    return Number(this.toString());
  }

  toPlainString(): string {
    if (this.scale <= 0) return this.#unscaledAt(0).toString();
    const digits = (this.unscaled < 0n ? -this.unscaled : this.unscaled).toString().padStart(this.scale + 1, '0');
    return `${this.unscaled < 0n ? '-' : ''}${digits.slice(0, -this.scale)}.${digits.slice(-this.scale)}`;
  }

  /**
   * `1.50`; with an exponent where the scale is negative or there are more than six zeros after the point, as Java.
   * @see https://docs.oracle.com/javase/8/docs/api/java/math/BigDecimal.html#toString--
   */
  toString(): string {
    const digits = (this.unscaled < 0n ? -this.unscaled : this.unscaled).toString();
    const exponent = digits.length - 1 - this.scale;
    if (this.scale >= 0 && exponent >= -6) return this.toPlainString();
    const mantissa = digits.length === 1 ? digits : `${digits.slice(0, 1)}.${digits.slice(1)}`;
    return `${this.unscaled < 0n ? '-' : ''}${mantissa}E${exponent > 0 ? '+' : ''}${exponent}`;
  }

  #unscaledAt(scale: number): bigint {
    return this.unscaled * power10(scale - this.scale);
  }

  #stripTo(scale: number): ApexDecimal {
    let { unscaled, scale: left } = this;
    while (left > scale && unscaled % 10n === 0n) {
      unscaled /= 10n;
      left--;
    }
    return new ApexDecimal(unscaled, left);
  }
}

function divideRounded(dividend: bigint, divisor: bigint, mode: RoundingMode): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  if (rest === 0n) return quotient;
  const away = dividend < 0n === divisor < 0n ? 1n : -1n;
  return roundsAway(quotient, rest, divisor, away, mode) ? quotient + away : quotient;
}

function roundsAway(quotient: bigint, rest: bigint, divisor: bigint, away: bigint, mode: RoundingMode): boolean {
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const size = divisor < 0n ? -divisor : divisor;
  switch (mode) {
    case 'UP':
      return true;
    case 'DOWN':
      return false;
    case 'CEILING':
      return away > 0n;
    case 'FLOOR':
      return away < 0n;
    case 'HALF_UP':
      return twice >= size;
    case 'HALF_DOWN':
      return twice > size;
    case 'HALF_EVEN':
      return twice > size || (twice === size && quotient % 2n !== 0n);
    case 'UNNECESSARY':
      throw new RoundingNecessary();
  }
}
