import { NotSupported } from '../../../errors.ts';
import { ApexBlob } from '../../values/apex-blob.ts';
import { ApexDate } from '../../values/apex-date.ts';
import { ApexDatetime } from '../../values/apex-datetime.ts';
import { ApexDecimal } from '../../values/apex-decimal.ts';
import { ApexDouble } from '../../values/apex-double.ts';
import { ApexEnumValue } from '../../values/apex-enum-value.ts';
import { ApexId } from '../../values/apex-id.ts';
import { ApexList } from '../../values/apex-list.ts';
import { ApexMap } from '../../values/apex-map.ts';
import { ApexObject } from '../../values/apex-object.ts';
import { ApexSet } from '../../values/apex-set.ts';
import { SObjectValue } from '../../values/sobject-value.ts';
import { qualifiedTypeName } from '../../values/stringify.ts';
import type { ApexValue } from '../../values/values.ts';
import { populatedFields } from '../sobjects.ts';
import type { Runtime } from '../types.ts';

/** The API version in the `url` of a serialised record: the one that the package is written for. */
const RECORD_URL_VERSION = 'v67.0';

/** What is to be written: literal text, or members in order. */
type Tree = string | { readonly items: readonly Tree[] } | { readonly members: readonly (readonly [string, Tree])[] };

/** A value as JSON text. `suppressNulls` leaves out null fields of objects, not null entries of maps. */
export function writeJson(
  runtime: Runtime,
  value: ApexValue,
  options: { readonly suppressNulls: boolean; readonly pretty: boolean },
): string {
  const tree = toTree(runtime, value, options.suppressNulls);
  return options.pretty ? pretty(tree, 0) : compact(tree);
}

function toTree(runtime: Runtime, value: ApexValue, suppressNulls: boolean): Tree {
  const inner = (part: ApexValue): Tree => toTree(runtime, part, suppressNulls);
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (value instanceof ApexDecimal || value instanceof ApexDouble) return value.toString();
  if (value instanceof ApexEnumValue) return quoted(value.name);
  if (value instanceof ApexDatetime) return quoted(value.toIso());
  if (value instanceof ApexBlob) return quoted(value.bytes.toString('base64'));
  if (value instanceof ApexList) return { items: value.items.map(inner) };
  if (value instanceof ApexSet) return { items: [...value.members.values()].map(inner) };
  if (value instanceof ApexMap)
    return { members: [...value.entries.values()].map((entry) => [keyText(runtime, entry.key), inner(entry.value)] as const) };
  if (value instanceof SObjectValue) return recordTree(value, inner);
  if (value instanceof ApexObject) return objectTree(runtime, value, suppressNulls, inner);
  if (value instanceof ApexDate || value instanceof ApexId || 'ms' in value) return quoted(value.toString());
  throw new NotSupported(`JSON.serialize of a ${value.type.name}`, runtime.location());
}

function keyText(runtime: Runtime, key: ApexValue): string {
  if (key === null) return runtime.throwApex('JSONException', 'Null key for a Map not allowed in JSON');
  if (typeof key === 'object' && !(key instanceof ApexId || key instanceof ApexEnumValue))
    throw new NotSupported('JSON.serialize of a Map whose keys are neither texts nor numbers', runtime.location());
  return String(key instanceof ApexEnumValue ? key.name : key);
}

function objectTree(runtime: Runtime, object: ApexObject, suppressNulls: boolean, inner: (part: ApexValue) => Tree): Tree {
  if (object.class.isException)
    return runtime.throwApex('JSONException', `Type unsupported in JSON: ${qualifiedTypeName(object.class.type)}`);
  const fields = runtime.fieldsOf(object.class.type).map(({ name, slot }) => [name, object.fields[slot] ?? null] as const);
  return { members: fields.filter(([, value]) => value !== null || !suppressNulls).map(([name, value]) => [name, inner(value)] as const) };
}

function recordTree(record: SObjectValue, inner: (part: ApexValue) => Tree): Tree {
  const id = record.fields.get('Id');
  const attributes: [string, Tree][] = [['type', quoted(record.object.name)]];
  if (id instanceof ApexId)
    attributes.push(['url', quoted(`/services/data/${RECORD_URL_VERSION}/sobjects/${record.object.name}/${id.value}`)]);
  const members: [string, Tree][] = [['attributes', { members: attributes }]];
  for (const [name, value] of populatedFields(record)) members.push([name, inner(value)]);
  for (const [name, parent] of record.parents) if (parent !== null) members.push([name, inner(parent)]);
  for (const [name, { items }] of record.children) {
    if (items.length > 0)
      members.push([
        name,
        {
          members: [
            ['totalSize', String(items.length)],
            ['done', 'true'],
            ['records', { items: items.map(inner) }],
          ],
        },
      ]);
  }
  return { members };
}

/** Control characters with upper-case digits, as the platform's writer does. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/\\u[0-9a-f]{4}/g, (escape) => `\\u${escape.slice(2).toUpperCase()}`);
}

function compact(tree: Tree): string {
  if (typeof tree === 'string') return tree;
  if ('items' in tree) return `[${tree.items.map(compact).join(',')}]`;
  return `{${tree.members.map(([name, value]) => `${quoted(name)}:${compact(value)}`).join(',')}}`;
}

/** Members on lines of their own, two blanks deeper than the brace; arrays on one line. */
function pretty(tree: Tree, depth: number): string {
  if (typeof tree === 'string') return tree;
  if ('items' in tree) return tree.items.length === 0 ? '[ ]' : `[ ${tree.items.map((item) => pretty(item, depth)).join(', ')} ]`;
  if (tree.members.length === 0) return '{ }';
  const lines = tree.members.map(([name, value]) => `${'  '.repeat(depth + 1)}${quoted(name)} : ${pretty(value, depth + 1)}`);
  return `{\n${lines.join(',\n')}\n${'  '.repeat(depth)}}`;
}
