// @module-tag clock
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { withNames } from './support/named-ids.ts';
import { createDeal } from './support/sample-deal.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** What pipeline_changes tells of deals that a colleague works on. */
let org: TestOrg;
let shim: ShimClient;
beforeAll(async () => {
  org = await startTestOrg();
  shim = await org.connect();
});
afterAll(() => org.close());

test('made, worked on, won; another one lost; in the order in which it happened', async () => {
  const { dealId: won } = await createDeal(org, { Name: 'Acme renewal' });
  const { dealId: lost } = await createDeal(org, { Name: 'Acme add-on', Amount: null });
  await org.rest.update('Opportunity', won, { CloseDate: '2027-01-15', Amount: 1500 });
  await org.rest.update('Opportunity', won, { NextStep: 'Tells nobody anything' });
  await org.rest.update('Opportunity', won, { CloseDate: '2026-11-30', StageName: 'Commit' });
  await org.rest.update('Opportunity', lost, { Amount: 20 });
  await org.rest.update('Opportunity', lost, { Amount: 15.5 });
  await org.rest.update('Opportunity', lost, { StageName: 'Closed Lost' });
  await org.rest.update('Opportunity', won, { StageName: 'Closed Won', CloseDate: '2026-11-21' });
  const [owner] = await org.rest.query(`SELECT Owner.Name FROM Opportunity WHERE Id = '${won}'`);
  const person = (owner?.['Owner'] as { Name: string }).Name;
  const answer = await shim.call('pipeline_changes', { since: '2026-11-21' });
  const told = (id: string, name: string, rows: unknown[][]): unknown[][] =>
    rows.map(([kind, ...rest]) => [kind, id, name, person, ...rest, '2026-11-21T09:00:00.000Z', person]);
  expect(withNames(answer, { [won]: 'won', [lost]: 'lost' })).toEqual({
    window: { from: '2026-11-21', to: '2026-11-21', time_zone: 'America/New_York' },
    by_kind: {
      new: { count: 2, value: 1200.5 },
      won: { count: 1, value: 1500 },
      lost: { count: 1, value: 15.5 },
      pushed: { count: 1, value: 1500 },
      pulled_in: { count: 1, value: 1500 },
      up: { count: 2, value: 319.5 },
      down: { count: 1, value: -4.5 },
    },
    columns: ['kind', 'opportunity_id', 'opportunity_name', 'owner_name', 'stage', 'before', 'after', 'amount', 'changed_at', 'changed_by'],
    rows: [
      ...told('<won>', 'Acme renewal', [['won', 'Closed Won', 'Commit', 'Closed Won', 1500]]),
      ...told('<lost>', 'Acme add-on', [
        ['lost', 'Closed Lost', 'Qualification', 'Closed Lost', 15.5],
        ['down', 'Qualification', 20, 15.5, 15.5],
        ['up', 'Qualification', null, 20, 20],
      ]),
      ...told('<won>', 'Acme renewal', [
        ['pulled_in', 'Commit', '2027-01-15', '2026-11-30', 1500],
        ['pushed', 'Qualification', '2026-12-18', '2027-01-15', 1500],
        ['up', 'Qualification', 1200.5, 1500, 1500],
      ]),
      ...told('<lost>', 'Acme add-on', [['new', 'Qualification', null, 'Qualification', null]]),
      ...told('<won>', 'Acme renewal', [['new', 'Qualification', null, 'Qualification', 1200.5]]),
    ],
    net_amount_change: 1515.5,
    history_rows_read: 8,
    history_rows_total: 8,
    truncated: false,
    meta: { record_url: `${org.url}/{id}` },
  });
  expect(await shim.call('pipeline_changes', { since: '2026-11-21', owner_id: 'me' })).toMatchObject({ rows: [], history_rows_total: 0 });
});
