import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { refusalOf } from './support/calls.ts';
import { withNames } from './support/named-ids.ts';
import { createDeal } from './support/sample-deal.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** The write tools besides update_field: preview, confirmation, what then stands in the org, and its audit rows. */
let org: TestOrg;
let shim: ShimClient;
beforeAll(async () => {
  org = await startTestOrg();
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
    preview: withNames(preview, known) as Record<string, unknown>,
    committed: withNames(committed, { ...ids, ...known }),
    answer: committed,
  };
}

/** A preview of something that is yet to be created. */
const previewed = (change: string, changes: unknown) => ({
  status: 'confirmation_required',
  change,
  changes,
  confirmation_token: expect.stringMatching(/^[0-9A-Z]{10}$/) as unknown,
  expires_at: '2026-11-21T09:10:00.000Z',
  request_id: '<request>',
});
const set = (field: string, old: unknown, next: unknown) => ({ field, old, new: next, requested: true });

test('create_case: nothing before the confirmation, then the case with an audit row for each field', async () => {
  const { accountId } = await createDeal(org);
  const contactId = await org.rest.create('Contact', { LastName: 'Ng', FirstName: 'Lee', AccountId: accountId });
  const args = { subject: 'Login broken', description: 'Since\nMonday', account_id: accountId, contact_id: contactId.slice(0, 15) };
  const before = await org.rest.query('SELECT COUNT() FROM Case');
  await shim.call('create_case', args);
  expect(await org.rest.query('SELECT COUNT() FROM Case')).toEqual(before);

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
    previewed(
      'PRODUCTION · New case · Subject Login broken · Description Since Monday · Priority Medium · Account Acme · Contact Lee Ng',
      changes,
    ),
  );
  const [row] = await org.rest.query(
    `SELECT Id, CaseNumber, Subject, Priority, AccountId FROM Case WHERE Id = '${String(answer['case_id'])}'`,
  );
  expect(row).toMatchObject({ Subject: 'Login broken', Priority: 'Medium', AccountId: accountId, CaseNumber: answer['case_number'] });
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

test('create_task: on a deal and a contact, and for a lead', async () => {
  const { dealId, accountId } = await createDeal(org);
  const contactId = await org.rest.create('Contact', { LastName: 'Ng', AccountId: accountId });
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
    previewed(
      'PRODUCTION · New task · Subject Call back · Due Date 2026-12-01 · Related To Acme renewal · Name Ng · Priority High',
      changes,
    ),
  );
  expect(committed).toMatchObject({ success: true, task_id: '<record_id>', record_label: 'Call back', changes });
  expect(
    await org.rest.query(`SELECT Subject, ActivityDate, WhatId, WhoId, Priority FROM Task WHERE Id = '${String(answer['task_id'])}'`),
  ).toEqual([{ Subject: 'Call back', ActivityDate: '2026-12-01', WhatId: dealId, WhoId: contactId, Priority: 'High' }]);

  const leadId = await org.rest.create('Lead', { LastName: 'Ito', Company: 'Globex' });
  const forLead = await write('create_task', { subject: 'Say hello', who_id: leadId }, { [leadId]: 'lead' });
  expect(forLead.preview['change']).toBe('PRODUCTION · New task · Subject Say hello · Name Ito · Priority Normal');
  expect(await org.rest.query(`SELECT WhoId FROM Task WHERE Id = '${String(forLead.answer['task_id'])}'`)).toEqual([{ WhoId: leadId }]);
});

test('update_lead_status: the step, the conflict, the status that there is not, and the one of converted leads', async () => {
  const leadId = await org.rest.create('Lead', { LastName: 'Ito', Company: 'Globex', Status: 'Open - Not Contacted' });
  const step = { lead_id: leadId, status: 'Working - Contacted' };
  const stale = await shim.call('update_lead_status', step);
  const { preview, committed } = await write('update_lead_status', step, { [leadId]: 'lead' });
  expect(preview).toEqual({
    ...previewed('PRODUCTION · Ito · Status Open - Not Contacted → Working - Contacted', [
      set('Status', 'Open - Not Contacted', 'Working - Contacted'),
    ]),
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
