import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { withNames } from './support/named-ids.ts';
import { change, createDeal } from './support/sample-deal.ts';
import { fixture, FORCE_APP, startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** What the tools say of deals, against what stands in the org; and how a confirmed change names its confirmation. */
let org: TestOrg;
let shim: ShimClient;
beforeAll(async () => {
  org = await startTestOrg({ packageDirectories: [FORCE_APP, fixture('customer')] });
  shim = await org.connect();
});
afterAll(() => org.close());

test('get_opportunity: summary, names, and the other filled fields [revops-005]', async () => {
  const { dealId, accountId } = await createDeal(org, { Description: 'From the trade fair', CloseDate: org.day(27) });
  const [deal] = await org.rest.query(`SELECT OwnerId, Owner.Name FROM Opportunity WHERE Id = '${dealId}'`);
  const answer = await shim.call('get_opportunity', { opp_id: dealId });
  expect(withNames(org.plain(answer['opportunity']), { [dealId]: 'deal', [accountId]: 'account' })).toEqual({
    id: '<deal>',
    name: 'Acme renewal',
    account_id: '<account>',
    account_name: 'Acme',
    owner_id: deal?.['OwnerId'],
    owner_name: (deal?.['Owner'] as { Name: string }).Name,
    stage: 'Qualification',
    amount: 1200.5,
    close_date: org.day(27),
    probability: expect.any(Number) as unknown,
    forecast_category: 'Pipeline',
    next_step: 'Call the buyer',
    last_activity_date: null,
    days_in_stage: 0,
    risk_flags: [{ rule: 'no_contact_role', severity: 'low', reason: 'No contact has a role in this deal' }],
  });
  expect(answer['url']).toBe(`${org.url}/${dealId}`);
  expect(answer['fields']).toMatchObject({ Description: 'From the trade fair', IsClosed: false });
  expect(answer['fields']).not.toHaveProperty('Amount');
  await org.rest.delete('Opportunity', dealId);
  expect(await shim.call('get_opportunity', { opp_id: dealId })).toMatchObject({ error: { code: 'NOT_FOUND' } });
});

test('pipeline_by_stage: the totals that SOQL gives for the same days', { tags: 'whole-org' }, async () => {
  await createDeal(org, { StageName: 'Commit', Amount: null, CloseDate: '2026-11-21' });
  await createDeal(org, { StageName: 'Commit', Amount: 0.1, CloseDate: '2026-12-21' });
  await createDeal(org, { StageName: 'Commit', Amount: 0.2, CloseDate: '2026-12-22' });
  await createDeal(org, { Amount: 40, CloseDate: '2026-11-20' });
  await createDeal(org, { StageName: 'Closed Won', Amount: 1_000 });
  const answer = (await shim.call('pipeline_by_stage', { close_date_window_days: 30 })) as {
    window: { from: string; to: string };
    stages: { stage: string; count: number; value: number; no_amount_count: number }[];
    past_due: { count: number; value: number };
    total_count: number;
    total_value: number;
  };
  expect(answer.window).toMatchObject({ from: '2026-11-21', to: '2026-12-21' });
  expect(answer.stages.map(({ stage }) => stage)).toEqual([
    'Prospecting',
    'Qualification',
    'Needs Analysis',
    'Value Proposition',
    'Id. Decision Makers',
    'Perception Analysis',
    'Proposal/Price Quote',
    'Negotiation/Review',
    'Commit',
  ]);
  expect(answer.stages.at(-1)).toEqual({ stage: 'Commit', count: 2, value: 0.1, no_amount_count: 1 });
  expect(answer.past_due).toEqual({ count: 1, value: 40 });
  const open = 'FROM Opportunity WHERE IsClosed = false AND CloseDate >= 2026-11-21 AND CloseDate <= 2026-12-21';
  const [total] = await org.rest.query(`SELECT COUNT(Id) deals, SUM(Amount) total ${open}`);
  expect({ deals: answer.total_count, total: answer.total_value }).toEqual(total);
  expect(await shim.call('pipeline_by_stage', { owner_id: 'me' })).toMatchObject({ total_count: 0, past_due: { count: 0 } });
});

test("describe_object: the customer's own field and its values", { tags: 'deploys' }, async () => {
  expect(await shim.call('describe_object', { object_type: 'Opportunity', search: 'region' })).toMatchObject({
    fields: [{ name: 'Regions__c', type: 'multipicklist', picklist_values: expect.arrayContaining(['East', 'South']) as unknown }],
    total_count: 1,
  });
});

test.each([
  ['host', { env: { REVOPS_CONFIRMATION: 'host' } }],
  ['elicitation', { person: () => Promise.resolve({ action: 'accept' as const, content: {} }) }],
])('one call commits, and the audit row says %s', async (confirmation, options) => {
  const { dealId } = await createDeal(org);
  const client = await org.connect('env' in options ? options.env : {}, 'person' in options ? { person: options.person } : {});
  expect(await client.call('update_field', change(dealId, 'NextStep', 'Sign'))).toMatchObject({ status: 'committed', success: true });
  expect(await org.rest.query(`SELECT NextStep FROM Opportunity WHERE Id = '${dealId}'`)).toEqual([{ NextStep: 'Sign' }]);
  expect(await org.auditRows('Confirmation__c, Changed__c', dealId)).toEqual([{ Confirmation__c: confirmation, Changed__c: true }]);
});

test('a person who declines leaves nothing behind', async () => {
  const { dealId } = await createDeal(org);
  const before = await org.state();
  const client = await org.connect({}, { person: () => Promise.resolve({ action: 'decline' }) });
  expect(await client.call('update_field', change(dealId, 'NextStep', 'Sign'))).toMatchObject({
    error: { details: { cause: 'DECLINED' } },
  });
  expect(await org.state()).toEqual(before);
});
