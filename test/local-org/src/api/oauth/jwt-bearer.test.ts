import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NOW, startTestOrg, type TestClient } from '../test-client.ts';
import { CLIENT_ID } from './grants.ts';
import { JWT_BEARER } from './jwt-bearer.ts';

const app = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
let client: TestClient;
beforeAll(async () => {
  client = await startTestOrg();
  const certificate = app.publicKey.export({ type: 'spki', format: 'pem' });
  const set = await fetch(`${client.url}/local-org/oauth`, { method: 'POST', body: JSON.stringify({ certificate }) });
  expect(set.status).toBe(204);
});
afterAll(() => client.started.close());

const claims = (over: Record<string, unknown> = {}) => ({
  iss: CLIENT_ID,
  sub: 'dana.whitfield@larkfield.example',
  aud: `${client.url}/`,
  exp: Math.floor(NOW / 1000) + 180,
  ...over,
});
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
function assertion(over: Record<string, unknown> = {}, key = app.privateKey, alg = 'RS256'): string {
  const signed = `${part({ alg })}.${part(claims(over))}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}
async function post(text: string): Promise<{ status: number; body: Record<string, string> }> {
  const form = new URLSearchParams({ grant_type: JWT_BEARER, assertion: text });
  const response = await fetch(`${client.url}/services/oauth2/token`, { method: 'POST', body: form });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

test('an assertion that the app signed gives a session of its subject, and no refresh token', async () => {
  const { status, body } = await post(assertion());
  expect([status, Object.keys(body)]).toEqual([200, ['access_token', 'scope', 'instance_url', 'id', 'token_type']]);
  const { body: who } = await client.get('/services/oauth2/userinfo', { Authorization: `Bearer ${body['access_token'] ?? ''}` });
  expect(who).toMatchObject({ preferred_username: 'dana.whitfield@larkfield.example' });
});

test.each([
  ['signed by somebody else', () => assertion({}, stranger.privateKey), 'invalid_grant', 'invalid assertion'],
  ['another algorithm', () => assertion({}, app.privateKey, 'none'), 'invalid_grant', 'invalid assertion'],
  ['changed after it was signed', () => assertion().replace(/\.[^.]+\./, `.${part(claims({ sub: 'sam.okafor@larkfield.example' }))}.`), 'invalid_grant', 'invalid assertion'],
  ['no assertion', () => 'x', 'invalid_grant', 'invalid assertion'],
  ['another app', () => assertion({ iss: 'other' }), 'invalid_client_id', 'client identifier invalid'],
  ['another audience', () => assertion({ aud: 'https://example.com' }), 'invalid_grant', 'audience is invalid'],
  ['expired', () => assertion({ exp: Math.floor(NOW / 1000) - 1 }), 'invalid_grant', 'assertion expired'],
  ['no such user', () => assertion({ sub: 'nobody@larkfield.example' }), 'inactive_user', 'user is inactive'],
])('%s: refused', async (_name, text, error, description) => {
  expect(await post(text())).toEqual({ status: 400, body: { error, error_description: description } });
}); // prettier-ignore

test('what is no certificate is not taken', async () => {
  const set = await fetch(`${client.url}/local-org/oauth`, { method: 'POST', body: JSON.stringify({ certificate: 'x' }) });
  expect([set.status, await set.json()]).toEqual([400, { error: 'certificate is not a PEM certificate or public key' }]);
});
