import { T } from '../types.ts';
import type { ApexType } from '../types.ts';
import { ApexDate } from '../values/apex-date.ts';
import { ApexDatetime } from '../values/apex-datetime.ts';
import { ApexDecimal } from '../values/apex-decimal.ts';
import { ApexDouble } from '../values/apex-double.ts';
import type { ApexValue } from '../values/values.ts';
import { toNumber } from './convert.ts';
import type { Interpreter } from './interpreter.ts';

/**
 * Arithmetic by static type: Integer wraps at 32 bits, Long at 64, Decimal keeps its scale, Double is a box of its own.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_expressions_operators_understanding.htm
 */
export type Arithmetic = (a: ApexValue, b: ApexValue, rt: Interpreter) => ApexValue;

export type ArithmeticOperator = '+' | '-' | '*' | '/';

const INTEGER: Readonly<Record<ArithmeticOperator, (a: number, b: number, rt: Interpreter) => number>> = {
  '+': (a, b) => (a + b) | 0,
  '-': (a, b) => (a - b) | 0,
  '*': (a, b) => Math.imul(a, b),
  '/': (a, b, rt) => (b === 0 ? divideByZero(rt) : (a / b) | 0),
};

const LONG: Readonly<Record<ArithmeticOperator, (a: bigint, b: bigint, rt: Interpreter) => bigint>> = {
  '+': (a, b) => BigInt.asIntN(64, a + b),
  '-': (a, b) => BigInt.asIntN(64, a - b),
  '*': (a, b) => BigInt.asIntN(64, a * b),
  '/': (a, b, rt) => (b === 0n ? divideByZero(rt) : BigInt.asIntN(64, a / b)),
};

const DOUBLE: Readonly<Record<ArithmeticOperator, (a: number, b: number, rt: Interpreter) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b, rt) => (b === 0 ? divideByZero(rt) : a / b),
};

const DECIMAL: Readonly<Record<ArithmeticOperator, (a: ApexDecimal, b: ApexDecimal, rt: Interpreter) => ApexDecimal>> = {
  '+': (a, b) => a.plus(b),
  '-': (a, b) => a.minus(b),
  '*': (a, b) => a.times(b),
  '/': (a, b, rt) => (b.isZero() ? divideByZero(rt) : a.dividedBy(b)),
};

function divideByZero(rt: Interpreter): never {
  return rt.throwApex('MathException', 'Divide by 0');
}

/** Both operands have been widened to `type`. A null operand throws. */
export function arithmetic(operator: ArithmeticOperator, type: ApexType): Arithmetic {
  if (type === T.Integer) {
    const compute = INTEGER[operator];
    return (a, b, rt) => (typeof a === 'number' && typeof b === 'number' ? compute(a, b, rt) : rt.nullPointer());
  }
  if (type === T.Long) {
    const compute = LONG[operator];
    return (a, b, rt) => (typeof a === 'bigint' && typeof b === 'bigint' ? compute(a, b, rt) : rt.nullPointer());
  }
  if (type === T.Double) {
    const compute = DOUBLE[operator];
    return (a, b, rt) => (a instanceof ApexDouble && b instanceof ApexDouble ? new ApexDouble(compute(a.n, b.n, rt)) : rt.nullPointer());
  }
  const compute = DECIMAL[operator];
  return (a, b, rt) => (a instanceof ApexDecimal && b instanceof ApexDecimal ? compute(a, b, rt) : rt.nullPointer());
}

/** `date + 3`, `datetime - 1`: whole days; a fraction of a day on a Datetime counts. */
export function addDays(sign: 1 | -1): Arithmetic {
  return (a, b, rt) => {
    if (b === null) return rt.nullPointer();
    const days = sign * toNumber(b);
    if (a instanceof ApexDate) return a.addDays(Math.trunc(days));
    return a instanceof ApexDatetime ? new ApexDatetime(a.ms + Math.round(days * 86_400_000)) : rt.nullPointer();
  };
}

export type BitOperator = '&' | '|' | '^' | '<<' | '>>' | '>>>';

const INT_BITS: Readonly<Record<BitOperator, (a: number, b: number) => number>> = {
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
  '>>>': (a, b) => (a >>> b) | 0,
};

const LONG_BITS: Readonly<Record<BitOperator, (a: bigint, b: bigint) => bigint>> = {
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => BigInt.asIntN(64, a << (b & 63n)),
  '>>': (a, b) => a >> (b & 63n),
  '>>>': (a, b) => BigInt.asIntN(64, BigInt.asUintN(64, a) >> (b & 63n)),
};

/** Integer or Long, or Boolean for & | ^ (not short-circuited). */
export function bitwise(operator: BitOperator, type: ApexType): Arithmetic {
  return (a, b, rt) => {
    if (a === null || b === null) return rt.nullPointer();
    if (typeof a === 'boolean' && typeof b === 'boolean') return operator === '&' ? a && b : operator === '|' ? a || b : a !== b;
    if (type === T.Long) return LONG_BITS[operator](asBigInt(a), asBigInt(b));
    return INT_BITS[operator](Number(a), Number(b));
  };
}

function asBigInt(value: ApexValue): bigint {
  return typeof value === 'bigint' ? value : BigInt(Number(value));
}

export function negate(value: ApexValue, rt: Interpreter): ApexValue {
  if (typeof value === 'number') return -value | 0;
  if (typeof value === 'bigint') return BigInt.asIntN(64, -value);
  if (value instanceof ApexDouble) return new ApexDouble(-value.n);
  return value instanceof ApexDecimal ? value.negated() : rt.nullPointer();
}
