import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { opportunityId, startSampleOrg } from '../testing/sample-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { auditId, onNames, onWrite, requested, writesOf } from '../testing/scripted-writes.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

const contactId = '003000000000001AAA';
const leadId = '00Q000000000001EAA';
const taskId = '00T000000000001EAA';

let org: ScriptedOrg;
let shim: ShimClient;
beforeEach(async () => {
  org = await startSampleOrg();
  onNames(org, { Opportunity: 'Acme renewal', Contact: 'Lee Ng' });
  onWrite(org, 'create_task', {
    creates: true,
    record_id: taskId,
    record_label: 'Call back',
    changes: [
      requested('Subject', null, 'Call back'),
      requested('ActivityDate', null, '2026-12-01'),
      requested('WhatId', null, opportunityId),
      requested('WhoId', null, contactId),
      requested('Priority', null, 'Normal'),
    ],
    result: { task_id: taskId },
  });
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

const whole = { subject: 'Call back', due_date: '2026-12-01', related_to_id: opportunityId, who_id: contactId };

it('previews a task with names in place of ids, and creates it once confirmed [crm-074]', async () => {
  const preview = await shim.call('create_task', whole);
  expect(preview['change']).toBe(
    'PRODUCTION · New task · Subject Call back · Due Date 2026-12-01 · Related To Acme renewal · Name Lee Ng · Priority Normal',
  );
  expect(await shim.call('confirm_write', { change: preview['change'], confirmation_token: preview['confirmation_token'] })).toEqual({
    status: 'committed',
    success: true,
    message: `The task was created. Audit row ${auditId}.`,
    task_id: taskId,
    changes: preview['changes'],
    audit_id: auditId,
    request_id: '00000000-0000-4000-8000-000000000001',
    record_id: taskId,
    record_label: 'Call back',
    url: `${org.url}/${taskId}`,
  });
  expect(writesOf(org, 'create_task', 'commit')).toMatchObject([{ body: { input: { ...whole, priority: 'Normal' } } }]);
});

it('needs a subject alone [crm-081]', async () => {
  expect(await shim.call('create_task', { subject: 'Call back', due_date: null })).toMatchObject({ status: 'confirmation_required' });
  expect(writesOf(org, 'create_task', 'preview')[0]?.body).toMatchObject({ input: { subject: 'Call back', priority: 'Normal' } });
});

describe('refuses before a request', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['a missing subject', {}, 'subject is missing'],
    ['a day that does not exist', { due_date: '2026-02-30' }, 'due_date must be a date that exists, as YYYY-MM-DD'],
    ['a leap day of another year', { due_date: '2027-02-29' }, 'due_date must be a date that exists'],
    ['a date with a time', { due_date: '2026-12-01T00:00:00Z' }, 'due_date must be a date that exists'],
    ['another priority', { priority: 'Medium' }, 'priority must be High, Normal or Low'],
    [
      'a contact as what it is related to',
      { related_to_id: contactId },
      'related_to_id must be the id of an account or opportunity or case',
    ],
    ['a deal as who it is with', { who_id: opportunityId }, 'who_id must be the id of a contact or lead'],
    [
      'a lead together with another record',
      { who_id: leadId, related_to_id: opportunityId },
      'related_to_id must be left out for a lead, whose tasks are related to nothing else',
    ],
  ])('%s', async (what, args, said) => {
    const subject = what === 'a missing subject' ? {} : { subject: 'Call back' };
    expect(await shim.call('create_task', { ...subject, ...args })).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining(said) as string },
    });
    expect(org.requests).toEqual([]);
  });
});

it('takes a leap day, and a lead alone', async () => {
  onNames(org, { Lead: 'Kim Ito' });
  expect(await shim.call('create_task', { subject: 'Call back', due_date: '2028-02-29', who_id: leadId })).toMatchObject({
    status: 'confirmation_required',
  });
});
