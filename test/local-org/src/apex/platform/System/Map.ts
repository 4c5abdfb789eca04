import { T } from '../../types.ts';
import { ApexList } from '../../values/apex-list.ts';
import { ApexMap } from '../../values/apex-map.ts';
import { ApexSet } from '../../values/apex-set.ts';
import { MapKeyView } from '../../values/map-key-view.ts';
import type { ApexType } from '../../values/values.ts';
import { listArg, mapArg } from '../arguments.ts';
import { mapKey, putInMap, putRecords, sobjectTypeOf } from '../collections.ts';
import type { PlatformClass, Runtime } from '../types.ts';
import { hashOf } from './strings/testing.ts';

const newMap = (typeArgs: readonly ApexType[]): ApexMap => new ApexMap(typeArgs[0] ?? T.Object, typeArgs[1] ?? T.Object);

function putAll(runtime: Runtime, target: ApexMap, source: ApexMap): void {
  for (const { key, value } of [...source.entries.values()]) putInMap(runtime, target, key, value);
}

function copyOf(self: ApexMap): ApexMap {
  const entries = new Map([...self.entries].map(([hash, entry]) => [hash, { ...entry }]));
  return new ApexMap(self.keyType, self.valueType, entries, self.ignoresCase);
}

export const MapClass: PlatformClass<ApexMap> = {
  name: 'Map',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_map.htm',
  constructors: {
    '()': (_runtime, _args, typeArgs) => newMap(typeArgs),
    '(Map<K,V>)': (runtime, args, typeArgs) => {
      const map = newMap(typeArgs);
      putAll(runtime, map, mapArg(runtime, args, 0));
      return map;
    },
    '(List<SObject>)': (runtime, args, typeArgs) => {
      const map = newMap(typeArgs);
      putRecords(runtime, map, listArg(runtime, args, 0).items);
      return map;
    },
  },
  methods: {
    'clear()': (_runtime, self) => {
      self.entries.clear();
      return null;
    },
    'clone()': (_runtime, self) => copyOf(self),
    'containsKey(K)': (runtime, self, args) => self.entries.has(mapKey(runtime, self, args[0] ?? null)),
    'equals(Map<K,V>)': (runtime, self, args) => runtime.keyEquals(self, args[0] ?? null),
    'get(K)': (runtime, self, args) => self.entries.get(mapKey(runtime, self, args[0] ?? null))?.value ?? null,
    'getSObjectType()': (runtime, self) => sobjectTypeOf(runtime, self.valueType),
    'hashCode()': (runtime, self) => hashOf(runtime.keyOf(self)),
    'isEmpty()': (_runtime, self) => self.entries.size === 0,
    'keySet()': (_runtime, self) => new ApexSet(self.keyType, new MapKeyView(self.entries)),
    'put(K,V)': (runtime, self, args) => putInMap(runtime, self, args[0] ?? null, args[1] ?? null),
    'putAll(List<SObject>)': (runtime, self, args) => {
      putRecords(runtime, self, listArg(runtime, args, 0).items);
      return null;
    },
    'putAll(Map<K,V>)': (runtime, self, args) => {
      putAll(runtime, self, mapArg(runtime, args, 0));
      return null;
    },
    'remove(K)': (runtime, self, args) => {
      const hash = mapKey(runtime, self, args[0] ?? null);
      const value = self.entries.get(hash)?.value ?? null;
      self.entries.delete(hash);
      return value;
    },
    'size()': (_runtime, self) => self.entries.size,
    'toString()': (runtime, self) => runtime.stringify(self),
    'values()': (_runtime, self) =>
      new ApexList(
        self.valueType,
        [...self.entries.values()].map((entry) => entry.value),
      ),
  },
};
