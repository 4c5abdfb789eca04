import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { refusalOf } from './support/calls.ts';
import { withNames } from './support/named-ids.ts';
import { person } from './support/people.ts';
import { createDeal, justification } from './support/sample-deal.ts';
import { FORCE_APP, startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

const CRM_ACCESS = join(FORCE_APP, '..', 'crm-access');

/** The write tools besides update_field: preview, confirmation, what then stands in the org, and its audit rows. */
let org: TestOrg;
let shim: ShimClient;
beforeAll(async () => {
  org = await startTestOrg({ packageDirectories: [FORCE_APP, CRM_ACCESS] });
  shim = await org.connect();
});
afterAll(() => org.close());

/** Previews and confirms; both answers with ids replaced by names. */
async function write(tool: string, args: Record<string, unknown>, names: Record<string, string>) {
  const preview = await shim.call(tool, args);
  const known = { ...names, [org.url]: 'org', [String(preview['request_id'])]: 'request' };
  expect(preview, JSON.stringify(preview)).toHaveProperty('confirmation_token');
  const { change, confirmation_token } = preview;
  const committed = await shim.call('confirm_write', { change, confirmation_token });
  const ids = Object.fromEntries(
    ['record_id', 'audit_id', 'note_id'].flatMap((key) => (typeof committed[key] === 'string' ? [[committed[key], key]] : [])),
  ) as Record<string, string>;
  return {
    preview: withNames(org.plain(preview), known) as Record<string, unknown>,
    committed: withNames(org.plain(committed), { ...ids, ...known }),
    answer: committed,
  };
}

/** A preview of something that is yet to be created. */
const previewed = (change: string, changes: unknown) => ({
  status: 'confirmation_required',
  change: `${org.facts.orgType} · ${change}`,
  changes,
  confirmation_token: expect.stringMatching(/^[0-9A-Z]{10}$/) as unknown,
  expires_at: new Date(org.now + 10 * 60_000).toISOString(),
  request_id: '<request>',
});
const set = (field: string, old: unknown, next: unknown) => ({ field, old, new: next, requested: true });

test('create_case: nothing before the confirmation, then the case with an audit row for each field [crm-050, crm-051, crm-052, crm-055, crm-056, crm-058, crm-059]', async () => {
  const { accountId } = await createDeal(org);
  const contactId = await org.rest.create('Contact', { LastName: org.own('Ng'), FirstName: 'Lee', AccountId: accountId });
  const args = { subject: 'Login broken', description: 'Since\nMonday', account_id: accountId, contact_id: contactId.slice(0, 15) };
  await shim.call('create_case', args);
  expect(await org.rest.query(`SELECT Id FROM Case WHERE AccountId = '${accountId}'`)).toEqual([]);

  const names = { [accountId]: 'account', [contactId]: 'contact' };
  const { preview, committed, answer } = await write('create_case', args, names);
  const changes = [
    set('Subject', null, 'Login broken'),
    set('Description', null, 'Since\nMonday'),
    set('Priority', null, 'Medium'),
    set('AccountId', null, '<account>'),
    set('ContactId', null, '<contact>'),
  ];
  expect(preview).toEqual(
    previewed('New case · Subject Login broken · Description Since Monday · Priority Medium · Account Acme · Contact Lee Ng', changes),
  );
  const [row] = await org.rest.query(
    `SELECT Id, CaseNumber, Subject, Description, Priority, AccountId, ContactId FROM Case WHERE Id = '${String(answer['case_id'])}'`,
  );
  expect(row).toMatchObject({
    Subject: 'Login broken',
    Description: 'Since\nMonday',
    Priority: 'Medium',
    AccountId: accountId,
    ContactId: contactId,
    CaseNumber: answer['case_number'],
  });
  const rows = await org.auditRows('Id, Field_Name__c, New_Value__c, Operation__c, Changed__c, Confirmation__c', String(answer['case_id']));
  expect(rows.map((audit) => audit['Field_Name__c'])).toEqual(['Subject', 'Description', 'Priority', 'AccountId', 'ContactId']);
  expect(rows[0]).toMatchObject({ Operation__c: 'create_case', New_Value__c: 'Login broken', Changed__c: true, Confirmation__c: 'token' });
  expect(committed).toEqual({
    status: 'committed',
    success: true,
    message: `Case ${String(row?.['CaseNumber'])} was created. Audit rows ${['<audit_id>', ...rows.slice(1).map(({ Id }) => Id)].join(', ')}.`,
    case_id: '<record_id>',
    case_number: row?.['CaseNumber'],
    changes,
    audit_id: '<audit_id>',
    request_id: '<request>',
    record_id: '<record_id>',
    record_label: row?.['CaseNumber'],
    url: '<org>/<record_id>',
  });
});

test('create_task: on a deal and a contact, on an account, and for a lead [crm-074, crm-075, crm-077, crm-078, crm-079, crm-082]', async () => {
  const { dealId, accountId } = await createDeal(org);
  const contactId = await org.rest.create('Contact', { LastName: org.own('Ng'), AccountId: accountId });
  const args = { subject: 'Call back', due_date: '2026-12-01', related_to_id: dealId, who_id: contactId, priority: 'High' };
  const { preview, committed, answer } = await write('create_task', args, { [dealId]: 'deal', [contactId]: 'contact' });
  const changes = [
    set('Subject', null, 'Call back'),
    set('ActivityDate', null, '2026-12-01'),
    set('WhatId', null, '<deal>'),
    set('WhoId', null, '<contact>'),
    set('Priority', null, 'High'),
  ];
  expect(preview).toEqual(
    previewed('New task · Subject Call back · Due Date 2026-12-01 · Related To Acme renewal · Name Ng · Priority High', changes),
  );
  expect(committed).toMatchObject({ success: true, task_id: '<record_id>', record_label: 'Call back', changes });
  expect(
    await org.rest.query(`SELECT Subject, ActivityDate, WhatId, WhoId, Priority FROM Task WHERE Id = '${String(answer['task_id'])}'`),
  ).toEqual([{ Subject: 'Call back', ActivityDate: '2026-12-01', WhatId: dealId, WhoId: contactId, Priority: 'High' }]);

  const onAccount = await write(
    'create_task',
    { subject: 'Send the plan', related_to_id: accountId.slice(0, 15) },
    { [accountId]: 'account' },
  );
  expect(onAccount.preview['change']).toBe(`${org.facts.orgType} · New task · Subject Send the plan · Related To Acme · Priority Normal`);
  expect(await org.rest.query(`SELECT WhatId, WhoId FROM Task WHERE Id = '${String(onAccount.answer['task_id'])}'`)).toEqual([
    { WhatId: accountId, WhoId: null },
  ]);

  const leadId = await org.rest.create('Lead', { LastName: org.own('Ito'), Company: 'Globex' });
  const forLead = await write('create_task', { subject: 'Say hello', who_id: leadId }, { [leadId]: 'lead' });
  expect(forLead.preview['change']).toBe(`${org.facts.orgType} · New task · Subject Say hello · Name Ito · Priority Normal`);
  expect(await org.rest.query(`SELECT WhoId FROM Task WHERE Id = '${String(forLead.answer['task_id'])}'`)).toEqual([{ WhoId: leadId }]);
});

test('update_lead_status: the step, the conflict, the status that there is not, and the one of converted leads [crm-089, crm-090, crm-091, crm-093]', async () => {
  const leadId = await org.rest.create('Lead', { LastName: org.own('Ito'), Company: 'Globex', Status: 'Open - Not Contacted' });
  const step = { lead_id: leadId, status: 'Working - Contacted' };
  const stale = await shim.call('update_lead_status', step);
  const { preview, committed } = await write('update_lead_status', step, { [leadId]: 'lead' });
  expect(preview).toEqual({
    ...previewed('Ito · Status Open - Not Contacted → Working - Contacted', [set('Status', 'Open - Not Contacted', 'Working - Contacted')]),
    record_id: '<lead>',
    record_label: 'Ito',
    url: '<org>/<lead>',
  });
  expect(committed).toMatchObject({
    success: true,
    message: 'Status was updated. Audit row <audit_id>.',
    previous_status: 'Open - Not Contacted',
    new_status: 'Working - Contacted',
  });
  expect(await org.rest.query(`SELECT Status FROM Lead WHERE Id = '${leadId}'`)).toEqual([{ Status: 'Working - Contacted' }]);
  const { change, confirmation_token } = stale;
  expect(await refusalOf(shim, 'confirm_write', { change, confirmation_token })).toMatchObject({
    message: expect.stringContaining('Call update_lead_status again to see the current value') as unknown,
    details: { cause: 'CONFLICT', fields: ['Status'] },
  });
  expect(await refusalOf(shim, 'update_lead_status', { ...step, status: 'Nope' })).toMatchObject({ code: 'INVALID_INPUT' });
  expect(await refusalOf(shim, 'update_lead_status', { ...step, status: 'Closed - Converted' })).toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining('is the status of converted leads') as unknown,
  });
});

test('a record that nobody can see is not found, and nothing is left', async () => {
  const before = await org.state();
  expect(await refusalOf(shim, 'create_case', { subject: 'x', description: 'y', account_id: '001000000000001AAA' })).toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(await refusalOf(shim, 'update_lead_status', { lead_id: '00Q000000000001EAA', status: 'Working - Contacted' })).toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(await org.state()).toEqual(before);
});

test('add_note: the text beside the record, seen by internal users, with one row; no value is expected [revops-017]', async () => {
  const { dealId } = await createDeal(org);
  const args = { object_type: 'Opportunity', object_id: dealId, body: 'Met the buyer\nSigns <in> May', title: 'Visit' };
  const { preview, committed, answer } = await write('add_note', args, { [dealId]: 'deal' });
  const changes = [set('$Note', null, 'Met the buyer\nSigns <in> May')];
  expect(preview).toEqual({
    ...previewed('Acme renewal · New note Met the buyer Signs <in> May · Title Visit', changes),
    record_id: '<deal>',
    record_label: 'Acme renewal',
    url: '<org>/<deal>',
  });
  expect(committed).toMatchObject({ success: true, message: 'The note was added. Audit row <audit_id>.', note_id: '<note_id>', changes });
  expect(await org.rest.query(`SELECT ContentDocumentId FROM ContentDocumentLink WHERE LinkedEntityId = '${dealId}'`)).toEqual([
    { ContentDocumentId: answer['note_id'] },
  ]);
  expect(await org.auditRows('Operation__c, Field_Name__c, New_Value__c, Changed__c', dealId)).toEqual([
    { Operation__c: 'add_note', Field_Name__c: '$Note', New_Value__c: 'Met the buyer\nSigns <in> May', Changed__c: true },
  ]);
});

test('update_case: fields and an internal comment at once, or neither [crm-060, crm-061, crm-065, crm-067]', async () => {
  const caseId = await org.rest.create('Case', { Subject: 'Broken', Status: 'New', Origin: 'Web', Priority: 'Medium' });
  const [found] = await org.rest.query(`SELECT CaseNumber FROM Case WHERE Id = '${caseId}'`);
  const number = String(found?.['CaseNumber']);
  const args = { case_id: caseId, status: 'Working', priority: 'High', comment: 'Called back' };
  const { preview, committed } = await write('update_case', args, { [caseId]: 'case' });
  expect(preview['change']).toBe(
    `${org.facts.orgType} · Case ${number} · Priority Medium → High · Status New → Working · New comment Called back`,
  );
  expect(committed).toMatchObject({
    success: true,
    message: expect.stringMatching(`^Case ${number} was updated \\(Priority, Status, \\$Comment\\)\\.`) as unknown,
    updated_fields: ['Priority', 'Status', '$Comment'],
  });
  const look = `SELECT Status, Priority FROM Case WHERE Id = '${caseId}'`;
  expect(await org.rest.query(look)).toEqual([{ Status: 'Working', Priority: 'High' }]);
  const comments = `SELECT CommentBody, IsPublished FROM CaseComment WHERE ParentId = '${caseId}'`;
  expect(await org.rest.query(comments)).toEqual([{ CommentBody: 'Called back', IsPublished: false }]);
  expect(await refusalOf(shim, 'update_case', { ...args, status: 'Nope' })).toMatchObject({ code: 'INVALID_INPUT' });
  expect(await org.rest.query(comments)).toHaveLength(1);
});

test('revert_change: back to what it was, once; and get_audit_trail tells the story', async () => {
  const { dealId } = await createDeal(org);
  const wrong = { object_type: 'Opportunity', object_id: dealId, field_name: 'CloseDate', new_value: '2027-01-31', justification };
  const { answer: first } = await write('update_field', wrong, {});
  const undo = { audit_id: String(first['audit_id']).slice(0, 15), justification: 'The customer kept to December' };
  const { preview, committed, answer } = await write('revert_change', undo, { [dealId]: 'deal' });
  expect(preview).toMatchObject({
    change: `${org.facts.orgType} · Acme renewal · Close Date 2027-01-31 → 2026-12-18`,
    record_id: '<deal>',
    changes: expect.arrayContaining([set('CloseDate', '2027-01-31', '2026-12-18')]) as unknown,
  });
  expect(committed).toMatchObject({ success: true, record_id: '<deal>', record_label: 'Acme renewal', url: '<org>/<deal>' });
  expect(await org.rest.query(`SELECT CloseDate FROM Opportunity WHERE Id = '${dealId}'`)).toEqual([{ CloseDate: '2026-12-18' }]);
  expect(await refusalOf(shim, 'revert_change', undo)).toMatchObject({
    message: expect.stringContaining('This change has been reverted already.') as unknown,
    details: { cause: 'CONFLICT' },
  });

  const trail = await shim.call('get_audit_trail', { record_id: dealId });
  expect(trail).toMatchObject({ scope: 'own', has_more: false });
  const rows = trail['audit_rows'] as Record<string, unknown>[];
  const told = rows.map(({ operation, failed, reverts_id }) => [operation, failed, reverts_id]);
  expect(told).toHaveLength(3);
  expect(told).toEqual(
    expect.arrayContaining([
      ['update_field', false, undefined],
      ['revert_change', false, first['audit_id']],
      ['revert_change', true, first['audit_id']],
    ]),
  );
  expect(await shim.call('get_audit_trail', { audit_id: answer['audit_id'] })).toMatchObject({
    audit_rows: [{ audit_id: answer['audit_id'], record_id: dealId, field: 'CloseDate', confirmation: 'token' }],
    total_count: 1,
  });
  expect(await shim.call('get_audit_trail', { record_id: dealId, failed_only: true })).toMatchObject({ total_count: 1 });
  expect(await shim.call('get_audit_trail', { user: 'me', since: org.day(2) })).toMatchObject({ total_count: 0 });
});

test('get_audit_trail: who writes sees the own rows without values, reviewers those of all', { tags: 'people' }, async () => {
  const { dealId } = await createDeal(org);
  const args = { object_type: 'Opportunity', object_id: dealId, field_name: 'NextStep', new_value: 'Sign', justification };
  await write('update_field', args, {});
  const connectAs = async (permissionSets: readonly string[]): Promise<ShimClient> => {
    const { username } = await person(org, [...permissionSets, 'RevOps_CRM_Access']);
    return org.connect({ SFDC_ACCESS_TOKEN: org.local.sessions.issue(username) });
  };
  expect(await (await connectAs(['RevOps_MCP_User'])).call('get_audit_trail', { record_id: dealId })).toEqual({
    audit_rows: [],
    total_count: 0,
    scope: 'own',
    has_more: false,
    meta: {
      notes: ['No rows of other users are visible to you; RevOps_Audit_Reviewer shows them.'],
      fields_not_visible: expect.arrayContaining(['Old_Value__c', 'New_Value__c', 'Side_Effects__c']) as unknown,
      record_url: `${org.url}/{id}`,
    },
  });
  const seen = await (await connectAs(['RevOps_Audit_Reviewer'])).call('get_audit_trail', { record_id: dealId });
  expect(seen).toMatchObject({
    scope: 'all',
    total_count: 1,
    audit_rows: [
      { field: 'NextStep', old_value: 'Call the buyer', new_value: 'Sign', performed_by: 'revops.integration@larkfield.example' },
    ],
  });
  expect(seen['meta']).not.toHaveProperty('fields_not_visible');
});
