import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { Query, QueryBase } from '@jetstreamapp/soql-parser-js';
import * as fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { ContractError } from '../errors.ts';
import { propertyCases, propertyPatience } from '../testing/property-cases.ts';
import { soqlString } from './soql-builder.ts';
import { guardSoql, maxRows } from './soql-guard.ts';
import type { GuardedQuery } from './soql-guard.ts';

vi.setConfig(propertyPatience);

/** What the guard lets pass is one bounded SELECT, and what a literal says is never its business. */

const verbs = [
  'insert',
  'UPDATE',
  'Delete',
  'UPSERT',
  'merge',
  'FIND {x}',
  'DROP TABLE',
  'FOR UPDATE',
  'ALL ROWS',
  'UPDATE TRACKING',
  'SELECT Id FROM Lead',
];
const marks = [
  ';',
  '--',
  '/*',
  '*/',
  "'",
  "\\'",
  '(',
  ')',
  ',',
  ':',
  '\\',
  'WITH SECURITY_ENFORCED',
  'WITH SYSTEM_MODE',
  'LIMIT 5000',
  'OFFSET 1',
  ' ',
];
const spoken = fc
  .array(fc.constantFrom(...verbs, ...marks, 'Acme', '100%', '\n', '💥'), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(' '));

const name = fc.constantFrom('Id', 'Name', 'Amount', 'Owner.Name', 'CloseDate', 'Update__c', 'Deleted__c');
/** Of Apex, and left out. */
const access = fc.constantFrom('', '', ' WITH SECURITY_ENFORCED', ' WITH USER_MODE');
const literal = fc.oneof(
  spoken.map(soqlString),
  fc.integer({ min: 0, max: 1e6 }).map(String),
  fc.constantFrom('null', 'TRUE', 'THIS_QUARTER', 'LAST_N_DAYS:30', '2026-11-21', '2026-11-21T09:00:00Z', 'EUR100'),
);
const comparison = fc.oneof(
  fc.tuple(name, fc.constantFrom('=', '!=', '<', '>='), literal).map((parts) => parts.join(' ')),
  fc
    .tuple(name, fc.constantFrom('IN', 'NOT IN'), fc.array(literal, { minLength: 1, maxLength: 3 }))
    .map(([field, operator, list]) => `${field} ${operator} (${list.join(', ')})`),
  fc.tuple(name, spoken).map(([field, value]) => `${field} LIKE ${soqlString(value)}`),
  comparisonOf('AccountId', 'Contact'),
);
const where = fc
  .array(fc.tuple(fc.constantFrom('AND', 'OR'), comparison), { maxLength: 4 })
  .map((list) => (list.length === 0 ? '' : ` WHERE ${list.map(([, one]) => one).join(` ${list[0]?.[0] ?? ''} `)}`));
const count = fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.constantFrom(maxRows - 1, maxRows, maxRows + 1));
const limit = fc.option(count, { nil: undefined }).map((most) => (most === undefined ? '' : ` LIMIT ${most}`));
const order = fc.constantFrom('', ' ORDER BY Name', ' ORDER BY Name DESC NULLS LAST, Id');
const fields = fc.uniqueArray(name, { minLength: 1, maxLength: 4 }).map((list) => list.join(', '));
const relation = fc.constantFrom('Contacts', 'Cases', 'Tasks__r');
const grandchild = fc
  .tuple(fields, relation, where, access, order, limit)
  .map(([list, from, ...rest]) => `(SELECT ${list} FROM ${from}${rest.join('')})`);
const child = fc
  .tuple(fields, fc.array(grandchild, { maxLength: 1 }), relation, where, access, order, limit)
  .map(([list, children, from, ...rest]) => `(SELECT ${[list, ...children].join(', ')} FROM ${from}${rest.join('')})`);
const scope = fc.constantFrom('', '', ' USING SCOPE mine');
const selected = fc.oneof(
  { weight: 4, arbitrary: fields },
  fc.constant('TYPEOF What WHEN Account THEN Phone ELSE Name END, toLabel(Status)'),
);
const rows = fc
  .tuple(selected, fc.array(child, { maxLength: 2 }), scope, where, access, order, limit)
  .map(([list, children, ...rest]) => `SELECT ${[list, ...children].join(', ')} FROM Account${rest.join('')}`);
const grouped = fc
  .tuple(fc.constantFrom('StageName, COUNT(Id) n', 'COUNT(Id)', 'max(Amount), Sum(Amount) s'), where, limit)
  .map(([list, condition, most]) => `SELECT ${list} FROM Opportunity${condition} GROUP BY StageName${most}`);
const totals = fc
  .tuple(fc.constantFrom('COUNT()', 'count()', 'Sum(Amount)', 'MIN(CloseDate), MAX(CloseDate)'), where)
  .map(([list, condition]) => `SELECT ${list} FROM Opportunity${condition}`);
const query = fc.oneof({ weight: 4, arbitrary: rows }, grouped, totals);

function comparisonOf(field: string, object: string): fc.Arbitrary<string> {
  return fc
    .tuple(spoken, fc.constantFrom('IN', 'NOT IN'), access)
    .map(([value, operator, clause]) => `${field} ${operator} (SELECT Id FROM ${object} WHERE Name = ${soqlString(value)}${clause})`);
}

/** @throws for anything that is no refusal */
function guarded(soql: string): GuardedQuery | undefined {
  try {
    return guardSoql(soql);
  } catch (error) {
    if (error instanceof ContractError && error.code === 'INVALID_INPUT' && error.message.length > 20) return undefined;
    throw error;
  }
}

function children(query: QueryBase): QueryBase[] {
  return (query.fields ?? []).flatMap((field) => (field.type === 'FieldSubquery' ? [field.subquery, ...children(field.subquery)] : []));
}

/** Told apart here too: one row by nature, and SOQL takes no LIMIT to bound it. */
function isOneRow({ fields = [], groupBy }: QueryBase): boolean {
  const aggregates = /^(avg|count|count_distinct|max|min|sum)$/i;
  return !groupBy && fields.every((field) => field.type === 'FieldFunctionExpression' && aggregates.test(field.functionName));
}

/** The same tree without the clauses that the guard takes out. */
function withoutAccess(part: unknown): unknown {
  if (part === undefined) return undefined;
  const isAccess = (key: string): boolean => ['withSecurityEnforced', 'withAccessLevel'].includes(key);
  return JSON.parse(JSON.stringify(part, (key, value: unknown) => (isAccess(key) ? undefined : value)));
}

/** What is left of a query without its literals. */
function withoutLiterals(soql: string): string {
  return soql.replace(/'(?:[^'\\]|\\.)*'/gsu, '?');
}

/** Read anew from the text that would be sent. */
function expectOneBoundedSelect(soql: string): Query {
  const sent = parseQuery(soql);
  const bare = withoutLiterals(soql);
  expect(bare).not.toMatch(/[;']|--|\/\*/);
  // At the end of a level; elsewhere such words are names of fields that do not exist.
  expect(bare).not.toMatch(/\b(ALL\s+ROWS|FOR\s+(UPDATE|VIEW|REFERENCE)|UPDATE\s+(TRACKING|VIEWSTAT))\s*(\)|$)/i);
  expect(bare).not.toMatch(/\bWITH\s+(SECURITY_ENFORCED|SYSTEM_MODE|USER_MODE)\b/i);
  expect(bare).toMatch(/^\s*SELECT\s/i);
  if (isOneRow(sent)) expect(sent.limit ?? 0).toBeLessThanOrEqual(100_000);
  else expect(sent.limit).toBeLessThanOrEqual(maxRows);
  for (const level of children(sent)) expect(level.limit).toBeLessThanOrEqual(maxRows);
  return sent;
}

it('a SELECT passes, bounded at every level, and asks what it asked [revops-023, revops-034]', () => {
  fc.assert(
    fc.property(query, (soql) => {
      const asked = parseQuery(soql);
      const sent = expectOneBoundedSelect(guardSoql(soql).soql);
      const bound = (level: QueryBase): number | undefined => (isOneRow(level) ? level.limit : Math.min(level.limit ?? maxRows, maxRows));
      expect(sent.limit).toBe(bound(asked));
      expect(children(sent).map((level) => level.limit)).toEqual(children(asked).map(bound));
      expect(sent.where).toEqual(withoutAccess(asked.where));
      expect(children(sent).map((level) => level.where)).toEqual(children(asked).map((level) => withoutAccess(level.where)));
      expect(sent.usingScope).toEqual(asked.usingScope);
      expect([sent.sObject, sent.orderBy, sent.groupBy, sent.fields?.length]).toEqual([
        asked.sObject,
        asked.orderBy,
        asked.groupBy,
        asked.fields?.length,
      ]);
    }),
    propertyCases,
  );
});

it('literals may say anything: verbs, semicolons, comments, quotes', () => {
  fc.assert(
    fc.property(spoken, spoken, (one, other) => {
      const condition = `Name = ${soqlString(one)} AND Industry LIKE ${soqlString(other)}`;
      const { soql } = guardSoql(`SELECT Id, (SELECT Id FROM Contacts WHERE ${condition}) FROM Account WHERE ${condition}`);
      const sent = expectOneBoundedSelect(soql);
      expect(sent.where).toMatchObject({ left: { value: soqlString(one) }, right: { left: { value: soqlString(other) } } });
    }),
    propertyCases,
  );
});

it('whatever is put into a query, anywhere: it is refused, or one bounded SELECT', () => {
  const insert = fc.constantFrom(
    ...verbs,
    ...marks,
    '; DELETE FROM Account',
    '(SELECT Id FROM Contacts)',
    'FOR VIEW',
    ':name',
    'HAVING COUNT(Id) > 1',
    'LIMIT',
  );
  fc.assert(
    fc.property(query, fc.array(fc.tuple(fc.nat(), insert), { minLength: 1, maxLength: 3 }), (soql, inserts) => {
      const broken = inserts.reduce((text, [at, more]) => {
        const position = at % (text.length + 1);
        return `${text.slice(0, position)} ${more} ${text.slice(position)}`;
      }, soql);
      const passed = guarded(broken);
      if (passed) expectOneBoundedSelect(passed.soql);
    }),
    propertyCases,
  );
});

it('nothing after a query passes', () => {
  const tail = fc.constantFrom(
    '; DELETE FROM Account',
    ' ; SELECT Id FROM Lead',
    ' FOR UPDATE',
    ' ALL ROWS',
    ' UPDATE TRACKING',
    ' -- x',
    ' /* x */',
    ' drop table',
    ';',
  );
  fc.assert(
    fc.property(query, tail, (soql, rest) => {
      expect(guarded(soql + rest)).toBeUndefined();
    }),
    propertyCases,
  );
});

it('any text is refused with a reason, or one bounded SELECT', () => {
  const word = fc.constantFrom(
    'SELECT',
    'Id',
    ',',
    'FROM',
    'Account',
    'WHERE',
    '(',
    ')',
    'Name',
    '=',
    "'x'",
    'LIMIT',
    '300',
    'COUNT()',
    'GROUP BY',
    ';',
    ...verbs,
  );
  const text = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(word, { maxLength: 14 }).map((words) => words.join(' ')),
  );
  fc.assert(
    fc.property(text, (soql) => {
      const passed = guarded(soql);
      if (passed) expectOneBoundedSelect(passed.soql);
    }),
    propertyCases,
  );
});
