import { NotSupported } from '../../../errors.ts';
import { ApexDecimal } from '../../values/apex-decimal.ts';
import { ApexDouble } from '../../values/apex-double.ts';
import { compareNumbers, toDecimal, toDouble, type NumericValue } from '../../values/numbers.ts';
import type { ApexValue } from '../../values/values.ts';
import { decimalArg, doubleArg, intArg, longArg, numberArg } from '../arguments.ts';
import type { NativeStatic, PlatformClass, Runtime } from '../types.ts';

const MAX_INTEGER = 2147483647;

/** A function of doubles, for both overloads. */
function functions(table: Readonly<Record<string, (x: number) => number>>): Record<string, NativeStatic> {
  const all: Record<string, NativeStatic> = {};
  for (const [name, compute] of Object.entries(table))
    all[`${name}(Double)`] = (runtime, args) => new ApexDouble(compute(doubleArg(runtime, args, 0)));
  return all;
}

/** The greater or smaller of two, in the type of the overload. */
function extremes(name: 'max' | 'min'): Record<string, NativeStatic> {
  const pick = (a: NumericValue, b: NumericValue): NumericValue => (compareNumbers(a, b) >= 0 === (name === 'max') ? a : b);
  const of =
    (read: (value: NumericValue) => ApexValue): NativeStatic =>
    (runtime, args) =>
      read(pick(numberArg(runtime, args, 0), numberArg(runtime, args, 1)));
  return {
    [`${name}(Decimal,Decimal)`]: of(toDecimal),
    [`${name}(Decimal,Double)`]: of(toDecimal),
    [`${name}(Double,Double)`]: of((value) => new ApexDouble(toDouble(value))),
    [`${name}(Integer,Integer)`]: of((value) => value),
    [`${name}(Long,Long)`]: (runtime, args) => {
      const [a, b] = [longArg(runtime, args, 0), longArg(runtime, args, 1)];
      return a >= b === (name === 'max') ? a : b;
    },
  };
}

function toInteger(runtime: Runtime, value: ApexDecimal): number {
  const whole = value.setScale(0, 'HALF_EVEN').unscaled;
  if (whole > BigInt(MAX_INTEGER) || whole < -BigInt(MAX_INTEGER) - 1n)
    throw new NotSupported('Math.round of a number beyond Integer', runtime.location());
  return Number(whole);
}

function divisor<N extends number | bigint>(runtime: Runtime, n: N): N {
  return n == 0 ? runtime.throwApex('MathException', 'Divide by 0') : n;
}

const halfEven = (n: number): number => (Number.isFinite(n) ? ApexDecimal.ofDouble(n).setScale(0, 'HALF_EVEN').toNumber() : n);

/** What takes a Decimal here is exact; roots, powers and angles exist for Double only. */
export const MathClass: PlatformClass = {
  name: 'Math',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_math.htm',
  staticProperties: { E: { get: () => new ApexDouble(Math.E) }, PI: { get: () => new ApexDouble(Math.PI) } },
  statics: {
    ...functions({
      abs: Math.abs,
      acos: Math.acos,
      asin: Math.asin,
      atan: Math.atan,
      cbrt: Math.cbrt,
      ceil: Math.ceil,
      cos: Math.cos,
      cosh: Math.cosh,
      exp: Math.exp,
      floor: Math.floor,
      log: Math.log,
      log10: Math.log10,
      rint: halfEven,
      signum: Math.sign,
      sin: Math.sin,
      sinh: Math.sinh,
      sqrt: Math.sqrt,
      tan: Math.tan,
      tanh: Math.tanh,
    }),
    ...extremes('max'),
    ...extremes('min'),
    'abs(Decimal)': (runtime, args) => decimalArg(runtime, args, 0).abs(),
    'abs(Integer)': (runtime, args) => Math.abs(intArg(runtime, args, 0)) | 0,
    'abs(Long)': (runtime, args) => {
      const n = longArg(runtime, args, 0);
      return BigInt.asIntN(64, n < 0n ? -n : n);
    },
    'atan2(Double,Double)': (runtime, args) => new ApexDouble(Math.atan2(doubleArg(runtime, args, 0), doubleArg(runtime, args, 1))),
    'ceil(Decimal)': (runtime, args) => decimalArg(runtime, args, 0).setScale(0, 'CEILING'),
    'floor(Decimal)': (runtime, args) => decimalArg(runtime, args, 0).setScale(0, 'FLOOR'),
    'mod(Integer,Integer)': (runtime, args) => (intArg(runtime, args, 0) % divisor(runtime, intArg(runtime, args, 1))) | 0,
    'mod(Long,Long)': (runtime, args) => longArg(runtime, args, 0) % divisor(runtime, longArg(runtime, args, 1)),
    'pow(Double,Double)': (runtime, args) => new ApexDouble(Math.pow(doubleArg(runtime, args, 0), doubleArg(runtime, args, 1))),
    'rint(Decimal)': (runtime, args) => decimalArg(runtime, args, 0).setScale(0, 'HALF_EVEN'),
    'round(Decimal)': (runtime, args) => toInteger(runtime, decimalArg(runtime, args, 0)),
    'roundToLong(Decimal)': (runtime, args) => BigInt.asIntN(64, decimalArg(runtime, args, 0).setScale(0, 'HALF_EVEN').unscaled),
    'signum(Decimal)': (runtime, args) => {
      const { unscaled } = decimalArg(runtime, args, 0);
      return ApexDecimal.ofInteger(unscaled > 0n ? 1 : unscaled < 0n ? -1 : 0);
    },
  },
};
