import { describe, expect, it } from 'vitest';
import { compileQuery } from './compile.ts';
import { parseSoql } from './parse.ts';
import { ACME, BETA, org, rows } from './query-rows.ts';
import type { BindValue } from './types.ts';

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
    [`${names}((Name LIKE 'A%') AND (Id IN (SELECT AccountId FROM Contact WHERE LastName LIKE 'Y%')))`, ['Acme']],
    [`${names}Name LIKE 'A%' AND OwnerId NOT IN (SELECT OwnerId FROM Case)`, ['Acme']],
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
