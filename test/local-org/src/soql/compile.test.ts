import { describe, expect, it } from 'vitest';
import { NotSupported } from '../errors.ts';
import { compileQuery } from './compile.ts';
import { parseSoql } from './parse.ts';
import { QueryOrg } from './query-org.ts';
import type { BindValue, FormulaCompiler, QueryDialect, SoqlRecord } from './types.ts';

const ANN = '005000000000001AAA';
const BOB = '005000000000002AAA';
const ACME = '001000000000001AAA';
const BETA = '001000000000002AAA';
const NONE = '001000000000003AAA';
const at = Date.parse;

/** In New York, where the user is, 03:30 UTC on the 15th is still the 14th. */
const org = new QueryOrg({
  User: [
    { Id: ANN, Name: 'Ann', Email: 'ann@example.com', IsActive: true },
    { Id: BOB, Name: 'bob', ManagerId: ANN },
  ],
  Account: [
    {
      Id: ACME,
      Name: 'Acme',
      OwnerId: ANN,
      Industry: 'Tech',
      NumberOfEmployees: 50,
      Tags__c: 'red;blue',
      Key__c: 'abc',
      CreatedDate: at('2026-03-15T03:30:00Z'),
    },
    { Id: BETA, Name: 'beta 100%', OwnerId: BOB, Tags__c: 'redish', Key__c: 'ABC', CreatedDate: at('2026-03-15T05:30:00Z') },
    { Id: NONE, Name: 'Old_Co', OwnerId: BOB, Industry: 'tech', ParentId: ACME, CreatedDate: at('2025-12-31T23:00:00Z') },
    { Id: '001000000000004AAA', Name: 'Binned', IsDeleted: true, CreatedDate: 0 },
  ],
  Contact: [
    { Id: '003000000000001AAA', Name: 'Cy Young', LastName: 'Young', AccountId: ACME },
    { Id: '003000000000002AAA', Name: 'Di Adams', LastName: 'Adams', AccountId: ACME },
    { Id: '003000000000003AAA', Name: 'Ed Solo', LastName: 'Solo' },
  ],
  Opportunity: [
    {
      Id: '006000000000001AAA',
      Name: 'One',
      TotalOpportunityQuantity: 0.1,
      AccountId: ACME,
      StageName: 'Negotiation/Review',
      Amount: 0.1 + 0.2,
      Probability: 50,
      CloseDate: '2026-03-15',
      OwnerId: ANN,
    },
    {
      Id: '006000000000002AAA',
      Name: 'Two',
      TotalOpportunityQuantity: 0.2,
      AccountId: ACME,
      StageName: 'Prospecting',
      Amount: 10.005,
      Probability: 10,
      CloseDate: '2026-04-01',
      OwnerId: BOB,
    },
    {
      Id: '006000000000003AAA',
      Name: 'Three',
      AccountId: BETA,
      StageName: 'Closed Won',
      IsClosed: true,
      Amount: 20,
      Probability: 100,
      CloseDate: '2025-12-31',
      OwnerId: BOB,
    },
    { Id: '006000000000004AAA', Name: 'Four', StageName: 'Prospecting', CloseDate: '2026-03-10', OwnerId: ANN },
  ],
  Task: [
    { Id: '00T000000000001AAA', Subject: 'call', WhatId: '006000000000001AAA', WhoId: '003000000000001AAA', OwnerId: ANN },
    { Id: '00T000000000002AAA', Subject: 'mail', WhatId: ACME, OwnerId: ANN },
    { Id: '00T000000000003AAA', Subject: 'idle', OwnerId: ANN },
  ],
});

const weighted: FormulaCompiler = () => ({
  paths: [['Amount'], ['Probability']],
  evaluate: (_tx, read) => {
    const amount = read(['Amount']);
    const probability = read(['Probability']);
    return typeof amount === 'number' && typeof probability === 'number' ? (amount * probability) / 100 : null;
  },
});

/** A record as an object; Id only where it was selected. */
function plain(record: SoqlRecord | null): unknown {
  if (!record) return null;
  const values = [...record.values].filter(([name]) => name !== 'Id' || record.idSelected);
  const parents = [...record.parents].map(([name, parent]) => [name, plain(parent)]);
  const children = [...record.children].map(([name, list]) => [name, list.map(plain)]);
  return Object.fromEntries([...values, ...parents, ...children]) as unknown;
}

/** Rows of a query: records with one value as that value, others as objects; aggregates as lists. */
function rows(soql: string, binds: Readonly<Record<string, BindValue>> = {}, dialect: QueryDialect = 'apex'): unknown {
  const names: string[] = [];
  const query = parseSoql(soql, (name) => names.push(name) - 1);
  const compiled = compileQuery(query, org.schema, dialect, weighted);
  const result = compiled.run(
    org.transaction,
    names.map((name) => binds[name] ?? null),
  );
  if (result.kind === 'count') return result.count;
  if (result.kind === 'aggregate') return result.rows;
  return result.records.map((record) => {
    const object = plain(record) as Record<string, unknown>;
    const keys = Object.keys(object);
    const [only] = keys;
    return keys.length === 1 && only !== undefined && !(typeof object[only] === 'object' && object[only] !== null) ? object[only] : object;
  });
}

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
    ["SELECT Weighted__c FROM Opportunity WHERE Name = 'Three'", [20]],
    ["SELECT Weighted__c FROM Opportunity WHERE Name = 'Four'", [null]],
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
      "SELECT (SELECT Weighted__c FROM Opportunities WHERE Name = 'One') FROM Account WHERE Name = 'Acme'",
      [{ Opportunities: [{ Weighted__c: 0.15 }] }],
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
      { Tags__c: 'red;blue', Key__c: 'abc' },
    ]);
    const fields = (set: string): string[] => {
      const result = compileQuery(parseSoql(`SELECT FIELDS(${set}) FROM Opportunity LIMIT 1`), org.schema, 'rest', weighted).run(
        org.transaction,
        [],
      );
      return result.kind === 'records' ? [...(result.records[0]?.values.keys() ?? [])] : [];
    };
    expect(fields('STANDARD')).toContain('StageName');
    expect(fields('STANDARD')).not.toContain('Weighted__c');
    expect(fields('ALL')).toEqual([...fields('STANDARD'), 'Weighted__c']);
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

describe('WHERE', () => {
  const names = 'SELECT Name FROM Account WHERE ';
  it.each<[string, unknown]>([
    [`${names}Industry = 'TECH' ORDER BY Name`, ['Acme', 'Old_Co']],
    [`${names}Industry != 'tech'`, ['beta 100%']],
    [`${names}Industry = null`, ['beta 100%']],
    [`${names}Industry = ''`, ['beta 100%']],
    [`${names}Industry != null ORDER BY Name`, ['Acme', 'Old_Co']],
    [`${names}NumberOfEmployees > 10`, ['Acme']],
    [`${names}(NOT NumberOfEmployees > 10) ORDER BY Name`, ['beta 100%', 'Old_Co']],
    [`${names}Key__c = 'abc'`, ['Acme']],
    [`${names}Name < 'b'`, ['Acme']],
    [`${names}Name LIKE 'a%'`, ['Acme']],
    [`${names}Name LIKE '%100\\%'`, ['beta 100%']],
    [`${names}Name LIKE 'Old\\_%'`, ['Old_Co']],
    [`${names}Name LIKE '_cme'`, ['Acme']],
    [`${names}(NOT Industry LIKE 't%')`, ['beta 100%']],
    [`${names}Name IN ('ACME', 'nobody')`, ['Acme']],
    [`${names}Industry IN ('tech', null) ORDER BY Name`, ['Acme', 'beta 100%', 'Old_Co']],
    [`${names}Industry NOT IN ('tech')`, ['beta 100%']],
    [`${names}Tags__c INCLUDES ('red')`, ['Acme']],
    [`${names}Tags__c INCLUDES ('blue;red', 'green')`, ['Acme']],
    [`${names}Tags__c EXCLUDES ('red') ORDER BY Name`, ['beta 100%', 'Old_Co']],
    [`${names}Parent.Name = 'acme'`, ['Old_Co']],
    [`${names}Owner.IsActive = false ORDER BY Name`, ['beta 100%', 'Old_Co']],
    ['SELECT Name FROM Contact WHERE Account.Owner.IsActive = false', ['Ed Solo']],
    ["SELECT Name FROM Contact WHERE Account.Name != 'Acme'", ['Ed Solo']],
    ["SELECT Subject FROM Task WHERE What.Type = 'Opportunity'", ['call']],
    ["SELECT Subject FROM Task WHERE What.Name = 'ACME'", ['mail']],
    [`${names}Industry = 'tech' AND (Name = 'Acme' OR Name = 'beta 100%')`, ['Acme']],
    [`${names}Id IN (SELECT AccountId FROM Contact WHERE LastName LIKE 'Y%')`, ['Acme']],
    [`${names}Id NOT IN (SELECT AccountId FROM Contact) ORDER BY Name`, ['beta 100%', 'Old_Co']],
    ['SELECT Name FROM Contact WHERE AccountId NOT IN (SELECT AccountId FROM Opportunity)', ['Ed Solo']],
    [`${names}CreatedDate = TODAY`, ['beta 100%']],
    [`${names}CreatedDate = YESTERDAY`, ['Acme']],
    [`${names}CreatedDate < THIS_YEAR`, ['Old_Co']],
    [`${names}CreatedDate >= 2026-03-15T03:30:00Z ORDER BY Name`, ['Acme', 'beta 100%']],
    [`${names}CreatedDate = 2026-03-14T23:30:00-04:00`, ['Acme']],
    ['SELECT Name FROM Opportunity WHERE CloseDate = THIS_MONTH ORDER BY Name', ['Four', 'One']],
    ['SELECT Name FROM Opportunity WHERE CloseDate != THIS_MONTH ORDER BY Name', ['Three', 'Two']],
    ['SELECT Name FROM Opportunity WHERE CloseDate > TODAY', ['Two']],
    ['SELECT Name FROM Opportunity WHERE CloseDate <= TODAY AND CloseDate >= LAST_N_DAYS:5 ORDER BY Name', ['Four', 'One']],
    ['SELECT Name FROM Opportunity WHERE CloseDate = 2026-04-01', ['Two']],
    ['SELECT Name FROM Opportunity WHERE CALENDAR_YEAR(CloseDate) = 2025', ['Three']],
    ['SELECT Name FROM Account WHERE DAY_ONLY(CreatedDate) = 2025-12-31', ['Old_Co']],
    ['SELECT Name FROM Opportunity WHERE IsClosed = TRUE', ['Three']],
  ])('%s', (soql, expected) => {
    expect(rows(soql)).toEqual(expected);
  });

  it.each<[string, Record<string, BindValue>, unknown]>([
    [`${names}Id = :id`, { id: '001000000000001' }, ['Acme']],
    [`${names}Id IN :ids ORDER BY Name`, { ids: [BETA, ACME] }, ['Acme', 'beta 100%']],
    [`${names}Id IN :ids`, { ids: [] }, []],
    [`${names}Industry IN :kinds`, { kinds: [null] }, ['beta 100%']],
    [`${names}Industry = :none`, { none: null }, ['beta 100%']],
    [`${names}Industry != :none ORDER BY Name`, { none: '' }, ['Acme', 'Old_Co']],
    [`${names}Name LIKE :pattern`, { pattern: '%100\\%' }, ['beta 100%']],
    [`${names}Name LIKE :pattern`, { pattern: 'ac%' }, ['Acme']],
    [`${names}Tags__c INCLUDES :tags`, { tags: ['blue'] }, ['Acme']],
    [`${names}Owner.IsActive = :flag`, { flag: true }, ['Acme']],
    [`${names}CreatedDate > :since ORDER BY Name LIMIT :n OFFSET :skip`, { since: 0, n: 2, skip: 1 }, ['beta 100%', 'Old_Co']],
  ])('%s with binds', (soql, binds, expected) => {
    expect(rows(soql, binds)).toEqual(expected);
  });

  it('tells what each bind is compared with', () => {
    const names: string[] = [];
    const query = parseSoql('SELECT Id FROM Opportunity WHERE Amount > :a AND AccountId IN :b LIMIT :c', (name) => names.push(name) - 1);
    expect(compileQuery(query, org.schema, 'apex').binds).toEqual([
      { index: 0, fieldType: 'currency', list: false },
      { index: 1, fieldType: 'reference', list: true },
      { index: 2, fieldType: 'int', list: false },
    ]);
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

describe("refused in the platform's words", () => {
  const noColumn = (name: string, entity: string): string =>
    `No such column '${name}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`;
  const noRelationship = (name: string, where: string): string =>
    `Didn't understand relationship '${name}' in ${where}. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`;
  it.each<[string, string, string]>([
    ['SELECT Nope FROM Account', 'INVALID_FIELD', noColumn('Nope', 'Account')],
    ['SELECT Id FROM Account WHERE Nope = 1', 'INVALID_FIELD', noColumn('Nope', 'Account')],
    ['SELECT Id FROM Account ORDER BY Owner.Nope', 'INVALID_FIELD', noColumn('Nope', 'User')],
    ['SELECT What.Amount FROM Task', 'INVALID_FIELD', noColumn('Amount', 'Name')],
    ['SELECT Boss.Name FROM Account', 'INVALID_FIELD', noRelationship('Boss', 'field path')],
    ['SELECT (SELECT Id FROM Boats) FROM Account', 'INVALID_TYPE', noRelationship('Boats', 'FROM part of query call')],
    [
      'SELECT Id FROM Nope__c',
      'INVALID_TYPE',
      "sObject type 'Nope__c' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
    ],
    [
      "SELECT Id FROM Opportunity WHERE Amount = '5'",
      'INVALID_FIELD',
      "value of filter criterion for field 'Amount' must be of type double and should not be enclosed in quotes",
    ],
    [
      'SELECT Id FROM Account WHERE NumberOfEmployees = 1.5',
      'INVALID_FIELD',
      "value of filter criterion for field 'NumberOfEmployees' must be of type int and should not be enclosed in quotes",
    ],
    [
      'SELECT Id FROM Account WHERE Name = 5',
      'INVALID_FIELD',
      "value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Opportunity WHERE CloseDate = '2026-01-01'",
      'INVALID_FIELD',
      "value of filter criterion for field 'CloseDate' must be of type date and should not be enclosed in quotes",
    ],
    [
      'SELECT Id FROM Account WHERE CreatedDate > 2026-01-01',
      'INVALID_FIELD',
      "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Opportunity WHERE IsClosed = 'true'",
      'INVALID_FIELD',
      "value of filter criterion for field 'IsClosed' must be of type boolean and should not be enclosed in quotes",
    ],
    ["SELECT Id FROM Account WHERE Description LIKE 'x%'", 'INVALID_FIELD', "field 'Description' can not be filtered in a query call"],
    ['SELECT Id FROM Account ORDER BY Description', 'INVALID_FIELD', "field 'Description' can not be sorted in a query call"],
    ['SELECT COUNT(Id) FROM Account GROUP BY Description', 'INVALID_FIELD', "field 'Description' can not be grouped in a query call"],
    ["SELECT Id FROM Account WHERE Id = 'nonsense'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid ID field: nonsense'],
    ["SELECT Id FROM Account WHERE Id LIKE '001%'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid operator on id field'],
    ["SELECT Id FROM Account WHERE Name INCLUDES ('a')", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid operator on string field'],
    [
      "SELECT Id FROM Account WHERE Name = 'a\\%'",
      'MALFORMED_QUERY',
      "Invalid string literal 'a\\%'. Illegal character sequence '\\%' in string literal.",
    ],
    ['SELECT Id, Name, id FROM Account', 'INVALID_FIELD', 'duplicate field selected: id'],
    ['SELECT Id, FIELDS(ALL) FROM Account LIMIT 5', 'INVALID_FIELD', 'duplicate field selected: Id'],
    ['SELECT FIELDS(ALL) FROM Account', 'MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200'],
    ['SELECT FIELDS(CUSTOM) FROM Account LIMIT 201', 'MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200'],
    ['SELECT Name n FROM Account', 'MALFORMED_QUERY', 'only aggregate expressions use field aliasing'],
    ['SELECT StageName, COUNT(Id) FROM Opportunity', 'MALFORMED_QUERY', 'Field must be grouped or aggregated: StageName'],
    ['SELECT Name, COUNT(Id) FROM Opportunity GROUP BY StageName', 'MALFORMED_QUERY', 'Field must be grouped or aggregated: Name'],
    [
      'SELECT COUNT(Id) FROM Opportunity GROUP BY StageName ORDER BY Name',
      'MALFORMED_QUERY',
      'Ordered field must be grouped or aggregated: Name',
    ],
    [
      'SELECT COUNT(Id) FROM Opportunity LIMIT 1',
      'MALFORMED_QUERY',
      'Non-grouped query that uses overall aggregate functions cannot also use LIMIT',
    ],
    ['SELECT COUNT(Id) x, SUM(Amount) x FROM Opportunity', 'MALFORMED_QUERY', 'duplicate alias: x'],
    ['SELECT COUNT() n FROM Opportunity', 'MALFORMED_QUERY', "unexpected token: 'n'"],
    ['SELECT SUM(Name) FROM Opportunity', 'INVALID_FIELD', 'field Name does not support aggregate operator SUM'],
    ['SELECT Id FROM Account OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000'],
    [
      "SELECT Id FROM Account WHERE Name = 'x' OR Id IN (SELECT AccountId FROM Contact)",
      'MALFORMED_QUERY',
      "Semi join sub-selects are not allowed with the 'OR' operator",
    ],
    [
      'SELECT Id FROM Account WHERE (NOT Id IN (SELECT AccountId FROM Contact))',
      'MALFORMED_QUERY',
      "Semi join sub-selects are not allowed with the 'NOT' operator",
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT WhatId FROM Task)',
      'MALFORMED_QUERY',
      "Entity 'Task' is not supported for semi join inner selects",
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT Id FROM Account)',
      'MALFORMED_QUERY',
      'The inner and outer selects should not be on the same object type',
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE AccountId IN (SELECT AccountId FROM Opportunity))',
      'MALFORMED_QUERY',
      'Nesting of semi join sub-selects is not supported',
    ],
    [
      'SELECT Id FROM Account WHERE Name IN (SELECT AccountId FROM Contact)',
      'INVALID_FIELD',
      "The left operand field in the where expression for outer query should be an id field, cannot use: 'Name'",
    ],
    ['SELECT Id FROM Account WITH USER_MODE', 'MALFORMED_QUERY', 'WITH USER_MODE is only allowed in Apex code'],
    ['SELECT Id FROM Account WITH SECURITY_ENFORCED', 'MALFORMED_QUERY', 'WITH SECURITY_ENFORCED is only allowed in Apex code'],
    ['SELECT Id FROM Account FOR UPDATE', 'MALFORMED_QUERY', 'FOR UPDATE is only allowed in Apex code'],
    ['SELECT Id FROM Account ALL ROWS', 'MALFORMED_QUERY', 'ALL ROWS is only allowed in Apex code'],
  ])('%s', (soql, errorCode, detail) => {
    expect(() => rows(soql, {}, 'rest')).toThrow(expect.objectContaining({ name: 'SoqlError', errorCode, detail }) as Error);
  });

  it.each<[string, string]>([
    ['SELECT Id FROM Account ORDER BY Name FOR UPDATE', 'ORDER BY is not allowed in a query that uses FOR UPDATE'],
    [
      'SELECT Id FROM Account WITH SECURITY_ENFORCED',
      'WITH SECURITY_ENFORCED is not supported in API version 67.0 and later. Use WITH USER_MODE instead.',
    ],
    ['SELECT FIELDS(ALL) FROM Account LIMIT 5', 'The SOQL FIELDS function is not supported with an unbounded set of fields in this API'],
  ])('in Apex: %s', (soql, detail) => {
    expect(() => rows(soql)).toThrow(expect.objectContaining({ name: 'SoqlError', detail }) as Error);
  });

  it('shows the place in the query', () => {
    expect(() => rows('SELECT Id,\n  Nope FROM Account')).toThrow(
      `\n  Nope FROM Account\n  ^\nERROR at Row:2:Column:3\n${noColumn('Nope', 'Account')}`,
    );
  });
});

describe('refused because the local org has not learned it', () => {
  it.each<[string, string]>([
    ['SELECT Id FROM Campaign', 'Campaign'],
    ['SELECT DandbCompanyId FROM Account', 'Account.DandbCompanyId'],
    ['SELECT Id FROM Opportunity WHERE Weighted__c > 5', 'The formula field Opportunity.Weighted__c where it is filtered'],
    ['SELECT toLabel(StageName) FROM Opportunity', 'TOLABEL() in SELECT'],
    ['SELECT FORMAT(Amount) FROM Opportunity', 'FORMAT() in SELECT'],
    ['SELECT TYPEOF What WHEN Account THEN Name END FROM Task', 'TYPEOF'],
    ['SELECT Id FROM Account USING SCOPE mine', 'USING SCOPE'],
    ['SELECT Id FROM Account WITH DATA CATEGORY Geo__c AT Asia__c', 'WITH DATA CATEGORY'],
    ['SELECT Id FROM Opportunity WHERE CloseDate = THIS_FISCAL_QUARTER', 'The date literal THIS_FISCAL_QUARTER'],
    ['SELECT Id FROM Opportunity WHERE Amount > USD5000', 'The currency literal USD5000'],
    ['SELECT StageName FROM Opportunity GROUP BY ROLLUP(StageName)', 'GROUP BY ROLLUP'],
    ['SELECT Id FROM Account FOR VIEW', 'FOR VIEW'],
    ['SELECT MAX(Name) FROM Opportunity', 'MAX(Name): MAX of a string'],
    ['SELECT COUNT(Id) FROM Account GROUP BY CALENDAR_YEAR(convertTimezone(CreatedDate))', 'convertTimezone() in CALENDAR_YEAR'],
  ])('%s', (soql, construct) => {
    expect(() => rows(soql)).toThrow(new NotSupported(construct));
  });
});
