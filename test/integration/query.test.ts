import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { withNames } from './support/named-ids.ts';
import type { SeenRequest } from './support/wire.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

let org: TestOrg;
let shim: ShimClient;
const names: Record<string, string> = {};
/** Conditions: the records of this suite, and not those of others in the same org. */
let accounts: string;
let contacts: string;
let ofAccounts: string;
const idIn = (...ids: string[]): string => `Id IN (${ids.map((id) => `'${id}'`).join(', ')})`;
beforeAll(async () => {
  org = await startTestOrg();
  shim = await org.connect();
  const acme = await org.rest.create('Account', { Name: org.own('Acme'), Industry: 'Banking', NumberOfEmployees: 40 });
  const globex = await org.rest.create('Account', { Name: org.own("Globex O'Neil"), AnnualRevenue: 5_000_000 });
  const lee = await org.rest.create('Contact', { FirstName: 'Ann', LastName: org.own('Lee'), AccountId: acme, Email: 'ann@example.com' });
  const orphan = await org.rest.create('Contact', { LastName: org.own('Nowhere') });
  const deals = [
    await org.rest.create('Opportunity', {
      Name: 'Renewal',
      AccountId: acme,
      StageName: 'Commit',
      CloseDate: '2026-12-18',
      Amount: 100.25,
      NextStep: 'Sign',
    }),
    await org.rest.create('Opportunity', { Name: 'Upsell', AccountId: acme, StageName: 'Qualification', CloseDate: '2026-11-21' }),
    await org.rest.create('Opportunity', { Name: 'New logo', AccountId: globex, StageName: 'Commit', CloseDate: '2027-01-01', Amount: 50 }),
  ];
  accounts = idIn(acme, globex);
  contacts = idIn(lee, orphan);
  ofAccounts = accounts.replace('Id', 'AccountId');
  Object.assign(names, { [acme]: 'Acme', [globex]: 'Globex', [lee]: 'Lee', [orphan]: 'Nowhere' });
  deals.forEach((id, index) => (names[id] = ['Renewal', 'Upsell', 'New logo'][index] ?? ''));
});
beforeEach(() => void org.wire.take());
afterAll(() => org.close());

const query = async (soql: string): Promise<unknown> => withNames(org.plain(await shim.call('query', { soql })), names);
const sent = (): string[] => org.wire.take().flatMap(queriesOf);

/** The SOQL that a request carries, a composite's too. */
function queriesOf({ target, body }: SeenRequest): string[] {
  if (!target.endsWith('/composite')) return [new URL(target, 'http://org').searchParams.get('q') ?? ''];
  const { compositeRequest } = JSON.parse(body) as { compositeRequest: { url: string }[] };
  return compositeRequest.map(({ url }) => new URL(url, 'http://org').searchParams.get('q') ?? '');
}

describe('rows', () => {
  test('columns in the order of the query, in the spelling of the org; a query with its own LIMIT goes as it is', async () => {
    const soql = `select id, name, amount, closedate, isclosed, account.name, nextstep from opportunity where name != 'Upsell' and ${ofAccounts} order by closedate limit 10`;
    expect(await query(soql)).toEqual({
      columns: ['Id', 'Name', 'Amount', 'CloseDate', 'IsClosed', 'Account.Name', 'NextStep'],
      rows: [
        ['<Renewal>', 'Renewal', 100.25, '2026-12-18', false, 'Acme', 'Sign'],
        ['<New logo>', 'New logo', 50, '2027-01-01', false, "Globex O'Neil", null],
      ],
      returned: 2,
      truncated: false,
    });
    expect(sent()).toEqual([soql]);
  });

  test('LIMIT 200 where there is none, and the true count in the same request', async () => {
    expect(await query(`SELECT Name FROM Account WHERE ${accounts} ORDER BY Name`)).toEqual({
      columns: ['Name'],
      rows: [['Acme'], ["Globex O'Neil"]],
      returned: 2,
      truncated: false,
      total_size: 2,
    });
    expect(sent()).toEqual([
      `SELECT Name FROM Account WHERE ${accounts} ORDER BY Name LIMIT 200`,
      `SELECT COUNT() FROM Account WHERE ${accounts}`,
    ]);
  });

  test('parents without a record are null; so is a parent of a parent', async () => {
    expect(await query(`SELECT Name, Account.Name, Account.Owner.Username FROM Contact WHERE ${contacts} ORDER BY Name LIMIT 5`)).toEqual({
      columns: ['Name', 'Account.Name', 'Account.Owner.Username'],
      rows: [
        ['Ann Lee', 'Acme', org.isTarget ? org.facts.username : 'sam.okafor@larkfield.example'],
        ['Nowhere', null, null],
      ],
      returned: 2,
      truncated: false,
    });
  });

  test('children are arrays of records, and null where there are none', async () => {
    const soql = `SELECT Name, (SELECT Id, Name, Amount FROM Opportunities ORDER BY Name), (SELECT LastName FROM Contacts) FROM Account WHERE ${accounts} ORDER BY Name LIMIT 2`;
    expect(await query(soql)).toEqual({
      columns: ['Name', 'Opportunities', 'Contacts'],
      rows: [
        [
          'Acme',
          [
            { Id: '<Renewal>', Name: 'Renewal', Amount: 100.25 },
            { Id: '<Upsell>', Name: 'Upsell', Amount: null },
          ],
          [{ LastName: 'Lee' }],
        ],
        ["Globex O'Neil", [{ Id: '<New logo>', Name: 'New logo', Amount: 50 }], null],
      ],
      returned: 2,
      truncated: false,
    });
    expect(sent()).toEqual([
      `SELECT Name, (SELECT Id, Name, Amount FROM Opportunities ORDER BY Name LIMIT 200), (SELECT LastName FROM Contacts LIMIT 200) FROM Account WHERE ${accounts} ORDER BY Name LIMIT 2`,
    ]);
  });

  test('dates and moments: literals, ranges, and the value as ISO 8601', { tags: 'clock' }, async () => {
    expect(await query('SELECT Name FROM Opportunity WHERE CloseDate = TODAY LIMIT 5')).toMatchObject({ rows: [['Upsell']] });
    expect(await query('SELECT Name FROM Opportunity WHERE CloseDate = THIS_QUARTER ORDER BY CloseDate LIMIT 5')).toMatchObject({
      rows: [['Upsell'], ['Renewal']],
    });
    expect(await query('SELECT Name FROM Opportunity WHERE CloseDate > 2026-12-18 LIMIT 5')).toMatchObject({ rows: [['New logo']] });
    expect(
      await query("SELECT CreatedDate FROM Account WHERE Name = 'Acme' AND CreatedDate >= 2026-11-21T09:00:00Z LIMIT 5"),
    ).toMatchObject({
      rows: [['2026-11-21T09:00:00.000+0000']],
    });
  });

  test('text is matched without case, and a quote in it is text', async () => {
    expect(await query(`SELECT Id FROM Account WHERE Name LIKE '%o\\'neil%' AND ${accounts} LIMIT 5`)).toMatchObject({
      rows: [['<Globex>']],
    });
    expect(await query("SELECT Id FROM Account WHERE Name = 'update; DELETE FROM Account' LIMIT 5")).toMatchObject({ rows: [] });
  });

  test('semi-joins, and no rows', async () => {
    expect(await query(`SELECT Name FROM Account WHERE Id IN (SELECT AccountId FROM Contact) AND ${accounts} LIMIT 5`)).toMatchObject({
      rows: [['Acme']],
    });
    expect(await query(`SELECT Id, Owner.Name FROM Account WHERE Name = 'Nobody' AND ${accounts}`)).toEqual({
      columns: ['Id', 'Owner.Name'],
      rows: [],
      returned: 0,
      truncated: false,
      total_size: 0,
    });
  });

  test('WITH SECURITY_ENFORCED is taken out, and said [revops-035]', async () => {
    expect(await query(`SELECT Name FROM Account WHERE Industry = 'Banking' AND ${accounts} WITH SECURITY_ENFORCED LIMIT 5`)).toEqual({
      columns: ['Name'],
      rows: [['Acme']],
      returned: 1,
      truncated: false,
      meta: {
        notes: ['WITH SECURITY_ENFORCED and WITH USER_MODE exist in Apex only and were left out; REST enforces your access without them.'],
      },
    });
    expect(sent()).toEqual([`SELECT Name FROM Account WHERE Industry = 'Banking' AND ${accounts} LIMIT 5`]);
  });
});

describe('aggregates', () => {
  test('COUNT() is a count, and gets no LIMIT', async () => {
    expect(await query(`SELECT COUNT() FROM Opportunity WHERE ${ofAccounts}`)).toEqual({
      columns: ['count'],
      rows: [[3]],
      returned: 1,
      truncated: false,
    });
    expect(sent()).toEqual([`SELECT COUNT() FROM Opportunity WHERE ${ofAccounts}`]);
  });

  test('without GROUP BY: one row, with and without an alias', async () => {
    expect(await query(`SELECT SUM(Amount) total, MIN(CloseDate), COUNT(Amount) FROM Opportunity WHERE ${ofAccounts}`)).toEqual({
      columns: ['total', 'MIN(CloseDate)', 'COUNT(Amount)'],
      rows: [[150.25, '2026-11-21', 2]],
      returned: 1,
      truncated: false,
    });
  });

  test('grouped, by a parent too; picklists sort in the order of the org', async () => {
    expect(
      await query(
        `SELECT Account.Name, StageName, COUNT(Id) deals, SUM(Amount) FROM Opportunity WHERE ${ofAccounts} GROUP BY Account.Name, StageName ORDER BY Account.Name, StageName`,
      ),
    ).toEqual({
      columns: ['Account.Name', 'StageName', 'deals', 'SUM(Amount)'],
      rows: [
        ['Acme', 'Qualification', 1, null],
        ['Acme', 'Commit', 1, 100.25],
        ["Globex O'Neil", 'Commit', 1, 50],
      ],
      returned: 3,
      truncated: false,
    });
  });
});

describe('many rows', { tags: 'whole-org' }, () => {
  beforeAll(async () => {
    await Promise.all(
      Array.from({ length: 205 }, (_, index) =>
        org.rest.create('Lead', { LastName: `Lead ${String(index).padStart(3, '0')}`, Company: 'Bulk' }),
      ),
    );
  });
  const more = 'More rows match than are returned. Narrow WHERE, aggregate with GROUP BY, or page with ORDER BY and OFFSET (up to 2,000).';

  test('200 come back, the true total is said, and how to go on [revops-023, revops-034]', async () => {
    const result = await shim.call('query', { soql: 'SELECT LastName FROM Lead ORDER BY LastName' });
    expect(result).toMatchObject({ returned: 200, truncated: true, total_size: 205, meta: { notes: [more] } });
    expect(result['rows']).toHaveLength(200);
    expect(await query('SELECT LastName FROM Lead ORDER BY LastName OFFSET 200')).toMatchObject({
      rows: [['Lead 200'], ['Lead 201'], ['Lead 202'], ['Lead 203'], ['Lead 204']],
      truncated: false,
    });
  });

  test('a LIMIT above 200 is lowered, and said; one of 200 or less is kept', async () => {
    expect(await shim.call('query', { soql: 'SELECT Id FROM Lead LIMIT 5000' })).toMatchObject({
      returned: 200,
      truncated: true,
      total_size: 205,
      meta: { notes: ['LIMIT 5000 was lowered to 200.', more] },
    });
    org.wire.take();
    expect(await shim.call('query', { soql: 'SELECT Id FROM Lead LIMIT 3' })).toMatchObject({ returned: 3, truncated: false });
    expect(sent()).toEqual(['SELECT Id FROM Lead LIMIT 3']);
  });

  test('long cells are cut, and what a person cannot see is taken out', async () => {
    const id = await org.rest.create('Account', { Name: 'Zero\u200bwidth', Description: 'x'.repeat(1500) });
    expect(await shim.call('query', { soql: `SELECT Name, Description FROM Account WHERE Id = '${id}' LIMIT 1` })).toMatchObject({
      rows: [['Zerowidth', `${'x'.repeat(1000)}… [+500 chars]`]],
    });
  });
});
