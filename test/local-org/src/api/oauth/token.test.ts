import { afterEach, beforeEach, expect, test } from 'vitest';
import { NOW, startTestOrg, type TestClient } from '../test-client.ts';
import { CLIENT_ID } from './grants.ts';

let client: TestClient;
let refreshToken: string;
beforeEach(async () => {
  client = await startTestOrg();
  refreshToken = client.started.tokens.find((one) => one.token === client.token)?.refreshToken ?? '';
});
afterEach(() => client.started.close());

async function post(path: string, form: Record<string, string>): Promise<{ status: number; body: Record<string, string> | null }> {
  const response = await fetch(`${client.url}/services/oauth2/${path}`, { method: 'POST', body: new URLSearchParams(form) });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : (JSON.parse(text) as Record<string, string>) };
}

const refresh = (over: Record<string, string> = {}) =>
  post('token', { grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: refreshToken, ...over });
const statusWith = async (token: string): Promise<number> =>
  (await client.get('/services/data/v67.0/limits', { Authorization: `Bearer ${token}` })).status;

test('a refresh gives a fresh access token, which is not counted as an API request', async () => {
  const { status, body } = await refresh();
  const id = `${client.url}/id/${client.started.org.id}/${client.userId}`;
  expect(status).toBe(200);
  expect(body).toEqual({
    access_token: expect.stringMatching(/^00D\w{12}![.\w]{80,}$/) as string,
    signature: expect.stringMatching(/^[\w+/]{43}=$/) as string,
    scope: 'refresh_token api id',
    instance_url: client.url,
    id,
    token_type: 'Bearer',
    issued_at: String(NOW),
  });
  expect(body?.['access_token']).not.toBe(client.token);
  expect(client.started.org.apiUsage.used).toBe(0);
  expect(await statusWith(body?.['access_token'] ?? '')).toBe(200);
});

test('an expired session is renewed as often as one likes', async () => {
  client.started.org.sessions.expire();
  expect(await statusWith(client.token)).toBe(401);
  const [first, second] = [await refresh(), await refresh()];
  expect(await statusWith(first.body?.['access_token'] ?? '')).toBe(200);
  expect(await statusWith(second.body?.['access_token'] ?? '')).toBe(200);
});

test('where refresh tokens rotate, the one that was used is void', async () => {
  await fetch(`${client.url}/local-org/oauth`, { method: 'POST', body: JSON.stringify({ rotateRefreshTokens: true }) });
  const next = (await refresh()).body?.['refresh_token'] ?? '';
  expect(next).toMatch(/^5Aep861\w{80,}$/);
  expect(await refresh()).toEqual({ status: 400, body: { error: 'invalid_grant', error_description: 'expired access/refresh token' } });
  expect((await refresh({ refresh_token: next })).status).toBe(200);
});

test.each([
  [{ grant_type: 'magic' }, 'unsupported_grant_type', 'grant type not supported'],
  [{ client_id: 'another' }, 'invalid_client_id', 'client identifier invalid'],
  [{ client_secret: 'guess' }, 'invalid_client', 'invalid client credentials'],
  [{ refresh_token: 'none' }, 'invalid_grant', 'expired access/refresh token'],
])('%j is refused', async (over, error, description) => {
  expect(await refresh(over)).toEqual({ status: 400, body: { error, error_description: description } });
});

test('a flow that the local org has not learned is refused by name', async () => {
  const { body } = await post('token', { grant_type: 'client_credentials' });
  expect(JSON.stringify(body)).toContain('Not supported by the local org: the OAuth grant client_credentials');
});

test('GET is refused: tokens do not belong into addresses', async () => {
  const response = await fetch(`${client.url}/services/oauth2/token?grant_type=refresh_token`);
  expect([response.status, await response.json()]).toEqual([400, { error: 'invalid_request', error_description: 'must use HTTP POST' }]);
});

test('a user who is deactivated gets no token', async () => {
  const mei = client.started.tokens.find((one) => one.username === 'mei.tran@larkfield.example');
  const id = client.started.org.user('mei.tran@larkfield.example').id;
  await client.send('PATCH', `/services/data/v67.0/sobjects/User/${id}`, { IsActive: false });
  expect((await refresh({ refresh_token: mei?.refreshToken ?? '' })).body?.['error']).toBe('inactive_user');
});

test('revoking a refresh token ends the access tokens that came of it; an access token goes alone', async () => {
  const fresh = (await refresh()).body?.['access_token'] ?? '';
  expect(await post('revoke', { token: fresh })).toEqual({ status: 200, body: null });
  expect([await statusWith(fresh), await statusWith(client.token)]).toEqual([401, 200]);
  expect(await post('revoke', { token: refreshToken })).toEqual({ status: 200, body: null });
  expect(await statusWith(client.token)).toBe(401);
  expect((await refresh()).body?.['error']).toBe('invalid_grant');
  expect((await post('revoke', { token: refreshToken })).body?.['error']).toBe('invalid_token');
});
