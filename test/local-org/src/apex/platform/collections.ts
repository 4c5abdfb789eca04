import { T, type ApexType } from '../types.ts';
import { ApexMap } from '../values/apex-map.ts';
import { ApexSet } from '../values/apex-set.ts';
import { NativeObject } from '../values/native-object.ts';
import { SObjectValue } from '../values/sobject-value.ts';
import type { ApexValue } from '../values/values.ts';
import { converted } from './arguments.ts';
import { sobjectTypeToken } from './tokens.ts';
import type { Runtime } from './types.ts';

/** A new Set of these members. */
export function makeSet(runtime: Runtime, elementType: ApexType, members: Iterable<ApexValue>): ApexSet {
  const set = new ApexSet(elementType);
  for (const member of members) addToSet(runtime, set, member);
  return set;
}

/** True where the member was not there yet. */
export function addToSet(runtime: Runtime, set: ApexSet, member: ApexValue): boolean {
  const value = converted(runtime, member, set.elementType);
  const key = runtime.keyOf(value);
  if (set.members.has(key)) return false;
  set.members.set(key, value);
  return true;
}

/** The hash of a value as a member of this set. */
export function memberKey(runtime: Runtime, set: ApexSet, member: ApexValue): string {
  return runtime.keyOf(converted(runtime, member, set.elementType));
}

export function mapKey(runtime: Runtime, map: ApexMap, key: ApexValue): string {
  return runtime.keyOf(map.normalized(converted(runtime, key, map.keyType)));
}

/** Puts an entry and answers the value that was there, or null. */
export function putInMap(runtime: Runtime, map: ApexMap, key: ApexValue, value: ApexValue): ApexValue {
  const own = map.normalized(converted(runtime, key, map.keyType));
  const hash = runtime.keyOf(own);
  const stored = converted(runtime, value, map.valueType);
  const known = map.entries.get(hash);
  if (known === undefined) map.entries.set(hash, { key: own, value: stored });
  else {
    const before = known.value;
    known.value = stored;
    return before;
  }
  return null;
}

/** A new Map with String keys. */
export function makeStringMap(
  runtime: Runtime,
  valueType: ApexType,
  entries: Iterable<readonly [string, ApexValue]>,
  ignoresCase = false,
): ApexMap {
  const map = new ApexMap(T.String, valueType, new Map(), ignoresCase);
  for (const [key, value] of entries) putInMap(runtime, map, key, value);
  return map;
}

/** Records by their id; the map's keys may be Id or String. */
export function putRecords(runtime: Runtime, map: ApexMap, records: readonly ApexValue[]): void {
  const seen = new Set<string>();
  records.forEach((record, i) => {
    const id = record instanceof SObjectValue ? (record.fields.get('Id') ?? null) : null;
    if (id === null) return runtime.throwApex('ListException', `Row with null Id at index: ${i}`);
    const hash = runtime.keyOf(id);
    if (seen.has(hash)) return runtime.throwApex('ListException', `Row with duplicate Id at index: ${i}`);
    seen.add(hash);
    putInMap(runtime, map, id, record);
  });
}

/** An Iterator over values as they are now. */
export function makeIterator(elementType: ApexType, values: readonly ApexValue[]): NativeObject {
  return new NativeObject(T.platform('Iterator', elementType), { values, next: 0 });
}

/** The token of the object that a list or map of records holds; null for any other element type. */
export function sobjectTypeOf(runtime: Runtime, type: ApexType): ApexValue {
  if (type.kind !== 'sobject') return null;
  const object = runtime.tx.schema.object(type.name);
  return object.kind === 'known' ? sobjectTypeToken(object.def) : null;
}
