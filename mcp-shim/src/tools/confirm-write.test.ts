import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  auditId,
  committed,
  modeOf,
  opportunityDescribe,
  opportunityId,
  previewed,
  serviceStatus,
  startSampleOrg,
  writePath,
} from '../testing/sample-org.ts';
import { fault, ok } from '../testing/scripted-org.ts';
import type { Reply, ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

let org: ScriptedOrg;
let shim: ShimClient;
let confirmation: { change: string; confirmation_token: string };

const requestId = '00000000-0000-4000-8000-000000000001';

beforeEach(async () => {
  org = await startSampleOrg();
  shim = await connectShim(org.url, { timeLimitMs: 2000 });
  const preview = await shim.call('update_field', {
    object_type: 'Opportunity',
    object_id: opportunityId,
    field_name: 'NextStep',
    new_value: 'Sign',
    justification: 'Agreed in the weekly review',
  });
  confirmation = { change: String(preview['change']), confirmation_token: String(preview['confirmation_token']) };
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

/** Answers the commits in turn; the last reply stays. */
function service(...replies: (Reply | ((body: unknown) => Reply))[]): void {
  let turn = 0;
  org.on((request) => {
    if (request.path !== writePath || modeOf(request) !== 'commit') return undefined;
    const reply = replies[Math.min(turn++, replies.length - 1)];
    return typeof reply === 'function' ? reply(request.body) : reply;
  });
}

function refusal(status: number, code: string, details: Record<string, unknown> = {}): Reply {
  return { status, body: { request_id: requestId, error: { code, message: `The service says ${code}.`, details } } };
}

function writesSent(): number {
  return org.requests.filter((request) => request.path === writePath && modeOf(request) === 'commit').length;
}

const success = (body: unknown): Reply => ok(committed(body));

it('writes once, however often it is confirmed', async () => {
  service(success);
  const first = await shim.call('confirm_write', confirmation);
  const second = await shim.call('confirm_write', confirmation);
  expect(second).toEqual({
    ...first,
    message: `This change had been confirmed before; nothing was written again. Audit row ${auditId}.`,
    meta: { replayed: true },
  });
  expect(writesSent()).toBe(1);
});

it('writes once when confirmed twice at the same time', async () => {
  service(success);
  const outcomes = await Promise.all([shim.call('confirm_write', confirmation), shim.call('confirm_write', confirmation)]);
  expect(outcomes.map((outcome) => outcome['meta'])).toEqual([undefined, { replayed: true }]);
  expect(writesSent()).toBe(1);
});

it('remembers an outcome past the ten minutes', async () => {
  service(success);
  await shim.call('confirm_write', confirmation);
  shim.clock.now += 3_600_000;
  expect(await shim.call('confirm_write', confirmation)).toMatchObject({ success: true, meta: { replayed: true } });
});

it('tells what automation moved, and a value that was there already', async () => {
  service((body) =>
    ok(
      committed(body, {
        changes: [
          { field: 'NextStep', old: 'Call', new: 'Sign', requested: true },
          { field: 'Probability', old: 10, new: 90, requested: false },
        ],
      }),
    ),
  );
  expect(await shim.call('confirm_write', confirmation)).toMatchObject({
    message: `Next Step was updated. Automation also changed Probability. Audit row ${auditId}.`,
  });
});

it('logs the hashes of the audit rows, and no value', async () => {
  service(success);
  await shim.call('confirm_write', confirmation);
  expect(shim.log.filter((line) => line['event'] === 'write_committed')).toMatchObject([
    { request_id: requestId, replayed: false, changed: true, audit_ids: [auditId], audit_hashes: ['abc123'] },
  ]);
  expect(JSON.stringify(shim.log)).not.toMatch(/Sign|weekly review|token-of-the-test/);
});

describe('refuses, without a request', () => {
  it.each([
    ['an unknown token', { confirmation_token: 'ZZZZZZZZZZ' }, 'CONFIRMATION_EXPIRED', 'Preview again: call the tool that previewed it.'],
    [
      'another line',
      { change: 'PRODUCTION · Acme renewal · Next Step Call → Wait' },
      'CHANGE_MISMATCH',
      'Pass the change line of that preview, word for word.',
    ],
    ['an empty line', { change: ' ' }, 'INVALID_ARGUMENTS', 'change must be the change line of the preview'],
  ])('%s', async (_what, other, cause, next) => {
    service(success);
    expect(await shim.call('confirm_write', { ...confirmation, ...other })).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining(next) as string, details: { cause } },
    });
    expect(writesSent()).toBe(0);
  });

  it('after ten minutes', async () => {
    service(success);
    shim.clock.now += 10 * 60_000;
    expect(await shim.call('confirm_write', confirmation)).toMatchObject({
      error: { code: 'INVALID_INPUT', details: { cause: 'CONFIRMATION_EXPIRED' } },
    });
    expect(writesSent()).toBe(0);
  });

  it('in another server: codes do not outlive theirs', async () => {
    const other = await connectShim(org.url);
    expect(await other.call('confirm_write', confirmation)).toMatchObject({ error: { details: { cause: 'CONFIRMATION_EXPIRED' } } });
    await other.close();
  });
});

it('takes the line with other blanks and the token in lower case', async () => {
  service(success);
  expect(
    await shim.call('confirm_write', {
      change: `  ${confirmation.change.replaceAll(' ', '\n ')}`,
      confirmation_token: confirmation.confirmation_token.toLowerCase(),
    }),
  ).toMatchObject({ success: true });
});

describe('passes on what the service refuses', () => {
  it.each([
    [400, 'INVALID_INPUT', 'INVALID_INPUT'],
    [404, 'NOT_FOUND', 'NOT_FOUND'],
    [403, 'PERMISSION_DENIED', 'PERMISSION_DENIED'],
    [403, 'POLICY_DENIED', 'PERMISSION_DENIED'],
    [403, 'WRITES_DISABLED', 'PERMISSION_DENIED'],
    [403, 'WRITE_QUOTA_EXCEEDED', 'RATE_LIMIT_EXCEEDED'],
    [400, 'WRITE_REJECTED', 'SF_API_ERROR'],
    [409, 'REQUEST_ID_REUSED', 'SF_API_ERROR'],
    [500, 'AUDIT_UNAVAILABLE', 'SF_API_ERROR'],
    [500, 'INTERNAL', 'SF_API_ERROR'],
  ])('%i %s as %s, once and for all', async (status, cause, code) => {
    service(refusal(status, cause), success);
    const first = await shim.call('confirm_write', confirmation);
    expect(first).toMatchObject({
      error: { code, message: expect.stringContaining(`The service says ${cause}.`) as string, details: { cause, request_id: requestId } },
    });
    expect(await shim.call('confirm_write', confirmation)).toEqual(first);
    expect(writesSent()).toBe(1);
  });

  it.each([
    [400, 'INVALID_INPUT', 'Nothing was written: correct it and call update_field again.'],
    [404, 'NOT_FOUND', 'Nothing was written: check the id and call update_field again.'],
  ])('%i %s with the next step', async (status, cause, next) => {
    service(refusal(status, cause));
    expect(await shim.call('confirm_write', confirmation)).toMatchObject({ error: { message: `The service says ${cause}. ${next}` } });
  });

  it('a conflict, with the failed audit row and the next step', async () => {
    service(refusal(409, 'CONFLICT', { sf_code: null, fields: ['NextStep'], audit_id: auditId }));
    expect(await shim.call('confirm_write', confirmation)).toEqual({
      error: {
        code: 'SF_API_ERROR',
        message: 'The service says CONFLICT. Call update_field again to see the current value, and confirm the new change line.',
        details: { cause: 'CONFLICT', fields: ['NextStep'], audit_id: auditId, request_id: requestId },
      },
    });
  });

  it('a locked row, which may be confirmed again', async () => {
    service(refusal(409, 'ROW_LOCKED'), success);
    expect(await shim.call('confirm_write', confirmation)).toMatchObject({
      error: { code: 'SF_API_ERROR', details: { cause: 'ROW_LOCKED', retryable: true } },
    });
    expect(await shim.call('confirm_write', confirmation)).toMatchObject({ success: true });
    expect(writesSent()).toBe(2);
  });
});

describe('when the platform refuses, nothing was written', () => {
  it('a missing service', async () => {
    service({ status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'Could not find a match for URL' }] });
    expect(await shim.call('confirm_write', confirmation)).toMatchObject({
      error: {
        code: 'SF_API_ERROR',
        message: expect.stringContaining('Deploy force-app') as string,
        details: { cause: 'WRITE_SERVICE_MISSING' },
      },
    });
  });

  it('no access to the Apex class', async () => {
    service(fault(403, 'FORBIDDEN', 'You do not have access to the Apex class named: RevOpsWriteResource'));
    expect(await shim.call('confirm_write', confirmation)).toMatchObject({
      error: { code: 'PERMISSION_DENIED', message: expect.stringContaining('RevOps_MCP_User') as string },
    });
  });

  it('an expired token: the same confirmation holds for later', async () => {
    service(fault(401, 'INVALID_SESSION_ID', 'expired'), success);
    expect(await shim.call('confirm_write', confirmation)).toMatchObject({
      error: { code: 'AUTH_ERROR', message: expect.stringContaining('Nothing was written.') as string },
    });
    expect(await shim.call('confirm_write', confirmation)).toMatchObject({ success: true });
  });
});

describe('an answer that is lost is asked for again, with the same request id', () => {
  const lost: [string, Reply | ((body: unknown) => Reply)][] = [
    ...[400, 403, 404, 408, 429].map((status): [string, Reply] => [
      `a ${status} that is not the API's`,
      { status, body: '<html>said by a proxy</html>' },
    ]),
    ['a broken connection', 'cut'],
    ['silence', 'silence'],
    ['an answer that does not end', 'stall'],
    ['an HTML 502', { status: 502, body: '<html>Bad Gateway</html>' }],
    ['a 503', fault(503, 'SERVER_UNAVAILABLE', 'busy')],
    ['an uncaught Apex error', fault(500, 'APEX_ERROR', 'System.LimitException')],
    ['a 200 that is no outcome', ok({ hello: 'world' })],
    ['a login page', { status: 200, body: '<html>Log in</html>' }],
  ];

  /** Silence is given up after a third of this. */
  async function hurried(): Promise<void> {
    await shim.close();
    shim = await connectShim(org.url, { env: { REVOPS_TIME_LIMIT_SECONDS: '1.5' } });
    const preview = await shim.call('update_field', {
      object_type: 'Opportunity',
      object_id: opportunityId,
      field_name: 'NextStep',
      new_value: 'Sign',
      justification: 'Agreed in the weekly review',
    });
    confirmation = { change: String(preview['change']), confirmation_token: String(preview['confirmation_token']) };
  }

  it.each(lost)('after %s: what the service then replays is the answer', async (_what, reply) => {
    await hurried();
    service(reply, (body) => ok(committed(body, { replayed: true })));
    expect(await shim.call('confirm_write', confirmation)).toMatchObject({
      success: true,
      message: `Next Step was updated. Audit row ${auditId}.`,
      meta: { replayed: true },
    });
    const bodies = org.requests.filter((request) => modeOf(request) === 'commit').map(({ body }) => body);
    expect(bodies).toHaveLength(2);
    expect(bodies[1]).toEqual(bodies[0]);
    expect(shim.log).toContainEqual(expect.objectContaining({ event: 'write_repeated', attempt: 2, request_id: requestId }));
  });

  it.each<[string, Reply]>([
    ['a lock', refusal(409, 'ROW_LOCKED')],
    ['a refused session', fault(401, 'INVALID_SESSION_ID', 'expired')],
    ['a fault of the service', refusal(500, 'INTERNAL')],
    ['a refusal by the platform', fault(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded')],
    ['a service that is not there', { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'no match' }] }],
  ])('%s after a cut does not tell, and is passed over', async (_what, reply) => {
    service('cut', reply, success);
    expect(await shim.call('confirm_write', confirmation)).toMatchObject({ success: true });
    expect(writesSent()).toBe(3);
  });

  it('a refusal by the service after a cut is the outcome', async () => {
    service('cut', refusal(409, 'CONFLICT'), success);
    expect(await shim.call('confirm_write', confirmation)).toMatchObject({ error: { details: { cause: 'CONFLICT' } } });
    expect(writesSent()).toBe(2);
  });

  it('UNKNOWN_OUTCOME when the time is over, and the same token still asks', async () => {
    await hurried();
    service({ status: 502, body: '<html>Bad Gateway</html>' });
    expect(await shim.call('confirm_write', confirmation)).toMatchObject({
      error: {
        code: 'SF_API_ERROR',
        message: expect.stringContaining(`call get_audit_trail with request_id ${requestId}`) as string,
        details: { cause: 'UNKNOWN_OUTCOME', request_id: requestId, http_status: 502 },
      },
    });
    expect(writesSent()).toBeGreaterThan(2);
    service((body) => ok(committed(body, { replayed: true })));
    expect(await shim.call('confirm_write', confirmation)).toMatchObject({ success: true, meta: { replayed: true } });
    const ids = org.requests
      .filter((request) => modeOf(request) === 'commit')
      .map(({ body }) => (body as { request_id: string }).request_id);
    expect(new Set(ids)).toEqual(new Set([requestId]));
  });
});

it('posts under the namespace of a packaged install', async () => {
  const packaged = await connectShim(org.url, { env: { SFDC_AUDIT_OBJECT: 'acme__Cleanup_Audit__c' } });
  org.onPath('/services/apexrest/acme/revops/v1/status', ok(serviceStatus));
  org.onPath(
    '/services/data/v60.0/sobjects/acme__Cleanup_Audit__c/describe',
    ok({
      name: 'acme__Cleanup_Audit__c',
      label: 'x',
      keyPrefix: 'a0X',
      fields: [{ ...opportunityDescribe.fields[0], name: 'acme__Failed__c' }],
    }),
  );
  org.on((request) => {
    if (request.path !== '/services/apexrest/acme/revops/v1/writes/update_field') return undefined;
    return ok(modeOf(request) === 'preview' ? previewed(request.body) : committed(request.body));
  });
  const preview = await packaged.call('update_field', {
    object_type: 'Opportunity',
    object_id: opportunityId,
    field_name: 'NextStep',
    new_value: 'x',
    justification: 'Agreed in the weekly review',
  });
  expect(
    await packaged.call('confirm_write', { change: preview['change'], confirmation_token: preview['confirmation_token'] }),
  ).toMatchObject({ success: true });
  await packaged.close();
});

it('dry_run shows the commit, sends nothing and uses nothing up', async () => {
  service(success);
  const dry = await shim.call('confirm_write', { ...confirmation, dry_run: true });
  expect(dry).toMatchObject({
    meta: {
      dry_run: [{ method: 'POST', path: writePath, body: { request_id: requestId, mode: 'commit', expected: { NextStep: 'Call' } } }],
    },
  });
  expect(writesSent()).toBe(0);
  expect(await shim.call('confirm_write', confirmation)).toMatchObject({ success: true });
});
