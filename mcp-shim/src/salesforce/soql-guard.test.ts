import { composeQuery } from '@jetstreamapp/soql-parser-js';
import { describe, expect, it, vi } from 'vitest';
import { ContractError } from '../errors.ts';
import { guardSoql } from './soql-guard.ts';

vi.mock(import('@jetstreamapp/soql-parser-js'), async (original) => {
  const parser = await original();
  return { ...parser, composeQuery: vi.fn(parser.composeQuery) };
});

describe('what passes', () => {
  it.each([
    ['its own text, where nothing is to change', 'SELECT Id FROM Account LIMIT 10', 'SELECT Id FROM Account LIMIT 10'],
    ['LIMIT 0', 'SELECT Id FROM Account LIMIT 0', 'SELECT Id FROM Account LIMIT 0'],
    ['LIMIT 200 where there was none', 'SELECT Id FROM Account', 'SELECT Id FROM Account LIMIT 200'],
    [
      'LIMIT 200 in place of more',
      'SELECT Id FROM Account ORDER BY Name LIMIT 5000 OFFSET 7',
      'SELECT Id FROM Account ORDER BY Name LIMIT 200 OFFSET 7',
    ],
    [
      'child queries, bounded',
      'SELECT Id, (SELECT Id FROM Contacts), (SELECT Id FROM Cases LIMIT 5), (SELECT Id FROM Tasks LIMIT 900) FROM Account LIMIT 3',
      'SELECT Id, (SELECT Id FROM Contacts LIMIT 200), (SELECT Id FROM Cases LIMIT 5), (SELECT Id FROM Tasks LIMIT 200) FROM Account LIMIT 3',
    ],
    ['COUNT() as it is', 'SELECT COUNT() FROM Account', 'SELECT COUNT() FROM Account'],
    [
      'ungrouped aggregates as they are',
      'SELECT SUM(Amount), MAX(CloseDate) FROM Opportunity',
      'SELECT SUM(Amount), MAX(CloseDate) FROM Opportunity',
    ],
    ['the same in lower case', 'select max(Amount), count(Id) from Opportunity', 'select max(Amount), count(Id) from Opportunity'],
    [
      'groups that only their totals show, bounded',
      'SELECT COUNT(Id) FROM Opportunity GROUP BY StageName',
      'SELECT COUNT(Id) FROM Opportunity GROUP BY StageName LIMIT 200',
    ],
    [
      'grouped queries, bounded',
      'SELECT StageName, COUNT(Id) n FROM Opportunity GROUP BY StageName HAVING COUNT(Id) > 1',
      'SELECT StageName, COUNT(Id) n FROM Opportunity GROUP BY StageName HAVING COUNT(Id) > 1 LIMIT 200',
    ],
    [
      'literals that look like statements',
      "SELECT Id FROM Account WHERE Name = 'update; DELETE -- ALL ROWS' LIMIT 1",
      "SELECT Id FROM Account WHERE Name = 'update; DELETE -- ALL ROWS' LIMIT 1",
    ],
    [
      'functions that return rows, bounded',
      "SELECT DISTANCE(Site__c, GEOLOCATION(37.7,-122.4), 'mi') d FROM Account",
      "SELECT DISTANCE(Site__c, GEOLOCATION(37.7, -122.4), 'mi') d FROM Account LIMIT 200",
    ],
    [
      'an aggregate beside a field, bounded; Salesforce refuses it',
      'SELECT Id, COUNT(Id) FROM Account',
      'SELECT Id, COUNT(Id) FROM Account LIMIT 200',
    ],
    ['a function in lower case', 'select format(Amount) a from Opportunity', 'SELECT FORMAT(Amount) a FROM Opportunity LIMIT 200'],
    [
      'children of children, bounded',
      'SELECT Id, (SELECT Id, (SELECT Id FROM OpportunityLineItems), (SELECT Id FROM Tasks LIMIT 999) FROM Opportunities LIMIT 4) FROM Account LIMIT 3',
      'SELECT Id, (SELECT Id, (SELECT Id FROM OpportunityLineItems LIMIT 200), (SELECT Id FROM Tasks LIMIT 200) FROM Opportunities LIMIT 4) FROM Account LIMIT 3',
    ],
    [
      'TYPEOF, scopes and functions, bounded',
      'SELECT TYPEOF What WHEN Account THEN Phone, Name ELSE Name END, toLabel(Status) FROM Task USING SCOPE mine WHERE CALENDAR_YEAR(CreatedDate) = 2026',
      'SELECT TYPEOF What WHEN Account THEN Phone, Name ELSE Name END, toLabel(Status) FROM Task USING SCOPE mine WHERE CALENDAR_YEAR(CreatedDate) = 2026 LIMIT 200',
    ],
    [
      'date literals, offsets and money, as they were written',
      "SELECT Id FROM Opportunity WHERE NOT (CloseDate = LAST_N_DAYS:30 OR CreatedDate > 2026-01-01T00:00:00+01:00) AND Amount > EUR5.5 AND Regions__c INCLUDES ('East;West', 'Zoë 🚀')",
      "SELECT Id FROM Opportunity WHERE NOT (CloseDate = LAST_N_DAYS:30 OR CreatedDate > 2026-01-01T00:00:00+01:00) AND Amount > EUR5.5 AND Regions__c INCLUDES ('East;West', 'Zoë 🚀') LIMIT 200",
    ],
    [
      'semi-joins, unbounded inside',
      'SELECT Id FROM Contact WHERE AccountId IN (SELECT AccountId FROM Opportunity)',
      'SELECT Id FROM Contact WHERE AccountId IN (SELECT AccountId FROM Opportunity) LIMIT 200',
    ],
  ])('%s', (_what, soql, expected) => {
    expect(guardSoql(soql).soql).toBe(expected);
  });

  it.each([
    'SELECT Id FROM Account WITH SECURITY_ENFORCED ORDER BY Name LIMIT 5',
    'SELECT Id FROM Account WITH USER_MODE ORDER BY Name LIMIT 5',
    'select Id from Account with user_mode order by Name limit 5',
  ])('takes the Apex-only clause out, with a note: %s', (soql) => {
    const guarded = guardSoql(soql);
    expect(guarded.soql).toBe('SELECT Id FROM Account ORDER BY Name LIMIT 5');
    expect(guarded.notes).toEqual([
      'WITH SECURITY_ENFORCED and WITH USER_MODE exist in Apex only and were left out; REST enforces your access without them.',
    ]);
  });

  it.each([
    [
      'a child query',
      'SELECT Id, (SELECT Id FROM Contacts WITH SECURITY_ENFORCED LIMIT 5) FROM Account LIMIT 3',
      'SELECT Id, (SELECT Id FROM Contacts LIMIT 5) FROM Account LIMIT 3',
    ],
    [
      'an inner select',
      'SELECT Id FROM Account WHERE Name != null AND Id IN (SELECT AccountId FROM Contact WITH USER_MODE) LIMIT 3',
      'SELECT Id FROM Account WHERE Name != NULL AND Id IN (SELECT AccountId FROM Contact) LIMIT 3',
    ],
  ])('takes it out of %s too', (_where, soql, expected) => {
    expect(guardSoql(soql)).toMatchObject({ soql: expected, capped: false, notes: [expect.stringContaining('REST enforces your access')] });
  });

  it('says each change once, and sends a text that needs none without the blanks around it', () => {
    const twice = 'SELECT Id, (SELECT Id FROM Contacts WITH USER_MODE LIMIT 5) FROM Account WITH USER_MODE LIMIT 3';
    expect(guardSoql(twice).notes).toHaveLength(1);
    expect(guardSoql('\n SELECT Id FROM Account LIMIT 3 \t').soql).toBe('SELECT Id FROM Account LIMIT 3');
  });

  it('counts all rows only where its own limit applied to rows', () => {
    expect(guardSoql('SELECT Id FROM Account USING SCOPE mine').countSoql).toBe('SELECT COUNT() FROM Account USING SCOPE mine');
    expect(guardSoql("SELECT Id FROM Account a WHERE a.Name LIKE 'A%' ORDER BY a.Name LIMIT 500").countSoql).toBe(
      "SELECT COUNT() FROM Account a WHERE a.Name LIKE 'A%'",
    );
    expect(guardSoql('SELECT Id FROM Account LIMIT 200').countSoql).toBeUndefined();
    expect(guardSoql('SELECT StageName FROM Opportunity GROUP BY StageName').countSoql).toBeUndefined();
    expect(guardSoql('SELECT COUNT() FROM Opportunity').countSoql).toBeUndefined();
  });

  it('says that it lowered a limit', () => {
    expect(guardSoql('SELECT Id FROM Account LIMIT 201')).toMatchObject({ capped: true, notes: ['LIMIT 201 was lowered to 200.'] });
  });
});

describe('what is refused [revops-009, revops-010]', () => {
  it.each([
    [
      'DELETE FROM Account',
      'DELETE deletes records; this tool runs exactly one SOQL SELECT. To change a field use update_field, if it is offered: it audits the change.',
    ],
    [
      "update Account SET Name = 'x'",
      'UPDATE changes records; this tool runs exactly one SOQL SELECT. To change a field use update_field, if it is offered: it audits the change.',
    ],
    [
      'INSERT INTO Account',
      'INSERT creates records; this tool runs exactly one SOQL SELECT. To change a field use update_field, if it is offered: it audits the change.',
    ],
    [
      'upsert Account',
      'UPSERT changes records; this tool runs exactly one SOQL SELECT. To change a field use update_field, if it is offered: it audits the change.',
    ],
    [
      'MERGE Account',
      'MERGE merges records; this tool runs exactly one SOQL SELECT. To change a field use update_field, if it is offered: it audits the change.',
    ],
    [
      'FIND {Acme} IN ALL FIELDS RETURNING Account',
      'FIND is SOSL, a text search; this tool runs exactly one SOQL SELECT. Write a SELECT with LIKE instead.',
    ],
    ['EXPLAIN SELECT Id FROM Account', 'The query starts with EXPLAIN. This tool runs exactly one SOQL SELECT statement.'],
    ['{"q":"SELECT Id FROM Account"}', 'The query is empty or starts with a symbol. Write one SOQL SELECT statement.'],
    ['   ', 'The query is empty or starts with a symbol. Write one SOQL SELECT statement.'],
    ['SELECT Id FROM Account; DELETE FROM Account', 'There is more than one statement. Send exactly one SELECT per call.'],
    ['SELECT Id FROM Account;', 'Remove the semicolon: the query must be one SELECT and nothing after it.'],
    ['SELECT Id FROM Account SELECT Id FROM Contact', 'There is more than one SELECT. Send exactly one statement per call.'],
    ['SELECT Id FROM Account delete', '"DELETE" after the query: this tool runs exactly one SELECT and never changes data. Remove it.'],
    [
      'SELECT Id FROM Contact WHERE AccountId IN (SELECT Id FROM Account UPSERT)',
      '"UPSERT" after the query: this tool runs exactly one SELECT and never changes data. Remove it.',
    ],
    ['SELECT Id FROM Account ALL ROWS', 'ALL ROWS reads deleted records and is not offered here. Remove it.'],
    ['SELECT Id FROM Account LIMIT 5 ALL ROWS', 'ALL ROWS reads deleted records and is not offered here. Remove it.'],
    [
      'SELECT Id FROM Account LIMIT 5 DELETE',
      '"DELETE" after the query: this tool runs exactly one SELECT and never changes data. Remove it.',
    ],
    ['SELECT Id FROM Account /* all */', 'SOQL has no comments. Remove the comment.'],
    ['SELECT Id FROM Account -- all', 'SOQL has no comments. Remove the comment.'],
    ['SELECT Id FROM Account FOR UPDATE', 'FOR UPDATE locks the records, and this tool only reads. Remove the clause.'],
    ['SELECT Id FROM Account FOR VIEW', 'FOR VIEW changes when the records were last viewed, and this tool only reads. Remove the clause.'],
    [
      'SELECT Id FROM Account FOR REFERENCE',
      'FOR REFERENCE changes when the records were last viewed, and this tool only reads. Remove the clause.',
    ],
    [
      'SELECT Title FROM KnowledgeArticleVersion UPDATE VIEWSTAT',
      'UPDATE VIEWSTAT changes article statistics, and this tool only reads. Remove the clause.',
    ],
    [
      'SELECT Id FROM Account WITH SYSTEM_MODE',
      'WITH SYSTEM_MODE asks to bypass permissions. Queries run with the permissions of the connected user: remove the clause.',
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact FOR UPDATE)',
      'FOR UPDATE locks the records, and this tool only reads. Remove the clause.',
    ],
    [
      'SELECT Id FROM FAQ__kav WITH DATA CATEGORY Geo__c AT asia__c',
      'WITH DATA CATEGORY is not supported by this tool. Remove the clause.',
    ],
  ])('%s', (soql, message) => {
    expect(refusal(soql)).toEqual({ code: 'INVALID_INPUT', message });
  });

  it.each([
    ['SELECT Id FROM Account WHERE Name = :name', 'near ":"'],
    ['SELECT Id FROM Account WHERE Name IN :names', 'near ":"'],
    ['SELECT Id FROM Account LIMIT :n', 'near ":"'],
    ['SELECT Id FROM Account WHERE Amount BETWEEN 1 AND 2', 'near "BETWEEN"'],
    ['SELECT Id FROM Account WHERE Name IS NOT NULL', 'near "IS"'],
    ['SELECT Id,, Name FROM Account', 'near ","'],
    ['SELECT FROM Account', 'near "FROM"'],
    ["SELECT Id FROM Account WHERE Name = 'x", `near "'"`],
    ['SELECT Id FROM Account WHERE Name = "x"', 'near """'],
    ['SELECT Id FROM', 'at its end'],
    ['SELECT Id FROM Account WHERE', 'at its end'],
    ["SELECT Id FROM Account WHERE (Name = 'x'", 'at its end'],
    ['SELECT Id FROM Account Update', 'at its end'],
  ])('names the place: %s', (soql, place) => {
    expect(refusal(soql)).toEqual({
      code: 'INVALID_INPUT',
      message: `The query is not valid SOQL ${place}. Send one SELECT with plain literals: no binds, comments, semicolons or trailing text.`,
    });
  });

  it.each(['SELECT * FROM Account', 'SELECT COUNT(*) FROM Account'])('says what to write for the star: %s', (soql) => {
    expect(refusal(soql).message).toBe('SOQL has no *. Name the fields (describe_object lists them), or count with COUNT().');
  });

  it.each([
    ['other rows', "SELECT Id FROM Account WHERE Name != 'x' LIMIT 200"],
    ['more rows', "SELECT Id FROM Account WHERE Name = 'x' LIMIT 2000"],
    ['no SOQL', "SELECT Id FROM Account LIMIT 200 WHERE Name = 'x'"],
  ])('a bounded text that reads back as %s is not sent', (_what, composed) => {
    vi.mocked(composeQuery).mockReturnValueOnce(composed);
    expect(refusal("SELECT Id FROM Account WHERE Name = 'x'")).toEqual({
      code: 'INVALID_INPUT',
      message:
        'This query could not be bounded to 200 rows safely. Write LIMIT 200 or less at every level, without WITH clauses, and call again.',
    });
  });

  it('a thousand nested parentheses, without falling over', () => {
    expect(refusal(`SELECT Id FROM Account WHERE ${'('.repeat(5000)}Name = 'x'`).code).toBe('INVALID_INPUT');
  });
});

function refusal(soql: string): { code: string; message: string } {
  try {
    return { code: 'PASSED', message: guardSoql(soql).soql };
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return { code: error.code, message: error.message };
  }
}
