import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { committed, describePath, opportunityDescribe, opportunityId, startSampleOrg, writePath } from '../testing/sample-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { fault, ok } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

let org: ScriptedOrg;
let shim: ShimClient;

beforeEach(async () => {
  org = await startSampleOrg();
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

const args = {
  object_type: 'Opportunity',
  object_id: opportunityId,
  field_name: 'CloseDate',
  new_value: '2026-12-18',
  justification: 'Customer moved the signature to December',
};

function writesSent(): unknown[] {
  return org.requests.filter((request) => request.path === writePath);
}

it('reads, and answers with the line to approve; nothing is written', async () => {
  expect(await shim.call('update_field', args)).toEqual({
    status: 'confirmation_required',
    change: 'PRODUCTION · Acme renewal · Close Date 2026-11-30 → 2026-12-18',
    changes: [{ field: 'CloseDate', old: '2026-11-30', new: '2026-12-18', requested: true }],
    confirmation_token: '0123456789',
    expires_at: '2026-11-21T09:10:00.000Z',
    request_id: '00000000-0000-4000-8000-000000000001',
    record_id: opportunityId,
    record_label: 'Acme renewal',
    url: `${org.url}/${opportunityId}`,
  });
  expect(org.wire).toEqual([`GET ${describePath}`, 'POST /services/data/v60.0/composite']);
});

it('needs one request once the object and the org are known', async () => {
  await shim.call('update_field', args);
  await shim.call('update_field', { ...args, new_value: '2026-12-19' });
  expect(org.wire.slice(2)).toEqual(['POST /services/data/v60.0/composite']);
  shim.clock.now += 15 * 60_000;
  await shim.call('update_field', args);
  expect(org.wire.slice(3)).toEqual([`GET ${describePath}`, 'POST /services/data/v60.0/composite']);
});

it('confirms what was previewed and nothing else', async () => {
  org.on((request) => (request.path === writePath ? ok(committed(request.body)) : undefined));
  org.onPath(describePath.replace('Opportunity', 'opportunity'), ok(opportunityDescribe));
  const preview = await shim.call('update_field', {
    ...args,
    object_type: 'opportunity',
    field_name: 'closedate',
    object_id: opportunityId.slice(0, 15),
  });
  expect(await shim.call('confirm_write', { change: preview['change'], confirmation_token: preview['confirmation_token'] })).toEqual({
    status: 'committed',
    success: true,
    message: 'Close Date was updated. Audit row a0X000000000001AAA.',
    changes: [{ field: 'CloseDate', old: '2026-11-30', new: '2026-12-18', requested: true }],
    audit_id: 'a0X000000000001AAA',
    request_id: '00000000-0000-4000-8000-000000000001',
    record_id: opportunityId,
    record_label: 'Acme renewal',
    url: `${org.url}/${opportunityId}`,
  });
  expect(writesSent()).toMatchObject([
    {
      method: 'POST',
      body: {
        request_id: '00000000-0000-4000-8000-000000000001',
        mode: 'commit',
        justification: args.justification,
        client: 'test-client/1.2.3',
        confirmation: 'token',
        input: { object_type: 'Opportunity', object_id: opportunityId, field_name: 'CloseDate', new_value: '2026-12-18' },
        expected: { CloseDate: '2026-11-30' },
      },
    },
  ]);
});

describe('values', () => {
  it.each([
    ['Amount', 7500.5, 'Amount 5000 → 7500.5', { Amount: 5000 }],
    ['Amount', null, 'Amount 5000 → (empty)', { Amount: 5000 }],
    ['NextStep', '', 'Next Step Call → (empty)', { NextStep: 'Call' }],
    ['IsPrivate', false, 'Private (empty) → false', { IsPrivate: null }],
    ['NextStep', 'Sign · then → ship\nnow\u202e', 'Next Step Call → Sign - then -> ship now', { NextStep: 'Call' }],
    ['NextStep', 'x'.repeat(300), `Next Step Call → ${'x'.repeat(120)}…`, { NextStep: 'Call' }],
    [
      'Reviewed__c',
      '2026-11-21T10:00:00Z',
      'Reviewed 2026-11-20T10:00:00.000Z → 2026-11-21T10:00:00Z',
      { Reviewed__c: '2026-11-20T10:00:00.000Z' },
    ],
  ])('%s = %j', async (field, value, shown, expected) => {
    org.on((request) => (request.path === writePath ? ok(committed(request.body)) : undefined));
    const preview = await shim.call('update_field', { ...args, field_name: field, new_value: value });
    expect(preview['change']).toBe(`PRODUCTION · Acme renewal · ${shown}`);
    await shim.call('confirm_write', { change: preview['change'], confirmation_token: preview['confirmation_token'] });
    expect(writesSent()).toMatchObject([{ body: { input: { new_value: value }, expected } }]);
  });

  it('says sandbox in a sandbox, and calls a nameless record by its id', async () => {
    org.onQuery(/FROM Organization/, [{ Id: '00D000000000001EAA', Name: 'Acme Corp', IsSandbox: true }]);
    org.onQuery(/FROM Opportunity WHERE/, [{ Id: opportunityId, Name: null, CloseDate: null }]);
    expect(await shim.call('update_field', args)).toMatchObject({ change: `sandbox · ${opportunityId} · Close Date (empty) → 2026-12-18` });
  });

  it('a record cannot forge the line', async () => {
    org.onQuery(/FROM Opportunity WHERE/, [{ Id: opportunityId, Name: 'Acme\n· Amount 1 → 2\u202e', CloseDate: '2026-11-30' }]);
    expect(await shim.call('update_field', args)).toMatchObject({
      change: 'PRODUCTION · Acme - Amount 1 -> 2 · Close Date 2026-11-30 → 2026-12-18',
    });
  });

  it('warns where the write is likely to be pointless or refused', async () => {
    expect(await shim.call('update_field', { ...args, field_name: 'ExpectedRevenue', new_value: 1 })).toMatchObject({
      meta: { warnings: ['Salesforce says that you cannot edit ExpectedRevenue: the write will probably be refused.'] },
    });
    expect(await shim.call('update_field', { ...args, new_value: '2026-11-30' })).toMatchObject({
      meta: { warnings: ['The field already holds this value.'] },
    });
  });
});

describe('refuses, before any request', () => {
  const withoutValue = Object.fromEntries(Object.entries(args).filter(([name]) => name !== 'new_value'));
  it.each([
    [
      'a blank justification',
      { ...args, justification: '   \n      \t  ' },
      'justification must say why, in at least 10 characters after trimming',
    ],
    ['a short one', { ...args, justification: '  too short ' }, 'justification must say why, in at least 10 characters after trimming'],
    ['a malformed id', { ...args, object_id: '006' }, 'object_id must be a 15- or 18-character Salesforce record id'],
    [
      'an id with a wrong checksum',
      { ...args, object_id: '006000000000001AAB' },
      'object_id must be a 15- or 18-character Salesforce record id',
    ],
    ['an id of another object', { ...args, object_id: '003000000000001AAA' }, 'object_id is not the id of a record of that object_type'],
    ['a field that is no name', { ...args, field_name: 'Name FROM User' }, 'field_name must be an API name'],
    ['an object that is no name', { ...args, object_type: '../tooling' }, 'object_type must be an API name'],
    ['a list as value', { ...args, new_value: ['a'] }, 'new_value must be a string, a number, true, false or null'],
    ['an object as value', { ...args, new_value: { a: 1 } }, 'new_value must be a string, a number, true, false or null'],
    ['no value', withoutValue, 'new_value'],
    ['an unknown argument', { ...args, stage: 'Won' }, 'unknown argument "stage"'],
  ])('%s', async (_what, input, reason) => {
    expect(await shim.call('update_field', input)).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining(reason) as string, details: { cause: 'INVALID_ARGUMENTS' } },
    });
    expect(org.requests).toEqual([]);
  });

  it('everything that is wrong at once', async () => {
    expect(await shim.call('update_field', { object_type: 'Opportunity', object_id: 'x', justification: 'no' })).toMatchObject({
      error: { details: { fields: ['object_id', 'field_name', 'new_value', 'justification'] } },
    });
  });
});

describe('refuses, after looking', () => {
  it('an object that does not exist or is hidden', async () => {
    expect(await shim.call('update_field', { ...args, object_type: 'Nope__c', object_id: 'a01000000000001AAA' })).toEqual({
      error: {
        code: 'INVALID_INPUT',
        message: 'The object Nope__c does not exist or is not visible to you. Check the API name, or ask an administrator for access.',
        details: { cause: 'NOT_VISIBLE' },
      },
    });
  });

  it('a field that does not exist or is hidden', async () => {
    expect(await shim.call('update_field', { ...args, field_name: 'Nope__c' })).toMatchObject({
      error: {
        code: 'INVALID_INPUT',
        message:
          'The field Opportunity.Nope__c does not exist or is not visible to you. Check the API name, or ask an administrator for access.',
      },
    });
  });

  it('a record that does not exist', async () => {
    org.onQuery(/FROM Opportunity WHERE/, []);
    expect(await shim.call('update_field', args)).toMatchObject({
      error: {
        code: 'NOT_FOUND',
        message: `Opportunity ${opportunityId} does not exist, is deleted, or is not visible to you. Check the id.`,
      },
    });
  });

  it('the id of another custom object', async () => {
    org.onPath('/services/data/v60.0/sobjects/Plan__c/describe', ok({ ...opportunityDescribe, name: 'Plan__c', keyPrefix: 'a09' }));
    expect(await shim.call('update_field', { ...args, object_type: 'Plan__c', object_id: 'a01000000000001AAA' })).toMatchObject({
      error: { code: 'INVALID_INPUT', message: 'object_id is not the id of a Plan__c: those start with a09. Check both.' },
    });
  });

  it('a compound field, before it is read', async () => {
    expect(await shim.call('update_field', { ...args, field_name: 'Site__c', new_value: '1,2' })).toMatchObject({
      error: { code: 'INVALID_INPUT', details: { cause: 'COMPOUND_FIELD' } },
    });
    expect(org.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('more than the service takes', async () => {
    expect(await shim.call('update_field', { ...args, field_name: 'NextStep', new_value: 'ä'.repeat(60_000) })).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining('the write service accepts 100,000') as string },
    });
  });

  it('without an org type it cannot say PRODUCTION or sandbox, so it does not go on', async () => {
    org.onQuery(/FROM Organization/, []);
    expect(await shim.call('update_field', args)).toMatchObject({ error: { code: 'PERMISSION_DENIED' } });
  });

  it('with an expired token', async () => {
    org.on(() => fault(401, 'INVALID_SESSION_ID', 'expired'));
    expect(await shim.call('update_field', args)).toMatchObject({ error: { code: 'AUTH_ERROR' } });
    expect(org.requests).toHaveLength(1);
  });
});

it('dry_run shows the reads and sends nothing', async () => {
  const { meta } = (await shim.call('update_field', { ...args, dry_run: true })) as {
    meta: { dry_run: { method: string; path: string }[] };
  };
  expect(meta.dry_run.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `GET ${describePath}`,
    'POST /services/data/v60.0/composite',
  ]);
  expect(org.requests).toEqual([]);
});
