import { lockRecords, parentIds } from '../transaction/lock-records.ts';
import { RecordLocked } from '../transaction/record-locks.ts';
import type { Transaction } from '../transaction/types.ts';
import { beginRecord } from './begin-record.ts';
import { lockedByAnother } from './dml-errors.ts';
import type { WorkingRecord } from './types.ts';
import type { Change } from './working-record.ts';

/** The record of a change, locked before it is looked at; with an error where the change cannot begin (see `beginRecord`). */
export function beginLocked(change: Change, tx: Transaction): WorkingRecord {
  for (;;) {
    const record = beginRecord(change, tx);
    // Until the lock was taken another transaction may have changed the record: read again, until nothing is new.
    if (record.errors.length > 0 || !lockRecord(record, tx)) return record;
  }
}

/**
 * Locks a record that is being changed, the parents it has and those it gets, until the transaction ends. Where another
 * transaction holds one of them, that is the record's error.
 * @returns whether any of them was not locked before
 */
export function lockRecord(record: WorkingRecord, tx: Transaction): boolean {
  const { object, id, old, values } = record;
  const ids = [...(id === null ? [] : [id]), ...(old ? parentIds(object, old, tx) : []), ...parentIds(object, values, tx)];
  try {
    return lockRecords(object, ids, tx);
  } catch (error) {
    if (!(error instanceof RecordLocked)) throw error;
    record.errors.push(lockedByAnother(error.recordId));
    return false;
  }
}
