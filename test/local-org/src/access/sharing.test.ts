import { describe, expect, it } from 'vitest';
import type { DeployedObject } from '../schema/deployed-object.ts';
import type { SharingModel } from '../schema/types.ts';
import { AccessOrg, card } from './access-org.ts';
import { sharedIds } from './record-access.ts';

const STANDARD = 'Standard User';

/** A boss above two people, and somebody without a role; Card__c under an org-wide default. */
function company(model: SharingModel = 'Private', ...more: DeployedObject[]) {
  const org = new AccessOrg(
    {
      Cards: { objects: { Card__c: 'read create edit delete' } },
      AllCards: { objects: { Card__c: 'read viewAll' } },
      EveryCard: { objects: { Card__c: 'read edit delete viewAll modifyAll' } },
      AllAccounts: { objects: { Account: 'read viewAll' } },
      ViewAll: { userPermissions: ['ViewAllData'] },
    },
    [card(model), ...more],
  );
  const top = org.role('Top', null);
  const mid = org.role('Mid', top);
  const low = org.role('Low', mid);
  const person = (role: string | null, ...sets: string[]): string => org.user(STANDARD, sets, role);
  const [boss, ann, bob, outsider] = [person(top), person(low), person(low), person(null)];
  /** `red`: read, edit, delete, as far as sharing lets the user. */
  const rights = (userId: string, object: string, id: string): string => {
    const tx = org.as(userId);
    const def = org.object(object);
    return (['read', 'edit', 'delete'] as const)
      .map((level) => (sharedIds(tx, def, [id], level).size > 0 ? level.charAt(0) : '-'))
      .join('');
  };
  return { org, boss, ann, bob, outsider, person, rights };
}

describe('a private object', () => {
  it('is the owner’s and theirs who stand above in the role hierarchy', () => {
    const { org, boss, ann, bob, outsider, rights } = company();
    const account = org.insert('Account', { Name: 'A', OwnerId: ann });
    expect([ann, boss, bob, outsider].map((user) => rights(user, 'Account', account))).toEqual(['red', 'red', '---', '---']);
    expect(rights(org.user('System Administrator'), 'Account', account)).toBe('red');
    expect(rights(ann, 'Account', org.insert('Account', { Name: 'B', OwnerId: boss }))).toBe('---');
  });

  it('does not follow the manager of a user', () => {
    const { org, ann, outsider, rights } = company();
    org.store.update(org.object('User'), ann, new Map([['ManagerId', outsider]]));
    expect(rights(outsider, 'Account', org.insert('Account', { Name: 'A', OwnerId: ann }))).toBe('---');
  });

  it('is read by those with View All, and is anybody’s with Modify All', () => {
    const { org, ann, person, rights } = company();
    const id = org.insert('Card__c', { Must__c: 'x', OwnerId: ann });
    expect(rights(person(null, 'Cards'), 'Card__c', id)).toBe('---');
    expect(rights(person(null, 'AllCards'), 'Card__c', id)).toBe('r--');
    expect(rights(person(null, 'EveryCard'), 'Card__c', id)).toBe('red');
    expect(rights(person(null, 'ViewAll'), 'Card__c', id)).toBe('r--');
  });
});

it.each<[SharingModel, string, string]>([
  ['Private', '---', 'red'],
  ['Read', 'r--', 'red'],
  ['ReadWrite', 're-', 'red'],
  ['ReadWriteTransfer', 're-', 'red'],
  ['FullAccess', 'red', 'red'],
])('org-wide default %s: %s for others, %s for the owner', (model, others, owner) => {
  const { org, ann, outsider, rights } = company(model);
  const id = org.insert('Card__c', { Must__c: 'x', OwnerId: ann });
  expect([rights(outsider, 'Card__c', id), rights(ann, 'Card__c', id)]).toEqual([others, owner]);
});

it('a private opportunity is the owner’s and theirs who stand above, though the org-wide default opens all', () => {
  const { org, boss, ann, bob, person, rights } = company('Private', {
    ...card('Private'),
    name: 'Opportunity',
    nameField: null,
    fields: [],
    sharingModel: 'ReadWrite',
  });
  const deal = (IsPrivate: boolean): string =>
    org.insert('Opportunity', { Name: 'D', StageName: 'Prospecting', CloseDate: '2026-01-01', IsPrivate, OwnerId: ann });
  const [open, hidden] = [deal(false), deal(true)];
  const users = [ann, boss, bob, person(null, 'ViewAll')];
  expect(users.map((user) => rights(user, 'Opportunity', open))).toEqual(['red', 'red', 're-', 're-']);
  expect(users.map((user) => rights(user, 'Opportunity', hidden))).toEqual(['red', 'red', '---', 'r--']);
});

describe('what belongs together', () => {
  it('an account is read by the owners of its opportunities and cases, and by those above them', () => {
    const { org, boss, ann, bob, outsider, rights } = company();
    const account = org.insert('Account', { Name: 'A', OwnerId: outsider });
    expect([ann, bob, boss].map((user) => rights(user, 'Account', account))).toEqual(['---', '---', '---']);
    const deal = org.insert('Opportunity', {
      Name: 'D',
      AccountId: account,
      OwnerId: ann,
      StageName: 'Prospecting',
      CloseDate: '2026-04-01',
    });
    org.insert('Case', { AccountId: account, OwnerId: bob, Status: 'New' });
    expect([ann, bob, boss].map((user) => rights(user, 'Account', account))).toEqual(['r--', 'r--', 'r--']);
    expect(rights(outsider, 'Opportunity', deal)).toBe('---');
    org.store.update(org.object('Opportunity'), deal, new Map([['IsDeleted', true]]));
    expect(rights(ann, 'Account', account)).toBe('---');
  });

  it('a contact is its account’s; without one, its owner’s', () => {
    const { org, boss, ann, bob, rights } = company();
    const account = org.insert('Account', { Name: 'A', OwnerId: ann });
    const contact = org.insert('Contact', { LastName: 'C', AccountId: account, OwnerId: bob });
    expect([ann, boss, bob].map((user) => rights(user, 'Contact', contact))).toEqual(['red', 'red', '---']);
    const alone = org.insert('Contact', { LastName: 'C', OwnerId: ann });
    expect([ann, boss, bob].map((user) => rights(user, 'Contact', alone))).toEqual(['red', '---', '---']);
    const viewer = org.user(STANDARD, ['AllAccounts']);
    expect(rights(viewer, 'Contact', contact)).toBe('r--');
  });

  it('activities are their owner’s, and whoever’s the records are that they are about', () => {
    const { org, boss, ann, bob, outsider, rights } = company();
    const account = org.insert('Account', { Name: 'A', OwnerId: ann });
    const task = org.insert('Task', { Subject: 'Call', WhatId: account, OwnerId: outsider });
    expect([outsider, ann, boss, bob].map((user) => rights(user, 'Task', task))).toEqual(['red', 'red', 'red', '---']);
    const contact = org.insert('Contact', { LastName: 'C', AccountId: account, OwnerId: ann });
    const event = org.insert('Event', { Subject: 'Lunch', WhoId: contact, OwnerId: outsider });
    expect([ann, bob].map((user) => rights(user, 'Event', event))).toEqual(['red', '---']);
    const lead = org.insert('Lead', { LastName: 'L', Company: 'L', OwnerId: ann });
    expect(rights(bob, 'Task', org.insert('Task', { Subject: 'Mail', WhoId: lead, OwnerId: outsider }))).toBe('re-');
  });

  it('comments, contact roles and history have the access of what they are of', () => {
    const { org, ann, bob, rights } = company();
    const request = org.insert('Case', { OwnerId: ann, Status: 'New' });
    const comment = org.insert('CaseComment', { ParentId: request, CommentBody: 'Hi' });
    expect([ann, bob].map((user) => rights(user, 'CaseComment', comment))).toEqual(['red', '---']);
    const deal = org.insert('Opportunity', { Name: 'D', OwnerId: ann, StageName: 'Prospecting', CloseDate: '2026-04-01' });
    const history = org.insert('OpportunityHistory', { OpportunityId: deal, StageName: 'Prospecting' });
    expect([ann, bob].map((user) => rights(user, 'OpportunityHistory', history))).toEqual(['red', '---']);
  });

  it('whoever edits a case changes and deletes its comments', () => {
    const open: DeployedObject = { ...card('Private'), name: 'Case', nameField: null, fields: [], sharingModel: 'ReadWrite' };
    const { org, ann, bob, rights } = company('Private', open);
    const request = org.insert('Case', { OwnerId: ann, Status: 'New' });
    const comment = org.insert('CaseComment', { ParentId: request, CommentBody: 'Hi' });
    expect([rights(bob, 'Case', request), rights(bob, 'CaseComment', comment)]).toEqual(['re-', 'red']);
  });

  it('set-up is nobody’s own', () => {
    const { org, ann, bob, rights } = company();
    expect(rights(ann, 'User', bob)).toBe('red');
    const [stage] = org.store.findIds(org.object('OpportunityStage'), 'ApiName', 'Prospecting');
    expect(rights(ann, 'OpportunityStage', stage ?? '')).toBe('red');
  });
});

it('a list is answered at once, without what is not there', () => {
  const { org, ann, bob } = company();
  const [mine, other] = [ann, bob].map((owner) => org.insert('Account', { Name: 'A', OwnerId: owner }));
  const ids = [mine ?? '', other ?? '', '001000000000999AAA'];
  expect([...sharedIds(org.as(ann), org.object('Account'), ids, 'read')]).toEqual([mine]);
});
