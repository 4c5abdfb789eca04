import { compileQuery } from './compile.ts';
import { parseSoql } from './parse.ts';
import { QueryOrg } from './query-org.ts';
import type { BindValue, QueryDialect, SoqlRecord } from './types.ts';

/** The records that the tests of this room query, and queries as plain rows. */

const ANN = '005000000000001AAA';
const BOB = '005000000000002AAA';
export const ACME = '001000000000001AAA';
export const BETA = '001000000000002AAA';
const NONE = '001000000000003AAA';
const at = Date.parse;

/** In New York, where the user is, 03:30 UTC on the 15th is still the 14th. */
export const org = new QueryOrg({
  User: [
    { Id: ANN, Name: 'Ann', Email: 'ann@example.com', IsActive: true },
    { Id: BOB, Name: 'bob', Email: 'bob@example.com', ManagerId: ANN },
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

/** A record as an object; Id only where it was selected. */
export function plain(record: SoqlRecord | null): unknown {
  if (!record) return null;
  const values = [...record.values].filter(([name]) => name !== 'Id' || record.idSelected);
  const parents = [...record.parents].map(([name, parent]) => [name, plain(parent)]);
  const children = [...record.children].map(([name, list]) => [name, list.map(plain)]);
  return Object.fromEntries([...values, ...parents, ...children]) as unknown;
}

/** Rows of a query: records with one value as that value, others as objects; aggregates as lists. */
export function rows(soql: string, binds: Readonly<Record<string, BindValue>> = {}, dialect: QueryDialect = 'apex'): unknown {
  const names: string[] = [];
  const query = parseSoql(soql, (name) => names.push(name) - 1);
  const compiled = compileQuery(query, org.schema, dialect);
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
