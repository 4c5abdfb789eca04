import { NotSupported } from '../../errors.ts';
import type { Row } from '../../store/types.ts';
import type { Transaction } from '../../transaction/types.ts';
import type { WorkingRecord } from '../types.ts';
import { currentValue, isChanged } from '../working-record.ts';
import type { DerivedRule } from './derived-rule.ts';
import { valueRow } from './set-up-rows.ts';

/**
 * The status decides whether a task is closed, and closing dates it; the priority decides whether it is a high one.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_task.htm
 */
export const taskStatus: DerivedRule = {
  objects: ['Task'],
  beforeSave(record, tx) {
    const { values, old } = record;
    if (isChanged(record, 'Status')) {
      const closed = meaning(record, 'Status', 'TaskStatus', tx).get('IsClosed') === true;
      values.set('IsClosed', closed);
      if (closed !== (old?.get('IsClosed') === true)) values.set('CompletedDateTime', closed ? Math.floor(tx.now() / 1000) * 1000 : null);
    }
    if (isChanged(record, 'Priority')) {
      values.set('IsHighPriority', meaning(record, 'Priority', 'TaskPriority', tx).get('IsHighPriority') === true);
    }
  },
};

function meaning(record: WorkingRecord, field: string, object: string, tx: Transaction): Row {
  const value = currentValue(record, field);
  const row = valueRow(tx, object, value);
  if (!row) throw new NotSupported(`the value ${String(value)} of Task.${field}, which is no ${object} of this org`);
  return row;
}
