// @module-tag whole-org
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { setupUser } from '../local-org/data/setup-records.ts';
import { withNames } from './support/named-ids.ts';
import { createDeal } from './support/sample-deal.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** What get_pipeline_summary says of a small team, whole. */
let org: TestOrg;
let shim: ShimClient;
beforeAll(async () => {
  org = await startTestOrg();
  shim = await org.connect();
});
afterAll(() => org.close());

test("a manager's reports: what is open, won and at risk, and whose it is", async () => {
  const [rep, manager, elsewhere] = [setupUser('rep1'), setupUser('east'), setupUser('rep5')];
  const mine = { OwnerId: rep.id, NextStep: 'Call the buyer' };
  const healthy = await createDeal(org, { ...mine, Name: 'Healthy', Amount: 0.1 });
  const contact = await org.rest.create('Contact', { LastName: 'Buyer', AccountId: healthy.accountId });
  await org.rest.create('OpportunityContactRole', { OpportunityId: healthy.dealId, ContactId: contact });
  const closing = await createDeal(org, { ...mine, Name: 'Closing', StageName: 'Commit', CloseDate: '2026-11-28', Amount: 0.2 });
  const large = await createDeal(org, { ...mine, Name: 'Large', Amount: 250_000, NextStep: null });
  await org.rest.create('OpportunityContactRole', { OpportunityId: large.dealId, ContactId: contact });
  await createDeal(org, { ...mine, StageName: 'Closed Won', CloseDate: '2026-11-02', Amount: 40 });
  await createDeal(org, { ...mine, StageName: 'Closed Won', CloseDate: '2026-09-30', Amount: 50 });
  await createDeal(org, { OwnerId: elsewhere.id, Amount: 1_000 });

  const answer = await shim.call('get_pipeline_summary', { manager_id: manager.username });
  const deal = (id: string, account: string, values: Record<string, unknown>): Record<string, unknown> => ({
    id: `<${id}>`,
    account_id: `<${account}>`,
    account_name: 'Acme',
    owner_id: rep.id,
    owner_name: rep.name,
    last_activity_date: null,
    days_in_stage: 0,
    probability: expect.any(Number) as unknown,
    ...values,
  });
  const names = { [closing.dealId]: 'closing', [closing.accountId]: 'its account', [large.dealId]: 'large', [large.accountId]: 'account' };
  expect(withNames(answer, names)).toEqual({
    total_deals: 3,
    total_value: 250_000.3,
    by_stage: {
      Qualification: { count: 2, value: 250_000.1, no_amount_count: 0 },
      Commit: { count: 1, value: 0.2, no_amount_count: 0 },
    },
    by_forecast_category: {
      Pipeline: { count: 2, value: 250_000.1, no_amount_count: 0 },
      Commit: { count: 1, value: 0.2, no_amount_count: 0 },
    },
    closed_won: { from: '2026-10-01', to: '2026-11-21', count: 1, value: 40 },
    at_risk_count: 2,
    risk_counts: {
      ...{ days_in_stage: 0, days_since_activity: 0, close_date_passed: 0, pushed: 0, large_deal_without_next_step: 1, no_amount: 0 },
      ...{ inactive_owner: 0, no_contact_role: 1, commit_closing_soon: 1 },
    },
    at_risk_deals: [
      deal('large', 'account', {
        ...{ name: 'Large', stage: 'Qualification', amount: 250_000, close_date: '2026-12-18' },
        ...{ forecast_category: 'Pipeline', next_step: null },
        risk_flags: [
          {
            rule: 'large_deal_without_next_step',
            severity: 'medium',
            reason: 'Amount 250,000 is above 100,000, and there is no next step',
          },
        ],
      }),
      deal('closing', 'its account', {
        ...{ name: 'Closing', stage: 'Commit', amount: 0.2, close_date: '2026-11-28' },
        ...{ forecast_category: 'Commit', next_step: 'Call the buyer' },
        risk_flags: [
          { rule: 'no_contact_role', severity: 'low', reason: 'No contact has a role in this deal' },
          {
            rule: 'commit_closing_soon',
            severity: 'high',
            reason: 'Commit that closes in 7 days (limit 14), and no event ahead on the account',
          },
        ],
      }),
    ],
    owner_breakdown: {
      [rep.id]: { owner_name: rep.name, is_active: true, deal_count: 3, total_value: 250_000.3, at_risk_count: 2 },
    },
    meta: { notes: [expect.stringContaining('Einstein Activity Capture')], record_url: `${org.url}/{id}` },
  });

  // An event ahead clears one of the two reasons.
  const start = { StartDateTime: '2026-11-25T15:00:00Z', DurationInMinutes: 30, ActivityDateTime: '2026-11-25T15:00:00Z' };
  await org.rest.create('Event', { Subject: 'Signing', WhatId: closing.dealId, ...start });
  expect(await shim.call('get_pipeline_summary', { manager_id: manager.id })).toMatchObject({
    at_risk_count: 2,
    risk_counts: { no_contact_role: 1, commit_closing_soon: 0 },
  });
});
