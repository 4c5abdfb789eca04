import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestOrg, type TestClient } from '../api/test-client.ts';

let client: TestClient;
beforeEach(async () => {
  client = await startTestOrg();
});
afterEach(() => client.started.close());

const ACCOUNTS = '/services/data/v67.0/sobjects/Account';
const count = async (): Promise<unknown> => ((await client.query('SELECT COUNT() FROM Account')).body as { totalSize: number }).totalSize;
const addFault = (body: unknown): Promise<Response> =>
  fetch(`${client.url}/local-org/faults`, { method: 'POST', body: JSON.stringify(body) });

test('a status answers instead, with the body as given; the org never sees the request', async () => {
  client.started.org.faults.add({
    method: 'POST',
    path: `${ACCOUNTS}*`,
    effect: { kind: 'status', status: 502, body: '<html><h1>Bad Gateway</h1></html>' },
  });
  const { status, body, headers } = await client.send('POST', ACCOUNTS, { Name: 'A' });
  expect([status, body, headers.get('content-type'), headers.get('sforce-limit-info')]).toEqual([
    502,
    '<html><h1>Bad Gateway</h1></html>',
    'text/html;charset=UTF-8',
    null,
  ]);
  expect(await count()).toBe(0);
  expect((await client.send('POST', ACCOUNTS, { Name: 'A' })).status).toBe(201);
});

test('a status after the commit withholds the answer, not the record', async () => {
  const body = [{ message: 'server unavailable', errorCode: 'SERVER_UNAVAILABLE' }];
  client.started.org.faults.add({
    path: ACCOUNTS,
    when: 'after',
    effect: { kind: 'status', status: 503, body: JSON.stringify(body), headers: { 'Retry-After': '1' } },
  });
  const answer = await client.send('POST', ACCOUNTS, { Name: 'A' });
  expect(answer).toMatchObject({ status: 503, body });
  expect(answer.headers.get('retry-after')).toBe('1');
  expect(await count()).toBe(1);
});

test('a connection cut before leaves nothing, one cut after leaves the record', async () => {
  client.started.org.faults.add({ path: ACCOUNTS, effect: { kind: 'cut' } });
  await expect(client.send('POST', ACCOUNTS, { Name: 'A' })).rejects.toThrow('fetch failed');
  expect(await count()).toBe(0);
  client.started.org.faults.add({ path: ACCOUNTS, when: 'after', effect: { kind: 'cut' } });
  await expect(client.send('POST', ACCOUNTS, { Name: 'A' })).rejects.toThrow('fetch failed');
  expect(await count()).toBe(1);
});

test('a silent org answers neither before nor after; others are served meanwhile, and closing ends it', async () => {
  const { faults } = client.started.org;
  faults.add({ path: ACCOUNTS, when: 'after', effect: { kind: 'silent' } });
  const waiting = client.send('POST', ACCOUNTS, { Name: 'A' }).then(
    () => 'answered',
    () => 'cut',
  );
  while (faults.list().length > 0) await new Promise((resolve) => setImmediate(resolve));
  expect(await count()).toBe(1);
  await client.started.close();
  expect(await waiting).toBe('cut');
  client = await startTestOrg();
});

test('a delay only delays', async () => {
  client.started.org.faults.add({ path: ACCOUNTS, effect: { kind: 'delay', milliseconds: 1 } });
  expect((await client.send('POST', ACCOUNTS, { Name: 'A' })).status).toBe(201);
});

test('another process adds, lists and clears faults over HTTP; they are not met or counted there', async () => {
  const fault = { method: 'GET', path: '*', times: 2, effect: { kind: 'status', status: 401 } };
  const added = await addFault(fault);
  expect([added.status, await added.json()]).toEqual([201, { id: 1 }]);
  expect((await client.query('SELECT Id FROM Account')).status).toBe(401);
  const listed = await fetch(`${client.url}/local-org/faults`);
  expect(await listed.json()).toEqual([{ id: 1, hits: 1, fault }]);
  expect((await fetch(`${client.url}/local-org/faults`, { method: 'DELETE' })).status).toBe(204);
  expect((await client.query('SELECT Id FROM Account')).status).toBe(200);
});

test.each([{}, { path: '*' }, { path: '*', effect: { kind: 'explode' } }, { path: '*', effect: { kind: 'cut' }, twice: true }, 'nonsense'])(
  'the fault %j is refused with a reason',
  async (body) => {
    const answer = await addFault(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: expect.stringMatching(/\w/) as unknown });
  },
);

test('sessions can be expired over HTTP', async () => {
  const expire = (body: unknown): Promise<Response> =>
    fetch(`${client.url}/local-org/sessions/expire`, { method: 'POST', body: JSON.stringify(body) });
  expect(await (await expire({ username: 'sam.okafor@larkfield.example' })).json()).toEqual({ expired: 1 });
  expect((await client.query('SELECT Id FROM Account')).status).toBe(401);
  expect((await expire({ user: 'x' })).status).toBe(400);
});

test('an outage is over after as many requests as it was given; a refused session stays refused', async () => {
  const { faults } = client.started.org;
  const body = JSON.stringify([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
  faults.add({ path: '/services/data/*', effect: { kind: 'status', status: 503 } });
  expect([(await client.query('SELECT Id FROM Account')).status, (await client.query('SELECT Id FROM Account')).status]).toEqual([
    503, 200,
  ]);
  faults.add({ path: '/services/data/*', times: 1_000, effect: { kind: 'status', status: 401, body } });
  for (let request = 0; request < 3; request++) expect((await client.query('SELECT Id FROM Account')).status).toBe(401);
  expect(faults.list()[0]?.hits).toBe(3);
});

test('another process sets how much of the API allocation is used', async () => {
  const set = (usage: unknown) => fetch(`${client.url}/local-org/api-usage`, { method: 'POST', body: JSON.stringify(usage) });
  expect(await (await set({ used: 12_000 })).json()).toEqual({ used: 12_000, max: 15_000 });
  expect((await client.query('SELECT Id FROM Account')).headers.get('sforce-limit-info')).toBe('api-usage=12001/15000');
  await set({ used: 100, max: 100 });
  const refused = await client.query('SELECT Id FROM Account');
  expect([refused.status, refused.body]).toEqual([
    403,
    [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
  ]);
  expect(refused.headers.get('sforce-limit-info')).toBe('api-usage=100/100');
  expect((await set({ used: 16_000, max: 15_000 })).status).toBe(400);
});
