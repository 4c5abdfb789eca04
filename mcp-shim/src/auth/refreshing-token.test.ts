import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ScriptedOrg, fault, ok } from '../testing/scripted-org.ts';
import type { Reply } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

let org: ScriptedOrg;
let shim: ShimClient;
/** The one access token that the org takes. */
let valid: string;

const tokenPath = '/services/oauth2/token';
const soql = { soql: 'SELECT COUNT() FROM Account' };

beforeEach(async () => {
  org = await ScriptedOrg.start();
  valid = 'token-of-the-test';
  org.on(({ path, headers }) => {
    if (path === tokenPath) return undefined;
    if (headers.authorization === `Bearer ${valid}`) return ok({ totalSize: 7, done: true, records: [] });
    return fault(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  });
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

async function connect(env: NodeJS.ProcessEnv = {}): Promise<void> {
  shim = await connectShim(org.url, { env: { SFDC_REFRESH_TOKEN: 'refresh-1', SFDC_CLIENT_ID: 'key', ...env } });
}

/** The login server: answers in turn; the last reply stays. */
function login(...replies: Reply[]): void {
  let turn = 0;
  org.on(({ path }) => (path === tokenPath ? replies[Math.min(turn++, replies.length - 1)] : undefined));
}

function refreshes(): unknown[] {
  return org.requests.filter(({ path }) => path === tokenPath).map(({ body }) => body);
}

it('an expired token is renewed once and the call goes on [revops-026, revops-037, revops-038]', async () => {
  await connect();
  valid = 'second';
  login(ok({ access_token: 'second', instance_url: org.url, token_type: 'Bearer' }));
  expect(await shim.call('query', soql)).toMatchObject({ rows: [[7]] });
  expect(await shim.call('query', soql)).toMatchObject({ rows: [[7]] });
  expect(org.wire).toEqual([
    'GET /services/data/v60.0/query',
    `POST ${tokenPath}`,
    'GET /services/data/v60.0/query',
    'GET /services/data/v60.0/query',
  ]);
  expect(refreshes()).toEqual([{ grant_type: 'refresh_token', client_id: 'key', refresh_token: 'refresh-1' }]);
  expect(JSON.stringify(shim.log)).not.toMatch(/second|refresh-1/);
});

it('without an access token the first call fetches one; a secret goes along where there is one', async () => {
  await connect({ SFDC_ACCESS_TOKEN: '', SFDC_CLIENT_SECRET: 'sec' });
  login(ok({ access_token: valid }));
  expect(await shim.call('query', soql)).toMatchObject({ rows: [[7]] });
  expect(refreshes()).toEqual([{ grant_type: 'refresh_token', client_id: 'key', refresh_token: 'refresh-1', client_secret: 'sec' }]);
});

it('calls at the same time share one refresh', async () => {
  await connect();
  valid = 'second';
  login(ok({ access_token: 'second' }));
  const answers = await Promise.all([1, 2, 3].map(() => shim.call('query', soql)));
  expect(answers).toMatchObject([{ rows: [[7]] }, { rows: [[7]] }, { rows: [[7]] }]);
  expect(refreshes()).toHaveLength(1);
});

it('a rotated refresh token replaces the one that was sent', async () => {
  await connect();
  valid = 'second';
  login(ok({ access_token: 'second', refresh_token: 'refresh-2' }), ok({ access_token: 'third' }));
  await shim.call('query', soql);
  valid = 'third';
  expect(await shim.call('query', soql)).toMatchObject({ rows: [[7]] });
  expect(refreshes()).toMatchObject([{ refresh_token: 'refresh-1' }, { refresh_token: 'refresh-2' }]);
});

it('a token that is refused for good takes three requests', async () => {
  await connect();
  valid = 'none';
  login(ok({ access_token: 'second' }));
  expect(await shim.call('pipeline_by_stage')).toMatchObject({ error: { code: 'AUTH_ERROR' } });
  expect(org.requests).toHaveLength(3);
});

describe('says what to do when the login server', () => {
  it.each<[string, Reply, string, string]>([
    [
      'refuses the refresh token',
      { status: 400, body: { error: 'invalid_grant', error_description: 'expired access/refresh token refresh-1' } },
      'REFRESH_REFUSED',
      'sign in again, set SFDC_REFRESH_TOKEN',
    ],
    ['does not know the app', { status: 400, body: { error: 'invalid_client_id' } }, 'REFRESH_REFUSED', 'Check SFDC_CLIENT_ID'],
    ['answers with a page', { status: 200, body: '<html>' }, 'REFRESH_REFUSED', 'Check SFDC_LOGIN_URL'],
    [
      'sends elsewhere',
      { status: 302, body: '', headers: { location: 'http://evil.example/' } },
      'REFRESH_REFUSED',
      'Check SFDC_LOGIN_URL',
    ],
    ['is down', { status: 503, body: '<html>' }, 'LOGIN_UNAVAILABLE', 'Call again in a minute'],
    ['breaks off', 'cut', 'LOGIN_UNREACHABLE', 'Check SFDC_LOGIN_URL and the network'],
  ])('%s', async (_what, reply, cause, advice) => {
    await connect();
    valid = 'second';
    login(reply);
    const answer = await shim.call('query', soql);
    expect(answer).toMatchObject({
      error: { code: 'AUTH_ERROR', message: expect.stringContaining(advice) as string, details: { cause } },
    });
    expect(JSON.stringify(answer)).not.toContain('refresh-1');
    expect(refreshes()).toHaveLength(1);
    expect(org.requests).toHaveLength(2);
  });
});

it('a call that ends while the login server is silent says so', async () => {
  await connect();
  await shim.close();
  shim = await connectShim(org.url, { env: { SFDC_REFRESH_TOKEN: 'refresh-1', SFDC_CLIENT_ID: 'key' }, timeLimitMs: 100 });
  valid = 'second';
  login('silence');
  expect(await shim.call('query', soql)).toMatchObject({ error: { code: 'AUTH_ERROR', details: { cause: 'LOGIN_UNREACHABLE' } } });
  expect(refreshes()).toHaveLength(1);
});
