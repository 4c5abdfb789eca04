import type { FieldDef, FieldType, ObjectDef, Value } from '../schema/types.ts';

/** What SQLite stores and binds. */
export type SqlValue = string | number | null;

const INTEGER: ReadonlySet<FieldType> = new Set(['boolean', 'int', 'datetime', 'time']);
const REAL: ReadonlySet<FieldType> = new Set(['currency', 'percent', 'double']);
const TEXT: ReadonlySet<FieldType> = new Set([
  'string',
  'textarea',
  'picklist',
  'multipicklist',
  'combobox',
  'email',
  'phone',
  'url',
  'encryptedstring',
]);

/** Formulas are computed and compound fields are put together when they are read: neither has a column. */
export function isStored(field: FieldDef): boolean {
  return field.formula === null && field.type !== 'address' && field.type !== 'location';
}

export function storedFields(object: ObjectDef): FieldDef[] {
  return [...object.fields.values()].filter(isStored);
}

export function columnType(field: FieldDef): 'INTEGER' | 'REAL' | 'TEXT' {
  if (INTEGER.has(field.type)) return 'INTEGER';
  return REAL.has(field.type) ? 'REAL' : 'TEXT';
}

/** Text that people typed: compared without regard to case, through `fold`, unless the field says otherwise. */
export function isFolded(field: FieldDef): boolean {
  return TEXT.has(field.type) && !field.caseSensitive;
}

export function toSql(value: Value): SqlValue {
  return typeof value === 'boolean' ? Number(value) : value;
}

export function fromSql(field: FieldDef, value: unknown): Value {
  if (value === null) return null;
  if (field.type === 'boolean') return value === 1;
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new Error(`${field.name} holds a ${typeof value}`);
}

/** A name as an SQL identifier. Names come from the schema, never from a request. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
