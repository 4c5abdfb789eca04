import { ApexDecimal } from '../../values/apex-decimal.ts';
import { isNumeric, toDouble } from '../../values/numbers.ts';
import type { ApexValue } from '../../values/values.ts';
import { notNull } from '../arguments.ts';
import { formatWhole } from '../locale.ts';
import type { PlatformClass, Runtime } from '../types.ts';

const SMALLEST = -2147483648;
const GREATEST = 2147483647;

function parse(runtime: Runtime, value: ApexValue): ApexValue {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^[+-]?\d+$/.test(value)) {
    const n = Number(value);
    if (n >= SMALLEST && n <= GREATEST) return n;
  }
  if (typeof value === 'bigint') return Number(BigInt.asIntN(32, value));
  if (value instanceof ApexDecimal) return Number(BigInt.asIntN(32, value.toBigInt()));
  if (isNumeric(value)) return Math.trunc(Math.min(Math.max(toDouble(value), SMALLEST), GREATEST));
  return runtime.throwApex('TypeException', `Invalid integer: ${runtime.stringify(value)}`);
}

export const IntegerClass: PlatformClass<number> = {
  name: 'Integer',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_integer.htm',
  statics: { 'valueOf/1': (runtime, args) => parse(runtime, notNull(runtime, args, 0)) },
  methods: { 'format()': (runtime, self) => formatWhole(runtime, self) },
};
