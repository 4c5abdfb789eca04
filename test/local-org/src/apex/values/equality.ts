import { ApexBlob } from './apex-blob.ts';
import { ApexDate } from './apex-date.ts';
import { ApexDatetime } from './apex-datetime.ts';
import { ApexDecimal } from './apex-decimal.ts';
import { ApexDouble } from './apex-double.ts';
import { ApexEnumValue } from './apex-enum-value.ts';
import { ApexId } from './apex-id.ts';
import { ApexList } from './apex-list.ts';
import { ApexMap } from './apex-map.ts';
import { ApexObject } from './apex-object.ts';
import { ApexSet } from './apex-set.ts';
import { ApexTime } from './apex-time.ts';
import { NativeObject } from './native-object.ts';
import { compareNumbers, isNumeric } from './numbers.ts';
import { SObjectValue } from './sobject-value.ts';
import { TypeValue } from './type-value.ts';
import type { ApexValue } from './values.ts';

/** How objects of user classes are compared: their own `equals` and `hashCode` where declared, else identity. */
export interface ObjectEquality {
  equals(a: ApexObject, b: ApexValue): boolean;
  /** A string that is the same for equal objects and for no other (`identityKey` where the class declares no `equals`). */
  keyOf(object: ApexObject): string;
}

/**
 * The `==` of the language: strings without case, ids in either length, numbers by size, everything else deeply.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_expressions_operators_understanding.htm
 */
export function equals(a: ApexValue, b: ApexValue, objects: ObjectEquality): boolean {
  if (a === b) return true;
  if (typeof a === 'string' && typeof b === 'string') return foldCase(a) === foldCase(b);
  return equalValues(a, b, objects, equals);
}

/** The equality of List.contains, `equals` and the assertions: as `==`, but strings with case. */
export function keyEquals(a: ApexValue, b: ApexValue, objects: ObjectEquality): boolean {
  if (a === b) return true;
  return equalValues(a, b, objects, keyEquals);
}

type Equality = (a: ApexValue, b: ApexValue, objects: ObjectEquality) => boolean;

function equalValues(a: ApexValue, b: ApexValue, objects: ObjectEquality, equal: Equality): boolean {
  if (a === null || b === null) return false;
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b) === 0;
  if (a instanceof ApexId || b instanceof ApexId) return sameId(a, b);
  if (a instanceof ApexDate) return b instanceof ApexDate && a.epochDay === b.epochDay;
  if (a instanceof ApexDatetime) return b instanceof ApexDatetime && a.ms === b.ms;
  if (a instanceof ApexTime) return b instanceof ApexTime && a.ms === b.ms;
  if (a instanceof ApexBlob) return b instanceof ApexBlob && a.bytes.equals(b.bytes);
  if (a instanceof ApexEnumValue) return b instanceof ApexEnumValue && a.type === b.type && a.ordinal === b.ordinal;
  if (a instanceof TypeValue) return b instanceof TypeValue && a.type === b.type;
  if (a instanceof NativeObject) return b instanceof NativeObject && a.key !== null && a.type === b.type && a.key === b.key;
  if (a instanceof ApexList) return b instanceof ApexList && sameItems(a.items, b.items, objects, equal);
  if (a instanceof ApexSet)
    return b instanceof ApexSet && a.members.size === b.members.size && [...a.members.keys()].every((key) => b.members.has(key));
  if (a instanceof ApexMap) return b instanceof ApexMap && sameEntries(a, b, objects, equal);
  if (a instanceof SObjectValue) return b instanceof SObjectValue && sameRecord(a, b, objects, equal);
  if (a instanceof ApexObject) return objects.equals(a, b);
  return false;
}

/**
 * What a value is in a Map or Set: a string that is the same for values that `keyEquals` calls equal and differs for all
 * others. Only Decimals are finer here: 1.1 and 1.10 are two keys, because their hash codes differ on the platform.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_decimal.htm the note on hash codes
 */
export function keyOf(value: ApexValue, objects: ObjectEquality): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return `s${value}`;
  if (value instanceof ApexId) return `s${value.value}`;
  if (typeof value === 'boolean') return `b${value}`;
  if (isNumeric(value)) return numberKey(value);
  if (value instanceof ApexDate) return `d${value.epochDay}`;
  if (value instanceof ApexDatetime) return `m${value.ms}`;
  if (value instanceof ApexTime) return `t${value.ms}`;
  if (value instanceof ApexBlob) return `x${value.bytes.toString('hex')}`;
  if (value instanceof ApexEnumValue) return `e${value.type.kind}:${value.type.name}:${value.name}`;
  if (value instanceof TypeValue) return `c${identityKey(value.type)}`;
  if (value instanceof NativeObject) return value.key === null ? identityKey(value) : `n${value.type.name}:${value.key}`;
  const inner = (part: ApexValue): string => quoted(keyOf(part, objects));
  if (value instanceof ApexList) return `l${value.items.map(inner).join('')}`;
  if (value instanceof ApexSet) return `S${[...value.members.keys()].sort().map(quoted).join('')}`;
  if (value instanceof ApexMap)
    return `M${[...value.entries]
      .map(([key, entry]) => quoted(key) + inner(entry.value))
      .sort()
      .join('')}`;
  if (value instanceof SObjectValue) {
    const fields = [...value.fields].filter(([, field]) => field !== null).map(([name, field]) => quoted(name) + inner(field));
    return `r${value.object.name}:${fields.sort().join('')}`;
  }
  return objects.keyOf(value);
}

const identities = new WeakMap<object, string>();
let nextIdentity = 1;

/** A key that only this very object has. */
export function identityKey(object: object): string {
  const known = identities.get(object);
  if (known !== undefined) return known;
  const made = `#${nextIdentity++}`;
  identities.set(object, made);
  return made;
}

/** Text as comparisons without case see it. */
export function foldCase(text: string): string {
  return text.toUpperCase().toLowerCase();
}

/** Length first, so that parts can be joined without ambiguity. */
function quoted(key: string): string {
  return `${key.length}:${key}`;
}

function numberKey(value: ApexValue): string {
  if (value instanceof ApexDecimal) return value.scale === 0 ? `n${value.unscaled}` : `n${value.unscaled}e${-value.scale}`;
  if (value instanceof ApexDouble) return Number.isInteger(value.n) ? `n${BigInt(value.n)}` : `f${value.n}`;
  return `n${String(value)}`;
}

function sameId(a: ApexValue, b: ApexValue): boolean {
  const left = a instanceof ApexId ? a : typeof a === 'string' ? ApexId.parse(a) : null;
  const right = b instanceof ApexId ? b : typeof b === 'string' ? ApexId.parse(b) : null;
  return left !== null && right !== null && left.value === right.value;
}

function sameItems(a: readonly ApexValue[], b: readonly ApexValue[], objects: ObjectEquality, equal: Equality): boolean {
  return a.length === b.length && a.every((item, i) => equal(item, b[i] ?? null, objects));
}

function sameEntries(a: ApexMap, b: ApexMap, objects: ObjectEquality, equal: Equality): boolean {
  if (a.entries.size !== b.entries.size) return false;
  return [...a.entries].every(([key, entry]) => {
    const other = b.entries.get(key);
    return other !== undefined && equal(entry.value, other.value, objects);
  });
}

/** Records are equal when they are of one object and hold the same values; a field that is absent counts as null. */
function sameRecord(a: SObjectValue, b: SObjectValue, objects: ObjectEquality, equal: Equality): boolean {
  if (a.object.name !== b.object.name) return false;
  const names = new Set([...a.fields.keys(), ...b.fields.keys()]);
  return [...names].every((name) => equal(a.fields.get(name) ?? null, b.fields.get(name) ?? null, objects));
}
