// @module-tag faults
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from '../local-org/src/faults/fault.ts';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { preview, refusalOf } from './support/calls.ts';
import type { PreviewedChange } from './support/calls.ts';
import { change, createDeal } from './support/sample-deal.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** What goes wrong between the shim and the org, and what is in the org afterwards. */
let org: TestOrg;
let shim: ShimClient;
let dealId: string;
let confirm: PreviewedChange;
let requestId: string;
beforeAll(async () => {
  org = await startTestOrg();
});
beforeEach(async () => {
  // A server each: what it knows of the org, and whether it got through, is its own.
  shim = await org.connect({ REVOPS_TIME_LIMIT_SECONDS: '5' });
  ({ dealId } = await createDeal(org));
  ({ confirm, requestId } = await preview(shim, change(dealId, 'NextStep', 'Sign')));
  org.wire.take();
});
afterEach(() => org.faults.clear());
afterAll(() => org.close());

const SERVICE = '/services/apexrest/revops/v1/writes/update_field';
const html = '<html><head><title>Down for Maintenance</title></head><body>internal host na77.sfdc.net</body></html>';
const expired = JSON.stringify([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);

const nextStep = async (): Promise<unknown> =>
  (await org.rest.query(`SELECT NextStep FROM Opportunity WHERE Id = '${dealId}'`))[0]?.['NextStep'];
const auditRows = (): Promise<unknown> => org.auditRows('Request_Id__c, New_Value__c, Changed__c, Failed__c', dealId);
const writesSent = (): number => org.wire.take().filter(({ target }) => target === SERVICE).length;
const committedOnce = async (): Promise<void> => {
  expect(await nextStep()).toBe('Sign');
  expect(await auditRows()).toEqual([{ Request_Id__c: requestId, New_Value__c: 'Sign', Changed__c: true, Failed__c: false }]);
};
const nothingWritten = async (): Promise<void> => {
  expect(await nextStep()).toBe('Call the buyer');
  expect(await auditRows()).toEqual([]);
};

describe('a commit whose answer is lost is sent again with its request id: one change, one row', () => {
  test.each<[what: string, fault: Pick<Fault, 'when' | 'effect' | 'times'>, committedAtFirst: boolean]>([
    ['the connection is cut after it committed', { when: 'after', effect: { kind: 'cut' } }, true],
    ['the connection is cut before it arrived', { when: 'before', effect: { kind: 'cut' } }, false],
    ['it is cut twice, after it committed', { when: 'after', times: 2, effect: { kind: 'cut' } }, true],
    ['silence after it committed', { when: 'after', effect: { kind: 'silent' } }, true],
    ['silence before it ran', { when: 'before', effect: { kind: 'silent' } }, false],
    ['an HTML 502 after it committed', { when: 'after', effect: { kind: 'status', status: 502, body: html } }, true],
    ['an HTML 502 before it arrived', { when: 'before', effect: { kind: 'status', status: 502, body: html } }, false],
  ])('%s', async (_what, fault, committedAtFirst) => {
    org.faults.add({ method: 'POST', path: SERVICE, ...fault });
    const answer = await shim.call('confirm_write', confirm);
    expect(answer).toMatchObject({ status: 'committed', changes: [{ field: 'NextStep', old: 'Call the buyer', new: 'Sign' }] });
    expect(answer['meta']).toEqual(committedAtFirst ? { replayed: true } : undefined);
    expect(writesSent()).toBe((fault.times ?? 1) + 1);
    await committedOnce();
  });

  test('cut after it committed, and then the record is locked and the service fails: what it replays in the end is the answer', async () => {
    org.faults.add({ method: 'POST', path: SERVICE, when: 'after', effect: { kind: 'cut' } });
    for (const [skip, status, code] of [
      [1, 409, 'ROW_LOCKED'],
      [2, 500, 'INTERNAL'],
    ] as const) {
      const body = JSON.stringify({ request_id: requestId, error: { code, message: 'Not now.', details: {} } });
      org.faults.add({ method: 'POST', path: SERVICE, skip, effect: { kind: 'status', status, body } });
    }
    expect(await shim.call('confirm_write', confirm)).toMatchObject({ status: 'committed', meta: { replayed: true } });
    await committedOnce();
  });

  test('the session ends in the middle: the token is renewed and the same request sent', async () => {
    shim = await org.connect({ SFDC_ACCESS_TOKEN: '', REVOPS_TIME_LIMIT_SECONDS: '5', ...org.renewable });
    ({ confirm, requestId } = await preview(shim, change(dealId, 'NextStep', 'Sign')));
    org.faults.add({ method: 'POST', path: SERVICE, when: 'after', effect: { kind: 'cut' } });
    org.faults.add({ method: 'POST', path: SERVICE, skip: 1, effect: { kind: 'status', status: 401, body: expired } });
    expect(await shim.call('confirm_write', confirm)).toMatchObject({ status: 'committed', meta: { replayed: true } });
    await committedOnce();
  });

  test('the session is refused at every try: the token is renewed once for all of them', async () => {
    shim = await org.connect({ SFDC_ACCESS_TOKEN: '', REVOPS_TIME_LIMIT_SECONDS: '3', ...org.renewable });
    ({ confirm, requestId } = await preview(shim, change(dealId, 'NextStep', 'Sign')));
    org.wire.take();
    org.faults.add({ method: 'POST', path: SERVICE, when: 'after', effect: { kind: 'cut' } });
    org.faults.add({ path: SERVICE, skip: 1, times: 99, effect: { kind: 'status', status: 401, body: expired } });
    expect(await refusalOf(shim, 'confirm_write', confirm)).toMatchObject({ details: { cause: 'UNKNOWN_OUTCOME' } });
    const sent = org.wire.take().map(({ target }) => target);
    expect(sent.filter((target) => target === '/services/oauth2/token')).toHaveLength(1);
    expect(sent.filter((target) => target === SERVICE).length).toBeGreaterThan(3);
  });

  test.each([true, false])(
    'never an answer, committed: %s: UNKNOWN_OUTCOME; get_audit_trail and the same token tell',
    async (committed) => {
      org.faults.add({ method: 'POST', path: SERVICE, times: 99, when: committed ? 'after' : 'before', effect: { kind: 'cut' } });
      const refusal = await refusalOf(shim, 'confirm_write', confirm);
      org.faults.clear();
      expect(refusal).toMatchObject({ code: 'SF_API_ERROR', details: { cause: 'UNKNOWN_OUTCOME', request_id: requestId } });
      expect(refusal.message).toMatch(
        new RegExp(`^Salesforce closed the connection.* call get_audit_trail with request_id ${requestId}: `),
      );
      expect(await shim.call('get_audit_trail', { request_id: requestId })).toMatchObject({ total_count: committed ? 1 : 0 });
      await (committed ? committedOnce() : nothingWritten());
      expect(await shim.call('confirm_write', confirm)).toMatchObject({ status: 'committed' });
      await committedOnce();
    },
  );
});

describe('a commit whose outcome is unknown is asked for under the same token', () => {
  beforeEach(async () => {
    shim = await org.connect({ REVOPS_TIME_LIMIT_SECONDS: '3' });
    ({ confirm, requestId } = await preview(shim, change(dealId, 'NextStep', 'Sign')));
    shim.clock.now += 9 * 60_000;
    org.faults.add({ method: 'POST', path: SERVICE, times: 99, when: 'after', effect: { kind: 'cut' } });
    expect(await refusalOf(shim, 'confirm_write', confirm)).toMatchObject({ details: { cause: 'UNKNOWN_OUTCOME' } });
    org.faults.clear();
  });

  test('also after the ten minutes are over, and after another preview', async () => {
    shim.clock.now += 2 * 60_000;
    await preview(shim, change(dealId, 'NextStep', 'Wait'));
    expect(await shim.call('confirm_write', confirm)).toMatchObject({ status: 'committed', meta: { replayed: true } });
    await committedOnce();
  });

  test.each<[what: string, status: number, body: unknown]>([
    ['a refused session', 401, [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]],
    ['a limit', 403, [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }]],
    ['a lock', 409, { error: { code: 'ROW_LOCKED', message: 'Not now.', details: {} } }],
  ])('%s says nothing about the first try', async (_what, status, body) => {
    org.faults.add({ path: SERVICE, effect: { kind: 'status', status, body: JSON.stringify(body) } });
    expect(await shim.call('confirm_write', confirm)).toMatchObject({ status: 'committed', meta: { replayed: true } });
    await committedOnce();
  });
});

test('no row yet is no outcome: what is still under way is carried out later, and the error says so', async () => {
  const direct = await org.connect({ REVOPS_CONFIRMATION: 'host', REVOPS_TIME_LIMIT_SECONDS: '2' });
  await direct.call('query', { soql: 'SELECT Id FROM Case LIMIT 1' });
  org.faults.add({ path: '/services/apexrest/revops/v1/writes/create_case', times: 99, effect: { kind: 'delay', milliseconds: 4_000 } });
  const refusal = await refusalOf(direct, 'create_case', { subject: `Slow ${dealId}`, description: 'Slow' });
  org.faults.clear();
  const { request_id } = refusal.details;
  expect(refusal).toMatchObject({
    message: expect.stringContaining(
      'a row that has not failed means that it was made; no such row, that it was not, or that it is still under way: ask again later, for 10 minutes at most.',
    ) as unknown,
    details: { cause: 'UNKNOWN_OUTCOME' },
  });
  expect(await direct.call('get_audit_trail', { request_id })).toMatchObject({ total_count: 0 });
  const cases = (): Promise<unknown[]> => org.rest.query(`SELECT Id FROM Case WHERE Subject = 'Slow ${dealId}'`);
  await expect.poll(cases, { timeout: 10_000 }).toHaveLength(1);
  const { audit_rows } = await direct.call('get_audit_trail', { request_id });
  expect(audit_rows).toMatchObject([{ failed: false }, { failed: false }, { failed: false }]);
});

describe('a commit that never reached the service may be confirmed again', () => {
  test('nobody listens', async () => {
    await org.wire.close();
    expect(await refusalOf(shim, 'confirm_write', confirm)).toEqual({
      code: 'SF_API_ERROR',
      message: 'Salesforce cannot be reached (ECONNREFUSED). Check SFDC_INSTANCE_URL and the network.',
      details: { cause: 'UNREACHABLE', retryable: true },
    });
    await nothingWritten();
    await org.wire.open();
    expect(await shim.call('confirm_write', confirm)).toMatchObject({ status: 'committed' });
    await committedOnce();
  });

  test('the session was refused at the door', async () => {
    org.faults.add({ path: SERVICE, effect: { kind: 'status', status: 401, body: expired } });
    expect(await refusalOf(shim, 'confirm_write', confirm)).toMatchObject({
      code: 'AUTH_ERROR',
      message: expect.stringMatching(/Put a fresh one into SFDC_ACCESS_TOKEN and restart the server\. Nothing was written\.$/) as unknown,
    });
    await nothingWritten();
    expect(await shim.call('confirm_write', confirm)).toMatchObject({ status: 'committed' });
    await committedOnce();
  });
});

describe('a commit that was refused for a reason that passes: nothing was written, and the token is still good', () => {
  test.each([
    ['all API requests of the day', 403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 'RATE_LIMIT_EXCEEDED'],
    ['too many long requests at once', 403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.', 'RATE_LIMIT_EXCEEDED'],
    ['no access to the service yet', 403, 'FORBIDDEN', 'You do not have access to the Apex class.', 'PERMISSION_DENIED'],
    ['the service is not there yet', 404, 'NOT_FOUND', 'Could not find a match for URL', 'SF_API_ERROR'],
  ])('%s', async (_what, status, errorCode, message, code) => {
    org.faults.add({ path: SERVICE, effect: { kind: 'status', status, body: JSON.stringify([{ message, errorCode }]) } });
    const refusal = await refusalOf(shim, 'confirm_write', confirm);
    expect(refusal).toMatchObject({ code, details: { request_id: requestId } });
    expect(refusal.message).toMatch(/[Nn]othing was written\./);
    await nothingWritten();
    expect(await shim.call('confirm_write', confirm)).toMatchObject({ status: 'committed' });
    await committedOnce();
  });
});

describe('reads', () => {
  const soql = `SELECT Name FROM Account WHERE Name = 'Nobody' LIMIT 1`;
  const reads = (): [tool: string, args: Record<string, unknown>][] => [
    ['query', { soql }],
    ['update_field', change(dealId, 'NextStep', 'Wait')],
  ];

  test('a dead org', async () => {
    await org.wire.close();
    shim = await org.connect();
    const refusals = await Promise.all(reads().map(([tool, args]) => refusalOf(shim, tool, args)));
    const report = await shim.call('check_connection');
    await org.wire.open();
    for (const refusal of refusals) {
      expect(refusal).toEqual({
        code: 'SF_API_ERROR',
        message: 'Salesforce cannot be reached (ECONNREFUSED). Check SFDC_INSTANCE_URL and the network.',
        details: { cause: 'UNREACHABLE', retryable: true },
      });
    }
    expect(report).toMatchObject({ ok: false, problems: [{ check: 'user', code: 'SF_API_ERROR', message: refusals[0]?.message }] });
    await nothingWritten();
  });

  test('a silent org', async () => {
    org.faults.add({ path: '/services/*', times: 99, effect: { kind: 'silent' } });
    const calls: [tool: string, args: Record<string, unknown>][] = [...reads(), ['check_connection', {}]];
    for (const refusal of await Promise.all(calls.map(([tool, args]) => refusalOf(shim, tool, args)))) {
      expect(refusal).toMatchObject({ code: 'SF_API_ERROR', details: { cause: 'TIMEOUT', retryable: true } });
      expect(refusal.message).toMatch(/Ask for less, try again later, or raise REVOPS_TIME_LIMIT_SECONDS\.$/);
    }
    org.faults.clear();
    await nothingWritten();
  });

  test('an HTML 502 three times is an error without the page; twice is overcome', async () => {
    shim = await org.connect();
    org.faults.add({ path: '/services/data/*', times: 3, effect: { kind: 'status', status: 502, body: html } });
    expect(await refusalOf(shim, 'query', { soql })).toEqual({
      code: 'SF_API_ERROR',
      message: 'Salesforce answered HTTP 502 without an API error. Try again in a few minutes; see status.salesforce.com.',
      details: { http_status: 502, retryable: true },
    });
    org.wire.take();
    org.faults.add({ path: '/services/data/*', times: 2, effect: { kind: 'status', status: 502, body: html } });
    expect(await shim.call('query', { soql })).toMatchObject({ returned: 0 });
    expect(org.wire.take()).toHaveLength(3);
  });

  test('a connection that is cut is tried again', async () => {
    shim = await org.connect();
    org.faults.add({ path: '/services/data/*', effect: { kind: 'cut' } });
    expect(await shim.call('query', { soql })).toMatchObject({ returned: 0 });
    expect(org.wire.take()).toHaveLength(2);
  });

  test('a login page in place of an answer', async () => {
    org.faults.add({ path: '/services/data/*', effect: { kind: 'status', status: 200, body: html } });
    const refusal = await refusalOf(shim, 'query', { soql });
    expect(refusal).toMatchObject({ code: 'SF_API_ERROR', details: { cause: 'UNEXPECTED_RESPONSE' } });
    expect(refusal.message).toMatch(/Check that SFDC_INSTANCE_URL is the org itself and no proxy or login page\.$/);
    expect(JSON.stringify(refusal)).not.toContain('na77');
  });

  test('a redirect is not followed', async () => {
    org.faults.add({
      path: '/services/data/*',
      effect: { kind: 'status', status: 302, headers: { Location: 'https://elsewhere.example/login' } },
    });
    const refusal = await refusalOf(shim, 'query', { soql });
    expect(refusal).toEqual({
      code: 'SF_API_ERROR',
      message:
        'Salesforce answered 302, pointing to elsewhere.example. Set SFDC_INSTANCE_URL to the address the org answers at itself, its My Domain URL.',
      details: { cause: 'REDIRECT_REFUSED', retryable: false },
    });
  });

  test('the org has used up its API requests', async () => {
    const body = JSON.stringify([{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }]);
    org.faults.add({ path: '/services/data/*', effect: { kind: 'status', status: 403, body } });
    expect(await refusalOf(shim, 'query', { soql })).toMatchObject({
      code: 'RATE_LIMIT_EXCEEDED',
      details: { sf_code: 'REQUEST_LIMIT_EXCEEDED' },
    });
    expect(org.wire.take()).toHaveLength(1);
  });
});

// Last in the file: the token does not come back.
test('an expired token: every tool says so and what to do, and nothing is written', async () => {
  org.expireToken();
  const message =
    'Salesforce did not accept the access token: it has expired or was revoked. Put a fresh one into SFDC_ACCESS_TOKEN and restart the server.';
  for (const [tool, args] of [
    ['query', { soql: 'SELECT Id FROM Account LIMIT 1' }],
    ['update_field', change(dealId, 'NextStep', 'Wait')],
  ] as const) {
    expect(await refusalOf(shim, tool, args)).toMatchObject({ code: 'AUTH_ERROR', message: expect.stringContaining(message) as unknown });
  }
  expect(await refusalOf(shim, 'confirm_write', confirm)).toMatchObject({ code: 'AUTH_ERROR', message: `${message} Nothing was written.` });
  const report = await shim.call('check_connection');
  expect(report).toMatchObject({ ok: false, problems: [{ check: 'user', code: 'AUTH_ERROR', message }] });
  expect(report).not.toHaveProperty('org');
  await nothingWritten();
  // The log never shows the token.
  expect(JSON.stringify(shim.log)).not.toContain(org.token);
});
