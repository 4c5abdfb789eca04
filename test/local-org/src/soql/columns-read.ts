import { constants, DatabaseSync } from 'node:sqlite';
import type { Store } from '../store/types.ts';

/**
 * Says which columns a statement reads, as SQLite itself sees it: on a second database with the same tables and indexes, in
 * which the authorizer is asked about every column that a statement touches, in any clause.
 * @see https://www.sqlite.org/c3ref/set_authorizer.html
 */
export function columnReader(store: Store): (sql: string) => Set<string> {
  const db = new DatabaseSync(':memory:');
  db.function('fold', { deterministic: true }, (text) => text);
  const read = new Set<string>();
  for (const [sql] of store.select(`SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type = 'index'`, [])) db.exec(String(sql));
  db.setAuthorizer((action, table, column) => {
    if (action === constants.SQLITE_READ && table !== null && column !== null && column !== '') read.add(`${table}.${column}`);
    return constants.SQLITE_OK;
  });
  return (sql) => {
    read.clear();
    db.prepare(sql);
    return new Set(read);
  };
}
