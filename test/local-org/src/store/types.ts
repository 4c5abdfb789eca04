import type { ObjectDef, Value } from '../schema/types.ts';

/** A record by canonical field name. A field that is absent was not given (insert: null; update: unchanged). */
export type Row = Map<string, Value>;

/** Records in SQLite, in memory: typed columns, ids, unique indexes, soft delete, savepoints. No rule of the platform lives here. */
export interface Store {
  /** Creates the table of an object, or adds the columns that it lacks. */
  define(object: ObjectDef): void;
  /** A fresh 18-character id with the object's key prefix. Ids are not given back by a rollback. */
  nextId(object: ObjectDef): string;
  /** The next auto-number of a field, from 1. Numbers are not given back by a rollback: gaps are normal. */
  nextAutoNumber(object: ObjectDef, field: string): number;
  /** Inserts a row that carries its Id. */
  insert(object: ObjectDef, row: Row): void;
  update(object: ObjectDef, id: string, changes: Row): void;
  /** Deletes a row for good: for objects without a recycle bin. */
  remove(object: ObjectDef, id: string): void;
  /** All fields of a record, deleted ones too (IsDeleted tells), or undefined. Formula fields are not stored. */
  get(object: ObjectDef, id: string): Row | undefined;
  /** Ids of records that are not deleted and hold `value` in `field` (an indexed or unique field). */
  findIds(object: ObjectDef, field: string, value: Value): string[];
  /** Rows of a compiled query; columns in select order. Statements are cached by text. */
  select(sql: string, params: readonly (string | number | null)[]): unknown[][];
  /** Runs `work` in a transaction: committed when it returns, rolled back when it throws. Transactions do not nest. */
  transaction<T>(work: () => T): T;
  /** Whether the open transaction has written something that is neither committed nor undone. */
  hasUncommittedWrites(): boolean;
  /**
   * Runs `work`, with transactions of its own, in a pause of the open transaction, which must have written nothing: what
   * `work` commits stays, whatever becomes of the open transaction, and the savepoints are as they were.
   */
  suspend<T>(work: () => T): T;
  /**
   * Runs `work`, with transactions of its own, in the midst of the open one, of whose writes they see nothing, and undoes what they
   * wrote.
   * @returns whether any of them would have committed a write
   */
  rehearse(work: () => void): { readonly wrote: boolean };
  savepoint(name: string): void;
  rollbackTo(name: string): void;
  release(name: string): void;
  /** After bulk loads, so that the planner knows the tables. */
  analyze(): void;
  close(): void;
}
