import { describe, expect, it } from 'vitest';
import { compileQuery } from './compile.ts';
import { parseSoql } from './parse.ts';
import { QueryOrg } from './query-org.ts';
import type { BindValue } from './types.ts';

/** How SQLite means to read each table of the last statement of a query. */
function plan(soql: string, binds: Readonly<Record<string, BindValue>> = {}): string[] {
  const account = { Id: '001000000000001AAA', Name: 'Acme' };
  const org = new QueryOrg({ Account: [account] });
  const names: string[] = [];
  const query = parseSoql(soql, (name) => names.push(name) - 1);
  const plans: string[] = [];
  const { store } = org.transaction;
  const explaining = {
    ...org.transaction,
    store: {
      ...store,
      select: (sql: string, params: readonly (string | number | null)[]) => {
        plans.splice(0, plans.length, ...store.select(`EXPLAIN QUERY PLAN ${sql}`, params).map((row) => String(row[3])));
        return store.select(sql, params);
      },
    },
  };
  compileQuery(query, org.schema, 'apex').run(
    explaining,
    names.map((name) => binds[name] ?? null),
  );
  return plans
    .filter((step) => /\b(?:SCAN|SEARCH) t\d/u.test(step))
    .map((step) => step.replace(/ USING (?:COVERING )?INDEX /u, ' by ').replace(/sqlite_autoindex_\w+/u, 'its key'));
}

describe('look-ups go through an index', () => {
  const id = '001000000000001AAA';
  it.each<[string, Record<string, BindValue>, RegExp]>([
    [`SELECT Name FROM Account WHERE Id = '${id}'`, {}, /^SEARCH t0 by its key \(Id=\?\)$/u],
    ['SELECT Name FROM Account WHERE Id IN :ids', { ids: [id] }, /^SEARCH t0 by its key \(Id=\?\)$/u],
    ['SELECT Name FROM Opportunity WHERE AccountId = :id', { id }, /^SEARCH t0 by index:Opportunity:AccountId/u],
    [
      'SELECT Name FROM Opportunity WHERE AccountId IN :ids AND IsClosed = false',
      { ids: [id] },
      /^SEARCH t0 by index:Opportunity:AccountId/u,
    ],
    ["SELECT Name FROM Account WHERE Name = 'acme'", {}, /^SEARCH t0 by index:Account:Name/u],
    ["SELECT Name FROM Contact WHERE Email = 'A@B.C'", {}, /^SEARCH t0 by index:Contact:Email/u],
    ["SELECT Name FROM Account WHERE Key__c = 'k'", {}, /^SEARCH t0 by unique:Account:Key__c/u],
    ['SELECT Name FROM Opportunity WHERE CloseDate = THIS_QUARTER', {}, /^SEARCH t0 by index:Opportunity:CloseDate/u],
    ['SELECT Name, (SELECT Id FROM Opportunities LIMIT 1) FROM Account', {}, /^SEARCH t1 by index:Opportunity:AccountId/u],
  ])('%s', (soql, binds, expected) => {
    expect(plan(soql, binds)).toEqual([expect.stringMatching(expected)]);
  });

  it('an anti-join looks each record up', () => {
    expect(plan('SELECT Name FROM Account WHERE Id NOT IN (SELECT AccountId FROM Opportunity)')).toEqual([
      expect.stringMatching(/^SCAN t0/u),
      expect.stringMatching(/^SEARCH t1 by index:Opportunity:AccountId/u),
    ]);
  });
});
