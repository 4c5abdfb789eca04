import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestOrg, type TestClient } from '../test-client.ts';

let client: TestClient;
beforeAll(async () => {
  client = await startTestOrg();
});
afterAll(() => client.started.close());

const INVALID_SESSION = [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];
const NOT_FOUND = [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }];

test('the version list needs no token and is not counted', async () => {
  const used = client.started.org.apiUsage.used;
  const response = await fetch(`${client.url}/services/data/`);
  expect(response.status).toBe(200);
  expect(response.headers.get('sforce-limit-info')).toBeNull();
  expect(((await response.json()) as unknown[]).at(-1)).toEqual({ label: "Summer '26", url: '/services/data/v67.0', version: '67.0' });
  expect(client.started.org.apiUsage.used).toBe(used);
});

test('the resources of a version', async () => {
  expect((await client.get('/services/data/v60.0')).body).toEqual({
    sobjects: '/services/data/v60.0/sobjects',
    query: '/services/data/v60.0/query',
    composite: '/services/data/v60.0/composite',
    limits: '/services/data/v60.0/limits',
  });
});

test('an instance URL with a trailing slash works', async () => {
  expect((await client.get('//services/data/v67.0/')).status).toBe(200);
});

test.each([
  ['no header', {}],
  ['an unknown token', { Authorization: 'Bearer 00D000000000001!AQE' }],
  ['an empty token', { Authorization: 'Bearer ' }],
])('%s is an invalid session', async (_name, headers) => {
  const response = await fetch(`${client.url}/services/data/v67.0/limits`, { headers });
  expect(response.status).toBe(401);
  expect(await response.json()).toEqual(INVALID_SESSION);
});

test('a good token under another scheme is no session', async () => {
  const response = await fetch(`${client.url}/services/data/v67.0/limits`, { headers: { Authorization: `Basic ${client.token}` } });
  expect(response.status).toBe(401);
});

test('every answer reports the API usage, and each request counts one', async () => {
  client.started.org.apiUsage.used = 17;
  const { headers } = await client.get('/services/data/v67.0/limits');
  expect(headers.get('sforce-limit-info')).toBe('api-usage=18/15000');
  const { body, headers: second } = await client.get('/services/data/v67.0/limits');
  expect(body).toEqual({ DailyApiRequests: { Max: 15_000, Remaining: 14_981 } });
  expect(second.get('sforce-limit-info')).toBe('api-usage=19/15000');
});

test('past the allocation requests are refused, without being counted', async () => {
  const { apiUsage } = client.started.org;
  apiUsage.used = apiUsage.max;
  const { status, body, headers } = await client.get('/services/data/v67.0/limits');
  apiUsage.used = 0;
  expect({ status, body }).toEqual({
    status: 403,
    body: [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
  });
  expect(headers.get('sforce-limit-info')).toBe('api-usage=15000/15000');
});

test.each([
  '/services/data/v68.0/limits',
  '/services/data/v67/limits',
  '/services/data/v67.0/nonsense',
  '/services/data/v67.0/sobjects/Nonsense__c',
  '/elsewhere',
])('%s does not exist', async (path) => {
  expect(await client.get(path)).toMatchObject({ status: 404, body: NOT_FOUND });
});

test('a retired version is gone', async () => {
  expect((await client.get('/services/data/v30.0/limits')).status).toBe(410);
});

test('a method that the resource lacks is named with those it has', async () => {
  expect(await client.send('PUT', '/services/data/v67.0/query', {})).toMatchObject({
    status: 405,
    body: [{ message: "HTTP Method 'PUT' not allowed. Allowed are HEAD,GET", errorCode: 'METHOD_NOT_ALLOWED' }],
  });
});

test.each([
  ['/services/data/v67.0/tooling/search?q=x', 'the Tooling API resource GET search'],
  ['/services/data/v67.0/queryAll?q=x', 'the REST resource /queryAll'],
  ['/services/data/v67.0/composite/sobjects', 'the REST resource /composite/sobjects'],
  ['/services/data/v67.0/sobjects/Account/describe/layouts', 'the REST resource /sobjects/Account/describe/layouts'],
  ['/services/data/v67.0/query?q=x&explain=y', 'the query parameter explain of GET /query'],
  ['/services/oauth2/introspect', 'the resource /services/oauth2/introspect'],
  ['/id/00D000000SET001EAA/005000000SET001AAA', 'the resource /id/'],
])('%s is refused, not ignored', async (path, construct) => {
  expect(await client.get(path)).toMatchObject({
    status: 501,
    body: [
      {
        message: expect.stringContaining(`Not supported by the local org: ${construct}`) as unknown,
        errorCode: 'NOT_SUPPORTED_BY_LOCAL_ORG',
      },
    ],
  });
});

test.each([
  ['If-Modified-Since', 'Sat, 21 Nov 2026 09:00:00 GMT'],
  ['Sforce-Call-Options', 'client=x, defaultNamespace=y'],
  ['Accept', 'application/xml'],
])('the header %s is refused where it would change the answer', async (name, value) => {
  expect((await client.get('/services/data/v67.0/sobjects/Account', { [name]: value })).status).toBe(501);
});

test('a URI beyond 16,384 bytes is refused', async () => {
  expect((await client.query(`SELECT Id FROM Account WHERE Name = '${'a'.repeat(16_400)}'`)).status).toBe(414);
});

test('a body beyond 6 MB is refused', async () => {
  expect((await client.send('POST', '/services/data/v67.0/sobjects/Account', { Name: 'a'.repeat(6_000_001) })).status).toBe(413);
});

test('HEAD answers as GET without the body', async () => {
  const response = await fetch(`${client.url}/services/data/v67.0/limits`, {
    method: 'HEAD',
    headers: { Authorization: `Bearer ${client.token}` },
  });
  expect([response.status, await response.text()]).toEqual([200, '']);
});
