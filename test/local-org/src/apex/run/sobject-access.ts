import type { FieldDef } from '../../schema/types.ts';
import type { ApexType } from '../types.ts';
import { ApexList } from '../values/apex-list.ts';
import { SObjectValue } from '../values/sobject-value.ts';
import type { ApexValue } from '../values/values.ts';
import type { Interpreter } from './interpreter.ts';

/**
 * Reads a field. One that the query did not select throws.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_SOQL_working_with.htm
 */
export function readSObjectField(record: SObjectValue, field: FieldDef, rt: Interpreter): ApexValue {
  const value = record.fields.get(field.name);
  if (value !== undefined) return value;
  if (field.name === 'Id') return null;
  if (record.fromQuery) return notQueried(record, field.name, rt);
  return field.type === 'boolean' ? false : null;
}

export function parentRecord(record: SObjectValue, field: FieldDef, rt: Interpreter): ApexValue {
  const relationship = field.relationshipName ?? field.name;
  const parent = record.parents.get(relationship);
  if (parent !== undefined) return parent;
  return record.fromQuery && !record.fields.has(field.name) ? notQueried(record, relationship, rt) : null;
}

export function childRecords(record: SObjectValue, relationship: string, element: ApexType, rt: Interpreter): ApexValue {
  const children = record.children.get(relationship);
  if (children) return children;
  return record.fromQuery ? notQueried(record, relationship, rt) : new ApexList(element, []);
}

function notQueried(record: SObjectValue, name: string, rt: Interpreter): never {
  return rt.throwApex(
    'SObjectException',
    `SObject row was retrieved via SOQL without querying the requested field: ${record.object.name}.${name}`,
  );
}

/** An assignment in source: the checker has converted the value. */
export function putField(record: ApexValue, field: FieldDef, value: ApexValue, rt: Interpreter): void {
  if (!(record instanceof SObjectValue)) return rt.nullPointer();
  if (record.readOnly) return rt.throwApex('FinalException', 'Record is read-only');
  if (field.calculated || field.autoNumber)
    return rt.throwApex('SObjectException', `Field is not writeable: ${record.object.name}.${field.name}`);
  record.fields.set(field.name, value);
}

export function setParent(record: ApexValue, relationship: string, value: ApexValue, rt: Interpreter): void {
  if (!(record instanceof SObjectValue)) return rt.nullPointer();
  if (value === null || value instanceof SObjectValue) record.parents.set(relationship, value);
}
