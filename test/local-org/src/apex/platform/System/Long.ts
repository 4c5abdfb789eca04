import { textArg } from '../arguments.ts';
import { formatWhole } from '../locale.ts';
import type { PlatformClass } from '../types.ts';

/** The receiver may still be an Integer that was widened by assignment. */
export const LongClass: PlatformClass<bigint | number> = {
  name: 'Long',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_long.htm',
  statics: {
    'valueOf(String)': (runtime, args) => {
      const text = textArg(runtime, args, 0);
      const value = /^[+-]?\d+$/.test(text) ? BigInt(text.replace(/^\+/, '')) : null;
      return value === null || BigInt.asIntN(64, value) !== value ? runtime.throwApex('TypeException', `Invalid long: ${text}`) : value;
    },
  },
  methods: {
    'intValue()': (_runtime, self) => Number(BigInt.asIntN(32, BigInt(self))),
    'format()': (runtime, self) => formatWhole(runtime, BigInt(self)),
  },
};
