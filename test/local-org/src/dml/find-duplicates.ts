import type { Transaction } from '../transaction/types.ts';
import { duplicateValue } from './dml-errors.ts';
import type { DmlError, WorkingRecord } from './types.ts';
import { isChanged } from './working-record.ts';

/**
 * The first unique field whose new value another record holds, as an error; null where there is none.
 * @param isOfStatement whether a record was saved earlier by the same batch: the platform does not name such a one
 */
export function findDuplicate(record: WorkingRecord, isOfStatement: (id: string) => boolean, tx: Transaction): DmlError | null {
  for (const field of record.object.fields.values()) {
    const value = record.values.get(field.name);
    if (!field.unique || value === undefined || value === null || !isChanged(record, field.name)) continue;
    const holder = tx.store.findIds(record.object, field.name, value).find((id) => id !== record.id);
    if (holder !== undefined) return duplicateValue(field, isOfStatement(holder) ? null : holder);
  }
  return null;
}
