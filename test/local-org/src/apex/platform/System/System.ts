import { ApexDatetime } from '../../values/apex-datetime.ts';
import { enumArg } from '../arguments.ts';
import { today } from '../locale.ts';
import type { NativeStatic, PlatformClass } from '../types.ts';
import { areEqual, areNotEqual, failAssertion } from './Assert.ts';
import { hashOf } from './strings/testing.ts';

const assert: NativeStatic = (runtime, args) => (args[0] === true ? null : failAssertion(runtime, args[1], null));

/** There is no asynchronous Apex here, so that no code runs in it. */
const never: NativeStatic = () => false;

export const SystemClass: PlatformClass = {
  name: 'System',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_system.htm',
  statics: {
    'Assert(Boolean)': assert,
    'Assert(Boolean,Object)': assert,
    'assertEquals/2': areEqual,
    'assertEquals/3': areEqual,
    'assertNotEquals/2': areNotEqual,
    'assertNotEquals/3': areNotEqual,
    'currentTimeMillis()': (runtime) => BigInt(runtime.tx.now()),
    'debug(Object)': (runtime, args) => {
      runtime.debug(`DEBUG|${runtime.stringify(args[0] ?? null)}`);
      return null;
    },
    'debug(Object,Object)': (runtime, args) => {
      runtime.debug(`${enumArg(runtime, args, 0)}|${runtime.stringify(args[1] ?? null)}`);
      return null;
    },
    'equals(Object,Object)': (runtime, args) => runtime.keyEquals(args[0] ?? null, args[1] ?? null),
    'hashCode(Object)': (runtime, args) => hashOf(runtime.keyOf(args[0] ?? null)),
    'isBatch()': never,
    'isFuture()': never,
    'isQueueable()': never,
    'isScheduled()': never,
    'now()': (runtime) => new ApexDatetime(runtime.tx.now()),
    'today()': (runtime) => today(runtime),
  },
};
