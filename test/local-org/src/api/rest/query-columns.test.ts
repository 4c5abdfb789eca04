import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestOrg, type TestClient } from '../test-client.ts';

let client: TestClient;
beforeAll(async () => {
  client = await startTestOrg();
});
afterAll(() => client.started.close());

interface Column {
  columnName: string;
  displayName: string;
  aggregate: boolean;
  joinColumns: Column[];
}

const columns = async (soql: string) =>
  (await client.get(`/services/data/v67.0/query?q=${encodeURIComponent(soql)}&columns=true`)).body as {
    columnMetadata: Column[];
    entityName: string;
    idSelected: boolean;
    groupBy: boolean;
    keyPrefix: string;
  };
const shape = (list: Column[]): unknown =>
  list.map(({ columnName, aggregate, joinColumns }) => [
    columnName,
    ...(aggregate ? ['aggregate'] : []),
    ...(joinColumns.length > 0 ? [shape(joinColumns)] : []),
  ]);

test('a field is described, under its canonical name', async () => {
  expect(await columns('SELECT id, amount FROM Opportunity LIMIT 1')).toEqual({
    columnMetadata: [
      expect.objectContaining({ columnName: 'Id', apexType: 'Id', insertable: false, joinColumns: [] }) as unknown,
      {
        aggregate: false,
        apexType: 'Double',
        booleanType: false,
        columnName: 'Amount',
        custom: false,
        displayName: 'Amount',
        foreignKeyName: null,
        insertable: true,
        joinColumns: [],
        numberType: true,
        textType: false,
        updatable: true,
      },
    ],
    entityName: 'Opportunity',
    groupBy: false,
    idSelected: true,
    keyPrefix: '006',
  });
});

test.each([
  ['SELECT Account.Owner.Name, Name FROM Opportunity', [['Account', [['Owner', [['Name']]]]], ['Name']]],
  ['SELECT Owner.Name, Owner.Type, o.Subject FROM Case o', [['Owner', [['Name'], ['Type']]], ['Subject']]],
  ['SELECT Name, (SELECT FirstName, LastName FROM Contacts) FROM Account', [['Name'], ['Contacts', 'aggregate', [['FirstName'], ['LastName']]]]],
  ['SELECT StageName, COUNT(Id), SUM(Amount) total FROM Opportunity GROUP BY StageName', [['StageName'], ['expr0', 'aggregate'], ['total', 'aggregate']]],
  ['SELECT COUNT() FROM Account', []],
])('%s', async (soql, expected) => {
  expect(shape((await columns(soql)).columnMetadata)).toEqual(expected);
}); // prettier-ignore

test('what a query may not name is refused as without columns', async () => {
  expect(await columns('SELECT Nope FROM Account')).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
});

test('another value than true is refused by name', async () => {
  const { status, body } = await client.get('/services/data/v67.0/query?q=SELECT+Id+FROM+Account&columns=false');
  expect([status, JSON.stringify(body)]).toEqual([501, expect.stringContaining('GET /query with columns=false')]);
});
