import { apexType, typeName, type ApexType } from '../types.ts';
import { ApexBlob } from './apex-blob.ts';
import { ApexDate } from './apex-date.ts';
import { ApexEnumValue } from './apex-enum-value.ts';
import { ApexList } from './apex-list.ts';
import { ApexMap } from './apex-map.ts';
import { ApexObject } from './apex-object.ts';
import { ApexSet } from './apex-set.ts';
import { NativeObject } from './native-object.ts';
import { SObjectValue } from './sobject-value.ts';
import { TypeValue } from './type-value.ts';
import type { ApexValue } from './values.ts';

/** How the runtime prints what only it knows: objects of user classes (their `toString`, or their fields). */
export interface ObjectText {
  ofObject(object: ApexObject): string;
}

/** Beyond so many members the platform prints `...`. */
const MEMBERS_SHOWN = 10;

/**
 * The text of a value in a concatenation, in System.debug and inside collections: a Date with its midnight, a Datetime
 * in GMT. `String.valueOf` differs for those two (StringClass).
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_string.htm valueOf
 */
export function stringify(value: ApexValue, objects: ObjectText): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return String(value);
  if (value instanceof ApexDate) return `${value.toString()} 00:00:00`;
  if (value instanceof ApexEnumValue) return value.name;
  if (value instanceof TypeValue) return typeName(value.type);
  if (value instanceof ApexObject) return value.exception ? exceptionText(value, value.exception.message) : objects.ofObject(value);
  if (value instanceof ApexBlob) return value.toString();
  const inner = (part: ApexValue): string => stringify(part, objects);
  if (value instanceof ApexList) return `(${shown(value.items.map(inner))})`;
  if (value instanceof ApexSet) return `{${shown([...value.members.values()].map(inner))}}`;
  if (value instanceof ApexMap)
    return `{${shown([...value.entries.values()].map((entry) => `${inner(entry.key)}=${inner(entry.value)}`))}}`;
  if (value instanceof SObjectValue)
    return `${value.object.name}:{${[...value.fields].map(([name, field]) => `${name}=${inner(field)}`).join(', ')}}`;
  if (value instanceof NativeObject) return nativeText(value, inner);
  return value.toString();
}

/** A type as exceptions and debug name it: `System.DmlException`, `Outer.Inner`. */
export function qualifiedTypeName(type: ApexType): string {
  return type.kind === 'platform' && !type.name.includes('.')
    ? typeName(apexType('platform', `System.${type.name}`, type.args))
    : typeName(type);
}

/** The message of an exception that was given none. */
export const NO_MESSAGE = 'Script-thrown exception';

function exceptionText(value: ApexObject, message: string | null): string {
  return `${qualifiedTypeName(value.class.type)}: ${message ?? NO_MESSAGE}`;
}

function shown(members: readonly string[]): string {
  return members.length <= MEMBERS_SHOWN ? members.join(', ') : `${members.slice(0, MEMBERS_SHOWN).join(', ')}, ...`;
}

/** Tokens and other keyed values print their key (`Account`, `Name`); others `Database.SaveResult[getId=…]`. */
function nativeText(value: NativeObject, inner: (part: ApexValue) => string): string {
  const text = value.properties.get('toString');
  if (typeof text === 'string') return text;
  if (value.key !== null) return value.key.slice(value.key.lastIndexOf('.') + 1);
  const properties = [...value.properties].map(([name, property]) => `${name}=${inner(property)}`);
  return `${value.type.name}[${properties.join(';')}]`;
}
