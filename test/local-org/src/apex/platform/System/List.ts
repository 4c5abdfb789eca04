import { T } from '../../types.ts';
import { ApexList } from '../../values/apex-list.ts';
import { ApexObject } from '../../values/apex-object.ts';
import { SObjectValue } from '../../values/sobject-value.ts';
import type { ApexType, ApexValue } from '../../values/values.ts';
import { booleanArg, converted, instanceArg, intArg, membersArg } from '../arguments.ts';
import { makeIterator, sobjectTypeOf } from '../collections.ts';
import { cloneRecord } from '../sobjects.ts';
import type { NativeMethod, NativeStatic, PlatformClass, Runtime } from '../types.ts';
import { hashOf } from './strings/testing.ts';

type Method = NativeMethod<ApexList>;

const elementTypeOf = (typeArgs: readonly ApexType[]): ApexType => typeArgs[0] ?? T.Object;

const copyOf: NativeStatic = (runtime, args, typeArgs) => {
  const type = elementTypeOf(typeArgs);
  return new ApexList(
    type,
    membersArg(runtime, args, 0).map((item) => converted(runtime, item, type)),
  );
};

function checkIndex(runtime: Runtime, list: ApexList, index: number, length = list.items.length): number {
  return index < 0 || index >= length ? runtime.throwApex('ListException', `List index out of bounds: ${index}`) : index;
}

function indexOf(runtime: Runtime, list: ApexList, sought: ApexValue): number {
  const value = converted(runtime, sought, list.elementType);
  return list.items.findIndex((item) => runtime.keyEquals(item, value));
}

const addAll: Method = (runtime, self, args) => {
  self.items.push(...membersArg(runtime, args, 0).map((item) => converted(runtime, item, self.elementType)));
  return null;
};

/** Records are copied too, other values are not. */
const deepClone: Method = (runtime, self, args) => {
  const [id, readonly, autonumber] = [0, 1, 2].map((i) => (i < args.length ? booleanArg(runtime, args, i) : false));
  const options = { id: id === true, readonlyTimestamps: readonly === true, autonumber: autonumber === true };
  return new ApexList(
    self.elementType,
    self.items.map((item) => (item instanceof SObjectValue ? cloneRecord(item, options) : item)),
  );
};

/** Stable, as Java's. */
function sortWith(items: ApexValue[], order: (a: ApexValue, b: ApexValue) => number): null {
  items.sort(order);
  return null;
}

function comparatorOrder(runtime: Runtime, comparator: ApexObject): (a: ApexValue, b: ApexValue) => number {
  return (a, b) => {
    const result = runtime.invoke(comparator, 'compare', [a, b]);
    return typeof result === 'number' ? result : runtime.throwApex('NullPointerException', 'Attempt to de-reference a null object');
  };
}

export const ListClass: PlatformClass<ApexList> = {
  name: 'List',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_list.htm',
  constructors: {
    '()': (_runtime, _args, typeArgs) => new ApexList(elementTypeOf(typeArgs)),
    '(Integer)': (runtime, args, typeArgs) =>
      new ApexList(elementTypeOf(typeArgs), new Array<ApexValue>(Math.max(intArg(runtime, args, 0), 0)).fill(null)),
    '(List<T>)': copyOf,
    '(Set<T>)': copyOf,
  },
  methods: {
    'add(T)': (runtime, self, args) => {
      self.items.push(converted(runtime, args[0] ?? null, self.elementType));
      return null;
    },
    'add(Integer,T)': (runtime, self, args) => {
      const index = checkIndex(runtime, self, intArg(runtime, args, 0), self.items.length + 1);
      self.items.splice(index, 0, converted(runtime, args[1] ?? null, self.elementType));
      return null;
    },
    'addAll(List<T>)': addAll,
    'addAll(Set<T>)': addAll,
    'clear()': (_runtime, self) => {
      self.items.length = 0;
      return null;
    },
    'clone()': (_runtime, self) => new ApexList(self.elementType, [...self.items]),
    'contains(T)': (runtime, self, args) => indexOf(runtime, self, args[0] ?? null) >= 0,
    'deepClone()': deepClone,
    'deepClone(Boolean)': deepClone,
    'deepClone(Boolean,Boolean)': deepClone,
    'deepClone(Boolean,Boolean,Boolean)': deepClone,
    'equals(List<T>)': (runtime, self, args) => runtime.keyEquals(self, args[0] ?? null),
    'get(Integer)': (runtime, self, args) => self.items[checkIndex(runtime, self, intArg(runtime, args, 0))] ?? null,
    'getSObjectType()': (runtime, self) => sobjectTypeOf(runtime, self.elementType),
    'hashCode()': (runtime, self) => hashOf(runtime.keyOf(self)),
    'indexOf(T)': (runtime, self, args) => indexOf(runtime, self, args[0] ?? null),
    'isEmpty()': (_runtime, self) => self.items.length === 0,
    'iterator()': (_runtime, self) => makeIterator(self.elementType, self.items),
    'remove(Integer)': (runtime, self, args) => self.items.splice(checkIndex(runtime, self, intArg(runtime, args, 0)), 1)[0] ?? null,
    'set(Integer,T)': (runtime, self, args) => {
      self.items[checkIndex(runtime, self, intArg(runtime, args, 0))] = converted(runtime, args[1] ?? null, self.elementType);
      return null;
    },
    'size()': (_runtime, self) => self.items.length,
    'sort()': (runtime, self) => sortWith(self.items, (a, b) => runtime.compare(a, b)),
    'sort(Comparator<T>)': (runtime, self, args) =>
      sortWith(self.items, comparatorOrder(runtime, instanceArg(runtime, args, 0, ApexObject))),
    'toString()': (runtime, self) => runtime.stringify(self),
  },
};
