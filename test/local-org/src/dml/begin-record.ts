import { isValidId, to18 } from '../schema/ids.ts';
import type { Transaction } from '../transaction/types.ts';
import { ENTITY_IS_DELETED, ID_IN_INSERT, idMissing, INVALID_CROSS_REFERENCE, malformedId, operationNotAllowed } from './dml-errors.ts';
import type { DmlError, DmlOperation, WorkingRecord } from './types.ts';
import { fieldOf, type Change } from './working-record.ts';

/**
 * The record of a change with its stored row (null on insert), and with an error where the change cannot begin: the
 * object does not allow it, the id is missing, malformed or of no record, the record is deleted.
 */
export function beginRecord(change: Change, tx: Transaction): WorkingRecord {
  const { object, operation } = change;
  const errors: DmlError[] = [];
  const begun = (id: string | null, old: WorkingRecord['old'], error?: DmlError): WorkingRecord => {
    if (error) errors.push(error);
    return { object, id, values: new Map(), old, errors };
  };
  if (!isAllowed(change)) return begun(change.id, null, operationNotAllowed(object, operation === 'insert' ? 'create' : operation));
  if (operation === 'insert') return begun(null, null, change.id === null ? undefined : ID_IN_INSERT);
  if (change.id === null) return begun(null, null, idMissing(operation));
  if (!isValidId(change.id)) return begun(change.id, null, malformedId(fieldOf(object, 'Id'), change.id));
  const id = to18(change.id);
  const old = id.startsWith(object.keyPrefix) ? tx.store.get(object, id) : undefined;
  if (!old) return begun(id, null, INVALID_CROSS_REFERENCE);
  if (operation !== 'undelete' && old.get('IsDeleted') === true) return begun(id, old, ENTITY_IS_DELETED);
  return begun(id, old);
}

function isAllowed({ object, operation }: Change): boolean {
  const allowed: Readonly<Record<DmlOperation, boolean>> = {
    insert: object.createable,
    update: object.updateable,
    delete: object.deletable,
    undelete: object.deletable,
  };
  return allowed[operation];
}
