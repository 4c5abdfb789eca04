import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestOrg, type TestClient } from '../test-client.ts';

let client: TestClient;
let acme: string;
beforeAll(async () => {
  client = await startTestOrg();
  acme = await client.create('Account', { Name: 'Acme' });
  await client.create('Opportunity', { Name: 'Renewal', AccountId: acme, StageName: 'Commit', CloseDate: '2026-12-18' });
});
afterAll(() => client.started.close());

const base = '/services/data/v67.0';
const get = (referenceId: string, url: string): object => ({ method: 'GET', url, referenceId });
const query = (referenceId: string, soql: string): object => get(referenceId, `${base}/query?q=${encodeURIComponent(soql)}`);
const composite = (compositeRequest: unknown, more: object = {}): ReturnType<TestClient['send']> =>
  client.send('POST', `${base}/composite`, { ...more, compositeRequest });
const statuses = (body: unknown): number[] =>
  (body as { compositeResponse: { httpStatusCode: number }[] }).compositeResponse.map((one) => one.httpStatusCode);
const HALTED = [
  { message: 'The transaction was rolled back since another operation in the same transaction failed.', errorCode: 'PROCESSING_HALTED' },
];

test('answers each subrequest in order; a later one uses what an earlier one answered; the whole counts as one call', async () => {
  const used = client.started.org.apiUsage.used;
  const { status, body } = await composite([
    query('account', "SELECT Id FROM Account WHERE Name = 'Acme'"),
    get('name', `${base}/sobjects/Account/@{account.records[0].Id}?fields=Name`),
    get('bad', `${base}/sobjects/Nope__c/describe`),
  ]);
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      compositeResponse: [
        {
          body: {
            totalSize: 1,
            done: true,
            records: [{ attributes: { type: 'Account', url: `${base}/sobjects/Account/${acme}` }, Id: acme }],
          },
          httpHeaders: {},
          httpStatusCode: 200,
          referenceId: 'account',
        },
        {
          body: { attributes: { type: 'Account', url: `${base}/sobjects/Account/${acme}` }, Name: 'Acme', Id: acme },
          httpHeaders: {},
          httpStatusCode: 200,
          referenceId: 'name',
        },
        {
          body: [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }],
          httpHeaders: {},
          httpStatusCode: 404,
          referenceId: 'bad',
        },
      ],
    },
  });
  expect(client.started.org.apiUsage.used).toBe(used + 1);
});

test('allOrNone halts the rest and takes back the ones before', async () => {
  const { body } = await composite(
    [query('a', 'SELECT Id FROM Account'), query('b', 'SELECT Nope__c FROM Account'), query('c', 'SELECT Id FROM Account')],
    { allOrNone: true },
  );
  expect(statuses(body)).toEqual([400, 400, 400]);
  expect(body).toMatchObject({ compositeResponse: [{ body: HALTED }, { body: [{ errorCode: 'INVALID_FIELD' }] }, { body: HALTED }] });
});

test('what comes after a failure under allOrNone is not even tried', async () => {
  const bad = query('b', 'SELECT Nope__c FROM Account');
  const { body } = await composite([bad, { ...bad, referenceId: 'c' }], { allOrNone: true });
  expect(body).toMatchObject({ compositeResponse: [{ body: [{ errorCode: 'INVALID_FIELD' }] }, { body: HALTED }] });
});

test('a reference to nothing fails that subrequest only', async () => {
  const { body } = await composite([get('a', `${base}/sobjects/Account/@{nobody.id}`), query('b', 'SELECT Id FROM Account')]);
  expect(statuses(body)).toEqual([400, 200]);
  expect(body).toMatchObject({ compositeResponse: [{ body: [{ errorCode: 'PROCESSING_HALTED' }] }, {}] });
});

test('a 26th subrequest and a sixth query are refused whole', async () => {
  const many = Array.from({ length: 26 }, (_, index) => get(`r${index}`, `${base}/sobjects/Account`));
  expect(await composite(many)).toMatchObject({
    status: 400,
    body: {
      compositeResponse: [
        {
          body: [{ errorCode: 'LIMIT_EXCEEDED', message: 'The request can’t contain more than 25 operations.' }],
          httpStatusCode: 400,
          referenceId: null,
        },
      ],
    },
  });
  expect(statuses((await composite(many.slice(0, 25))).body)).toEqual(Array(25).fill(200));
  const queries = Array.from({ length: 6 }, (_, index) => query(`q${index}`, 'SELECT Id FROM Account'));
  expect(await composite(queries)).toMatchObject({
    status: 400,
    body: { compositeResponse: [{ body: [{ errorCode: 'LIMIT_EXCEEDED' }] }] },
  });
  expect(statuses((await composite(queries.slice(0, 5))).body)).toEqual(Array(5).fill(200));
});

test.each([
  ['/limits', 400],
  ['', 400],
  ['/composite', 405],
])('%j cannot stand in a composite request', async (path, status) => {
  expect(statuses((await composite([get('a', base + path)])).body)).toEqual([status]);
});

test('Apex REST and foreign URLs cannot either', async () => {
  expect(
    statuses(
      (await composite([get('a', '/services/apexrest/x'), get('b', 'https://elsewhere.example/services/data/v67.0/sobjects')])).body,
    ),
  ).toEqual([400, 400]);
});

test('a subrequest that writes is refused, not ignored', async () => {
  const { body } = await composite([{ method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'a', body: { Name: 'Sneaked in' } }]);
  expect(statuses(body)).toEqual([501]);
  expect((await client.query("SELECT COUNT() FROM Account WHERE Name = 'Sneaked in'")).body).toMatchObject({ totalSize: 0 });
});

test.each([
  [{ compositeRequest: [{ method: 'GET', url: `${base}/limits` }] }, 'JSON_PARSER_ERROR'],
  [{ compositeRequest: [{ method: 'GET', url: base, referenceId: '1x' }] }, 'JSON_PARSER_ERROR'],
  [{ compositeRequest: [], graphs: [] }, 'JSON_PARSER_ERROR'],
  [{ compositeRequest: [get('a', base), get('a', base)] }, 'INVALID_INPUT'],
  [{}, 'JSON_PARSER_ERROR'],
])('%j is refused whole', async (body, errorCode) => {
  expect(await client.send('POST', `${base}/composite`, body)).toMatchObject({ status: 400, body: [{ errorCode }] });
});
