import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestOrg, type TestClient } from '../test-client.ts';

let client: TestClient;
beforeAll(async () => {
  client = await startTestOrg();
});
afterAll(() => client.started.close());

test('names the user and the organisation of the token', async () => {
  const { status, body } = await client.get('/services/oauth2/userinfo');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    user_id: client.userId,
    organization_id: client.started.org.id,
    preferred_username: 'sam.okafor@larkfield.example',
    name: 'Sam Okafor',
    email: 'sam.okafor@larkfield.example',
    zoneinfo: 'America/New_York',
    active: true,
    user_type: 'STANDARD',
  });
});

test('a bad token is one word of plain text', async () => {
  const response = await fetch(`${client.url}/services/oauth2/userinfo`, { headers: { Authorization: 'Bearer x' } });
  expect([response.status, await response.text()]).toEqual([403, 'Bad_OAuth_Token']);
});

test('a user who is deactivated has no session any more', async () => {
  const other = client.started.tokens.find((one) => one.username === 'mei.tran@larkfield.example');
  const headers = { Authorization: `Bearer ${other?.token ?? ''}` };
  expect((await client.get('/services/data/v67.0/limits', headers)).status).toBe(200);
  const id = client.started.org.user('mei.tran@larkfield.example').id;
  expect((await client.send('PATCH', `/services/data/v67.0/sobjects/User/${id}`, { IsActive: false })).status).toBe(204);
  expect((await client.get('/services/data/v67.0/limits', headers)).status).toBe(401);
});
