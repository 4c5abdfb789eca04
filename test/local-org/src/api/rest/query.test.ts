import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadRecord } from '../../../data/load-records.ts';
import { startTestOrg, type Answer, type TestClient } from '../test-client.ts';

let client: TestClient;
let acme: string;
let bolt: string;
let renewal: string;
beforeAll(async () => {
  client = await startTestOrg();
  acme = await client.create('Account', { Name: 'Acme', AnnualRevenue: 1_200_000 });
  bolt = await client.create('Account', { Name: 'Bolt' });
  renewal = await client.create('Opportunity', {
    Name: 'Renewal',
    AccountId: acme,
    StageName: 'Commit',
    CloseDate: '2026-12-18',
    Amount: 1000.5,
  });
  await client.create('Opportunity', { Name: 'Add-on', StageName: 'Prospecting', CloseDate: '2027-01-31' });
});
afterAll(() => client.started.close());

const accountUrl = (id: string): string => `/services/data/v67.0/sobjects/Account/${id}`;

test('records carry attributes, fields under canonical names in select order, and nested parents', async () => {
  const { status, body } = await client.query(
    "SELECT name, account.owner.name, AMOUNT, CreatedDate, CloseDate, Account.Name FROM Opportunity WHERE Name = 'Renewal'",
  );
  expect(status).toBe(200);
  expect(JSON.stringify(body)).toBe(
    JSON.stringify({
      totalSize: 1,
      done: true,
      records: [
        {
          attributes: { type: 'Opportunity', url: `/services/data/v67.0/sobjects/Opportunity/${renewal}` },
          Name: 'Renewal',
          Account: {
            attributes: { type: 'Account', url: accountUrl(acme) },
            Owner: { attributes: { type: 'User', url: `/services/data/v67.0/sobjects/User/${client.userId}` }, Name: 'Sam Okafor' },
            Name: 'Acme',
          },
          Amount: 1000.5,
          CreatedDate: '2026-11-21T09:04:30.000+0000',
          CloseDate: '2026-12-18',
        },
      ],
    }),
  );
});

test('an Id that was not selected is not shown', async () => {
  const { body } = await client.query("SELECT FIELDS(CUSTOM) FROM Account WHERE Name = 'Acme' LIMIT 1");
  expect(body).toEqual({ totalSize: 1, done: true, records: [{ attributes: { type: 'Account', url: accountUrl(acme) } }] });
});

test('an empty reference is a null parent', async () => {
  const { body } = await client.query("SELECT Id, Account.Name FROM Opportunity WHERE Name = 'Add-on'");
  expect(body).toMatchObject({ records: [{ Account: null }] });
});

test('children are a result of their own, or null where there are none', async () => {
  const { body } = await client.query('SELECT Name, (SELECT Name FROM Opportunities) FROM Account ORDER BY Name');
  expect(body).toEqual({
    totalSize: 2,
    done: true,
    records: [
      {
        attributes: { type: 'Account', url: accountUrl(acme) },
        Name: 'Acme',
        Opportunities: {
          totalSize: 1,
          done: true,
          records: [{ attributes: { type: 'Opportunity', url: `/services/data/v67.0/sobjects/Opportunity/${renewal}` }, Name: 'Renewal' }],
        },
      },
      { attributes: { type: 'Account', url: accountUrl(bolt) }, Name: 'Bolt', Opportunities: null },
    ],
  });
});

test('COUNT() answers a size and no records', async () => {
  expect((await client.query('SELECT COUNT() FROM Account')).body).toEqual({ totalSize: 2, done: true, records: [] });
});

test('groups are AggregateResults under their aliases, picklists sorted as their values are listed', async () => {
  const { body } = await client.query(
    'SELECT StageName, COUNT(Id), SUM(Amount) total, MAX(CreatedDate) FROM Opportunity GROUP BY StageName ORDER BY StageName',
  );
  const latest = '2026-11-21T09:04:30.000+0000';
  expect(body).toEqual({
    totalSize: 2,
    done: true,
    records: [
      { attributes: { type: 'AggregateResult' }, StageName: 'Prospecting', expr0: 1, total: null, expr1: latest },
      { attributes: { type: 'AggregateResult' }, StageName: 'Commit', expr0: 1, total: 1000.5, expr1: latest },
    ],
  });
});

describe('more than a batch', () => {
  const LEADS = 2001;
  const inBatches = { 'Sforce-Query-Options': 'batchSize=200' };
  beforeAll(() => {
    const { store, schema } = client.started.org;
    store.transaction(() => {
      for (let index = 0; index < LEADS; index += 1) {
        const values = { LastName: `Lead ${String(index).padStart(4, '0')}`, Company: 'Bulk', Status: 'Open - Not Contacted' };
        loadRecord(store, schema, 'Lead', values, { createdAt: 0, changedAt: 0, by: client.userId });
      }
    });
  });
  const page = async (limit: number, headers?: Record<string, string>): Promise<Page> =>
    (await client.query(`SELECT LastName FROM Lead ORDER BY LastName LIMIT ${limit}`, headers)).body as Page;

  test('goes on under a locator until it is done', async () => {
    const first = await page(450, inBatches);
    expect({ ...first, records: first.records.length }).toEqual({
      totalSize: 450,
      done: false,
      nextRecordsUrl: expect.stringMatching(/^\/services\/data\/v67\.0\/query\/01g\w{15}-200$/) as unknown,
      records: 200,
    });
    const second = (await client.get(first.nextRecordsUrl ?? '')).body as Page;
    expect([second.done, second.totalSize, second.records.at(-1)?.LastName]).toEqual([false, 450, 'Lead 0399']);
    const third = (await client.get(second.nextRecordsUrl ?? '')).body as Page;
    expect([third.done, third.totalSize, third.records.length, third.nextRecordsUrl]).toEqual([true, 450, 50, undefined]);
  });

  test('a result that fills its last batch is done with it', async () => {
    const only = await page(200, inBatches);
    expect([only.done, only.records.length, only.nextRecordsUrl]).toEqual([true, 200, undefined]);
    const first = await page(400, inBatches);
    const second = (await client.get(first.nextRecordsUrl ?? '')).body as Page;
    expect([second.done, second.records.length, second.nextRecordsUrl]).toEqual([true, 200, undefined]);
  });

  test('a batch has 2,000 records unless told otherwise', async () => {
    const first = await page(LEADS);
    expect([first.totalSize, first.done, first.records.length]).toEqual([2001, false, 2000]);
  });

  test('a locator is good for its own user only, and only where it leads', async () => {
    const { nextRecordsUrl = '' } = await page(450, inBatches);
    const other = client.started.tokens.find((one) => one.token !== client.token)?.token ?? '';
    const invalid = { status: 400, body: [{ message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' }] };
    expect(await client.get(nextRecordsUrl, { Authorization: `Bearer ${other}` })).toMatchObject(invalid);
    expect(await client.get(nextRecordsUrl.replace('-200', '-450'))).toMatchObject(invalid);
    expect(await client.get(nextRecordsUrl.replace('-200', ''))).toMatchObject(invalid);
  });

  test('groups cannot be read in batches', async () => {
    const grouped = (limit: number): Promise<Answer> => client.query(`SELECT LastName FROM Lead GROUP BY LastName LIMIT ${limit}`);
    expect((await grouped(2000)).status).toBe(200);
    expect(await grouped(2001)).toMatchObject({ status: 400, body: [{ errorCode: 'EXCEEDED_ID_LIMIT' }] });
  });
});

interface Page {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: readonly { readonly LastName: string }[];
}

test.each([
  ['', 400, 'MALFORMED_QUERY'],
  ['SELECT FROM Account', 400, 'MALFORMED_QUERY'],
  ['SELECT Nonsense__c FROM Account', 400, 'INVALID_FIELD'],
  ['SELECT Id FROM Nonsense__c', 400, 'INVALID_TYPE'],
  ['SELECT Id FROM Account WITH USER_MODE', 400, 'MALFORMED_QUERY'],
  ['SELECT Id FROM Account FOR UPDATE', 400, 'MALFORMED_QUERY'],
])('%s → %i %s', async (soql, status, errorCode) => {
  const answer = await client.query(soql);
  expect(answer).toMatchObject({ status, body: [{ errorCode, message: expect.stringMatching(/\S/) as unknown }] });
});

test.each([
  ['batchSize=100', 400],
  ['batchSize=2001', 400],
  ['something=1', 501],
])('Sforce-Query-Options: %s → %i', async (value, status) => {
  expect((await client.query('SELECT Id FROM Account', { 'Sforce-Query-Options': value })).status).toBe(status);
});
