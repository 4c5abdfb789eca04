import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestOrg, type Answer, type TestClient } from '../test-client.ts';

let client: TestClient;
beforeEach(async () => {
  client = await startTestOrg();
});
afterEach(() => client.started.close());

const tree = (object: string, records: unknown): Promise<Answer> =>
  client.send('POST', `/services/data/v67.0/composite/tree/${object}`, { records });
const of = (type: string, referenceId: string, values: Record<string, unknown>) => ({ attributes: { type, referenceId }, ...values });
const names = async (object: string): Promise<unknown> =>
  ((await client.query(`SELECT Name FROM ${object} ORDER BY Name`)).body as { records: { Name: string }[] }).records.map(
    ({ Name }) => Name,
  );

test('creates records and their children, strings converted, and answers an id for each', async () => {
  const { status, body } = await tree('Account', [
    of('Account', 'a1', {
      Name: 'Acme',
      AnnualRevenue: '1200',
      Contacts: { records: [of('Contact', 'c1', { LastName: 'Ito' }), of('Contact', 'c2', { LastName: 'Ada' })] },
      Opportunities: { records: [of('Opportunity', 'o1', { Name: 'Renewal', StageName: 'Commit', CloseDate: '2026-12-18' })] },
    }),
    of('Account', 'a2', { Name: 'Bolt' }),
  ]);
  expect([status, body]).toEqual([
    201,
    {
      hasErrors: false,
      results: ['a1', 'a2', 'c1', 'c2', 'o1'].map((referenceId) => ({ referenceId, id: expect.stringMatching(/^\w{18}$/) as unknown })),
    },
  ]);
  const { body: found } = await client.query('SELECT LastName, Account.Name, Account.AnnualRevenue FROM Contact ORDER BY LastName');
  expect(found).toMatchObject({ records: [{ LastName: 'Ada', Account: { Name: 'Acme', AnnualRevenue: 1200 } }, { LastName: 'Ito' }] });
});

test('one record that fails undoes all, children and earlier levels too', async () => {
  const { status, body } = await tree('Account', [
    of('Account', 'a1', { Name: 'Acme', Contacts: { records: [of('Contact', 'c1', { FirstName: 'Nobody' })] } }),
  ]);
  expect([status, body]).toEqual([
    400,
    {
      hasErrors: true,
      results: [
        {
          referenceId: 'c1',
          errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [LastName]', fields: ['LastName'] }],
        },
      ],
    },
  ]);
  expect(await names('Account')).toEqual([]);
});

test('a reference id that comes twice is refused before anything is created', async () => {
  const { status, body } = await tree('Account', [of('Account', 'a', { Name: 'Acme' }), of('Account', 'a', { Name: 'Bolt' })]);
  expect([status, body]).toMatchObject([400, { hasErrors: true, results: [{ referenceId: 'a' }] }]);
  expect(await names('Account')).toEqual([]);
});

test.each([
  ['Account', [of('Contact', 'c', { LastName: 'Ito' })], 400, 'The record c is a Contact, and Account is asked for.'],
  ['Account', [{ Name: 'Acme' }], 400, 'Each record needs attributes with a type and a referenceId.'],
  ['Account', [], 400, 'The request contains no records.'],
  ['Account', 'Acme', 400, 'The body of a tree is'],
  ['Account', [of('Account', 'a', { Name: 'Acme', Nope: 1 })], 400, "No such column 'Nope' on sobject of type Account"],
  ['Account', Array.from({ length: 201 }, (_, index) => of('Account', `a${index}`, { Name: 'Acme' })), 400, 'more than 200 records'],
  ['Nope', [of('Nope', 'a', {})], 404, 'The requested resource does not exist'],
])('%s %j: %d', async (object, records, status, message) => {
  const answer = await tree(object, records);
  expect(answer.status).toBe(status);
  expect(JSON.stringify(answer.body)).toContain(message);
});
