import type { Transaction } from '../../transaction/types.ts';
import { roundToScale } from '../stored-value.ts';
import { currentValue, isChanged } from '../working-record.ts';
import type { DerivedRule } from './derived-rule.ts';
import { knownObject } from './set-up-rows.ts';

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
    const { year, quarter } = fiscalPeriod(close, tx);
    values.set('FiscalYear', year);
    values.set('FiscalQuarter', quarter);
    values.set('Fiscal', `${year} ${quarter}`);
    const before = old?.get('CloseDate');
    if (typeof before !== 'string') values.set('PushCount', 0);
    else if (close.slice(0, 7) > before.slice(0, 7)) values.set('PushCount', Number(currentValue(record, 'PushCount') ?? 0) + 1);
  },
};

/**
 * The fiscal year and quarter (1 to 4) that a date falls in.
 * @see https://help.salesforce.com/s/articleView?id=sf.admin_about_managing_fiscal_years.htm (standard fiscal years)
 */
function fiscalPeriod(day: string, tx: Transaction): { year: number; quarter: number } {
  const organization = tx.store.get(knownObject(tx, 'Organization'), tx.orgId);
  if (!organization) throw new Error(`the org has no Organization record ${tx.orgId}`);
  const start = Number(organization.get('FiscalYearStartMonth') ?? 1);
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  const quarter = Math.floor(((month - start + 12) % 12) / 3) + 1;
  if (start === 1) return { year, quarter };
  // A fiscal year that does not begin in January is named after the year in which it begins, or ends.
  const begins = month >= start ? year : year - 1;
  return { year: organization.get('UsesStartDateAsFiscalYearName') === true ? begins : begins + 1, quarter };
}
