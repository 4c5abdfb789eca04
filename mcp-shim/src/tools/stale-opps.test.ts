import { afterEach, beforeEach, expect, it } from 'vitest';
import { accountDescribePath, dealRow, describeDeals } from '../testing/sample-deals.ts';
import { describePath, startSampleOrg } from '../testing/sample-org.ts';
import { fault } from '../testing/scripted-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';
import { staleOpps } from './stale-opps.ts';

let org: ScriptedOrg;
let shim: ShimClient;

const changed = dealRow({ LastStageChangeDate: '2026-09-01T12:00:00.000+0000' });
const never = dealRow({ Id: '006000000000002AAA', LastStageChangeDate: null, CreatedDate: '2026-08-01T12:00:00.000+0000' });

beforeEach(async () => {
  org = await startSampleOrg();
  describeDeals(org);
  org.onQuery(/^SELECT Id, .*LastStageChangeDate < /, [changed]);
  org.onQuery(/^SELECT Id, .*LastStageChangeDate = null/, [never]);
  org.onQuery(/^SELECT IsClosed.*LastStageChangeDate < /, [{ IsClosed: false, deals: 1, total: 0.1 }]);
  org.onQuery(/^SELECT IsClosed.*LastStageChangeDate = null/, [{ IsClosed: false, deals: 4, total: 0.2 }]);
  shim = await connectShim(org.url, { tools: [staleOpps] });
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

function stale(args: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  return shim.call('stale_opps', args);
}

const slim = {
  id: '006000000000001AAA',
  name: 'Acme renewal',
  account_name: 'Acme',
  owner_name: 'Ada Ops',
  stage: 'Commit',
  amount: 5000.5,
  close_date: '2026-11-30',
  last_activity_date: '2026-11-19',
};

it('lists the longest first, merged from both queries, with totals over all [revops-014]', async () => {
  expect(await stale()).toEqual({
    opportunities: [
      { ...slim, id: '006000000000002AAA', days_in_stage: 112, since: 'creation' },
      { ...slim, days_in_stage: 81, since: 'stage_change' },
    ],
    total_count: 5,
    total_value: 0.3,
    in_stage_since_before: '2026-10-22',
    truncated: true,
    meta: { record_url: `${org.url}/{id}` },
  });
  // Midnight in Los Angeles.
  const where = 'FROM Opportunity WHERE IsClosed = false AND LastStageChangeDate';
  expect(org.requests.filter(({ inComposite }) => inComposite).map(({ soql }) => soql?.slice(soql.indexOf('FROM')))).toEqual([
    `${where} < 2026-10-22T07:00:00Z ORDER BY LastStageChangeDate, Id LIMIT 50`,
    `${where} = null AND CreatedDate < 2026-10-22T07:00:00Z ORDER BY CreatedDate, Id LIMIT 50`,
    `${where} < 2026-10-22T07:00:00Z GROUP BY IsClosed`,
    `${where} = null AND CreatedDate < 2026-10-22T07:00:00Z GROUP BY IsClosed`,
  ]);
  expect(org.wire).toHaveLength(4);
});

it('limit cuts after merging; the threshold counts from midnight', async () => {
  expect(await stale({ days_in_stage_threshold: 1, limit: 1 })).toMatchObject({
    opportunities: [{ id: '006000000000002AAA' }],
    in_stage_since_before: '2026-11-20',
  });
  expect(org.requests.filter(({ soql }) => soql?.endsWith('LIMIT 1'))).toHaveLength(2);
});

it('above 50 deals the answer is a table', async () => {
  const rows = Array.from({ length: 51 }, (_, index) => ({ ...changed, Id: `0060000000000${10 + index}AAA` }));
  org.onQuery(/^SELECT Id, .*LastStageChangeDate < /, rows);
  const answer = await stale({ limit: 200 });
  expect(answer).not.toHaveProperty('opportunities');
  expect(answer['columns']).toEqual([...Object.keys(slim), 'days_in_stage', 'since']);
  expect(answer['rows']).toHaveLength(52);
  expect((answer['rows'] as unknown[][])[0]).toEqual([...Object.values({ ...slim, id: '006000000000002AAA' }), 112, 'creation']);
});

it('what the user may not see: Amount takes the values with it, the date of the stage the whole answer', async () => {
  describeDeals(org, ['Amount']);
  const answer = await stale();
  expect(answer).toMatchObject({ total_count: 5, meta: { fields_not_visible: ['Amount'] } });
  expect(answer).not.toHaveProperty('total_value');
  expect(org.requests.some(({ soql }) => soql?.includes('Amount'))).toBe(false);
  await shim.close();
  describeDeals(org, ['LastStageChangeDate']);
  shim = await connectShim(org.url, { tools: [staleOpps] });
  expect(await stale()).toMatchObject({ error: { code: 'PERMISSION_DENIED', details: { fields: ['LastStageChangeDate'] } } });
});

it('names the currency of the total where the org has several', async () => {
  describeDeals(org, [], ['CurrencyIsoCode']);
  org.onQuery(/FROM CurrencyType/, [{ IsoCode: 'EUR', ConversionRate: 1, IsCorporate: true, IsActive: true }]);
  expect(await stale()).toMatchObject({ currency: 'EUR' });
});

it('a query that fails is the error of the call', async () => {
  org.on(({ soql }) => (soql?.includes('= null') ? fault(400, 'QUERY_TIMEOUT', 'too slow') : undefined));
  expect(await stale()).toMatchObject({ error: { code: 'SF_API_ERROR', details: { sf_code: 'QUERY_TIMEOUT' } } });
});

it.each([
  [{ days_in_stage_threshold: 0 }, 'days_in_stage_threshold'],
  [{ days_in_stage_threshold: 3651 }, 'days_in_stage_threshold'],
  [{ days_in_stage_threshold: '30' }, 'days_in_stage_threshold'],
  [{ days_in_stage_threshold: 2.5 }, 'days_in_stage_threshold'],
  [{ limit: 201 }, 'limit'],
  [{ owner_id: 'me' }, 'unknown argument "owner_id"'],
])('refuses, before any request: %j', async (args, reason) => {
  expect(await stale(args)).toMatchObject({ error: { code: 'INVALID_INPUT', message: expect.stringContaining(reason) as string } });
  expect(org.requests).toEqual([]);
});

it('dry_run shows what would be sent, and sends nothing', async () => {
  const { meta } = (await stale({ dry_run: true })) as { meta: { dry_run: { path: string }[] } };
  expect(meta.dry_run.map(({ path }) => path)).toEqual([
    describePath,
    accountDescribePath,
    '/services/oauth2/userinfo',
    '/services/data/v60.0/composite',
  ]);
  expect(org.requests).toEqual([]);
});
