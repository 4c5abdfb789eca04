import { plainField } from '../../schema/standard/fields.ts';
import type { FieldDef, ObjectDef, Value } from '../../schema/types.ts';
import type { AggregateColumn, QueryResult, SoqlRecord } from '../../soql/types.ts';
import { T } from '../types.ts';
import { ApexList } from './apex-list.ts';
import { fromStored } from './convert.ts';
import { SObjectValue } from './sobject-value.ts';

/** The rows of a query as guest code gets them: records, or AggregateResults. A count has no rows. */
export function listFromQuery(result: QueryResult): ApexList {
  switch (result.kind) {
    case 'records':
      return new ApexList(T.sobject(result.object.name), result.records.map(recordFromQuery));
    case 'aggregate': {
      const object = aggregateObject(result.columns);
      return new ApexList(
        T.AggregateResult,
        result.rows.map((row) => aggregateRow(object, row)),
      );
    }
    case 'count':
      return new ApexList(T.SObject);
  }
}

export function recordFromQuery(source: SoqlRecord): SObjectValue {
  const record = new SObjectValue(source.object);
  record.fromQuery = true;
  for (const [name, value] of source.values) {
    const field = source.object.fields.get(name.toLowerCase());
    if (!field) throw new TypeError(`the query answered ${source.object.name}.${name}, which the object does not have`);
    record.fields.set(field.name, fromStored(field, value));
  }
  record.queried = new Map(record.fields);
  for (const [name, parent] of source.parents) record.parents.set(name, parent && recordFromQuery(parent));
  for (const [name, children] of source.children) {
    const object =
      children[0]?.object.name ?? source.object.childRelationships.find((child) => child.relationshipName === name)?.childObject;
    record.children.set(name, new ApexList(object === undefined ? T.SObject : T.sobject(object), children.map(recordFromQuery)));
  }
  return record;
}

function aggregateRow(object: ObjectDef, row: readonly Value[]): SObjectValue {
  const record = new SObjectValue(object);
  record.fromQuery = true;
  [...object.fields.values()].forEach((field, i) => record.fields.set(field.name, fromStored(field, row[i] ?? null)));
  return record;
}

/** An object whose fields are the columns of one aggregate query. */
function aggregateObject(columns: readonly AggregateColumn[]): ObjectDef {
  return {
    name: T.AggregateResult.name,
    label: 'Aggregate Result',
    labelPlural: 'Aggregate Results',
    keyPrefix: '',
    custom: false,
    createable: false,
    updateable: false,
    deletable: false,
    queryable: true,
    sharingModel: 'ReadWrite',
    fields: new Map(columns.map((column) => [column.alias.toLowerCase(), aggregateField(column)])),
    childRelationships: [],
  };
}

function aggregateField({ alias, field, type }: AggregateColumn): FieldDef {
  return plainField(alias, alias, type, {
    length: field?.length ?? 0,
    precision: field?.precision ?? 18,
    scale: field?.scale ?? 0,
    createable: false,
    updateable: false,
    filterable: false,
    sortable: false,
    groupable: false,
    referenceTo: field?.referenceTo ?? [],
  });
}
