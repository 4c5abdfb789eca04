import type { FieldDef } from '../../schema/types.ts';
import { notQueried } from '../platform/sobjects.ts';
import type { ApexType } from '../types.ts';
import { ApexList } from '../values/apex-list.ts';
import { SObjectValue } from '../values/sobject-value.ts';
import type { ApexValue } from '../values/values.ts';
import type { Interpreter } from './interpreter.ts';

export function childRecords(record: SObjectValue, relationship: string, element: ApexType, rt: Interpreter): ApexValue {
  const children = record.children.get(relationship);
  if (children) return children;
  return record.fromQuery ? notQueried(rt, record, relationship) : new ApexList(element, []);
}

/** An assignment in source: the checker has converted the value, and refused what nobody may write. */
export function assignField(record: ApexValue, field: FieldDef, value: ApexValue, rt: Interpreter): void {
  if (!(record instanceof SObjectValue)) return rt.nullPointer();
  if (record.readOnly) return rt.throwApex('FinalException', 'Record is read-only');
  record.fields.set(field.name, value);
}

export function setParent(record: ApexValue, relationship: string, value: ApexValue, rt: Interpreter): void {
  if (!(record instanceof SObjectValue)) return rt.nullPointer();
  if (value === null || value instanceof SObjectValue) record.parents.set(relationship, value);
}
