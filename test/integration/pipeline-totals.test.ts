// @module-tag whole-org
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { setupUser } from '../local-org/data/setup-records.ts';
import { changesSince } from './support/expected-changes.ts';
import { rulesOf } from './support/expected-risk.ts';
import { dayOf, readCompany, shifted, totalOf } from './support/raw-company.ts';
import type { RawCompany } from './support/raw-company.ts';
import type { PlainRecord } from './support/rest-client.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** The totals of the tools against sums over the raw records, which know nothing of the shim. */

const timeZone = 'America/New_York';
const today = '2026-11-21';

const allRules = [
  ...['days_in_stage', 'days_since_activity', 'close_date_passed', 'pushed', 'large_deal_without_next_step', 'no_amount'],
  ...['inactive_owner', 'no_contact_role', 'commit_closing_soon'],
];

interface Company {
  name: string;
  options: Parameters<typeof startTestOrg>[0];
  /** How many of a currency one of the corporate currency is worth. */
  rates?: Record<string, number>;
  /** Of the fiscal quarter. */
  quarterStart: string;
}

const rates = { USD: 1, EUR: 0.8, GBP: 0.65 };
const companies: Company[] = [
  { name: 'the demo company', options: { dataset: 'demo' }, quarterStart: '2026-10-01' },
  { name: 'a random company, one', options: { dataset: 'random', seed: 'one' }, quarterStart: '2026-10-01' },
  {
    name: 'a random company, two',
    options: { dataset: 'random', seed: 'two', fiscalYear: { startMonth: 2, namedByStart: false } },
    quarterStart: '2026-11-01',
  },
  {
    name: 'a random company, three, with several currencies',
    options: {
      dataset: 'random',
      seed: 'three',
      currencies: Object.entries(rates).map(([isoCode, conversionRate]) => ({ isoCode, conversionRate })),
    },
    rates,
    quarterStart: '2026-10-01',
  },
];

describe.each(companies)('$name', ({ options, rates: currencies, quarterStart }) => {
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

  test.each(whose)('get_pipeline_summary: %s', async (_whose, args, isTheirs) => {
    const answer = (await shim.call('get_pipeline_summary', args)) as {
      at_risk_deals: { id: string; risk_flags: { rule: string }[] }[];
      owner_breakdown?: unknown;
    };
    const theirs = open().filter(isTheirs);
    const rules = new Map(theirs.map((deal) => [deal['Id'], rulesOf(deal, company, today, timeZone)]));
    const atRisk = theirs.filter((deal) => rules.get(deal['Id'])?.length);
    expect(atRisk.length).toBeGreaterThan(0);
    const groupedBy = (field: string): unknown =>
      Object.fromEntries(
        [...Map.groupBy(theirs, (deal) => String(deal[field]))].map(([name, deals]) => [
          name,
          { ...totals(total(deals)), no_amount_count: deals.filter((deal) => deal['Amount'] === null).length },
        ]),
      );
    const quarter = { from: quarterStart, to: today };
    const wonDeals = company.deals.filter(
      (deal) => deal['IsWon'] && isTheirs(deal) && String(deal['CloseDate']) >= quarter.from && String(deal['CloseDate']) <= today,
    );
    expect(answer).toMatchObject({
      total_deals: theirs.length,
      total_value: near(total(theirs).value),
      closed_won: { ...quarter, ...totals(total(wonDeals)) },
      at_risk_count: atRisk.length,
    });
    expect(answer).toHaveProperty('by_stage', groupedBy('StageName'));
    expect(answer).toHaveProperty('by_forecast_category', groupedBy('ForecastCategoryName'));
    const byRule = Map.groupBy([...rules.values()].flat(), (rule) => rule);
    expect(answer).toHaveProperty('risk_counts', Object.fromEntries(allRules.map((rule) => [rule, byRule.get(rule)?.length ?? 0])));
    const worths = atRisk.map((deal) => (deal['Amount'] === null ? -Infinity : company.worth(deal))).sort((one, other) => other - one);
    const byId = new Map(theirs.map((deal) => [deal['Id'], deal]));
    const listed = answer.at_risk_deals.map(({ id }) => byId.get(id));
    expect(listed.map((deal) => (deal?.['Amount'] === null ? -Infinity : company.worth(deal ?? {})))).toEqual(worths.slice(0, 50));
    for (const { id, risk_flags: flags } of answer.at_risk_deals) {
      expect({ id, rules: flags.map(({ rule }) => rule).sort() }).toEqual({ id, rules: rules.get(id)?.toSorted() });
    }
    if (!('manager_id' in args)) {
      expect(answer).not.toHaveProperty('owner_breakdown');
      return;
    }
    expect(answer.owner_breakdown).toEqual(
      Object.fromEntries(
        [...Map.groupBy(theirs, (deal) => String(deal['OwnerId']))].map(([id, deals]) => {
          const { Name: owner_name, IsActive: is_active } = deals[0]?.['Owner'] as PlainRecord;
          const { count: deal_count, value } = total(deals);
          const at_risk_count = deals.filter((deal) => atRisk.includes(deal)).length;
          return [id, { owner_name, is_active, deal_count, total_value: near(value), at_risk_count }];
        }),
      ),
    );
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
