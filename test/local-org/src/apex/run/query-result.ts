import type { BindUse, BindValue, QueryResult, SoqlRecord } from '../../soql/types.ts';
import type { FieldDef, ObjectDef, Value } from '../../schema/types.ts';
import { T } from '../types.ts';
import { fromStored, toBind } from '../values/convert.ts';
import { ApexList } from '../values/apex-list.ts';
import { ApexSet } from '../values/apex-set.ts';
import { SObjectValue } from '../values/sobject-value.ts';
import type { ApexValue } from '../values/values.ts';
import type { Interpreter } from './interpreter.ts';

/** Rows as guest code gets them: a list of records, or of AggregateResults. */
export function toApexResult(result: QueryResult, rt: Interpreter): ApexList {
  if (result.kind === 'records') return new ApexList(T.sobject(result.object.name), result.records.map((record) => toSObject(record, rt)));
  if (result.kind === 'count') throw new Error('COUNT() is a number');
  const object = aggregateObject(result.columns);
  const rows = result.rows.map((row) => {
    const record = new SObjectValue(object);
    record.fromQuery = true;
    result.columns.forEach((column, index) => {
      const field = object.fields.get(column.alias.toLowerCase());
      if (field) record.fields.set(field.name, fromStored(field, row[index] ?? null));
    });
    return record;
  });
  return new ApexList(T.AggregateResult, rows);
}

export function toSObject(record: SoqlRecord, rt: Interpreter): SObjectValue {
  const made = new SObjectValue(record.object);
  made.fromQuery = true;
  for (const [name, value] of record.values) {
    const field = record.object.fields.get(name.toLowerCase());
    if (field) made.fields.set(field.name, fromStored(field, value));
  }
  for (const [name, parent] of record.parents) made.parents.set(name, parent ? toSObject(parent, rt) : null);
  for (const [name, children] of record.children) {
    const childObject = record.object.childRelationships.find((child) => child.relationshipName === name)?.childObject;
    made.children.set(name, new ApexList(childObject ? T.sobject(childObject) : T.SObject, children.map((child) => toSObject(child, rt))));
  }
  return made;
}

/** A throw-away object whose fields are the aliases of one query, so that `get('expr0')` works as on any record. */
function aggregateObject(columns: readonly { readonly alias: string; readonly field: FieldDef | null; readonly type: FieldDef['type'] }[]): ObjectDef {
  const fields = new Map<string, FieldDef>();
  for (const column of columns) fields.set(column.alias.toLowerCase(), { ...(column.field ?? PLAIN), name: column.alias, label: column.alias, type: column.type, nameField: false });
  return {
    name: 'AggregateResult',
    label: 'Aggregate Result',
    labelPlural: 'Aggregate Result',
    keyPrefix: '',
    custom: false,
    createable: false,
    updateable: false,
    deletable: false,
    queryable: true,
    fields,
    childRelationships: [],
  };
}

const PLAIN: FieldDef = {
  name: '',
  label: '',
  type: 'int',
  length: 0,
  precision: 0,
  scale: 0,
  nillable: true,
  createable: false,
  updateable: false,
  filterable: false,
  sortable: false,
  groupable: false,
  custom: false,
  calculated: false,
  formula: null,
  autoNumber: false,
  displayFormat: null,
  unique: false,
  caseSensitive: false,
  externalId: false,
  nameField: false,
  htmlFormatted: false,
  defaultValue: null,
  defaultedOnCreate: false,
  picklistValues: [],
  restrictedPicklist: false,
  referenceTo: [],
  relationshipName: null,
  inlineHelpText: null,
};

/** A bind expression's value as SOQL compares it: records by their ids, collections item by item. */
export function bindOf(value: ApexValue, use: BindUse | undefined): BindValue {
  if (value instanceof ApexList) return value.items.map(single);
  if (value instanceof ApexSet) return [...value.members.values()].map(single);
  const plain = single(value);
  return use?.list ? [plain] : plain;
}

function single(value: ApexValue): Value {
  if (value instanceof SObjectValue) return single(value.fields.get('Id') ?? null);
  const bound = toBind(value);
  if (bound === undefined) throw new TypeError('the checker lets only primitives and records be bound');
  return bound;
}
