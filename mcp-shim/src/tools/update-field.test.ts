import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  committed,
  describePath,
  modeOf,
  opportunityDescribe,
  opportunityId,
  previewed,
  serviceStatus,
  startSampleOrg,
  statusPath,
  writePath,
} from '../testing/sample-org.ts';
import type { ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import type { Reply, ScriptedOrg } from '../testing/scripted-org.ts';
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

const readiness = ['GET /services/data/v60.0/sobjects/Cleanup_Audit__c/describe', `GET ${statusPath}`];

/** Answers previews in place of the sample org. */
function preview(answer: (body: unknown) => Reply): void {
  org.on((request) => (modeOf(request) === 'preview' ? answer(request.body) : undefined));
}

function writesSent(): unknown[] {
  return org.requests.filter((request) => request.path === writePath && modeOf(request) === 'commit');
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
  expect(org.wire).toEqual([...readiness, `GET ${describePath}`, 'POST /services/data/v60.0/composite', `POST ${writePath}`]);
  expect(writesSent()).toEqual([]);
  expect(org.requests.at(-1)?.body).toEqual({
    mode: 'preview',
    request_id: '00000000-0000-4000-8000-000000000001',
    justification: args.justification,
    client: 'test-client/1.2.3',
    input: { object_type: 'Opportunity', object_id: opportunityId, field_name: 'CloseDate', new_value: '2026-12-18' },
  });
});

it('needs one request once the object and the org are known', async () => {
  await shim.call('update_field', args);
  await shim.call('update_field', { ...args, new_value: '2026-12-19' });
  expect(org.wire.slice(5)).toEqual([`POST ${writePath}`]);
  shim.clock.now += 15 * 60_000;
  await shim.call('update_field', args);
  expect(org.wire.slice(6)).toEqual([`GET ${describePath}`, 'POST /services/data/v60.0/composite', `POST ${writePath}`]);
});

it('confirms what was previewed and nothing else [revops-018]', async () => {
  org.on((request) => (modeOf(request) === 'commit' ? ok(committed(request.body)) : undefined));
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
    ['NextStep', 'Sign · then → ship\nnow', 'Next Step Call → Sign - then -> ship now', { NextStep: 'Call' }],
    ['NextStep', 'x'.repeat(300), `Next Step Call → ${'x'.repeat(120)}… (+180 characters)`, { NextStep: 'Call' }],
    [
      'Reviewed__c',
      '2026-11-21T10:00:00Z',
      'Reviewed 2026-11-20T10:00:00Z → 2026-11-21T10:00:00Z',
      { Reviewed__c: '2026-11-20T10:00:00Z' },
    ],
  ])('%s = %j', async (field, value, shown, expected) => {
    org.on((request) => (modeOf(request) === 'commit' ? ok(committed(request.body)) : undefined));
    const preview = await shim.call('update_field', { ...args, field_name: field, new_value: value });
    expect(preview['change']).toBe(`PRODUCTION · Acme renewal · ${shown}`);
    await shim.call('confirm_write', { change: preview['change'], confirmation_token: preview['confirmation_token'] });
    expect(writesSent()).toMatchObject([{ body: { input: { new_value: value }, expected } }]);
  });

  it.each([
    ['pay\u202etsal', 'contains the invisible character U+202E, which nobody would see to approve: remove it'],
    ['Si\u200bgn', 'contains the invisible character U+200B'],
    ['Sign\u{e0041}', 'contains the invisible character U+E0041'],
    ['Sign\u0007', 'contains the invisible character U+0007'],
    ['Sign\u3164', 'contains the invisible character U+3164'],
    ['Sign\u{e0130}', 'contains the invisible character U+E0130'],
    ['Sign\ufe00', 'contains the invisible character U+FE00'],
    ['Sign\ud800', 'contains half of a character'],
  ])('refuses %j, which a person would not see', async (value, said) => {
    expect(await shim.call('update_field', { ...args, field_name: 'NextStep', new_value: value })).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining(`new_value ${said}`) as string, details: { fields: ['new_value'] } },
    });
    expect(org.requests).toEqual([]);
  });

  it('refuses a text that is longer than any field', async () => {
    expect(await shim.call('update_field', { ...args, field_name: 'Description', new_value: 'x'.repeat(131_073) })).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining('new_value must be at most 131,072 characters') as string },
    });
    expect(org.requests).toEqual([]);
  });

  it.each(['\u{1f469}\u200d\u{1f4bb} ❤\ufe0f 1\ufe0f\u20e3 葛\u{e0100}城', 'two\r\nlines\tand a tab'])('takes %j', async (value) => {
    expect(await shim.call('update_field', { ...args, field_name: 'NextStep', new_value: value })).toMatchObject({
      status: 'confirmation_required',
    });
  });

  it('says sandbox in a sandbox, and calls a nameless record by its id', async () => {
    org.onQuery(/FROM Organization/, [{ Id: '00D000000000001EAA', Name: 'Acme Corp', IsSandbox: true }]);
    preview((body) => ok(previewed(body, { record_label: null })));
    expect(await shim.call('update_field', args)).toMatchObject({
      change: `sandbox · ${opportunityId} · Close Date 2026-11-30 → 2026-12-18`,
      record_label: opportunityId,
    });
  });

  it('a record cannot forge the line', async () => {
    preview((body) => ok(previewed(body, { record_label: 'Acme\n· Amount 1 → 2\u202e' })));
    expect(await shim.call('update_field', args)).toMatchObject({
      change: 'PRODUCTION · Acme - Amount 1 -> 2 · Close Date 2026-11-30 → 2026-12-18',
    });
  });

  it('says when nothing would change', async () => {
    expect(await shim.call('update_field', { ...args, new_value: '2026-11-30' })).toMatchObject({
      meta: { warnings: ['The field already holds this value.'] },
    });
  });

  it('shows what would be stored and what else would move; the old value alone is expected later', async () => {
    const changes = [
      { field: 'NextStep', old: 'Call', new: 'Sign today', requested: true },
      { field: 'Probability', old: 10, new: 90, requested: false },
    ];
    preview((body) => ok(previewed(body, { changes })));
    org.on((request) => (modeOf(request) === 'commit' ? ok(committed(request.body, { changes })) : undefined));
    const answer = await shim.call('update_field', { ...args, field_name: 'NextStep', new_value: ' Sign today! ' });
    expect(answer).toMatchObject({ change: 'PRODUCTION · Acme renewal · Next Step Call → Sign today', changes });
    await shim.call('confirm_write', { change: answer['change'], confirmation_token: answer['confirmation_token'] });
    expect(writesSent()).toMatchObject([{ body: { input: { new_value: ' Sign today! ' }, expected: { NextStep: 'Call' } } }]);
  });
});

describe('a preview that fails leaves nothing, and says so', () => {
  const refusal = (status: number, code: string, details: Record<string, unknown> = {}): Reply => ({
    status,
    body: { request_id: 'x', error: { code, message: `The service says ${code}.`, details } },
  });

  it.each<[string, Reply, Record<string, unknown>]>([
    [
      'a validation rule',
      refusal(400, 'WRITE_REJECTED', { sf_code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: ['CloseDate'], audit_id: 'a0X' }),
      { code: 'SF_API_ERROR', details: { cause: 'VALIDATION_RULE', sf_code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: ['CloseDate'] } },
    ],
    ['a missing record', refusal(404, 'NOT_FOUND'), { code: 'NOT_FOUND', details: { cause: 'NOT_FOUND' } }],
    [
      'a locked row',
      refusal(409, 'ROW_LOCKED'),
      { message: expect.stringContaining('call update_field again in a few seconds') as string, details: { retryable: true } },
    ],
    [
      'an HTML 502',
      { status: 502, body: '<html>Bad Gateway</html>' },
      {
        code: 'SF_API_ERROR',
        message: expect.stringMatching(/Nothing was written\.$/) as string,
        details: { http_status: 502, retryable: true },
      },
    ],
    ['a broken connection', 'cut', { code: 'SF_API_ERROR', details: { cause: 'CONNECTION_CUT' } }],
    [
      'an answer of another kind',
      ok({ hello: 'world' }),
      { code: 'SF_API_ERROR', message: expect.stringContaining('Nothing was written.') as string },
    ],
  ])('%s', async (_what, reply, error) => {
    preview(() => reply);
    expect(await shim.call('update_field', args)).toMatchObject({ error });
    expect(writesSent()).toEqual([]);
  });

  it('a 503 is tried again, three times at most', async () => {
    let turn = 0;
    preview((body) => (++turn < 3 ? fault(503, 'SERVER_UNAVAILABLE', 'busy') : ok(previewed(body))));
    expect(await shim.call('update_field', args)).toMatchObject({ status: 'confirmation_required' });
    expect(turn).toBe(3);
  });

  it('an expired token takes one request', async () => {
    org.on(() => fault(401, 'INVALID_SESSION_ID', 'expired'));
    expect(await shim.call('update_field', args)).toMatchObject({ error: { code: 'AUTH_ERROR' } });
    expect(org.requests).toHaveLength(1);
  });
});

describe('before the first write', () => {
  it('a service that is not there is the error of the call, until it is', async () => {
    org.onPath(statusPath, { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'no match' }] });
    expect(await shim.call('update_field', args)).toMatchObject({ error: { details: { cause: 'WRITE_SERVICE_MISSING' } } });
    expect(await shim.call('describe_object', { object_type: 'Opportunity' })).toMatchObject({ object: { name: 'Opportunity' } });
    org.onPath(statusPath, ok(serviceStatus));
    expect(await shim.call('update_field', args)).toMatchObject({ status: 'confirmation_required' });
    expect(org.wire.filter((line) => line.endsWith('Cleanup_Audit__c/describe'))).toHaveLength(1);
  });

  it('an audit object without Failed__c, too', async () => {
    org.onPath('/services/data/v60.0/sobjects/Cleanup_Audit__c/describe', ok({ ...opportunityDescribe, name: 'Cleanup_Audit__c' }));
    expect(await shim.call('update_field', args)).toMatchObject({
      error: { code: 'PERMISSION_DENIED', details: { cause: 'AUDIT_OBJECT_NOT_VISIBLE' } },
    });
  });
});

describe('where the client can ask', () => {
  async function asking(
    person: (question: string) => Promise<ElicitResult>,
    options: { approvalTimeLimitMs?: number; timeLimitMs?: number } = {},
  ) {
    await shim.close();
    shim = await connectShim(org.url, { person, ...options });
    org.on((request) => (modeOf(request) === 'commit' ? ok(committed(request.body)) : undefined));
  }

  it('the person approves, and one call previews and commits', async () => {
    const asked: string[] = [];
    await asking((question) => Promise.resolve(void asked.push(question)).then(() => ({ action: 'accept', content: {} })));
    preview((body) =>
      ok(
        previewed(body, {
          changes: [
            { field: 'CloseDate', old: '2026-11-30', new: '2026-12-18', requested: true },
            { field: 'Probability', old: 10, new: null, requested: false },
          ],
        }),
      ),
    );
    expect(await shim.call('update_field', args)).toMatchObject({
      status: 'committed',
      success: true,
      message: 'Close Date was updated. Audit row a0X000000000001AAA.',
    });
    expect(asked).toEqual([
      'PRODUCTION · Acme renewal · Close Date 2026-11-30 → 2026-12-18\nAlso: Probability 10 → (empty)\n' +
        'Why: Customer moved the signature to December\nWrite this to Salesforce?',
    ]);
    expect(writesSent()).toMatchObject([{ body: { confirmation: 'elicitation', expected: { CloseDate: '2026-11-30' } } }]);
  });

  it('no text of the question stands where the server speaks', async () => {
    const asked: string[] = [];
    await asking((question) => Promise.resolve(void asked.push(question)).then(() => ({ action: 'decline' })));
    preview((body) =>
      ok(
        previewed(body, {
          record_label: 'Acme\nWrite this to Salesforce?',
          changes: [
            { field: 'CloseDate', old: '2026-11-30', new: '2026-12-18', requested: true },
            { field: 'NextStep', old: 'a → b', new: 'c\u2028Also: Amount 1 → 2', requested: false },
          ],
        }),
      ),
    );
    await shim.call('update_field', {
      ...args,
      justification: `Moved to December.\n\nAlso: Amount 5 → 0\nPRODUCTION · Globex · Amount 1 → 2${'!'.repeat(500)}`,
    });
    expect(asked.join().split('\n')).toEqual([
      'PRODUCTION · Acme Write this to Salesforce? · Close Date 2026-11-30 → 2026-12-18',
      'Also: NextStep a -> b → c Also: Amount 1 -> 2',
      expect.stringMatching(
        /^Why: Moved to December\. Also: Amount 5 -> 0 PRODUCTION - Globex - Amount 1 -> 2!{400,}… \(\+\d+ characters\)$/,
      ),
      'Write this to Salesforce?',
    ]);
  });

  it.each([
    ['decline', 'DECLINED', 'The user declined this change, and nothing was written.'],
    ['cancel', 'DISMISSED', 'The user closed the question without an answer, and nothing was written.'],
  ] as const)('%s writes nothing, and the token is void', async (action, cause, message) => {
    await asking(() => Promise.resolve({ action }));
    expect(await shim.call('update_field', args)).toMatchObject({
      error: { code: 'PERMISSION_DENIED', message: expect.stringContaining(message) as string, details: { cause } },
    });
    const change = 'PRODUCTION · Acme renewal · Close Date 2026-11-30 → 2026-12-18';
    expect(await shim.call('confirm_write', { change, confirmation_token: '0123456789' })).toMatchObject({
      error: { details: { cause: 'CONFIRMATION_EXPIRED' } },
    });
    expect(writesSent()).toEqual([]);
  });

  it('no answer gives the preview with its token; waiting is outside the time limit', async () => {
    await asking(() => new Promise(() => undefined), { approvalTimeLimitMs: 2000, timeLimitMs: 1500 });
    const answer = await shim.call('update_field', args);
    expect(answer).toMatchObject({ status: 'confirmation_required' });
    expect(writesSent()).toEqual([]);
    expect(await shim.call('confirm_write', { change: answer['change'], confirmation_token: answer['confirmation_token'] })).toMatchObject({
      status: 'committed',
    });
    expect(writesSent()).toMatchObject([{ body: { confirmation: 'token' } }]);
  });

  it('a client that fails to ask is one that gives no answer', async () => {
    await asking(() => Promise.reject(new Error('no dialog here')));
    expect(await shim.call('update_field', args)).toMatchObject({ status: 'confirmation_required' });
    expect(shim.log).toContainEqual(expect.objectContaining({ event: 'elicitation_failed' }));
  });

  it('a call that is gone when the answer comes writes nothing', async () => {
    const asked = Promise.withResolvers<undefined>();
    const reply = Promise.withResolvers<ElicitResult>();
    await asking(() => {
      asked.resolve(undefined);
      return reply.promise;
    });
    const controller = new AbortController();
    const call = shim.client.callTool({ name: 'update_field', arguments: args }, undefined, { signal: controller.signal });
    await asked.promise;
    controller.abort('no longer needed');
    await expect(call).rejects.toThrow('no longer needed');
    reply.resolve({ action: 'accept', content: {} });
    await expect
      .poll(() => shim.log.find((line) => line['event'] === 'tool_call'))
      .toMatchObject({
        status: 'cancelled',
        cause: 'CANCELLED',
      });
    // Nothing is wrong with the server.
    expect(shim.log.filter((line) => line['level'] === 'error')).toEqual([]);
    expect(writesSent()).toEqual([]);
  });
});

describe('REVOPS_CONFIRMATION=host', () => {
  beforeEach(async () => {
    await shim.close();
    shim = await connectShim(org.url, { env: { REVOPS_CONFIRMATION: 'host' } });
    org.on((request) => (modeOf(request) === 'commit' ? ok(committed(request.body)) : undefined));
  });

  it('one call commits', async () => {
    expect(await shim.call('update_field', args)).toMatchObject({ status: 'committed', success: true, audit_id: 'a0X000000000001AAA' });
    expect(org.wire).toEqual([...readiness, `GET ${describePath}`, `POST ${writePath}`]);
    expect(writesSent()).toMatchObject([{ body: { mode: 'commit', confirmation: 'host' } }]);
    expect(writesSent()[0]).not.toHaveProperty('body.expected');
  });

  it('asks nobody, also where the client would let it', async () => {
    const able = await connectShim(org.url, { env: { REVOPS_CONFIRMATION: 'host' }, person: () => Promise.resolve({ action: 'decline' }) });
    expect(await able.call('update_field', args)).toMatchObject({ status: 'committed' });
    await able.close();
  });

  it('has a list of its own: update_field is destructive, and confirm_write is not there', async () => {
    const { tools } = await shim.client.listTools();
    expect(tools.map(({ name }) => name)).not.toContain('confirm_write');
    expect(tools.find(({ name }) => name === 'update_field')).toMatchObject({
      title: 'Update a Salesforce field',
      annotations: { destructiveHint: true },
    });
    await expect(shim.client.callTool({ name: 'confirm_write', arguments: {} })).rejects.toThrow('REVOPS_CONFIRMATION is host');
  });

  it('a change that is too large is no larger by an old value, which nobody has read', async () => {
    expect(await shim.call('update_field', { ...args, field_name: 'NextStep', new_value: 'x'.repeat(100_000) })).toMatchObject({
      error: {
        code: 'INVALID_INPUT',
        message: expect.stringMatching(/^The change takes 100,\d{3} bytes, and the write service/) as string,
      },
    });
    expect(writesSent()).toEqual([]);
  });

  it('dry_run shows the commit and sends nothing', async () => {
    const { meta } = (await shim.call('update_field', { ...args, dry_run: true })) as { meta: { dry_run: unknown[] } };
    expect(meta.dry_run.at(-1)).toMatchObject({ method: 'POST', path: writePath, body: { mode: 'commit', confirmation: 'host' } });
    expect(org.requests).toEqual([]);
  });
});

describe('refuses, before any request', () => {
  const withoutValue = Object.fromEntries(Object.entries(args).filter(([name]) => name !== 'new_value'));
  it.each([
    [
      'a justification of fillers, which look like nothing',
      { ...args, justification: '\u3164'.repeat(12) },
      'justification contains the invisible character U+3164',
    ],
    [
      'a blank justification [revops-019]',
      { ...args, justification: '   \n      \t  ' },
      'justification must say why, in at least 10 characters after trimming',
    ],
    [
      'a short one [revops-019]',
      { ...args, justification: '  too short ' },
      'justification must say why, in at least 10 characters after trimming',
    ],
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
    expect(org.wire).toEqual([...readiness, `GET ${describePath}`]);
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
});

it('dry_run shows the reads and the preview, and sends nothing', async () => {
  const { meta } = (await shim.call('update_field', { ...args, dry_run: true })) as {
    meta: { dry_run: { method: string; path: string }[] };
  };
  expect(meta.dry_run.map(({ method, path }) => `${method} ${path}`)).toEqual([
    ...readiness,
    `GET ${describePath}`,
    'POST /services/data/v60.0/composite',
    `POST ${writePath}`,
  ]);
  expect(org.requests).toEqual([]);
});
