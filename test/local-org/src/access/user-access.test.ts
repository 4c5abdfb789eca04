import { describe, expect, it } from 'vitest';
import { AccessOrg } from './access-org.ts';
import type { UserAccess } from './types.ts';

const LITTLE = 'Minimum Access - Salesforce';

const org = new AccessOrg({
  Reader: { objects: { Opportunity: 'read' }, fields: { 'Opportunity.NextStep': 'read', 'Opportunity.Type': 'edit' } },
  Editor: {
    objects: { Opportunity: 'read edit create', Account: 'read', Card__c: 'read edit' },
    fields: { 'Opportunity.NextStep': 'edit', 'Account.BillingAddress': 'read', 'Card__c.Note__c': 'edit', 'Card__c.Shout__c': 'read' },
    classes: ['WriteResource'],
    customPermissions: ['RevOps_Write'],
    userPermissions: ['ApiEnabled'],
  },
  FieldsOnly: { fields: { 'Opportunity.Amount': 'edit' } },
  Everything: { objects: { Opportunity: 'read viewAllFields' } },
  Activities: { userPermissions: ['ActivitiesAccess', 'EditTask'] },
  Auditor: { userPermissions: ['ViewAllData', 'ViewSetup'] },
  Super: { userPermissions: ['ViewAllData', 'ModifyAllData'] },
  Cases: { objects: { Case: 'read create' } },
});

function on(access: UserAccess, object: string): string {
  const rights = access.object(org.object(object));
  return Object.entries(rights)
    .flatMap(([right, has]) => (has === true ? [right] : []))
    .join(' ');
}

function field(access: UserAccess, object: string, name: string): string {
  const { read, edit } = access.field(org.object(object), org.field(object, name));
  return `${read ? 'read' : ''}${edit ? ' edit' : ''}`.trim();
}

const withSets = (...names: string[]): UserAccess => org.access(org.user(LITTLE, names));

describe('object permissions', () => {
  it('are nothing by themselves, and what the permission sets add up to', () => {
    expect(on(withSets(), 'Opportunity')).toBe('');
    expect(on(withSets('Reader'), 'Opportunity')).toBe('read');
    expect(on(withSets('Reader', 'Editor'), 'Opportunity')).toBe('read create edit');
    expect(on(withSets('Reader'), 'Account')).toBe('');
  });

  it('of profiles: everything, the usual standard objects, or nothing', () => {
    const full = org.access(org.user('System Administrator'));
    expect(full.isFull).toBe(true);
    expect(on(full, 'Card__c')).toBe('read create edit delete viewAll modifyAll');
    const standard = org.access(org.user('Standard User'));
    expect(standard.isFull).toBe(false);
    expect(on(standard, 'Opportunity')).toBe('read create edit delete');
    expect(on(standard, 'Card__c')).toBe('');
    expect(on(standard, 'Task')).toBe('read create edit delete');
    expect(on(org.access(org.user('Minimum Access - API Only Integrations')), 'Account')).toBe('');
  });

  it('follow from View All Data and Modify All Data', () => {
    expect(on(withSets('Auditor'), 'Card__c')).toBe('read viewAll');
    expect(on(withSets('Super'), 'Card__c')).toBe('read create edit delete viewAll modifyAll');
    expect(field(withSets('Super'), 'Card__c', 'Note__c')).toBe('');
  });

  it('of activities are user permissions', () => {
    expect(on(org.access(org.user('Minimum Access - API Only Integrations', ['Editor'])), 'Task')).toBe('');
    expect(on(withSets('Editor'), 'Task')).toBe('read');
    expect(on(withSets('Activities'), 'Task')).toBe('read create edit delete');
    expect(on(withSets('Activities'), 'Event')).toBe('read');
    expect(on(withSets('Activities', 'Auditor'), 'Event')).toBe('read viewAll');
  });

  it('of what belongs to another object are the other one’s', () => {
    expect(on(withSets('Reader'), 'OpportunityContactRole')).toBe('read');
    expect(on(withSets('Editor'), 'OpportunityContactRole')).toBe('read create edit delete');
    expect(on(withSets('Editor'), 'OpportunityHistory')).toBe('read');
    expect(on(withSets(), 'OpportunityHistory')).toBe('');
    expect(on(withSets('Cases'), 'CaseComment')).toBe('read create');
  });

  it('of set-up: users and stages for everybody, roles and permission sets for those who view set-up', () => {
    const little = withSets();
    expect(['User', 'Organization', 'Profile', 'OpportunityStage', 'RecordType'].map((name) => on(little, name).split(' ')[0])).toEqual(
      Array(5).fill('read'),
    );
    expect(['UserRole', 'PermissionSet', 'PermissionSetAssignment'].map((name) => on(little, name))).toEqual(['', '', '']);
    expect(['UserRole', 'PermissionSet'].map((name) => on(withSets('Auditor'), name).split(' ')[0])).toEqual(['read', 'read']);
    expect(little.object(org.object('User')).edit).toBe(false);
  });
});

describe('field permissions', () => {
  it('are the highest of all permission sets', () => {
    expect(field(withSets('Reader'), 'Opportunity', 'NextStep')).toBe('read');
    expect(field(withSets('Reader', 'Editor'), 'Opportunity', 'NextStep')).toBe('read edit');
    expect(field(withSets('Reader'), 'Opportunity', 'Amount')).toBe('');
  });

  it('are worth nothing without the object, and not more than the object allows', () => {
    expect(field(withSets('FieldsOnly'), 'Opportunity', 'Amount')).toBe('');
    expect(field(withSets('FieldsOnly', 'Reader'), 'Opportunity', 'Amount')).toBe('read');
    expect(field(withSets('Reader'), 'Opportunity', 'Type')).toBe('read');
    expect(field(withSets('Everything'), 'Opportunity', 'Amount')).toBe('read');
  });

  it('do not exist for required fields, names and what the platform keeps', () => {
    const reader = withSets('Reader');
    const always = ['Id', 'Name', 'OwnerId', 'CreatedDate', 'LastModifiedById', 'SystemModstamp', 'StageName', 'CloseDate', 'IsClosed'];
    expect(always.map((name) => field(reader, 'Opportunity', name))).toEqual(always.map(() => 'read'));
    expect(['Subject', 'Status', 'Description'].map((name) => field(withSets(), 'Task', name))).toEqual(['read', 'read', '']);
    const editor = withSets('Editor');
    expect(field(editor, 'Opportunity', 'StageName')).toBe('read edit');
    expect(field(editor, 'Opportunity', 'IsClosed')).toBe('read');
    expect(field(editor, 'Card__c', 'Must__c')).toBe('read edit');
    expect(field(editor, 'Card__c', 'Name')).toBe('read');
    expect(field(editor, 'Card__c', 'Note__c')).toBe('read edit');
    expect(field(editor, 'Card__c', 'Shout__c')).toBe('read');
    expect(field(editor, 'Card__c', 'Account__c')).toBe('');
  });

  it('of an address go for its parts', () => {
    const editor = withSets('Editor');
    expect(['BillingAddress', 'BillingCity', 'BillingLatitude'].map((name) => field(editor, 'Account', name))).toEqual([
      'read',
      'read',
      'read',
    ]);
    expect(field(editor, 'Account', 'ShippingCity')).toBe('');
    expect(field(editor, 'Account', 'Industry')).toBe('');
  });

  it('of opportunity history are those of the opportunity', () => {
    expect(['Amount', 'PrevAmount', 'StageName'].map((name) => field(withSets('Reader'), 'OpportunityHistory', name))).toEqual([
      '',
      '',
      'read',
    ]);
    expect(field(withSets('Reader', 'FieldsOnly'), 'OpportunityHistory', 'PrevAmount')).toBe('read');
  });

  it('of the Standard User: every standard field, no custom one', () => {
    const standard = org.access(org.user('Standard User'));
    expect(field(standard, 'Opportunity', 'Amount')).toBe('read edit');
    expect(field(standard, 'Opportunity', 'ExpectedRevenue')).toBe('read');
    expect(field(standard, 'OpportunityHistory', 'Amount')).toBe('read');
  });
});

describe('other permissions', () => {
  it('come from profile and permission sets', () => {
    const editor = withSets('Editor');
    expect(editor.mayRunClass('writeresource')).toBe(true);
    expect(editor.mayRunClass('Other')).toBe(false);
    expect(editor.hasUserPermission('ApiEnabled')).toBe(true);
    expect(editor.hasUserPermission('ViewSetup')).toBe(false);
    expect(editor.hasCustomPermission('RevOps_Write')).toBe(true);
    expect(editor.hasCustomPermission('RevOps_Read')).toBe(false);
  });

  it('of administrators: all but custom permissions, which are assigned', () => {
    const id = org.user('System Administrator');
    expect(org.access(id).mayRunClass('Other')).toBe(true);
    expect(org.access(id).hasUserPermission('ViewSetup')).toBe(true);
    expect(org.access(id).hasUserPermission('ApiUserOnly')).toBe(false);
    expect(org.access(id).hasCustomPermission('RevOps_Write')).toBe(false);
    org.assign(id, 'Editor');
    expect(org.access(id).hasCustomPermission('RevOps_Write')).toBe(true);
  });
});

describe('a change of assignments', () => {
  it('holds at once, and its rollback too', () => {
    const id = org.user(LITTLE);
    const before = org.access(id);
    expect(org.access(id)).toBe(before);
    org.store.savepoint('s');
    org.assign(id, 'Reader');
    expect(on(org.access(id), 'Opportunity')).toBe('read');
    org.store.rollbackTo('s');
    org.store.release('s');
    expect(org.access(id)).toBe(before);
  });

  it('of the profile too; a profile that is not known is refused', () => {
    const id = org.user(LITTLE);
    const standard = org.row('User', org.user('Standard User')).get('ProfileId') ?? null;
    org.store.update(org.object('User'), id, new Map([['ProfileId', standard]]));
    expect(on(org.access(id), 'Lead')).toBe('read create edit delete');
    const odd = org.insert('Profile', { Name: 'Odd', UserType: 'Standard' });
    org.store.update(org.object('User'), id, new Map([['ProfileId', odd]]));
    expect(() => org.access(id)).toThrow('Not supported by the local org: the profile Odd');
  });
});
