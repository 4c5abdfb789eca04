// @module-tag people
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { person } from './support/people.ts';
import { FORCE_APP, startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** Somebody with no access but the two permission sets that the README names: what the read tools tell of their own records. */
let org: TestOrg;
let shim: ShimClient;
const ids: Record<string, string> = {};
beforeAll(async () => {
  org = await startTestOrg({ packageDirectories: [FORCE_APP, join(FORCE_APP, '..', 'crm-access')] });
  const { id: OwnerId, username } = await person(org, ['RevOps_MCP_User', 'RevOps_CRM_Access']);
  const create = (object: string, fields: Record<string, unknown>): Promise<string> => org.rest.create(object, { ...fields, OwnerId });
  ids['manager'] = OwnerId;
  ids['account'] = await create('Account', { Name: 'Acme' });
  ids['contact'] = await create('Contact', { LastName: 'Ng', AccountId: ids['account'] });
  ids['lead'] = await create('Lead', { LastName: 'Ito', Company: 'Ito Precision' });
  ids['case'] = await create('Case', { Subject: 'Login broken', AccountId: ids['account'] });
  const deal = { Name: 'Acme renewal', AccountId: ids['account'], StageName: 'Commit', CloseDate: org.day(5), Amount: 900 };
  ids['deal'] = await create('Opportunity', deal);
  await create('Task', { Subject: 'Call', WhatId: ids['deal'], Status: 'Completed', ActivityDate: org.day(0) });
  await create('Event', { Subject: 'Visit', WhatId: ids['deal'], StartDateTime: `${org.day(0)}T09:00:00Z`, DurationInMinutes: 60 });
  shim = await org.connect({ SFDC_ACCESS_TOKEN: org.local.sessions.issue(username) });
});
afterAll(() => org.close());

test.each<[tool: string, args: () => Record<string, unknown>, found: string]>([
  ['get_account', () => ({ account_id: ids['account'] }), 'Acme'],
  ['search_accounts', () => ({ query: 'Acme' }), 'Acme'],
  ['get_contacts_for_account', () => ({ account_id: ids['account'] }), 'Ng'],
  ['get_contact', () => ({ contact_id: ids['contact'] }), 'Ng'],
  ['get_lead', () => ({ lead_id: ids['lead'] }), 'Ito'],
  ['get_leads', () => ({}), 'Ito'],
  ['get_case', () => ({ case_id: ids['case'] }), 'Login broken'],
  ['get_opportunity', () => ({ opp_id: ids['deal'] }), 'Acme renewal'],
  ['get_opportunities', () => ({}), 'Acme renewal'],
  ['get_recent_activities', () => ({ related_to_id: ids['deal'] }), 'Visit'],
  ['get_team_members', () => ({ manager_id: ids['manager'] }), ''],
  ['get_pipeline_summary', () => ({}), '900'],
  ['pipeline_by_stage', () => ({}), '900'],
  ['pipeline_changes', () => ({ since: org.day(-1) }), 'Acme renewal'],
  ['stale_opps', () => ({}), ''],
  ['at_risk_commits', () => ({ quarter_end_date: org.day(10) }), ''],
])('%s leaves out no field', async (tool, args, found) => {
  const answer = await shim.call(tool, args());
  expect(answer).not.toHaveProperty('error');
  expect(answer).not.toHaveProperty('meta.fields_not_visible');
  expect(JSON.stringify(answer)).toContain(found);
});
