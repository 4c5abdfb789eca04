import { ApexDecimal } from '../../values/apex-decimal.ts';
import { ApexDouble } from '../../values/apex-double.ts';
import { isNumeric, toDouble } from '../../values/numbers.ts';
import { notNull } from '../arguments.ts';
import type { PlatformClass } from '../types.ts';

/** As Java narrows: towards zero, held at the ends, NaN is 0. */
function narrow(n: number, smallest: bigint, greatest: bigint): bigint {
  if (Number.isNaN(n)) return 0n;
  if (n >= Number(greatest)) return greatest;
  return n <= Number(smallest) ? smallest : BigInt(Math.trunc(n));
}

const toLong = (n: number): bigint => narrow(n, -(2n ** 63n), 2n ** 63n - 1n);

export const DoubleClass: PlatformClass<ApexDouble> = {
  name: 'Double',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_double.htm',
  statics: {
    'valueOf/1': (runtime, args) => {
      const value = notNull(runtime, args, 0);
      if (isNumeric(value)) return new ApexDouble(toDouble(value));
      const parsed = typeof value === 'string' ? ApexDecimal.parse(value.trim()) : null;
      return parsed ? new ApexDouble(parsed.toNumber()) : runtime.throwApex('TypeException', `Invalid double: ${runtime.stringify(value)}`);
    },
  },
  methods: {
    'intValue()': (_runtime, self) => Number(narrow(self.n, -2147483648n, 2147483647n)),
    'longValue()': (_runtime, self) => toLong(self.n),
    'round()': (_runtime, self) =>
      Number.isFinite(self.n) ? ApexDecimal.ofDouble(self.n).setScale(0, 'HALF_EVEN').unscaled : toLong(self.n),
  },
};
