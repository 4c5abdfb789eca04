import { typeName } from '../../types.ts';
import type { ApexValue } from '../../values/values.ts';
import { typeArg } from '../arguments.ts';
import type { NativeStatic, PlatformClass, Runtime } from '../types.ts';

/** `Assertion Failed`, with the caller's message and what was found. Guest code cannot catch it. */
export function failAssertion(runtime: Runtime, message: ApexValue | undefined, found: string | null): never {
  const parts = ['Assertion Failed'];
  if (message !== undefined && message !== null) parts.push(runtime.stringify(message));
  if (found !== null) parts.push(found);
  return runtime.throwApex('AssertException', parts.join(': '));
}

/** Strings with case, numbers by size, collections and records deeply. */
export const areEqual: NativeStatic = (runtime, args) => {
  const [expected = null, actual = null, message] = args;
  if (runtime.keyEquals(expected, actual)) return null;
  return failAssertion(runtime, message, `Expected: ${runtime.stringify(expected)}, Actual: ${runtime.stringify(actual)}`);
};

export const areNotEqual: NativeStatic = (runtime, args) => {
  const [notExpected = null, actual = null, message] = args;
  return runtime.keyEquals(notExpected, actual) ? failAssertion(runtime, message, `Same value: ${runtime.stringify(actual)}`) : null;
};

const is =
  (expected: boolean): NativeStatic =>
  (runtime, args) =>
    args[0] === expected ? null : failAssertion(runtime, args[1], `Expected: ${expected}, Actual: ${runtime.stringify(args[0] ?? null)}`);

const isNull: NativeStatic = (runtime, args) =>
  args[0] == null ? null : failAssertion(runtime, args[1], `Expected: null, Actual: ${runtime.stringify(args[0])}`);
const isNotNull: NativeStatic = (runtime, args) => (args[0] == null ? failAssertion(runtime, args[1], 'Same value: null') : null);

const instance =
  (expected: boolean): NativeStatic =>
  (runtime, args) => {
    const [value = null, , message] = args;
    const type = typeArg(runtime, args, 1);
    if ((value !== null && runtime.isInstance(value, type)) === expected) return null;
    const actual = value === null ? 'null' : typeName(runtime.typeOf(value));
    return failAssertion(runtime, message, `${expected ? 'Expected' : 'Not expected'} type: ${typeName(type)}, Actual type: ${actual}`);
  };

const fail: NativeStatic = (runtime, args) => failAssertion(runtime, args[0], null);

export const AssertClass: PlatformClass = {
  name: 'Assert',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_class_System_Assert.htm',
  statics: {
    'areEqual/2': areEqual,
    'areEqual/3': areEqual,
    'areNotEqual/2': areNotEqual,
    'areNotEqual/3': areNotEqual,
    'isTrue/1': is(true),
    'isTrue/2': is(true),
    'isFalse/1': is(false),
    'isFalse/2': is(false),
    'isNull/1': isNull,
    'isNull/2': isNull,
    'isNotNull/1': isNotNull,
    'isNotNull/2': isNotNull,
    'isInstanceOfType/2': instance(true),
    'isInstanceOfType/3': instance(true),
    'isNotInstanceOfType/2': instance(false),
    'isNotInstanceOfType/3': instance(false),
    'fail()': fail,
    'fail(String)': fail,
  },
};
