import { describe, expect, it } from 'vitest';
import { AccessOrg } from '../access/access-org.ts';
import type { Enforcement, UserAccess } from '../access/types.ts';
import { NotSupported } from '../errors.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { columnReader } from './columns-read.ts';
import { compileQuery } from './compile.ts';
import { parseSoql } from './parse.ts';
import { InaccessibleNames } from './types.ts';

/** What is read to find out what a user may do, whatever the query. */
const OF_ACCESS =
  /^(?:json_each|given|below|User\.(?:Id|ProfileId|UserRoleId)|Profile\.(?:Id|Name)|UserRole\.(?:Id|ParentRoleId)|PermissionSet\.(?:Id|Name)|PermissionSetAssignment\.(?:AssigneeId|PermissionSetId))/;
/** What sharing is worked out from: owners, and the references through which one record controls another. */
const OF_SHARING =
  /^(?:\w+\.(?:Id|OwnerId|IsDeleted)|(?:Opportunity|Case|Contact)\.AccountId|(?:Task|Event)\.Wh(?:at|o)Id|CaseComment\.ParentId|Opportunity(?:History|ContactRole)\.OpportunityId)$/;
/** A formula is computed from what its reader may not see. */
const OF_FORMULAS: Readonly<Record<string, string>> = { 'Card__c.Shout__c': 'Card__c.Note__c' };

const org = new AccessOrg({
  Some: {
    objects: { Opportunity: 'read', Account: 'read', Card__c: 'read', Case: 'read' },
    fields: {
      'Opportunity.NextStep': 'read',
      'Account.BillingAddress': 'read',
      'Card__c.Shout__c': 'read',
      'Task.Description': 'read',
      'Task.WhatId': 'read',
      'Task.WhoId': 'read',
    },
    userPermissions: ['ActivitiesAccess', 'ViewRoles'],
  },
  Other: {
    objects: { Contact: 'read', Lead: 'read viewAll viewAllFields' },
    fields: { 'Contact.Email': 'read', 'Opportunity.Amount': 'read' },
  },
});
const users = {
  nobody: org.user('Minimum Access - Salesforce'),
  some: org.user('Minimum Access - Salesforce', ['Some']),
  other: org.user('Minimum Access - Salesforce', ['Other']),
  both: org.user('Minimum Access - Salesforce', ['Some', 'Other']),
  standard: org.user('Standard User'),
};
const readBy = columnReader(org.store);

/** The columns that a query reads when a user runs it, or null where it is refused. */
function reads(soql: string, userId: string, enforcement: Enforcement): Set<string> | null {
  const columns = new Set<string>();
  const tx = org.as(userId);
  const watched = {
    ...tx,
    store: {
      ...tx.store,
      select: (sql: string, params: readonly (string | number | null)[]): unknown[][] => {
        for (const column of readBy(sql)) columns.add(column);
        return tx.store.select(sql, params);
      },
    },
  };
  try {
    compileQuery(parseSoql(soql), org.schema, 'rest').run(watched, [], enforcement);
    return columns;
  } catch (error) {
    if (error instanceof InaccessibleNames) return null;
    throw error;
  }
}

function isVisible(access: UserAccess, column: string): boolean {
  const [object = '', field = ''] = column.split('.');
  return access.field(org.object(object), org.field(object, field)).read;
}

/** Columns that the user may not see and that nothing but the query reads. */
function forbidden(columns: Iterable<string>, access: UserAccess, except: string | undefined, sharing: boolean): string[] {
  return [...columns].filter(
    (column) => !OF_ACCESS.test(column) && !(sharing && OF_SHARING.test(column)) && column !== except && !isVisible(access, column),
  );
}

/** The filter without which an object cannot be queried. */
const OBLIGATORY: Readonly<Record<string, string>> = { ContentDocumentLink: "LinkedEntityId = '001000000000001AAA'" };

/** A query for each clause in which a field may stand. */
function queriesWith(object: ObjectDef, field: FieldDef): string[] {
  const from = (condition?: string): string => {
    const conditions = [OBLIGATORY[object.name], condition].filter((one) => one !== undefined);
    return conditions.length === 0 ? `FROM ${object.name}` : `FROM ${object.name} WHERE ${conditions.join(' AND ')}`;
  };
  return [
    `SELECT ${field.name} ${from()}`,
    ...(field.filterable && field.formula === null ? [`SELECT Id ${from(`${field.name} != null`)}`] : []),
    ...(field.sortable && field.formula === null ? [`SELECT Id ${from()} ORDER BY ${field.name}`] : []),
    ...(field.groupable && field.formula === null ? [`SELECT ${field.name} ${from()} GROUP BY ${field.name}`] : []),
    ...(field.type === 'reference' && field.relationshipName !== null ? [`SELECT ${field.relationshipName}.Id ${from()}`] : []),
  ];
}

describe.each(Object.entries(users))('%s', (_name, userId) => {
  const access = org.access(userId);

  it('reads no column that is hidden from them, and every one that is not', () => {
    let refused = 0;
    let read = 0;
    for (const object of org.schema.objects()) {
      for (const field of object.fields.values()) {
        const visible = access.field(object, field).read;
        for (const soql of queriesWith(object, field)) {
          let columns: Set<string> | null;
          try {
            columns = reads(soql, userId, { permissions: true, sharing: false });
          } catch (error) {
            if (error instanceof NotSupported) continue;
            throw new Error(soql, { cause: error });
          }
          if (columns) read++;
          else refused++;
          if (!visible) expect(columns, soql).toBeNull();
          else if (!/\.Id FROM/.test(soql)) expect(columns, soql).not.toBeNull();
          expect(forbidden(columns ?? [], access, OF_FORMULAS[`${object.name}.${field.name}`], false), soql).toEqual([]);
        }
      }
    }
    expect(read).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(100);
  });

  it.each([
    'SELECT FIELDS(ALL) FROM Opportunity LIMIT 200',
    'SELECT FIELDS(ALL) FROM Case LIMIT 200',
    'SELECT Name, (SELECT FIELDS(STANDARD) FROM Opportunities LIMIT 5) FROM Account',
    'SELECT Name, Owner.Name, Owner.Email, Account.Owner.Name FROM Opportunity WHERE Owner.IsActive = true',
    "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Opportunity WHERE NextStep = 'Call')",
    'SELECT Id FROM Account WHERE Id NOT IN (SELECT AccountId FROM Opportunity WHERE Amount > 5)',
    'SELECT StageName, COUNT(Id), SUM(Amount) FROM Opportunity GROUP BY StageName HAVING MAX(CloseDate) > 2026-01-01',
    'SELECT What.Name, Who.Email, Who.Phone, What.Type, Description FROM Task',
    'SELECT Owner.Email, Who.Title FROM Event',
    'SELECT Amount, Opportunity.NextStep FROM OpportunityHistory',
    'SELECT COUNT() FROM Card__c WHERE Account__r.BillingCity = null',
  ])('%s', (soql) => {
    for (const sharing of [false, true]) {
      const columns = reads(soql, userId, { permissions: true, sharing }) ?? new Set();
      expect(forbidden(columns, access, undefined, sharing)).toEqual([]);
    }
  });
});

it('the authorizer sees the columns of every clause', () => {
  const soql =
    "SELECT Name, Account.Industry FROM Opportunity WHERE NextStep = 'x' AND Id IN (SELECT OpportunityId FROM OpportunityContactRole WHERE Role = 'x') ORDER BY Amount";
  const columns = reads(soql, org.user('System Administrator'), { permissions: true, sharing: true });
  expect([...(columns ?? [])].filter((column) => !OF_ACCESS.test(column)).sort()).toEqual([
    'Account.Id',
    'Account.Industry',
    'Opportunity.AccountId',
    'Opportunity.Amount',
    'Opportunity.Id',
    'Opportunity.IsDeleted',
    'Opportunity.Name',
    'Opportunity.NextStep',
    'OpportunityContactRole.IsDeleted',
    'OpportunityContactRole.OpportunityId',
    'OpportunityContactRole.Role',
  ]);
});

it('a query that permissions do not bind reads what the user may not see', () => {
  const columns = reads('SELECT Amount FROM Opportunity', users.some, { permissions: false, sharing: true });
  expect(forbidden(columns ?? [], org.access(users.some), undefined, true)).toEqual(['Opportunity.Amount']);
});
