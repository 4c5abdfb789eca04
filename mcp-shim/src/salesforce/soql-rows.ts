import type { FieldFunctionExpression, FieldType, Query, QueryBase } from '@jetstreamapp/soql-parser-js';
import { cleanJson, maxCellLength } from '../untrusted-text.ts';
import type { QueryResult, SalesforceRecord } from './gateway.ts';
import { isUngroupedAggregate } from './soql-guard.ts';

export interface QueryTable {
  columns: string[];
  rows: unknown[][];
}

interface Column {
  name: string;
  /** Where the value stands in a record. */
  path: string[];
}

/** Functions whose value arrives under the field's own name unless they are given an alias. */
const transparentFunctions = new Set(['TOLABEL', 'FORMAT', 'CONVERTCURRENCY', 'CONVERTTIMEZONE']);

/** The result of a guarded query as columns and rows: a third of the tokens of nested records. */
export function toTable(tree: Query, result: QueryResult): QueryTable {
  if (isPlainCount(tree)) return { columns: ['count'], rows: [[result.totalSize]] };
  const columns = columnsOf(tree, result.records);
  return {
    columns: columns.map((column) => column.name),
    rows: result.records.map((record) => columns.map((column) => cell(valueAt(record, column.path)))),
  };
}

function isPlainCount(tree: Query): boolean {
  const [field, ...others] = tree.fields ?? [];
  return (
    others.length === 0 &&
    field?.type === 'FieldFunctionExpression' &&
    field.functionName.toUpperCase() === 'COUNT' &&
    field.parameters.length === 0
  );
}

function columnsOf(tree: Query, records: readonly SalesforceRecord[]): Column[] {
  const grouped = tree.groupBy !== undefined || isUngroupedAggregate(tree);
  let expressions = 0;
  const nextExpression = (): string => `expr${expressions++}`;
  return (tree.fields ?? [])
    .flatMap((field) => columnsOfField(field, tree, grouped, records, nextExpression))
    .map((column) => ({ name: canonicalName(column, records), path: column.path }));
}

function columnsOfField(
  field: FieldType,
  tree: QueryBase,
  grouped: boolean,
  records: readonly SalesforceRecord[],
  nextExpression: () => string,
): Column[] {
  switch (field.type) {
    case 'Field':
      // Grouped rows are flat: Salesforce names their keys by alias or by the last part of the path.
      return [grouped && field.alias !== undefined ? plain(field.alias) : plain(field.field)];
    case 'FieldRelationship': {
      const path = [...field.relationships.filter((part) => part !== tree.sObjectAlias), field.field];
      const alias = 'alias' in field ? field.alias : undefined;
      if (grouped) return [{ name: path.join('.'), path: [alias ?? field.field] }];
      return [{ name: path.join('.'), path }];
    }
    case 'FieldSubquery':
      return [plain(field.subquery.relationshipName)];
    case 'FieldTypeof':
      return [plain(field.field)];
    case 'FieldFunctionExpression':
      if (field.functionName.toUpperCase() === 'FIELDS') return allKeys(records).map(plain);
      return [functionColumn(field, nextExpression)];
  }
}

function functionColumn(field: FieldFunctionExpression, nextExpression: () => string): Column {
  if (field.alias !== undefined) return plain(field.alias);
  const argument = field.parameters[0];
  if (transparentFunctions.has(field.functionName.toUpperCase()) && typeof argument === 'string')
    return { name: argument, path: argument.split('.') };
  const key = nextExpression();
  return { name: field.rawValue ?? key, path: [key] };
}

function plain(name: string): Column {
  return { name, path: [name] };
}

function allKeys(records: readonly SalesforceRecord[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))].filter((key) => key !== 'attributes');
}

/** SOQL ignores case and Salesforce answers in its own spelling; the columns take that where a record shows it. */
function canonicalName(column: Column, records: readonly SalesforceRecord[]): string {
  if (column.path.join('.') !== column.name) return column.name;
  for (const record of records) {
    const spelled: string[] = [];
    let current: unknown = record;
    for (const part of column.path) {
      const key = keyOf(current, part);
      if (key === undefined) break;
      spelled.push(key);
      current = (current as SalesforceRecord)[key];
    }
    if (spelled.length === column.path.length) return spelled.join('.');
  }
  return column.name;
}

function valueAt(record: SalesforceRecord, path: readonly string[]): unknown {
  let current: unknown = record;
  for (const part of path) {
    const key = keyOf(current, part);
    if (key === undefined) return null;
    current = (current as SalesforceRecord)[key];
  }
  return current ?? null;
}

function keyOf(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, name)) return name;
  return Object.keys(value).find((key) => key.toLowerCase() === name.toLowerCase());
}

function cell(value: unknown): unknown {
  return cleanJson(withoutAttributes(value), maxCellLength);
}

/** Child results become plain arrays of records; `attributes` only repeats type and URL. */
function withoutAttributes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAttributes);
  if (typeof value !== 'object' || value === null) return value;
  if ('records' in value && 'totalSize' in value) return withoutAttributes(value.records);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'attributes')
      .map(([key, item]) => [key, withoutAttributes(item)]),
  );
}
