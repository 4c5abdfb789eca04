import { mayReadRecord } from '../../access/record-access.ts';
import { isValidId, to18 } from '../../schema/ids.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { Transaction } from '../../transaction/types.ts';
import { notFound, RestError } from './rest-error.ts';

/**
 * The 18-character id of an existing record from the id in a URL.
 * @throws RestError 404 where it is no id, no record that is shared with the user has it, it is another object's, or the
 *   record was deleted
 */
export function recordId(tx: Transaction, object: ObjectDef, text: string): string {
  if (!isValidId(text)) {
    throw new RestError(404, 'NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${text}`);
  }
  const id = to18(text);
  const row = tx.store.get(object, id);
  if (!row || !mayReadRecord(tx, object, id)) throw notFound();
  if (row.get('IsDeleted') === true) throw new RestError(404, 'ENTITY_IS_DELETED', 'entity is deleted');
  return id;
}
