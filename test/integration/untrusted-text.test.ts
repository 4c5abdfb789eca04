// @module-tag whole-org
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { justification } from './support/sample-deal.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** What somebody typed into the CRM to mislead who reads it: hidden, turned round, endless. Every tool that shows it shows it cleaned. */
let org: TestOrg;
let shim: ShimClient;
const ids: Record<string, string> = {};

const hidden = '\u202eevil\u202c\u200b\u0007\u001b[31m\u{e0041}\u00ad\u2028';
const seen = 'evil[31m';
/** @param length of the field */
const typed = (name: string, length = 80): string => `${name} ${hidden} ${'x'.repeat(length)}`.slice(0, length);

beforeAll(async () => {
  org = await startTestOrg();
  shim = await org.connect();
  const create = async (name: string, object: string, fields: Record<string, unknown>): Promise<void> => {
    ids[name] = await org.rest.create(object, fields);
  };
  await create('account', 'Account', { Name: typed('Acme', 255), BillingCity: typed('Oslo', 40), Description: typed('D', 32_000) });
  const AccountId = ids['account'];
  await create('contact', 'Contact', { LastName: typed('Ng'), FirstName: typed('Lee', 40), Title: typed('CFO', 128), AccountId });
  const deal = { Name: typed('Renewal', 120), AccountId, StageName: 'Commit', CloseDate: '2026-11-30', NextStep: typed('Call', 255) };
  await create('deal', 'Opportunity', { ...deal, Description: typed('D', 32_000) });
  // Nobody has worked on it.
  await create('idle', 'Opportunity', deal);
  await create('role', 'OpportunityContactRole', { OpportunityId: ids['deal'], ContactId: ids['contact'], Role: 'Evaluator' });
  await create('lead', 'Lead', { LastName: typed('Ito'), Company: typed('Globex', 255), Title: typed('CEO', 128) });
  await create('case', 'Case', { Subject: typed('Broken', 255), Description: typed('D', 32_000), AccountId, ContactId: ids['contact'] });
  await create('comment', 'CaseComment', { ParentId: ids['case'], CommentBody: typed('C', 3_900) });
  const about = { WhatId: ids['deal'], WhoId: ids['contact'] };
  await create('task', 'Task', { ...about, Subject: typed('Call', 255), Description: typed('D', 32_000), ActivityDate: '2026-11-20' });
  const time = { StartDateTime: '2026-11-20T09:00:00Z', DurationInMinutes: 30 };
  await create('event', 'Event', { ...about, ...time, Subject: typed('Meeting', 255), Location: typed('Here', 255) });
  const cleanUp = { object_type: 'Opportunity', object_id: ids['idle'], field_name: 'NextStep', new_value: 'Sign', ...why };
  const { change, confirmation_token } = await shim.call('update_field', cleanUp);
  ids['audit'] = String((await shim.call('confirm_write', { change, confirmation_token }))['audit_id']);
});
afterAll(() => org.close());

const why = { justification };
const calls: readonly [tool: string, args: () => Record<string, unknown>, longest: number][] = [
  ['get_account', () => ({ account_id: ids['account'] }), 2_000],
  ['get_account', () => ({ account_name: 'Acme' }), 2_000],
  ['search_accounts', () => ({ query: 'Acme' }), 300],
  ['get_contacts_for_account', () => ({ account_id: ids['account'] }), 300],
  ['get_contact', () => ({ contact_id: ids['contact'] }), 2_000],
  ['get_lead', () => ({ lead_id: ids['lead'] }), 2_000],
  ['get_leads', () => ({}), 300],
  ['get_opportunity', () => ({ opp_id: ids['deal'] }), 2_000],
  ['get_opportunities', () => ({}), 300],
  ['get_case', () => ({ case_id: ids['case'] }), 2_000],
  ['get_recent_activities', () => ({ related_to_id: ids['account'] }), 300],
  ['get_pipeline_summary', () => ({}), 300],
  ['at_risk_commits', () => ({}), 300],
  ['pipeline_changes', () => ({ since: '2026-11-20' }), 300],
  ['query', () => ({ soql: 'SELECT Name, NextStep, Description, Account.Name FROM Opportunity' }), 1_000],
  ['query', () => ({ soql: 'SELECT Name, (SELECT Name, Title FROM Contacts) FROM Account' }), 1_000],
  ['query', () => ({ soql: 'SELECT Company, COUNT(Id) FROM Lead GROUP BY Company' }), 1_000],
  [
    'update_field',
    () => ({ object_type: 'Opportunity', object_id: ids['deal'], field_name: 'NextStep', new_value: 'Sign', ...why }),
    2_000,
  ],
  [
    'update_field',
    () => ({ object_type: 'Opportunity', object_id: ids['deal'], field_name: 'Description', new_value: 'x', ...why }),
    2_000,
  ],
  ['add_note', () => ({ object_type: 'Account', object_id: ids['account'], body: 'Met', ...why }), 2_000],
  ['create_case', () => ({ subject: 's', description: 'd', account_id: ids['account'], contact_id: ids['contact'] }), 2_000],
  ['create_task', () => ({ subject: 's', related_to_id: ids['deal'], who_id: ids['contact'] }), 2_000],
  ['get_audit_trail', () => ({}), 300],
  ['revert_change', () => ({ audit_id: ids['audit'], ...why }), 2_000],
  ['update_lead_status', () => ({ lead_id: ids['lead'], status: 'Working - Contacted' }), 2_000],
];

describe('hidden characters go and long text is cut, with a mark', () => {
  test.each(calls)('%s, case %#', async (tool, args, longest) => {
    const answer = await shim.call(tool, args());
    expect(answer).not.toHaveProperty('error');
    const texts = textsIn(answer);
    expect(texts.filter((text) => /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text))).toEqual([]);
    // The text is there, and is data as it was: not wrapped, not commented.
    expect(texts.some((text) => text.includes(seen))).toBe(true);
    expect(texts.filter((text) => text.replace(/… \[\+[\d,]+ chars\]$/, '').length > longest)).toEqual([]);
    expect(texts.filter((text) => text.length > longest && !/x… \[\+[\d,]+ chars\]$/.test(text))).toEqual([]);
  });
});

/** Every text of an answer, keys included. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...textsIn(item)]);
}
