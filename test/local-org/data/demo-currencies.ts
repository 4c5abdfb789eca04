import type { OrgCurrency } from '../src/schema/org-currencies.ts';
import type { DemoRecord } from './demo-record.ts';
import type { Random } from './random.ts';

/** Objects whose records are in the currency of their account. */
const OF_THE_ACCOUNT = ['Contact', 'Opportunity', 'Case'];

/**
 * In an org with several currencies: a third of the accounts deals in another than the corporate one, their deals and the
 * history of those too. The numbers stay as they are.
 * @param currencies the corporate one first; with fewer than two nothing happens
 */
export function assignCurrencies(random: Random, records: readonly DemoRecord[], currencies: readonly OrgCurrency[]): void {
  const [corporate, ...others] = currencies.filter(({ isActive }) => isActive !== false);
  if (!corporate || others.length === 0) return;
  const ofRecord = new Map<unknown, string>();
  const give = (object: string, currency: (record: DemoRecord) => string): void => {
    for (const record of records.filter((one) => one.object === object)) {
      record.values['CurrencyIsoCode'] = currency(record);
      ofRecord.set(record.id, currency(record));
    }
  };
  const like = (id: unknown): string => ofRecord.get(id) ?? corporate.isoCode;
  for (const account of records.filter(({ object }) => object === 'Account')) {
    const { isoCode } = random.chance(1 / 3) ? random.pick(others) : corporate;
    ofRecord.set(account.id, (account.values['CurrencyIsoCode'] = isoCode));
  }
  for (const object of OF_THE_ACCOUNT) give(object, ({ values }) => like(values['AccountId']));
  for (const object of ['OpportunityHistory', 'OpportunityContactRole']) give(object, ({ values }) => like(values['OpportunityId']));
}
