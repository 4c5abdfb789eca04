import { describe, expect, it } from 'vitest';
import { AccessOrg } from '../access/access-org.ts';
import { compileForUser } from './compile-for-user.ts';
import { compileQuery } from './compile.ts';
import { parseSoql } from './parse.ts';
import { InaccessibleNames, SoqlError } from './types.ts';
import type { QueryResult } from './types.ts';

const USER_MODE = { permissions: true, sharing: true };
const SHARING = { permissions: false, sharing: true };

const org = new AccessOrg({
  Deals: { objects: { Opportunity: 'read', Account: 'read' }, fields: { 'Opportunity.AccountId': 'read', 'Opportunity.NextStep': 'read' } },
  Contacts: { objects: { Contact: 'read' } },
  Cards: { objects: { Card__c: 'read' }, fields: { 'Card__c.Shout__c': 'read' } },
  Tasks: { userPermissions: ['ActivitiesAccess'], fields: { 'Task.WhatId': 'read' } },
  Amounts: { fields: { 'Opportunity.Amount': 'read' } },
});
const reader = org.user('Minimum Access - Salesforce', ['Deals', 'Cards', 'Tasks']);
const colleague = org.user('Minimum Access - Salesforce', ['Deals']);
const administrator = org.user('System Administrator');

const mine = org.insert('Account', { Name: 'Mine', OwnerId: reader });
const theirs = org.insert('Account', { Name: 'Theirs', OwnerId: colleague });
const deal = (name: string, account: string, owner: string): string =>
  org.insert('Opportunity', {
    Name: name,
    AccountId: account,
    OwnerId: owner,
    StageName: 'Prospecting',
    CloseDate: '2026-04-01',
    Amount: 10,
    NextStep: 'Call',
  });
const first = deal('First', mine, reader);
deal('Second', theirs, colleague);
deal('Third', theirs, reader);
org.insert('Card__c', { Must__c: 'x', Note__c: 'hey', OwnerId: reader });
org.insert('Task', { Subject: 'Call', WhatId: first, OwnerId: colleague });

function run(soql: string, user = reader, enforcement = USER_MODE, binds: readonly string[] = []): QueryResult {
  let bound = 0;
  return compileQuery(
    parseSoql(soql, () => bound++),
    org.schema,
    'apex',
  ).run(org.as(user), binds, enforcement);
}

function names(soql: string, user = reader, enforcement = USER_MODE): unknown {
  const result = run(soql, user, enforcement);
  return result.kind === 'records' ? result.records.map(({ values }) => values.get('Name')).sort() : result.kind;
}

function refusal(soql: string, user = reader): { message: string; fields: unknown } {
  try {
    run(soql, user);
  } catch (error) {
    if (!(error instanceof InaccessibleNames)) throw error;
    return { message: error.detail.split('. If you')[0] ?? '', fields: Object.fromEntries(error.fields) };
  }
  throw new Error(`${soql} was not refused`);
}

describe('in user mode a name that the user may not read is no name', () => {
  const noAmount = { message: "No such column 'Amount' on entity 'Opportunity'", fields: { Opportunity: ['Amount'] } };

  it.each([
    'SELECT Id, Amount FROM Opportunity',
    'SELECT Id FROM Opportunity WHERE Amount > 5',
    'SELECT Id FROM Opportunity WHERE NOT (Name = null OR Amount = 5)',
    'SELECT Id FROM Opportunity ORDER BY Amount',
    'SELECT SUM(Amount) FROM Opportunity',
    'SELECT StageName FROM Opportunity GROUP BY StageName HAVING SUM(Amount) > 5',
    'SELECT Name, (SELECT Amount FROM Opportunities) FROM Account',
    'SELECT COUNT() FROM Opportunity WHERE Amount > 5',
  ])('%s', (soql) => {
    expect(refusal(soql)).toEqual(noAmount);
  });

  it('and all of them are listed', () => {
    expect(refusal('SELECT Amount, Account.Industry FROM Opportunity WHERE Type = null ORDER BY LeadSource').fields).toEqual({
      Opportunity: ['Amount', 'Type', 'LeadSource'],
      Account: ['Industry'],
    });
  });

  it('an object is no type, its relationships are none', () => {
    expect(refusal('SELECT Name FROM Contact')).toEqual({
      message: "sObject type 'Contact' is not supported",
      fields: { Contact: ['Name'] },
    });
    expect(refusal('SELECT Name, (SELECT Name FROM Contacts) FROM Account').message).toBe(
      "Didn't understand relationship 'Contacts' in FROM part of query call",
    );
    expect(refusal('SELECT Card__c.Account__r.Name FROM Card__c').message).toBe(
      "Didn't understand relationship 'Account__r' in field path",
    );
    expect(refusal('SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact)').message).toBe(
      "sObject type 'Contact' is not supported",
    );
    expect(refusal('SELECT COUNT() FROM Contact').fields).toEqual({ Contact: [] });
    expect(refusal('SELECT Id FROM PermissionSet').message).toBe("sObject type 'PermissionSet' is not supported");
  });

  it('a name that there is not is not called inaccessible', () => {
    expect(() => run('SELECT Nope FROM Opportunity')).toThrow("No such column 'Nope' on entity 'Opportunity'");
    expect(() => run('SELECT Nope FROM Opportunity')).not.toThrow(InaccessibleNames);
  });

  it('who may read it, reads it; the administrator reads all', () => {
    const allowed = org.user('Minimum Access - Salesforce', ['Deals', 'Amounts']);
    deal('Own', mine, allowed);
    expect(names('SELECT Name, Amount FROM Opportunity', allowed)).toEqual(['Own']);
    expect(names('SELECT Name, Amount FROM Opportunity', administrator)).toHaveLength(4);
  });

  it('which change was the last is told of a hidden amount, what it was is not', () => {
    const changed = org.insert('OpportunityHistory', {
      OpportunityId: first,
      StageName: 'Prospecting',
      Amount: 10,
      CloseDate: '2026-04-01',
    });
    org.store.update(org.object('Opportunity'), first, new Map([['LastAmountChangedHistoryId', changed]]));
    const result = run("SELECT LastAmountChangedHistoryId FROM Opportunity WHERE Name = 'First'");
    expect(result.kind === 'records' && result.records[0]?.values.get('LastAmountChangedHistoryId')).toBe(changed);
    expect(refusal('SELECT Amount FROM OpportunityHistory').message).toBe("No such column 'Amount' on entity 'OpportunityHistory'");
  });

  it('FIELDS(STANDARD) leaves it out', () => {
    const result = run('SELECT FIELDS(STANDARD) FROM Opportunity LIMIT 1');
    const [record] = result.kind === 'records' ? result.records : [];
    expect([...(record?.values.keys() ?? [])]).toContain('NextStep');
    expect([...(record?.values.keys() ?? [])]).not.toContain('Amount');
  });

  it('formulas are computed from what their reader may not see', () => {
    const result = run('SELECT Name, Shout__c FROM Card__c');
    expect(result.kind === 'records' && result.records[0]?.values.get('Shout__c')).toBe('hey!');
    expect(refusal('SELECT Note__c, Shout__c FROM Card__c').fields).toEqual({ Card__c: ['Note__c'] });
    expect(refusal('SELECT Shout__c, Account__c FROM Card__c').fields).toEqual({ Card__c: ['Account__c'] });
  });

  it('what only some of the targets of a reference show reads as nothing', () => {
    const result = run('SELECT What.Name, Owner.Name FROM Task');
    const [task] = result.kind === 'records' ? result.records : [];
    expect(task?.parents.get('What')?.values.get('Name')).toBe('First');
    const blind = org.user('Minimum Access - Salesforce', ['Tasks']);
    org.insert('Task', { Subject: 'Own', WhatId: first, OwnerId: blind });
    expect(refusal('SELECT What.Name FROM Task', blind).message).toBe("Didn't understand relationship 'What' in field path");
  });

  it('a query compiled once follows each user and a change of permissions', () => {
    const query = compileQuery(parseSoql('SELECT Amount FROM Opportunity'), org.schema, 'apex');
    const late = org.user('Minimum Access - Salesforce', ['Deals']);
    expect(() => query.run(org.as(late), [], USER_MODE)).toThrow(InaccessibleNames);
    org.assign(late, 'Amounts');
    expect(query.run(org.as(late), [], USER_MODE).kind).toBe('records');
    expect(() => query.run(org.as(reader), [], USER_MODE)).toThrow(InaccessibleNames);
  });
});

describe('a hidden name answers what a missing one does, whatever else is wrong with its use', () => {
  /** The missing names are as long as the hidden ones, so that the place in the query is the same. */
  const missing = new Map([
    ['Amount', 'Amoust'],
    ['Cases', 'Caxes'],
    ['Case', 'Caxe'],
  ]);
  const renamed = (text: string): string => text.replace(/\b(Amount|Cases|Case)\b/gu, (name) => missing.get(name) ?? name);

  function refusedWith(soql: string): { code: string; message: string; detail: string } {
    try {
      compileForUser(parseSoql(soql), org.schema, org.access(reader), 'apex').run(org.as(reader), [], USER_MODE);
    } catch (error) {
      if (!(error instanceof SoqlError)) throw error;
      return { code: error.errorCode, message: error.message, detail: error.detail };
    }
    throw new Error(`${soql} was not refused`);
  }

  it.each([
    'SELECT Amount FROM Opportunity',
    'SELECT Amount, Amount FROM Opportunity',
    "SELECT Id FROM Opportunity WHERE Amount LIKE 'x'",
    "SELECT Id FROM Opportunity WHERE Amount INCLUDES ('x')",
    "SELECT Id FROM Opportunity WHERE Amount EXCLUDES ('x')",
    "SELECT Id FROM Opportunity WHERE Amount = 'x'",
    'SELECT Id FROM Opportunity WHERE Amount = TODAY',
    "SELECT Id FROM Opportunity WHERE Amount IN ('x')",
    'SELECT Id FROM Opportunity WHERE Amount IN (SELECT Id FROM Account)',
    'SELECT Id FROM Opportunity WHERE Name = null OR Amount IN (SELECT Id FROM Account)',
    'SELECT Id FROM Opportunity WHERE CALENDAR_YEAR(Amount) = 2026',
    'SELECT Id FROM Opportunity WHERE DAY_ONLY(Amount) = TODAY',
    "SELECT Id FROM Account WHERE Id IN (SELECT Amount FROM Opportunity WHERE Name = 'x')",
    "SELECT Name, (SELECT Id FROM Opportunities WHERE Amount LIKE 'x') FROM Account",
    'SELECT Amount FROM Opportunity GROUP BY Amount',
    'SELECT COUNT(Id) FROM Opportunity GROUP BY Amount',
    'SELECT StageName FROM Opportunity GROUP BY StageName HAVING Amount > 1',
    'SELECT StageName FROM Opportunity GROUP BY StageName ORDER BY Amount',
    'SELECT StageName, Amount FROM Opportunity GROUP BY StageName',
    'SELECT MIN(Amount.Name) FROM Opportunity',
    'SELECT Amount.Name FROM Opportunity',
    'SELECT Nope FROM Case',
    'SELECT COUNT(Nope) FROM Case',
    "SELECT Id FROM Case WHERE Id LIKE 'x'",
    'SELECT COUNT() FROM Case FOR UPDATE',
    'SELECT FIELDS(ALL) FROM Case',
    'SELECT Name, (SELECT Nope FROM Cases) FROM Account',
    "SELECT Name, (SELECT Id FROM Cases WHERE Id LIKE 'x') FROM Account",
    'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Case LIMIT 1)',
    'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Case ORDER BY Id)',
    'SELECT Id FROM Account WHERE Id IN (SELECT Subject FROM Case)',
    'SELECT Id FROM Account WHERE Id IN (SELECT Id, AccountId FROM Case)',
    'SELECT Id FROM Account WHERE Id IN (SELECT Nope FROM Case)',
  ])('%s', (soql) => {
    const { code, message, detail } = refusedWith(soql);
    expect({ code, message: renamed(message), detail: renamed(detail) }).toEqual(refusedWith(renamed(soql)));
    expect(code).toMatch(/^INVALID_(FIELD|TYPE)$/u);
  });
});

describe('records that are not shared', () => {
  it('are not there, in user mode or with sharing alone', () => {
    expect(names('SELECT Name FROM Opportunity')).toEqual(['First', 'Third']);
    expect(names('SELECT Name, Amount FROM Opportunity', reader, SHARING)).toEqual(['First', 'Third']);
    expect(names('SELECT Name, Amount FROM Opportunity', reader, { permissions: false, sharing: false })).toHaveLength(4);
    expect(names('SELECT Name FROM Opportunity', administrator)).toHaveLength(4);
  });

  it('are not counted, grouped, limited or found by id', () => {
    const count = run('SELECT COUNT() FROM Opportunity');
    expect(count.kind === 'count' && count.count).toBe(2);
    const grouped = run('SELECT StageName, COUNT(Id) FROM Opportunity GROUP BY StageName');
    expect(grouped.kind === 'aggregate' && grouped.rows).toEqual([['Prospecting', 2]]);
    expect(names("SELECT Name FROM Opportunity WHERE Name = 'Second' LIMIT 1")).toEqual([]);
    const bound = run('SELECT Name FROM Opportunity WHERE Id = :id', colleague, USER_MODE, [first]);
    expect(bound.kind === 'records' && bound.records).toEqual([]);
  });

  it('are no children and in no semi-join', () => {
    const result = run('SELECT Name, (SELECT Name FROM Opportunities) FROM Account ORDER BY Name');
    const children = result.kind === 'records' ? result.records.map((account) => account.children.get('Opportunities')?.length) : [];
    expect(children).toEqual([1, 1]);
    const closed = "SELECT Name FROM Account WHERE Id IN (SELECT AccountId FROM Opportunity WHERE Name = 'Second')";
    expect(names(closed)).toEqual([]);
    expect(names(closed, colleague)).toEqual(['Theirs']);
    expect(names('SELECT Name FROM Account WHERE Id NOT IN (SELECT AccountId FROM Opportunity)')).toEqual([]);
  });

  it('show as parents of records that are: sharing asks about FROM alone', () => {
    const result = run("SELECT Name, Account.Name FROM Opportunity WHERE Name = 'Third'");
    expect(result.kind === 'records' && result.records[0]?.parents.get('Account')?.values.get('Name')).toBe('Theirs');
  });

  it('are there again for the same query when roles change', () => {
    const query = compileQuery(parseSoql('SELECT Name FROM Account'), org.schema, 'apex');
    const boss = org.user('Minimum Access - Salesforce', ['Deals'], org.role('Top', null));
    const count = (): number => {
      const result = query.run(org.as(boss), [], SHARING);
      return result.kind === 'records' ? result.records.length : -1;
    };
    expect(count()).toBe(0);
    const low = org.role('Low', String(org.row('User', boss).get('UserRoleId')));
    org.store.update(org.object('User'), colleague, new Map([['UserRoleId', low]]));
    expect(count()).toBe(1);
  });
});
