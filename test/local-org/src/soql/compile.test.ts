import { describe, expect, it } from 'vitest';
import { compileQuery } from './compile.ts';
import { parseSoql } from './parse.ts';
import { ACME, org, rows } from './query-rows.ts';

describe('SELECT', () => {
  it.each<[string, unknown]>([
    ["SELECT Name, Industry FROM Account WHERE Name = 'Acme'", [{ Name: 'Acme', Industry: 'Tech' }]],
    ["select NAME from ACCOUNT where name = 'ACME'", ['Acme']],
    ["SELECT a.Name FROM Account a WHERE a.Industry = 'Tech' AND a.Name LIKE 'A%'", ['Acme']],
    ["SELECT Account.Name FROM Account WHERE Account.Name = 'Acme'", ['Acme']],
    ["SELECT Account.Owner.Name FROM Opportunity WHERE Name = 'Three'", [{ Account: { Owner: { Name: 'bob' } } }]],
    ["SELECT Name, Account.Name FROM Opportunity WHERE Name = 'Four'", [{ Name: 'Four', Account: null }]],
    ["SELECT Owner.Manager.Email FROM Account WHERE Name = 'Old_Co'", [{ Owner: { Manager: { Email: 'ann@example.com' } } }]],
    [
      'SELECT What.Name, What.Type, Who.Name FROM Task ORDER BY Subject DESC',
      [
        { What: { Name: 'Acme', Type: 'Account' }, Who: null },
        { What: null, Who: null },
        { What: { Name: 'One', Type: 'Opportunity' }, Who: { Name: 'Cy Young' } },
      ],
    ],
    ["SELECT Amount FROM Opportunity WHERE Name IN ('One', 'Two') ORDER BY Amount", [0.3, 10.01]],
    ["SELECT IsClosed FROM Opportunity WHERE Name = 'Three'", [true]],
    ["SELECT Reach__c FROM Opportunity WHERE Name = 'Three'", ['bob@example.com']],
    ["SELECT Reach__c FROM Opportunity WHERE Name = 'Four'", ['Four']],
    ["SELECT Account.Unsorted__c FROM Opportunity WHERE Name = 'Three'", [{ Account: { Unsorted__c: false } }]],
    [
      'SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account ORDER BY Name LIMIT 2',
      [
        { Name: 'Acme', Contacts: [{ LastName: 'Adams' }, { LastName: 'Young' }] },
        { Name: 'beta 100%', Contacts: [] },
      ],
    ],
    [
      "SELECT Name, (SELECT Name, Owner.Name FROM Opportunities WHERE Amount > 0 ORDER BY CloseDate DESC LIMIT 1) FROM Account WHERE Name != 'Old_Co' ORDER BY Name",
      [
        { Name: 'Acme', Opportunities: [{ Name: 'Two', Owner: { Name: 'bob' } }] },
        { Name: 'beta 100%', Opportunities: [{ Name: 'Three', Owner: { Name: 'bob' } }] },
      ],
    ],
    [
      "SELECT (SELECT Reach__c FROM Opportunities WHERE Name = 'One') FROM Account WHERE Name = 'Acme'",
      [{ Opportunities: [{ Reach__c: 'ann@example.com' }] }],
    ],
    ['SELECT COUNT() FROM Account', 3],
    ['SELECT COUNT() FROM Account LIMIT 2', 2],
    ['SELECT COUNT() FROM Account ALL ROWS', 4],
    ["SELECT Name FROM Account WHERE Name = 'Binned'", []],
    ['SELECT Name FROM Account WHERE IsDeleted = true ALL ROWS', ['Binned']],
    ["SELECT Name FROM Account WHERE Id = '001000000000001' FOR UPDATE", ['Acme']],
  ])('%s', (soql, expected) => {
    expect(rows(soql)).toEqual(expected);
  });

  it('carries Id where it was not named, and says so', () => {
    const result = compileQuery(parseSoql("SELECT Name FROM Account WHERE Name = 'Acme'"), org.schema, 'rest').run(org.transaction, []);
    const record = result.kind === 'records' ? result.records[0] : undefined;
    expect(record?.values.get('Id')).toBe(ACME);
    expect(record?.idSelected).toBe(false);
  });

  it('selects the sets of FIELDS()', () => {
    expect(rows("SELECT FIELDS(CUSTOM) FROM Account WHERE Name = 'Acme' LIMIT 1", {}, 'rest')).toEqual([
      { Tags__c: 'red;blue', Unsorted__c: false, Key__c: 'abc' },
    ]);
    const fields = (set: string): string[] => {
      const result = compileQuery(parseSoql(`SELECT FIELDS(${set}) FROM Opportunity LIMIT 1`), org.schema, 'rest').run(org.transaction, []);
      return result.kind === 'records' ? [...(result.records[0]?.values.keys() ?? [])] : [];
    };
    expect(fields('STANDARD')).toContain('StageName');
    expect(fields('STANDARD')).not.toContain('Reach__c');
    expect(fields('ALL')).toEqual([...fields('STANDARD'), 'Reach__c']);
  });

  it('shows what a polymorphic reference leads to as a Name, and knows its object', () => {
    const result = compileQuery(parseSoql("SELECT What.Name FROM Task WHERE Subject = 'call'"), org.schema, 'rest').run(
      org.transaction,
      [],
    );
    const what = result.kind === 'records' ? result.records[0]?.parents.get('What') : undefined;
    expect([what?.object.name, what?.target.name]).toEqual(['Name', 'Opportunity']);
  });

  it('names every field that any clause reads', () => {
    const compiled = compileQuery(parseSoql("SELECT Name FROM Contact WHERE Account.Industry = 'x' ORDER BY LastName"), org.schema, 'rest');
    const read = [...compiled.accessed].map(([object, fields]) => `${object.name}: ${[...fields].map((field) => field.name).join(', ')}`);
    expect(read).toEqual(['Contact: Name, AccountId, LastName', 'Account: Industry']);
  });
});

describe('ORDER BY', () => {
  it.each<[string, unknown]>([
    ['SELECT Name FROM Opportunity ORDER BY Amount', ['Four', 'One', 'Two', 'Three']],
    ['SELECT Name FROM Opportunity ORDER BY Amount DESC', ['Four', 'Three', 'Two', 'One']],
    ['SELECT Name FROM Opportunity ORDER BY Amount DESC NULLS LAST', ['Three', 'Two', 'One', 'Four']],
    ['SELECT Name FROM Opportunity ORDER BY StageName, Name', ['Four', 'Two', 'One', 'Three']],
    ['SELECT Name FROM Account ORDER BY Owner.Name, Name DESC', ['Acme', 'Old_Co', 'beta 100%']],
    ['SELECT Name FROM Account ORDER BY Name LIMIT 1 OFFSET 1', ['beta 100%']],
    ['SELECT Name FROM Account ORDER BY Name OFFSET 2', ['Old_Co']],
  ])('%s', (soql, expected) => {
    expect(rows(soql)).toEqual(expected);
  });
});

describe('aggregates', () => {
  it.each<[string, unknown]>([
    ['SELECT COUNT(Id), COUNT(Amount), SUM(Amount), MIN(CloseDate), MAX(Amount) FROM Opportunity', [[4, 3, 30.31, '2025-12-31', 20]]],
    ["SELECT SUM(Amount), COUNT(Id) FROM Opportunity WHERE Name = 'nobody'", [[null, 0]]],
    ["SELECT AVG(Amount) FROM Opportunity WHERE Name IN ('Three', 'Four')", [[20]]],
    ["SELECT SUM(TotalOpportunityQuantity), AVG(Probability) FROM Opportunity WHERE StageName != 'Closed Won'", [[0.3, 30]]],
    ['SELECT COUNT_DISTINCT(Industry) FROM Account', [[1]]],
    [
      'SELECT StageName, COUNT(Id) FROM Opportunity GROUP BY StageName ORDER BY COUNT(Id) DESC, StageName',
      [
        ['Prospecting', 2],
        ['Negotiation/Review', 1],
        ['Closed Won', 1],
      ],
    ],
    ['SELECT Industry FROM Account GROUP BY Industry ORDER BY Industry NULLS LAST', [['Tech'], [null]]],
    [
      'SELECT Owner.Name, SUM(Amount) total FROM Opportunity GROUP BY Owner.Name HAVING SUM(Amount) > 1 ORDER BY SUM(Amount)',
      [['bob', 30.01]],
    ],
    [
      'SELECT CALENDAR_YEAR(CloseDate) y, CALENDAR_QUARTER(CloseDate) q, COUNT(Id) n FROM Opportunity GROUP BY CALENDAR_YEAR(CloseDate), CALENDAR_QUARTER(CloseDate) ORDER BY CALENDAR_YEAR(CloseDate) DESC, CALENDAR_QUARTER(CloseDate)',
      [
        [2026, 1, 2],
        [2026, 2, 1],
        [2025, 4, 1],
      ],
    ],
    ['SELECT StageName FROM Opportunity GROUP BY StageName ORDER BY StageName LIMIT 1', [['Prospecting']]],
    [
      'SELECT DAY_ONLY(CreatedDate) d, COUNT(Id) FROM Account GROUP BY DAY_ONLY(CreatedDate) ORDER BY DAY_ONLY(CreatedDate)',
      [
        ['2025-12-31', 1],
        ['2026-03-15', 2],
      ],
    ],
  ])('%s', (soql, expected) => {
    expect(rows(soql)).toEqual(expected);
  });

  it('names its columns', () => {
    const compiled = compileQuery(
      parseSoql('SELECT Owner.Name, COUNT(Id), SUM(Amount) total, AVG(Amount) FROM Opportunity GROUP BY Owner.Name'),
      org.schema,
      'rest',
    );
    expect(compiled.columns.map(({ alias, type, field }) => [alias, type, field?.name ?? null])).toEqual([
      ['Name', 'string', 'Name'],
      ['expr0', 'int', null],
      ['total', 'currency', 'Amount'],
      ['expr1', 'double', 'Amount'],
    ]);
  });
});
