import { NotSupported } from '../../../errors.ts';
import { T, typeName, type ApexType } from '../../types.ts';
import { ApexBlob } from '../../values/apex-blob.ts';
import { ApexDate } from '../../values/apex-date.ts';
import { ApexDatetime } from '../../values/apex-datetime.ts';
import { ApexDecimal } from '../../values/apex-decimal.ts';
import { ApexDouble } from '../../values/apex-double.ts';
import { ApexId } from '../../values/apex-id.ts';
import { ApexList } from '../../values/apex-list.ts';
import { ApexMap } from '../../values/apex-map.ts';
import { ApexObject } from '../../values/apex-object.ts';
import { ApexSet } from '../../values/apex-set.ts';
import { ApexTime } from '../../values/apex-time.ts';
import type { ApexValue } from '../../values/values.ts';
import { addToSet, putInMap } from '../collections.ts';
import type { Runtime } from '../types.ts';
import type { JsonNode } from './parse-json.ts';
import { readRecord } from './read-record.ts';

/**
 * A JSON value without a type: Map<String,Object>, List<Object>, String, Boolean, null; a number is an Integer where it
 * fits, else a Long, and a Decimal with a fraction, an exponent or more digits.
 */
export function readUntyped(runtime: Runtime, node: JsonNode): ApexValue {
  switch (node.kind) {
    case 'object': {
      const map = new ApexMap(T.String, T.Object);
      for (const [name, value] of node.members) putInMap(runtime, map, name, readUntyped(runtime, value));
      return map;
    }
    case 'array':
      return new ApexList(
        T.Object,
        node.items.map((item) => readUntyped(runtime, item)),
      );
    case 'string':
      return node.text;
    case 'number':
      return readNumber(runtime, node);
    case 'boolean':
      return node.value;
    case 'null':
      return null;
  }
}

function readNumber(runtime: Runtime, node: JsonNode & { readonly kind: 'string' | 'number' }): ApexValue {
  if (/^-?\d+$/.test(node.text)) {
    const whole = BigInt(node.text);
    if (BigInt.asIntN(32, whole) === whole) return Number(whole);
    if (BigInt.asIntN(64, whole) === whole) return whole;
  }
  return ApexDecimal.parse(node.text) ?? illegal(runtime, node);
}

/** A JSON value as a value of a type. Strict: a member that the class does not have is refused. */
export function readTyped(runtime: Runtime, node: JsonNode, type: ApexType, strict: boolean): ApexValue {
  if (node.kind === 'null') return null;
  if (type.kind === 'sobject' || type === T.SObject) return readRecord(runtime, node, type, strict);
  if (type.kind === 'user') return readUserType(runtime, node, type, strict);
  const [first = T.Object, second = T.Object] = type.args;
  switch (type.name) {
    case 'List':
      return new ApexList(
        first,
        itemsOf(runtime, node).map((item) => readTyped(runtime, item, first, strict)),
      );
    case 'Set': {
      const set = new ApexSet(first);
      for (const item of itemsOf(runtime, node)) addToSet(runtime, set, readTyped(runtime, item, first, strict));
      return set;
    }
    case 'Map': {
      const map = new ApexMap(first, second);
      if (first !== T.String && first !== T.Id) throw new NotSupported(`JSON.deserialize to ${typeName(type)}`, runtime.location());
      for (const [name, value] of membersOf(runtime, node)) putInMap(runtime, map, name, readTyped(runtime, value, second, strict));
      return map;
    }
    default:
      return readPrimitive(runtime, node, type);
  }
}

function readPrimitive(runtime: Runtime, node: JsonNode, type: ApexType): ApexValue {
  if (type === T.Object) return runtime.throwApex('JSONException', 'Apex Type unsupported in JSON: Object');
  if (node.kind === 'object' || node.kind === 'array') return illegal(runtime, node);
  const text = node.kind === 'boolean' ? String(node.value) : node.kind === 'null' ? '' : node.text;
  const enumValue = runtime.enumConstants(type)?.find((constant) => constant.name === text);
  return (
    enumValue ??
    primitiveOf(type, text) ??
    (isPrimitive(type) || runtime.enumConstants(type) ? illegal(runtime, node) : unsupported(runtime, type))
  );
}

const PRIMITIVES: readonly ApexType[] = [
  T.String,
  T.Boolean,
  T.Integer,
  T.Long,
  T.Double,
  T.Decimal,
  T.Id,
  T.Date,
  T.Datetime,
  T.Time,
  T.Blob,
];
const isPrimitive = (type: ApexType): boolean => PRIMITIVES.includes(type);

function primitiveOf(type: ApexType, text: string): ApexValue {
  switch (type) {
    case T.String:
      return text;
    case T.Boolean:
      return text === 'true' ? true : text === 'false' ? false : null;
    case T.Integer: {
      const whole = wholeOf(text);
      return whole !== null && BigInt.asIntN(32, whole) === whole ? Number(whole) : null;
    }
    case T.Long: {
      const whole = wholeOf(text);
      return whole !== null && BigInt.asIntN(64, whole) === whole ? whole : null;
    }
    case T.Double: {
      const decimal = ApexDecimal.parse(text);
      return decimal && new ApexDouble(decimal.toNumber());
    }
    case T.Decimal:
      return ApexDecimal.parse(text);
    case T.Id:
      return ApexId.parse(text);
    case T.Date:
      return ApexDate.parse(text.slice(0, 10));
    case T.Datetime:
      return datetimeOf(text);
    case T.Time: {
      const match = /^(\d{2}):(\d{2}):(\d{2})\.(\d{3})Z?$/.exec(text);
      return match && new ApexTime(((Number(match[1]) * 60 + Number(match[2])) * 60 + Number(match[3])) * 1000 + Number(match[4]));
    }
    case T.Blob:
      return new ApexBlob(Buffer.from(text, 'base64'));
    default:
      return null;
  }
}

const wholeOf = (text: string): bigint | null => (/^-?\d+$/.test(text) ? BigInt(text) : null);

/** ISO 8601 with an offset, as JSON.serialize and the APIs write it. */
function datetimeOf(text: string): ApexDatetime | null {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?)(Z|[+-]\d{2}:?\d{2})$/.exec(text);
  if (!match || ApexDate.parse(match[1] ?? '') === null) return null;
  const offset = (match[3] ?? '').replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const ms = Date.parse(`${match[1]}T${match[2]}${offset}`);
  return Number.isNaN(ms) ? null : new ApexDatetime(ms);
}

function readUserType(runtime: Runtime, node: JsonNode, type: ApexType, strict: boolean): ApexValue {
  if (runtime.enumConstants(type)) return readPrimitive(runtime, node, type);
  const members = membersOf(runtime, node);
  const object = runtime.construct(type);
  if (!(object instanceof ApexObject)) return unsupported(runtime, type);
  const fields = new Map(runtime.fieldsOf(type).map((field) => [field.name.toLowerCase(), field]));
  for (const [name, value] of members) {
    const field = fields.get(name.toLowerCase());
    if (field) object.fields[field.slot] = readTyped(runtime, value, field.type, strict);
    else if (strict) runtime.throwApex('JSONException', `Unrecognized field "${name}" (Class ${typeName(type)}), not marked as ignorable`);
  }
  return object;
}

export function membersOf(runtime: Runtime, node: JsonNode): ReadonlyMap<string, JsonNode> {
  return node.kind === 'object'
    ? node.members
    : runtime.throwApex('JSONException', `Malformed JSON: Expected '{' at the beginning of object`);
}

export function itemsOf(runtime: Runtime, node: JsonNode): readonly JsonNode[] {
  return node.kind === 'array'
    ? node.items
    : runtime.throwApex('JSONException', `Malformed JSON: Expected '[' at the beginning of List/Set`);
}

function illegal(runtime: Runtime, node: JsonNode): never {
  const shown =
    node.kind === 'object'
      ? '{'
      : node.kind === 'array'
        ? '['
        : node.kind === 'null'
          ? 'null'
          : node.kind === 'boolean'
            ? String(node.value)
            : node.text;
  return runtime.throwApex('JSONException', `Illegal value for primitive: ${shown}`);
}

function unsupported(runtime: Runtime, type: ApexType): never {
  throw new NotSupported(`JSON.deserialize to ${typeName(type)}`, runtime.location());
}
