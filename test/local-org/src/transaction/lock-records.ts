import type { ObjectDef } from '../schema/types.ts';
import { keyPrefix } from '../schema/ids.ts';
import type { Row } from '../store/types.ts';
import type { Transaction } from './types.ts';

/**
 * Objects that many records refer to and that no change of those records locks.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_locking_statements.htm
 */
const SET_UP: ReadonlySet<string> = new Set(['Group', 'Organization', 'PermissionSet', 'Profile', 'RecordType', 'User', 'UserRole']);

/** The records that a record's references lead to: a change of the record locks them too. Users and set-up are never locked. */
export function parentIds(object: ObjectDef, row: Row, tx: Transaction): string[] {
  return [...object.fields.values()].flatMap((field) => {
    const id = field.type === 'reference' ? row.get(field.name) : null;
    if (typeof id !== 'string' || id === '') return [];
    const parent = tx.schema.objectByPrefix(keyPrefix(id));
    return parent && !SET_UP.has(parent.name) ? [id] : [];
  });
}

/**
 * Locks records until the transaction ends, or until it rolls back to a savepoint set before.
 * @param object what the lock is asked for; shows in the trace
 * @returns whether any of them was not locked before
 * @throws RecordLocked where another transaction holds one; then none is locked
 */
export function lockRecords(object: ObjectDef, recordIds: readonly string[], tx: Transaction): boolean {
  if (tx.locks.missing(recordIds).length === 0) return false;
  tx.reach({ kind: 'lock', object: object.name });
  tx.locks.take(recordIds);
  return true;
}
