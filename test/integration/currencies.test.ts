// @module-tag whole-org
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { readCompany, totalOf } from './support/raw-company.ts';
import type { RawCompany } from './support/raw-company.ts';
import type { PlainRecord } from './support/rest-client.ts';
import { createDeal } from './support/sample-deal.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** Lists in an org with several currencies: totals in the corporate one, rows in their own, thresholds with theirs. */
const rates = { EUR: 1, USD: 1.25, GBP: 0.8 };
let org: TestOrg;
let shim: ShimClient;
let company: RawCompany;
beforeAll(async () => {
  const currencies = Object.entries(rates).map(([isoCode, conversionRate]) => ({ isoCode, conversionRate }));
  org = await startTestOrg({ dataset: 'random', seed: 'currencies', currencies });
  // 90,000 of the corporate currency in pounds is below the threshold of 100,000, in euros the same number of pounds is above it.
  await createDeal(org, { Name: 'Below', Amount: 79_999, CurrencyIsoCode: 'GBP', NextStep: null, CloseDate: '2027-05-03' });
  await createDeal(org, { Name: 'Above', Amount: 80_001, CurrencyIsoCode: 'GBP', NextStep: null, CloseDate: '2027-05-04' });
  shim = await org.connect();
  company = await readCompany(org, rates);
});
afterAll(() => org.close());

const open = (): PlainRecord[] => company.deals.filter((deal) => deal['IsClosed'] === false);
const worth = (deals: readonly PlainRecord[]): unknown => expect.closeTo(totalOf(deals, company).value, 1);
const day = (instant: unknown): number => Date.parse(String(instant));

interface Row {
  id: string;
  amount: number | null;
  currency: string;
  risk_flags?: { rule: string; reason: string }[];
}

/** Rows of a list, whatever its form. */
function rowsOf(answer: Record<string, unknown>): Row[] {
  const { opportunities, columns, rows } = answer as { opportunities?: Row[]; columns?: string[]; rows?: unknown[][] };
  return opportunities ?? (rows ?? []).map((row) => Object.fromEntries((columns ?? []).map((key, at) => [key, row[at]])) as unknown as Row);
}

function expectOwnCurrencies(rows: readonly Row[]): void {
  const raw = new Map(company.deals.map((deal) => [String(deal['Id']), deal]));
  expect(rows.map(({ id, amount, currency }) => ({ id, amount, currency }))).toEqual(
    rows.map(({ id }) => ({ id, amount: raw.get(id)?.['Amount'], currency: raw.get(id)?.['CurrencyIsoCode'] })),
  );
  expect(new Set(rows.map(({ currency }) => currency)).size).toBeGreaterThan(1);
}

test('get_opportunities: the total in euros, each row in its own currency', async () => {
  const wanted = open().filter(({ CloseDate: date }) => String(date) >= '2026-11-21');
  const answer = await shim.call('get_opportunities', { close_date_from: '2026-11-21', limit: 50 });
  expect(answer).toMatchObject({ total_count: wanted.length, total_value: worth(wanted), currency: 'EUR' });
  expectOwnCurrencies(rowsOf(answer));
});

test('stale_opps: likewise', async () => {
  const stale = open().filter((deal) => day(deal['LastStageChangeDate'] ?? deal['CreatedDate']) < Date.parse('2026-11-14T05:00:00Z'));
  const answer = await shim.call('stale_opps', { days_in_stage_threshold: 7, limit: 200 });
  expect(answer).toMatchObject({ total_count: stale.length, total_value: worth(stale), currency: 'EUR' });
  expectOwnCurrencies(rowsOf(answer));
});

test('at_risk_commits: likewise', async () => {
  const ahead = new Set(company.events.filter((event) => day(event['StartDateTime']) > org.now).map((event) => event['AccountId']));
  const atRisk = open().filter((deal) => {
    if (deal['StageName'] !== 'Commit') return false;
    const last = deal['LastActivityDate'];
    if (typeof last !== 'string' || last < '2026-11-07') return true;
    return Math.abs(day(deal['CloseDate']) - day('2026-12-31')) <= 14 * 86_400_000 && !ahead.has(deal['AccountId']);
  });
  const answer = await shim.call('at_risk_commits', { limit: 200 });
  expect(answer).toMatchObject({ total_count: atRisk.length, total_value: worth(atRisk), currency: 'EUR' });
  expectOwnCurrencies(rowsOf(answer));
});

test('a threshold goes by what an amount is worth, in rows and in the org', async () => {
  const large = await shim.call('get_opportunities', { close_date_from: '2027-05-03', close_date_to: '2027-05-04' });
  const flagged = rowsOf(large).filter(({ amount }) => amount === 79_999 || amount === 80_001);
  expect(flagged.map(({ amount, risk_flags: flags = [] }) => [amount, flags.find(({ rule }) => rule.startsWith('large'))?.reason])).toEqual(
    [
      [79_999, undefined],
      [80_001, 'Amount 80,001 GBP is above 100,000 EUR, and there is no next step'],
    ],
  );
  org.wire.take();
  const { risk_counts: counts } = (await shim.call('get_pipeline_summary')) as { risk_counts: Record<string, number> };
  const expected = open().filter((deal) => deal['Amount'] !== null && company.worth(deal) > 100_000 && deal['NextStep'] === null);
  expect(counts['large_deal_without_next_step']).toBe(expected.length);
  expect(JSON.stringify(org.wire.take())).toContain(encodeURIComponent("(CurrencyIsoCode = 'GBP' AND Amount > 80000)"));
});

test('events that clear the first 200 candidates make room for later ones', async () => {
  // Deals that only their close date puts at risk: 201 whose account has an event ahead, and a later one whose account has none.
  const commit = async (AccountId: string, CloseDate: string): Promise<void> => {
    const values = { Name: 'Commit', AccountId, StageName: 'Commit', CloseDate, Amount: 1, CurrencyIsoCode: 'EUR' };
    const WhatId = await org.rest.create('Opportunity', values);
    await org.rest.create('Task', { Subject: 'Call', Status: 'Completed', ActivityDate: '2026-11-20', WhatId });
  };
  const met = await org.rest.create('Account', { Name: 'Met' });
  const start = '2026-12-01T10:00:00Z';
  await org.rest.create('Event', { Subject: 'Meeting', WhatId: met, StartDateTime: start, DurationInMinutes: 60 });
  const { total_count: before } = await shim.call('at_risk_commits', { limit: 200 });
  for (let index = 0; index < 201; index += 1) await commit(met, '2026-12-17');
  await commit(await org.rest.create('Account', { Name: 'Alone' }), '2027-01-14');
  const answer = await shim.call('at_risk_commits', { limit: 200 });
  expect(answer).toMatchObject({ total_count: Number(before) + 1, truncated: false });
  expect(rowsOf(answer)).toHaveLength(Number(before) + 1);
  expect(JSON.stringify(answer)).toContain('"Alone"');
});
