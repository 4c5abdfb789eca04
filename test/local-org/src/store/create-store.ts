import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { NotSupported } from '../errors.ts';
import type { FieldDef, ObjectDef, Value } from '../schema/types.ts';
import { columnType, fromSql, isFolded, isStored, quoted, storedFields, toSql, type SqlValue } from './columns.ts';
import { IdSequence } from './id-sequence.ts';
import { defineIndexes, fieldOfUniqueIndex } from './indexes.ts';
import { OpenTransaction } from './open-transaction.ts';
import type { Row, Store } from './types.ts';
import { UniqueViolation } from './unique-violation.ts';

/** SQLITE_CONSTRAINT_UNIQUE. @see https://www.sqlite.org/rescode.html#constraint_unique */
const CONSTRAINT_UNIQUE = 2067;
const CACHED_STATEMENTS = 2_000;

/**
 * An empty store in memory. SQL may call `fold(text)`: upper case, deterministic, and indexed wherever an index on text
 * is; all text is compared through it. Tables and columns bear the API names of objects and fields.
 */
export function createStore(): Store {
  const db = new DatabaseSync(':memory:');
  db.function('fold', { deterministic: true }, fold);
  const statements = new Map<string, StatementSync>();
  const ids = new IdSequence();
  const autoNumbers = new Map<string, number>();
  const transaction = new OpenTransaction(db);

  const prepare = (sql: string): StatementSync => {
    const cached = statements.get(sql);
    if (cached) return cached;
    if (statements.size >= CACHED_STATEMENTS) statements.clear();
    const statement = db.prepare(sql);
    statement.setReturnArrays(true);
    statements.set(sql, statement);
    return statement;
  };
  const select = (sql: string, params: readonly SqlValue[]): unknown[][] => prepare(sql).all(...params) as unknown as unknown[][];
  const write = (sql: string, params: readonly SqlValue[]): number => {
    try {
      return Number(prepare(sql).run(...params).changes);
    } catch (error) {
      throw asUniqueViolation(error);
    }
  };
  const rawRow = (object: ObjectDef, names: readonly string[], id: string): SqlValue[] | undefined =>
    select(`SELECT ${names.map(quoted).join(', ')} FROM ${quoted(object.name)} WHERE "Id" = ?`, [id])[0] as SqlValue[] | undefined;

  return {
    define(object) {
      defineTable(db, object);
      defineIndexes(db, object);
    },
    nextId: (object) => ids.next(object),
    nextAutoNumber(object, field) {
      const key = `${object.name}.${storedField(object, field).name}`;
      const number = (autoNumbers.get(key) ?? 0) + 1;
      autoNumbers.set(key, number);
      return number;
    },
    insert(object, row) {
      const id = row.get('Id');
      if (typeof id !== 'string') throw new Error(`A row of ${object.name} was inserted without its Id`);
      const { names, values } = columnsOf(object, row);
      const marks = names.map(() => '?').join(', ');
      write(`INSERT INTO ${quoted(object.name)} (${names.map(quoted).join(', ')}) VALUES (${marks})`, values);
      transaction.noteWrite(() => void write(`DELETE FROM ${quoted(object.name)} WHERE "Id" = ?`, [id]));
      ids.skip(id);
    },
    update(object, id, changes) {
      if (changes.size === 0) return;
      const { names, values } = columnsOf(object, changes);
      const sets = names.map((name) => `${quoted(name)} = ?`).join(', ');
      const sql = `UPDATE ${quoted(object.name)} SET ${sets} WHERE "Id" = ?`;
      const before = rawRow(object, names, id);
      if (before === undefined) throw new Error(`${object.name} has no row ${id} to update`);
      write(sql, [...values, id]);
      transaction.noteWrite(() => void write(sql, [...before, id]));
    },
    remove(object, id) {
      const names = storedFields(object).map((field) => field.name);
      const before = rawRow(object, names, id);
      if (before === undefined) throw new Error(`${object.name} has no row ${id} to delete`);
      write(`DELETE FROM ${quoted(object.name)} WHERE "Id" = ?`, [id]);
      const marks = names.map(() => '?').join(', ');
      const again = `INSERT INTO ${quoted(object.name)} (${names.map(quoted).join(', ')}) VALUES (${marks})`;
      transaction.noteWrite(() => void write(again, before));
    },
    get(object, id) {
      const fields = storedFields(object);
      const columns = fields.map((field) => quoted(field.name)).join(', ');
      const [found] = select(`SELECT ${columns} FROM ${quoted(object.name)} WHERE "Id" = ?`, [id]);
      return found && new Map(fields.map((field, index) => [field.name, fromSql(field, found[index])]));
    },
    findIds(object, name, value) {
      const field = storedField(object, name);
      const live = object.fields.has('isdeleted') ? ' AND "IsDeleted" = 0' : '';
      const [where, params] = equals(field, value);
      return select(`SELECT "Id" FROM ${quoted(object.name)} WHERE ${where}${live} ORDER BY "Id"`, params).map(([id]) => String(id));
    },
    select,
    transaction: (work) => transaction.run(work),
    hasUncommittedWrites: () => transaction.written,
    suspend: (work) => transaction.suspend(work),
    rehearse: (work) => transaction.rehearse(work),
    savepoint: (name) => transaction.savepoint(name),
    rollbackTo: (name) => transaction.rollbackTo(name),
    release: (name) => transaction.release(name),
    analyze: () => db.exec('ANALYZE'),
    close: () => db.close(),
  };
}

function fold(text: unknown): SqlValue {
  if (typeof text === 'string') return text.toUpperCase();
  if (text === null || typeof text === 'number') return text;
  throw new TypeError(`fold() takes text, not ${typeof text}`);
}

function defineTable(db: DatabaseSync, object: ObjectDef): void {
  const table = quoted(object.name);
  const rows = db.prepare(`SELECT name, type FROM pragma_table_info(?)`).all(object.name);
  const existing = new Map(rows.map((row) => [String(row['name']), String(row['type'])]));
  if (existing.size === 0) {
    const columns = storedFields(object).map((field) => `${quoted(field.name)} ${declaration(field)}`);
    db.exec(`CREATE TABLE ${table} (${columns.join(', ')})`);
    return;
  }
  for (const field of storedFields(object)) {
    const type = existing.get(field.name);
    if (type === undefined) addColumn(db, table, field);
    else if (type !== columnType(field)) throw new NotSupported(`changing the type of ${object.name}.${field.name}`);
  }
}

function declaration(field: FieldDef): string {
  return field.type === 'id' ? 'TEXT NOT NULL PRIMARY KEY' : columnType(field);
}

/** A checkbox that is new on an object is unticked, or as its default says, on the records that are there. */
function addColumn(db: DatabaseSync, table: string, field: FieldDef): void {
  db.exec(`ALTER TABLE ${table} ADD COLUMN ${quoted(field.name)} ${declaration(field)}`);
  if (field.type === 'boolean') db.prepare(`UPDATE ${table} SET ${quoted(field.name)} = ?`).run(field.defaultValue === true ? 1 : 0);
}

function storedField(object: ObjectDef, name: string): FieldDef {
  const field = object.fields.get(name.toLowerCase());
  if (field === undefined || !isStored(field)) throw new Error(`${object.name} has no stored field ${name}`);
  return field;
}

function columnsOf(object: ObjectDef, row: Row): { names: string[]; values: SqlValue[] } {
  const names: string[] = [];
  const values: SqlValue[] = [];
  for (const [name, value] of row) {
    names.push(storedField(object, name).name);
    values.push(toSql(value));
  }
  return { names, values };
}

function equals(field: FieldDef, value: Value): [where: string, params: SqlValue[]] {
  const column = quoted(field.name);
  if (value === null) return [`${column} IS NULL`, []];
  return isFolded(field) ? [`fold(${column}) = fold(?)`, [toSql(value)]] : [`${column} = ?`, [toSql(value)]];
}

function asUniqueViolation(error: unknown): unknown {
  if (!(error instanceof Error) || !('errcode' in error) || error.errcode !== CONSTRAINT_UNIQUE) return error;
  const field = fieldOfUniqueIndex(error.message);
  return field ? new UniqueViolation(field.object, field.field, { cause: error }) : error;
}
