import type { FieldDef, ObjectDef, Value } from '../schema/types.ts';
import type { Row } from '../store/types.ts';
import type { DmlOperation, WorkingRecord } from './types.ts';

/** One record of a statement as the caller gave it; a retry starts from it again. */
export interface Change {
  readonly operation: DmlOperation;
  readonly object: ObjectDef;
  readonly id: string | null;
  readonly values: Row;
}

/** What a field holds after this change: the value given, else the stored one. */
export function currentValue(record: WorkingRecord, field: string): Value {
  return record.values.has(field) ? (record.values.get(field) ?? null) : (record.old?.get(field) ?? null);
}

/** Whether the change gives a field another value. True for every field of a record that is being inserted. */
export function isChanged(record: WorkingRecord, field: string): boolean {
  if (record.old === null) return true;
  return record.values.has(field) && record.values.get(field) !== record.old.get(field);
}

/** Whether the caller, or a before trigger, set a field to something other than it holds. */
export function isGiven(record: WorkingRecord, field: string): boolean {
  const value = record.values.get(field) ?? null;
  return record.values.has(field) && value !== (record.old?.get(field) ?? null);
}

/** A field that the code of this room relies on. */
export function fieldOf(object: ObjectDef, name: string): FieldDef {
  const field = object.fields.get(name.toLowerCase());
  if (!field) throw new Error(`${object.name} has no field ${name}`);
  return field;
}
