import { NotSupported } from '../../errors.ts';
import { currentValue, isChanged } from '../working-record.ts';
import type { DerivedRule } from './derived-rule.ts';
import { valueRow } from './set-up-rows.ts';

/**
 * The status decides whether a case is closed; closing dates it, opening it again clears the date.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_case.htm
 */
export const caseStatus: DerivedRule = {
  objects: ['Case'],
  beforeSave(record, tx) {
    const { values, old } = record;
    const status = currentValue(record, 'Status');
    if (!isChanged(record, 'Status') || status === null) return;
    const row = valueRow(tx, 'CaseStatus', status);
    if (!row) throw new NotSupported(`the case status ${String(status)}, which is no CaseStatus of this org`);
    const closed = row.get('IsClosed') === true;
    values.set('IsClosed', closed);
    if (old === null) values.set('IsClosedOnCreate', closed);
    if (closed !== (old?.get('IsClosed') === true)) values.set('ClosedDate', closed ? Math.floor(tx.now() / 1000) * 1000 : null);
  },
};
