import { T } from '../../types.ts';
import { ApexSet } from '../../values/apex-set.ts';
import type { ApexType } from '../../values/values.ts';
import { instanceArg, membersArg } from '../arguments.ts';
import { addToSet, makeIterator, makeSet, memberKey } from '../collections.ts';
import type { NativeMethod, NativeStatic, PlatformClass, Runtime } from '../types.ts';
import { hashOf } from './strings/testing.ts';

type Method = NativeMethod<ApexSet>;

const elementTypeOf = (typeArgs: readonly ApexType[]): ApexType => typeArgs[0] ?? T.Object;
const copyOf: NativeStatic = (runtime, args, typeArgs) => makeSet(runtime, elementTypeOf(typeArgs), membersArg(runtime, args, 0));

const keysOf = (runtime: Runtime, self: ApexSet, args: Parameters<Method>[2]): Set<string> =>
  new Set(membersArg(runtime, args, 0).map((member) => memberKey(runtime, self, member)));

/** Keeps the members that pass; true where any went. */
function filter(self: ApexSet, keep: (key: string) => boolean): boolean {
  const before = self.members.size;
  for (const key of [...self.members.keys()]) if (!keep(key)) self.members.delete(key);
  return self.members.size !== before;
}

const addAll: Method = (runtime, self, args) => membersArg(runtime, args, 0).filter((member) => addToSet(runtime, self, member)).length > 0;
const containsAll: Method = (runtime, self, args) => [...keysOf(runtime, self, args)].every((key) => self.members.has(key));
const removeAll: Method = (runtime, self, args) => {
  const keys = keysOf(runtime, self, args);
  return filter(self, (key) => !keys.has(key));
};
const retainAll: Method = (runtime, self, args) => {
  const keys = keysOf(runtime, self, args);
  return filter(self, (key) => keys.has(key));
};

export const SetClass: PlatformClass<ApexSet> = {
  name: 'Set',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_set.htm',
  constructors: {
    '()': (_runtime, _args, typeArgs) => new ApexSet(elementTypeOf(typeArgs)),
    '(List<T>)': copyOf,
    '(Set<T>)': copyOf,
  },
  methods: {
    'add(T)': (runtime, self, args) => addToSet(runtime, self, args[0] ?? null),
    'addAll(List<T>)': addAll,
    'addAll(Set<T>)': addAll,
    'clear()': (_runtime, self) => {
      self.members.clear();
      return null;
    },
    'clone()': (_runtime, self) => new ApexSet(self.elementType, new Map(self.members)),
    'contains(T)': (runtime, self, args) => self.members.has(memberKey(runtime, self, args[0] ?? null)),
    'containsAll(List<T>)': containsAll,
    'containsAll(Set<T>)': containsAll,
    'equals(Set<Object>)': (runtime, self, args) => args[0] != null && runtime.keyEquals(self, instanceArg(runtime, args, 0, ApexSet)),
    'hashCode()': (runtime, self) => hashOf(runtime.keyOf(self)),
    'isEmpty()': (_runtime, self) => self.members.size === 0,
    'iterator()': (_runtime, self) => makeIterator(self.elementType, [...self.members.values()]),
    'remove(T)': (runtime, self, args) => self.members.delete(memberKey(runtime, self, args[0] ?? null)),
    'removeAll(List<T>)': removeAll,
    'removeAll(Set<T>)': removeAll,
    'retainAll(List<T>)': retainAll,
    'retainAll(Set<T>)': retainAll,
    'size()': (_runtime, self) => self.members.size,
    'toString()': (runtime, self) => runtime.stringify(self),
  },
};
