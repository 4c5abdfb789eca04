import { NotSupported } from '../../errors.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import { T, typeName } from '../types.ts';
import { typeOfField } from '../values/convert.ts';
import { SObjectValue } from '../values/sobject-value.ts';
import type { ApexType, ApexValue } from '../values/values.ts';
import { converted } from './arguments.ts';
import type { Runtime } from './types.ts';

const TIMESTAMPS = new Set(['CreatedById', 'CreatedDate', 'LastModifiedById', 'LastModifiedDate', 'SystemModstamp']);

/** A field of a record by name, in any case; an AggregateResult has the aliases of its query. */
export function fieldNamed(runtime: Runtime, object: ObjectDef, name: string): FieldDef {
  const own = object.fields.get(name.toLowerCase());
  if (own) return own;
  if (object.name !== T.AggregateResult.name && runtime.tx.schema.field(object, name).kind === 'unsupported') {
    throw new NotSupported(`the field ${object.name}.${name}`, runtime.location());
  }
  return runtime.throwApex('SObjectException', `Invalid field ${name} for ${object.name}`);
}

/** A field or relationship that the query did not ask for was read. */
export function notQueried(runtime: Runtime, record: SObjectValue, name: string): never {
  const message = 'SObject row was retrieved via SOQL without querying the requested field: ';
  return runtime.throwApex('SObjectException', `${message}${record.object.name}.${name}`);
}

/** Reads a field; one that a query did not ask for throws, one that was never set reads null, a checkbox false. */
export function readField(runtime: Runtime, record: SObjectValue, field: FieldDef): ApexValue {
  const value = record.fields.get(field.name);
  if (value !== undefined) return value;
  if (field.type === 'id') return null;
  if (record.fromQuery) return notQueried(runtime, record, field.name);
  return field.type === 'boolean' ? false : null;
}

/** What `put` takes for a field of each type, besides the type itself. */
const WIDENS_FROM: ReadonlyMap<ApexType, readonly ApexType[]> = new Map([
  [T.String, [T.Id]],
  [T.Id, [T.String]],
  [T.Decimal, [T.Integer, T.Long, T.Double]],
  [T.Datetime, [T.Date]],
]);

/**
 * Sets a field and answers the value before.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_sobject.htm#apex_System_SObject_put
 */
export function putField(runtime: Runtime, record: SObjectValue, field: FieldDef, value: ApexValue): ApexValue {
  if (record.readOnly) return runtime.throwApex('FinalException', 'Record is read-only');
  if (field.type !== 'id' && !field.createable && !field.updateable)
    return runtime.throwApex('SObjectException', `Field ${field.name} is not editable`);
  const before = record.fields.get(field.name) ?? null;
  record.fields.set(field.name, assignable(runtime, field, value));
  return before;
}

function assignable(runtime: Runtime, field: FieldDef, value: ApexValue): ApexValue {
  if (value === null) return null;
  const to = typeOfField(field);
  const from = runtime.typeOf(value);
  if (from === to) return value;
  if (!WIDENS_FROM.get(to)?.includes(from))
    return runtime.throwApex('SObjectException', `Illegal assignment from ${typeName(from)} to ${typeName(to)}`);
  return converted(runtime, value, to);
}

/** The reference field of a parent relationship. */
export function parentField(runtime: Runtime, object: ObjectDef, relationship: string): FieldDef {
  const found = runtime.tx.schema.parentRelationship(object, relationship);
  if (found.kind === 'known') return found.def;
  if (found.kind === 'unsupported') throw new NotSupported(`the relationship ${object.name}.${relationship}`, runtime.location());
  return runtime.throwApex('SObjectException', `Invalid relationship ${relationship} for ${object.name}`);
}

/** The parent of a record; null where there is none, an exception where the query did not ask for it. */
export function readParent(runtime: Runtime, record: SObjectValue, field: FieldDef): SObjectValue | null {
  const name = field.relationshipName;
  if (name === null) return runtime.throwApex('SObjectException', `Invalid relationship ${field.name} for ${record.object.name}`);
  const parent = record.parents.get(name);
  if (parent !== undefined) return parent;
  const isEmpty = record.fields.has(field.name) && record.fields.get(field.name) === null;
  return record.fromQuery && !isEmpty ? notQueried(runtime, record, name) : null;
}

/** Sets a parent record, without touching the id of the reference field, as the platform does. */
export function putParent(runtime: Runtime, record: SObjectValue, field: FieldDef, parent: SObjectValue | null): SObjectValue | null {
  if (record.readOnly) return runtime.throwApex('FinalException', 'Record is read-only');
  const name = field.relationshipName;
  if (name === null) return runtime.throwApex('SObjectException', `Invalid relationship ${field.name} for ${record.object.name}`);
  if (parent !== null && !field.referenceTo.includes(parent.object.name)) {
    return runtime.throwApex('SObjectException', `Illegal assignment from ${parent.object.name} to ${field.referenceTo.join(', ')}`);
  }
  const before = record.parents.get(name) ?? null;
  record.parents.set(name, parent);
  return before;
}

export interface CloneOptions {
  readonly id: boolean;
  readonly readonlyTimestamps: boolean;
  readonly autonumber: boolean;
}

/** A copy of a record with its own fields; without the id, the audit fields and auto-numbers unless they are asked for. */
export function cloneRecord(record: SObjectValue, keep: CloneOptions): SObjectValue {
  const copy = new SObjectValue(record.object);
  for (const [name, value] of record.fields) {
    const field = record.object.fields.get(name.toLowerCase());
    if (field?.type === 'id' && !keep.id) continue;
    if (TIMESTAMPS.has(name) && !keep.readonlyTimestamps) continue;
    if (field?.autoNumber === true && !keep.autonumber) continue;
    copy.fields.set(name, value);
  }
  for (const [name, parent] of record.parents) copy.parents.set(name, parent);
  return copy;
}

/** The fields that carry a value: those set, and those queried that are not null. */
export function populatedFields(record: SObjectValue): [name: string, value: ApexValue][] {
  return [...record.fields].filter(([, value]) => value !== null || !record.fromQuery);
}
