import { lockRecords, parentIds } from '../transaction/lock-records.ts';
import { RecordLocked } from '../transaction/record-locks.ts';
import type { Enforcement } from '../access/types.ts';
import type { Transaction } from '../transaction/types.ts';
import { SoqlError } from './types.ts';
import type { BindValue, CompiledQuery, QueryResult } from './types.ts';

/** What the platform says when the lock was not to be had for 10 seconds; the local org says it at once. */
const LOCKED =
  'Record Currently Unavailable: The record you are attempting to edit, or one of its related records, is currently being modified by another user. Please try again.';

/**
 * Runs a query in a transaction. With FOR UPDATE the records that it answers, and their parents, are locked, and the answer
 * shows them as they were when the lock was taken.
 * @param enforcement what of the running user's access it respects
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_locking_statements.htm
 * @throws SoqlError where another transaction holds one of the records; InaccessibleNames for a name that the user may not read
 */
export function runQuery(compiled: CompiledQuery, tx: Transaction, binds: readonly BindValue[], enforcement: Enforcement): QueryResult {
  tx.reach({ kind: 'query', object: compiled.object.name });
  if (!compiled.query.forUpdate) return compiled.run(tx, binds, enforcement);
  for (;;) {
    const result = compiled.run(tx, binds, enforcement);
    // Between the query and its locks another transaction may have changed the records: read again, until nothing is new.
    if (!lockResult(result, tx)) return result;
  }
}

/** Locks the records of a result and their parents; true where any of them was not locked before. */
function lockResult(result: QueryResult, tx: Transaction): boolean {
  if (result.kind !== 'records') return false;
  const ids = result.records.flatMap((record) => {
    const id = String(record.values.get('Id'));
    const row = tx.store.get(record.target, id);
    return row ? [id, ...parentIds(record.target, row, tx)] : [];
  });
  try {
    return lockRecords(result.object, ids, tx);
  } catch (error) {
    if (error instanceof RecordLocked) throw new SoqlError('UNABLE_TO_LOCK_ROW', LOCKED);
    throw error;
  }
}
