import { fiscalPeriod, fiscalYearOf } from '../../soql/fiscal-year.ts';
import { roundToScale } from '../stored-value.ts';
import { currentValue, isChanged } from '../working-record.ts';
import type { DerivedRule } from './derived-rule.ts';

/**
 * Expected revenue, the fiscal period of the close date, and how often the close date went to a later month.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunity.htm
 */
export const opportunityForecast: DerivedRule = {
  objects: ['Opportunity'],
  beforeSave(record, tx) {
    const { values, old } = record;
    const amount = currentValue(record, 'Amount');
    const probability = currentValue(record, 'Probability');
    const known = typeof amount === 'number' && typeof probability === 'number';
    values.set('ExpectedRevenue', known ? roundToScale((amount * probability) / 100, 2) : null);
    const close = currentValue(record, 'CloseDate');
    if (typeof close !== 'string' || !isChanged(record, 'CloseDate')) return;
    const { year, quarter } = fiscalPeriod(close, fiscalYearOf(tx));
    values.set('FiscalYear', year);
    values.set('FiscalQuarter', quarter);
    values.set('Fiscal', `${year} ${quarter}`);
    const before = old?.get('CloseDate');
    if (typeof before !== 'string') values.set('PushCount', 0);
    else if (close.slice(0, 7) > before.slice(0, 7)) values.set('PushCount', Number(currentValue(record, 'PushCount') ?? 0) + 1);
  },
};
