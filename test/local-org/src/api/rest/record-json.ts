import { NotSupported } from '../../errors.ts';
import type { AggregateColumn, FieldPath, SelectItem, SoqlQuery, SoqlRecord } from '../../soql/types.ts';
import type { ObjectDef, Value } from '../../schema/types.ts';
import { fieldJson } from './field-json.ts';

export type RecordJson = { [key: string]: unknown };

/**
 * A queried record as REST prints it: `attributes`, then what was selected in the order it was selected, under canonical
 * names; parents nested at the place where they were first named, an empty reference as null; children as
 * `{totalSize, done, records}`, or null where there are none.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_query.htm
 */
export function recordJson(query: SoqlQuery, record: SoqlRecord, version: string): RecordJson {
  const json: RecordJson = { attributes: attributes(record, version) };
  for (const item of query.select) addItem(json, query, item, record, version);
  return json;
}

function attributes(record: SoqlRecord, version: string): RecordJson {
  const id = record.values.get('Id');
  const base = `/services/data/${version}/sobjects/${record.object.name}`;
  return { type: record.object.name, url: typeof id === 'string' ? `${base}/${id}` : base };
}

function addItem(json: RecordJson, query: SoqlQuery, item: SelectItem, record: SoqlRecord, version: string): void {
  if (item.kind === 'fields') {
    for (const [name, value] of record.values) if (name !== 'Id' || record.idSelected) json[name] = valueOf(record.object, name, value);
  } else if (item.kind === 'subquery') {
    const [relationship, children] = entry(record.children, item.query.from.object);
    json[relationship] =
      children.length === 0
        ? null
        : { totalSize: children.length, done: true, records: children.map((child) => recordJson(item.query, child, version)) };
  } else if (item.expression.kind === 'field') {
    addPath(json, withoutAlias(query, record.object, item.expression.path), record, version);
  } else {
    throw new NotSupported(`${item.expression.name}() in the select list of an ungrouped query over REST`);
  }
}

function addPath(json: RecordJson, path: FieldPath, record: SoqlRecord, version: string): void {
  const [first, ...rest] = path;
  if (first === undefined) throw new Error('empty field path');
  if (rest.length === 0) {
    const [name, value] = entry(record.values, first);
    json[name] = valueOf(record.object, name, value);
    return;
  }
  const [relationship, parent] = entry(record.parents, first);
  if (parent === null) {
    json[relationship] = null;
    return;
  }
  const nested = (json[relationship] ??= { attributes: attributes(parent, version) }) as RecordJson;
  addPath(nested, rest, parent, version);
}

/** `a.Name` with `FROM Account a`, or `Account.Name` with `FROM Account`, is the field Name. */
function withoutAlias(query: SoqlQuery, object: ObjectDef, path: FieldPath): FieldPath {
  if (path.length < 2) return path;
  const first = path[0]?.toLowerCase();
  const isAlias = first === query.from.alias?.toLowerCase() || first === object.name.toLowerCase();
  return isAlias ? path.slice(1) : path;
}

function entry<T>(map: ReadonlyMap<string, T>, name: string): [string, T] {
  const exact = map.get(name);
  if (exact !== undefined) return [name, exact];
  for (const [key, value] of map) if (key.toLowerCase() === name.toLowerCase()) return [key, value];
  throw new Error(`the query result lacks ${name}`);
}

function valueOf(object: ObjectDef, name: string, value: Value): Value {
  const field = object.fields.get(name.toLowerCase());
  if (!field) throw new Error(`the query result has ${object.name}.${name}, which is no field`);
  return fieldJson(field.type, value);
}

/** A row of a grouped or aggregate query. */
export function aggregateJson(columns: readonly AggregateColumn[], row: readonly Value[]): RecordJson {
  const json: RecordJson = { attributes: { type: 'AggregateResult' } };
  columns.forEach((column, index) => {
    json[column.alias] = fieldJson(column.type, row[index] ?? null);
  });
  return json;
}
