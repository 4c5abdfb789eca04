import { NotSupported } from '../../errors.ts';
import { dayOf, isoDay } from '../../soql/calendar.ts';
import { CONVERTED_LEAD } from '../dml-errors.ts';
import { currentValue, isChanged } from '../working-record.ts';
import type { DerivedRule } from './derived-rule.ts';
import { valueRow } from './set-up-rows.ts';

/**
 * A converted lead cannot be changed; a lead is converted by convertLead only. A new owner dates the transfer.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_lead.htm
 */
export const leadStatus: DerivedRule = {
  objects: ['Lead'],
  beforeSave(record, tx) {
    if (record.old?.get('IsConverted') === true) {
      record.errors.push(CONVERTED_LEAD);
      return;
    }
    const status = currentValue(record, 'Status');
    if (isChanged(record, 'Status') && valueRow(tx, 'LeadStatus', status)?.get('IsConverted') === true) {
      throw new NotSupported(`setting a lead to ${String(status)}, a converted status`);
    }
    if (record.old !== null && isChanged(record, 'OwnerId')) {
      record.values.set('LastTransferDate', isoDay(dayOf(tx.now(), tx.user.timeZone)));
    }
  },
};
