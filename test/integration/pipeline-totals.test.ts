import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { setupUser } from '../local-org/data/setup-records.ts';
import { changesSince } from './support/expected-changes.ts';
import { dayOf, readCompany, shifted, totalOf } from './support/raw-company.ts';
import type { RawCompany } from './support/raw-company.ts';
import type { PlainRecord } from './support/rest-client.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** The totals of the tools against sums over the raw records, which know nothing of the shim. */

const timeZone = 'America/New_York';
const today = '2026-11-21';

interface Company {
  name: string;
  options: Parameters<typeof startTestOrg>[0];
  /** How many of a currency one of the corporate currency is worth. */
  rates?: Record<string, number>;
}

const rates = { USD: 1, EUR: 0.8, GBP: 0.65 };
const companies: Company[] = [
  { name: 'the demo company', options: { dataset: 'demo' } },
  { name: 'a random company, one', options: { dataset: 'random', seed: 'one' } },
  { name: 'a random company, two', options: { dataset: 'random', seed: 'two', fiscalYear: { startMonth: 2, namedByStart: false } } },
  {
    name: 'a random company, three, with several currencies',
    options: {
      dataset: 'random',
      seed: 'three',
      currencies: Object.entries(rates).map(([isoCode, conversionRate]) => ({ isoCode, conversionRate })),
    },
    rates,
  },
];

describe.each(companies)('$name', ({ options, rates: currencies }) => {
  let org: TestOrg;
  let shim: ShimClient;
  let company: RawCompany;
  beforeAll(async () => {
    org = await startTestOrg(options);
    shim = await org.connect();
    company = await readCompany(org, currencies);
  });
  afterAll(() => org.close());

  // To the cent; the org rounds each converted aggregate, and totals of several add that up.
  const near = (value: number): unknown => expect.closeTo(value, currencies ? 1 : 2);
  const totals = ({ count, value }: { count: number; value: number }): object => ({ count, value: near(value) });

  const owner = setupUser('rep3').id;
  const manager = setupUser('east').id;
  const whose: [string, Record<string, unknown>, (deal: PlainRecord) => boolean][] = [
    ['everybody', {}, () => true],
    ['one owner', { owner_id: owner }, (deal) => deal['OwnerId'] === owner],
    ['the direct reports of a manager', { manager_id: manager }, (deal) => (deal['Owner'] as PlainRecord)['ManagerId'] === manager],
  ];
  const open = (): PlainRecord[] => company.deals.filter((deal) => deal['IsClosed'] === false);
  const total = (deals: readonly PlainRecord[]): { count: number; value: number } => totalOf(deals, company);

  test.each(whose.slice(0, 2))('pipeline_by_stage: %s [revops-012, revops-031]', async (_whose, args, isTheirs) => {
    const answer = (await shim.call('pipeline_by_stage', args)) as {
      stages: { stage: string; count: number; value: number; no_amount_count: number }[];
      by_forecast_category: { forecast_category: string; count: number; value: number }[];
    };
    const theirs = open().filter(isTheirs);
    const ahead = theirs.filter(({ CloseDate: day }) => String(day) >= today && String(day) <= shifted(today, 90));
    expect(ahead.length).toBeGreaterThan(0);
    const groups = Map.groupBy(ahead, (deal) => String(deal['StageName']));
    const expected = company.stages
      .filter((stage) => stage['IsActive'] === true && stage['IsClosed'] === false)
      .map((stage) => {
        const deals = groups.get(String(stage['ApiName'])) ?? [];
        const no_amount_count = deals.filter((deal) => deal['Amount'] === null).length;
        return { stage: stage['MasterLabel'], ...totals(total(deals)), no_amount_count };
      });
    expect(answer.stages).toEqual(expected);
    const { count, value } = total(ahead);
    expect(answer).toMatchObject({
      past_due: totals(total(theirs.filter((deal) => String(deal['CloseDate']) < today))),
      total_count: count,
      total_value: near(value),
    });
    const categories = Map.groupBy(ahead, (deal) => String(deal['ForecastCategoryName']));
    expect(Object.fromEntries(answer.by_forecast_category.map((group) => [group.forecast_category, group]))).toEqual(
      Object.fromEntries([...categories].map(([name, deals]) => [name, expect.objectContaining(totals(total(deals))) as unknown])),
    );
    expect('currency' in answer).toBe(currencies !== undefined);
  });

  test.each(whose)('pipeline_changes: %s', async (_whose, args, isTheirs) => {
    const since = shifted(today, -31);
    const ids = new Set(company.deals.filter(isTheirs).map((deal) => deal['Id']));
    const expected = changesSince(company, (row) => ids.has(row['OpportunityId']) && dayOf(row['CreatedDate'], timeZone) >= since);
    const answer = await shim.call('pipeline_changes', { since, ...args });
    expect(answer).toMatchObject({
      window: { from: since, to: today, time_zone: timeZone },
      by_kind: Object.fromEntries(Object.entries(expected.byKind).map(([kind, sums]) => [kind, totals(sums)])),
      net_amount_change: near(expected.net),
      history_rows_read: expected.rows,
      history_rows_total: expected.rows,
    });
    expect(expected.byKind.new.count).toBeGreaterThan(0);
  });
});
