import { ApexDecimal, RoundingNecessary, type RoundingMode } from '../../values/apex-decimal.ts';
import { ApexDouble } from '../../values/apex-double.ts';
import { platformEnum } from '../../values/platform-enum.ts';
import type { ApexValue } from '../../values/values.ts';
import { decimalArg, doubleArg, enumArg, intArg, longArg, textArg } from '../arguments.ts';
import type { PlatformClass, Runtime } from '../types.ts';

const MODES: readonly RoundingMode[] = ['CEILING', 'DOWN', 'FLOOR', 'HALF_DOWN', 'HALF_EVEN', 'HALF_UP', 'UNNECESSARY', 'UP'];

function modeArg(runtime: Runtime, args: readonly ApexValue[], i: number): RoundingMode {
  const name = enumArg(runtime, args, i);
  const mode = MODES.find((known) => known === name);
  if (!mode)
    throw new TypeError(
      `${name} is not one of ${platformEnum('RoundingMode')
        .map((value) => value.name)
        .join(', ')}`,
    );
  return mode;
}

function rounding<T>(runtime: Runtime, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RoundingNecessary) return runtime.throwApex('MathException', error.message);
    throw error;
  }
}

function divide(runtime: Runtime, self: ApexDecimal, divisor: ApexDecimal, scale: number, mode: RoundingMode): ApexDecimal {
  if (divisor.isZero()) return runtime.throwApex('MathException', 'Divide by 0');
  return rounding(runtime, () => self.dividedTo(divisor, scale, mode));
}

const toLong = (value: ApexDecimal): bigint => BigInt.asIntN(64, value.unscaled);

/** The platform rounds half to even unless it is told otherwise. */
export const DecimalClass: PlatformClass<ApexDecimal> = {
  name: 'Decimal',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_decimal.htm',
  statics: {
    'valueOf(Double)': (runtime, args) => {
      const n = doubleArg(runtime, args, 0);
      return Number.isFinite(n)
        ? ApexDecimal.ofDouble(n)
        : runtime.throwApex('TypeException', `Invalid decimal: ${new ApexDouble(n).toString()}`);
    },
    'valueOf(Long)': (runtime, args) => ApexDecimal.ofInteger(longArg(runtime, args, 0)),
    'valueOf(String)': (runtime, args) => {
      const text = textArg(runtime, args, 0);
      return ApexDecimal.parse(text) ?? runtime.throwApex('TypeException', `Invalid decimal: ${text}`);
    },
  },
  methods: {
    'abs()': (_runtime, self) => self.abs(),
    'divide(Decimal,Integer)': (runtime, self, args) =>
      divide(runtime, self, decimalArg(runtime, args, 0), intArg(runtime, args, 1), 'HALF_EVEN'),
    'divide(Decimal,Integer,Object)': (runtime, self, args) =>
      divide(runtime, self, decimalArg(runtime, args, 0), intArg(runtime, args, 1), modeArg(runtime, args, 2)),
    'doubleValue()': (_runtime, self) => new ApexDouble(self.toNumber()),
    'intValue()': (_runtime, self) => Number(BigInt.asIntN(32, self.toBigInt())),
    'longValue()': (_runtime, self) => BigInt.asIntN(64, self.toBigInt()),
    'pow(Integer)': (runtime, self, args) => {
      const exponent = intArg(runtime, args, 0);
      if (exponent < 0 || exponent > 32767) return runtime.throwApex('MathException', `Invalid exponent: ${exponent}`);
      return self.pow(exponent);
    },
    'precision()': (_runtime, self) => self.precision(),
    'round()': (_runtime, self) => toLong(self.setScale(0, 'HALF_EVEN')),
    'round(RoundingMode)': (runtime, self, args) => rounding(runtime, () => toLong(self.setScale(0, modeArg(runtime, args, 0)))),
    'scale()': (_runtime, self) => self.scale,
    'setScale(Integer)': (runtime, self, args) => self.setScale(intArg(runtime, args, 0), 'HALF_EVEN'),
    'setScale(Integer,RoundingMode)': (runtime, self, args) =>
      rounding(runtime, () => self.setScale(intArg(runtime, args, 0), modeArg(runtime, args, 1))),
    'stripTrailingZeros()': (_runtime, self) => self.stripTrailingZeros(),
    'toPlainString()': (_runtime, self) => self.toPlainString(),
  },
};
