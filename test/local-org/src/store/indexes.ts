import type { DatabaseSync } from 'node:sqlite';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { isFolded, quoted, storedFields } from './columns.ts';

const UNIQUE_NAME = /^unique:([^:]+):([^:]+)$/;

/** Creates the indexes that an object should have and drops those it no longer should. */
export function defineIndexes(db: DatabaseSync, object: ObjectDef): void {
  const wanted = new Map(storedFields(object).flatMap((field) => indexesOf(object, field)));
  const rows = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`).all(object.name);
  const existing = new Set(rows.map((row) => String(row['name'])));
  for (const name of existing) if (!wanted.has(name)) db.exec(`DROP INDEX ${quoted(name)}`);
  for (const [name, sql] of wanted) if (!existing.has(name)) db.exec(sql);
}

/** The object and field whose unique index an SQLite error message names, or undefined. */
export function fieldOfUniqueIndex(message: string): { readonly object: string; readonly field: string } | undefined {
  const index = /index '([^']+)'/.exec(message)?.[1];
  const [, object, field] = (index === undefined ? null : UNIQUE_NAME.exec(index)) ?? [];
  if (object !== undefined && field !== undefined) return { object, field };
  const [, table, column] = /UNIQUE constraint failed: (\w+)\.(\w+)/.exec(message) ?? [];
  return table === undefined || column === undefined ? undefined : { object: table, field: column };
}

/**
 * References, external ids, the name and dates; never a flag, which would make the planner read half the table by it.
 * A unique value may occur again once its record is in the recycle bin.
 */
function indexesOf(object: ObjectDef, field: FieldDef): [name: string, sql: string][] {
  if (field.type === 'id') return [];
  const column = quoted(field.name);
  const term = isFolded(field) ? `fold(${column})` : column;
  if (field.unique) {
    const name = `unique:${object.name}:${field.name}`;
    const live = object.fields.has('isdeleted') ? ' WHERE "IsDeleted" = 0' : '';
    return [[name, `CREATE UNIQUE INDEX ${quoted(name)} ON ${quoted(object.name)} (${term})${live}`]];
  }
  const worth = field.type === 'reference' || field.type === 'date' || field.type === 'datetime' || field.externalId || field.nameField;
  if (!worth && field.type !== 'email') return [];
  const name = `index:${object.name}:${field.name}`;
  const given = field.nillable ? ` WHERE ${column} IS NOT NULL` : '';
  return [[name, `CREATE INDEX ${quoted(name)} ON ${quoted(object.name)} (${term})${given}`]];
}
