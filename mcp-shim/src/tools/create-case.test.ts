import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSampleOrg } from '../testing/sample-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { auditId, onNames, onRefusal, onWrite, requested, writesOf } from '../testing/scripted-writes.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

const accountId = '001000000000001AAA';
const contactId = '003000000000001AAA';
const caseId = '500000000000001AAA';

let org: ScriptedOrg;
let shim: ShimClient;
beforeEach(async () => {
  org = await startSampleOrg();
  onNames(org, { Account: 'Acme', Contact: 'Lee Ng' });
  onWrite(org, 'create_case', {
    creates: true,
    record_id: caseId,
    record_label: '00001027',
    changes: [
      requested('Subject', null, 'Login broken'),
      requested('Description', null, 'Since Monday'),
      requested('Priority', null, 'Medium'),
      requested('AccountId', null, accountId),
      requested('ContactId', null, contactId),
    ],
    result: { case_id: caseId, case_number: '00001027' },
  });
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

const least = { subject: 'Login broken', description: 'Since Monday' };
const whole = { ...least, account_id: accountId.slice(0, 15), contact_id: contactId };
const line = 'PRODUCTION · New case · Subject Login broken · Description Since Monday · Priority Medium · Account Acme · Contact Lee Ng';

it('previews a case with the names of what it is related to, and creates it once confirmed [crm-050]', async () => {
  const preview = await shim.call('create_case', whole);
  expect(preview).toEqual({
    status: 'confirmation_required',
    change: line,
    changes: expect.arrayContaining([requested('AccountId', null, accountId)]) as unknown,
    confirmation_token: '0123456789',
    expires_at: '2026-11-21T09:10:00.000Z',
    request_id: '00000000-0000-4000-8000-000000000001',
  });
  expect(writesOf(org, 'create_case', 'preview').map(({ body }) => body)).toEqual([
    {
      mode: 'preview',
      request_id: '00000000-0000-4000-8000-000000000001',
      client: 'test-client/1.2.3',
      input: { ...least, priority: 'Medium', account_id: accountId, contact_id: contactId },
    },
  ]);
  const committed = await shim.call('confirm_write', { change: line, confirmation_token: preview['confirmation_token'] });
  expect(committed).toEqual({
    status: 'committed',
    success: true,
    message: `Case 00001027 was created. Audit row ${auditId}.`,
    case_id: caseId,
    case_number: '00001027',
    changes: preview['changes'],
    audit_id: auditId,
    request_id: '00000000-0000-4000-8000-000000000001',
    record_id: caseId,
    record_label: '00001027',
    url: `${org.url}/${caseId}`,
  });
  const [commit] = writesOf(org, 'create_case', 'commit');
  expect(commit?.body).toMatchObject({ mode: 'commit', confirmation: 'token', input: { subject: 'Login broken' } });
  expect(commit?.body).not.toHaveProperty('expected');
});

it('asks for the names together with the type of the org, and only for those', async () => {
  await shim.call('create_case', whole);
  await shim.call('create_case', least);
  expect(org.wire.filter((request) => !request.includes('apexrest') && !request.includes('describe'))).toEqual([
    'POST /services/data/v60.0/composite',
  ]);
});

it('creates at once where the host asks', async () => {
  const host = await connectShim(org.url, { env: { REVOPS_CONFIRMATION: 'host' } });
  expect(await host.call('create_case', { ...whole, justification: 'The customer called' })).toMatchObject({
    status: 'committed',
    case_id: caseId,
    case_number: '00001027',
  });
  await host.close();
  expect(writesOf(org, 'create_case', 'commit')).toMatchObject([{ body: { confirmation: 'host', justification: 'The customer called' } }]);
  expect(writesOf(org, 'create_case', 'preview')).toEqual([]);
});

it('creates in the same call where the client can ask', async () => {
  const asked: string[] = [];
  const asking = await connectShim(org.url, {
    person: (question) => Promise.resolve(void asked.push(question)).then(() => ({ action: 'accept', content: {} })),
  });
  expect(await asking.call('create_case', whole)).toMatchObject({ status: 'committed', case_id: caseId });
  await asking.close();
  expect(asked).toEqual([`${line}\nWrite this to Salesforce?`]);
});

it('dry_run shows the requests and sends none', async () => {
  const answer = (await shim.call('create_case', { ...whole, dry_run: true })) as { meta: { dry_run: { path: string }[] } };
  expect(answer.meta.dry_run.map(({ path }) => path)).toEqual([
    '/services/data/v60.0/sobjects/Cleanup_Audit__c/describe',
    '/services/apexrest/revops/v1/status',
    '/services/data/v60.0/composite',
    '/services/apexrest/revops/v1/writes/create_case',
  ]);
  expect(org.requests).toEqual([]);
});

it('an account that is not visible is not found, before anything is tried', async () => {
  org.onQuery(/FROM Account WHERE Id = /, []);
  expect(await shim.call('create_case', whole)).toMatchObject({
    error: { code: 'NOT_FOUND', message: expect.stringContaining('account_id: there is no Account') as string },
  });
  expect(writesOf(org, 'create_case', 'preview')).toEqual([]);
});

it('a refusal names this tool', async () => {
  onRefusal(org, 'create_case', 400, 'INVALID_INPUT');
  expect(await shim.call('create_case', least)).toMatchObject({
    error: {
      code: 'INVALID_INPUT',
      message: 'The service says INVALID_INPUT. Nothing was written: correct it and call create_case again.',
    },
  });
});

describe('refuses before a request', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['a missing subject', { description: 'x' }, 'subject is missing'],
    ['a null description', { subject: 'x', description: null }, 'description must be a string, not null'],
    ['a blank subject', { ...least, subject: ' \n' }, 'subject must not be empty'],
    ['a subject of another type', { ...least, subject: 5 }, 'subject must be a string, not 5'],
    ['a long subject', { ...least, subject: 'x'.repeat(256) }, 'subject must be at most 255 characters'],
    ['a long description', { ...least, description: 'x'.repeat(32_001) }, 'description must be at most 32,000 characters'],
    ['an invisible character', { ...least, subject: 'Log\u202ein' }, 'subject contains the invisible character U+202E'],
    ['half a character', { ...least, description: '\ud800' }, 'description contains half of a character'],
    ['another priority', { ...least, priority: 'Urgent' }, 'priority must be High, Medium or Low'],
    ['an id that is none', { ...least, account_id: 'Acme' }, 'account_id must be a 15- or 18-character Salesforce record id'],
    ['a broken checksum', { ...least, account_id: '001000000000001AAB' }, 'account_id must be a 15- or 18-character'],
    ['the id of a contact as account', { ...least, account_id: contactId }, 'account_id must be the id of an account'],
    ['the id of an account as contact', { ...least, contact_id: accountId }, 'contact_id must be the id of a contact'],
    ['a short justification', { ...least, justification: 'because' }, 'justification must say why'],
    ['an unknown argument', { ...least, status: 'New' }, 'unknown argument "status"'],
  ])('%s', async (_what, args, said) => {
    expect(await shim.call('create_case', args)).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining(said) as string },
    });
    expect(org.requests).toEqual([]);
  });

  it('but null for what is optional counts as absent', async () => {
    const nulls = { type: null, account_id: null, contact_id: null, priority: null, justification: null };
    expect(await shim.call('create_case', { ...least, ...nulls })).toMatchObject({ status: 'confirmation_required' });
    expect(writesOf(org, 'create_case', 'preview')).toMatchObject([{ body: { input: { ...least, priority: 'Medium' } } }]);
  });
});
