import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { opportunityId, startSampleOrg } from '../testing/sample-org.ts';
import { ok } from '../testing/scripted-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { auditId } from '../testing/scripted-writes.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

const requestId = '00000000-0000-4000-8000-00000000000a';
const colleague = '005000000000002AAA';
const describePath = '/services/data/v60.0/sobjects/Cleanup_Audit__c/describe';

let org: ScriptedOrg;
let shim: ShimClient;
beforeEach(async () => {
  org = await startSampleOrg();
  describeAudit('', ['Old_Value__c', 'New_Value__c', 'Requested_Value__c', 'Side_Effects__c', 'Error_Message__c']);
  script('');
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

const names = [
  ...['Performed_On__c', 'Performed_By__c', 'Performed_By_Id__c', 'Operation__c', 'Object_Name__c', 'Record_Id__c', 'Record_Label__c'],
  ...['Field_Name__c', 'Old_Value__c', 'New_Value__c', 'Requested_Value__c', 'Side_Effects__c', 'Changed__c', 'Failed__c', 'Error_Code__c'],
  ...['Error_Message__c', 'Justification__c', 'Confirmation__c', 'Client__c', 'Request_Id__c', 'Reverts_Id__c', 'Review_Status__c'],
];

function describeAudit(prefix: string, hidden: readonly string[]): void {
  const field = (name: string) => ({ name, label: name, type: 'string', updateable: false, nameField: false, nillable: true });
  const fields = ['Id', 'Name', ...names.filter((name) => !hidden.includes(name)).map((name) => `${prefix}${name}`)].map(field);
  const name = `${prefix}Cleanup_Audit__c`;
  org.onPath(describePath.replace('Cleanup_Audit__c', name), ok({ name, label: 'Cleanup Audit', keyPrefix: 'a0X', fields }));
}

function script(prefix: string, { others = 0, total = 1 } = {}): void {
  const values = { Performed_On__c: '2026-11-21T09:00:00.000+0000', Operation__c: 'update_field', Failed__c: false, Changed__c: true };
  const fields = Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]));
  org.onQuery(/ORDER BY CreatedDate DESC/, [
    { Id: auditId, Name: 'CA-000001', ...fields, [`${prefix}Record_Id__c`]: opportunityId, [`${prefix}Error_Code__c`]: null },
  ]);
  org.onQuery(/COUNT\(Id\)/, [{ total }]);
  org.onQuery(/!= '005000000000001AAA'/, others === 0 ? [] : [{ Id: auditId }]);
}

function rowsAsked(): string {
  return org.requests.find((request) => request.soql?.includes('ORDER BY'))?.soql ?? '';
}

it("lists the user's own rows, without the values that only reviewers see", async () => {
  expect(await shim.call('get_audit_trail')).toEqual({
    audit_rows: [
      {
        audit_id: auditId,
        name: 'CA-000001',
        performed_on: '2026-11-21T09:00:00.000Z',
        operation: 'update_field',
        record_id: opportunityId,
        changed: true,
        failed: false,
      },
    ],
    total_count: 1,
    scope: 'own',
    has_more: false,
    meta: {
      notes: ['No rows of other users are visible to you; RevOps_Audit_Reviewer shows them.'],
      fields_not_visible: ['Old_Value__c', 'New_Value__c', 'Requested_Value__c', 'Side_Effects__c', 'Error_Message__c'],
      record_url: `${org.url}/{id}`,
    },
  });
  expect(rowsAsked()).not.toContain('Old_Value__c');
  expect(rowsAsked()).toMatch(/ ORDER BY CreatedDate DESC, Id DESC LIMIT 25$/);
});

it('tells a reviewer that the rows are those of all', async () => {
  script('', { others: 1 });
  const answer = await shim.call('get_audit_trail');
  expect(answer).toMatchObject({ scope: 'all' });
  expect(answer['meta']).not.toHaveProperty('notes');
});

it.each<[Record<string, unknown>, string]>([
  [{ record_id: opportunityId.slice(0, 15) }, `Record_Id__c = '${opportunityId}'`],
  [{ audit_id: auditId.slice(0, 15) }, `Id = '${auditId}'`],
  [{ request_id: requestId }, `Request_Id__c = '${requestId}'`],
  [{ user: 'me' }, "Performed_By_Id__c = '005000000000001AAA'"],
  [{ user: colleague }, `Performed_By_Id__c = '${colleague}'`],
  [{ failed_only: true }, 'Failed__c = true'],
  // Midnight in Los Angeles, where the user is.
  [{ since: '2026-11-01' }, 'CreatedDate >= 2026-11-01T07:00:00Z'],
  [{ record_id: opportunityId, failed_only: true }, `Record_Id__c = '${opportunityId}' AND Failed__c = true`],
])('%j asks for %s', async (args, where) => {
  expect(await shim.call('get_audit_trail', args)).toMatchObject({ total_count: 1 });
  expect(rowsAsked()).toContain(` WHERE ${where} ORDER BY `);
});

it('pages on, and a cursor of other filters is refused', async () => {
  script('', { total: 3 });
  const first = await shim.call('get_audit_trail', { limit: 1, failed_only: true });
  expect(first).toMatchObject({ has_more: true, next_cursor: expect.any(String) as string });
  await shim.call('get_audit_trail', { limit: 1, failed_only: true, cursor: first['next_cursor'] });
  expect(org.requests.filter((request) => request.soql?.endsWith('OFFSET 1'))).toHaveLength(1);
  expect(await shim.call('get_audit_trail', { limit: 1, cursor: first['next_cursor'] })).toMatchObject({
    error: { code: 'INVALID_INPUT', details: { cause: 'INVALID_CURSOR' } },
  });
});

it('asks under the namespace of a packaged install', async () => {
  describeAudit('acme__', []);
  script('acme__');
  const packaged = await connectShim(org.url, { env: { SFDC_AUDIT_OBJECT: 'acme__Cleanup_Audit__c' } });
  expect(await packaged.call('get_audit_trail', { record_id: opportunityId })).toMatchObject({
    audit_rows: [{ audit_id: auditId, operation: 'update_field', record_id: opportunityId }],
  });
  expect(rowsAsked()).toContain(`FROM acme__Cleanup_Audit__c WHERE acme__Record_Id__c = '${opportunityId}'`);
  await packaged.close();
});

it('an audit object that is not visible is an error with the remedy', async () => {
  org.onPath(describePath, { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'no' }] });
  expect(await shim.call('get_audit_trail')).toMatchObject({
    error: { code: 'NOT_FOUND', message: expect.stringContaining('RevOps_MCP_User') as string },
  });
});

it('dry_run shows what a call then sends', async () => {
  const { meta } = (await shim.call('get_audit_trail', { user: 'me', since: '2026-11-01', dry_run: true })) as {
    meta: { dry_run: { method: string; path: string }[] };
  };
  expect(org.requests).toEqual([]);
  await shim.call('get_audit_trail', { user: 'me', since: '2026-11-01' });
  expect(org.wire).toEqual(meta.dry_run.map(({ method, path }) => `${method} ${path}`));
});

describe('refuses before a request', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ record_id: 'Acme' }, 'record_id must be a 15- or 18-character Salesforce record id'],
    [{ audit_id: 'CA-000001' }, 'audit_id must be a 15- or 18-character Salesforce record id'],
    [{ request_id: "' OR Name != '" }, 'request_id must be the request_id of a write, a UUID'],
    [{ user: 'Ada' }, "user must be a user's id, username or e-mail, or me"],
    [{ since: '2026-02-30' }, 'since must be a date that exists'],
    [{ failed_only: 'yes' }, 'failed_only must be true or false, not a string'],
    [{ limit: 0 }, 'limit'],
    [{ limit: 51 }, 'limit'],
    [{ cursor: 'x' }, 'cursor is not one that this server gave'],
    [{ object: 'Lead' }, 'unknown argument "object"'],
  ])('%j', async (args, said) => {
    expect(await shim.call('get_audit_trail', args)).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining(said) as string },
    });
    expect(org.requests).toEqual([]);
  });
});
