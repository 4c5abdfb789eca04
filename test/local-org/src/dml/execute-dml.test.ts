import { expect, test } from 'vitest';
import { DmlOrg } from './dml-org.ts';
import { executeDml } from './execute-dml.ts';

test('an insert fills owner, defaults, auto-number, checkboxes and audit fields', () => {
  const org = new DmlOrg();
  const row = org.row('Ticket__c', org.insert('Ticket__c', {}));
  expect(Object.fromEntries(row)).toMatchObject({
    Name: 'T-0001',
    OwnerId: org.tx.user.id,
    Level__c: 'Low',
    Done__c: true,
    Must__c: 'given',
    Points__c: null,
    IsDeleted: false,
    CreatedById: org.tx.user.id,
    CreatedDate: org.tx.now(),
  });
});

test('a null that is given stays, except where the field cannot be empty: there the default is taken', () => {
  const org = new DmlOrg();
  const row = org.row('Ticket__c', org.insert('Ticket__c', { Level__c: null, Done__c: null, OwnerId: null }));
  expect([row.get('Level__c'), row.get('Done__c'), row.get('OwnerId')]).toEqual([null, true, org.tx.user.id]);
});

test("names are taken in any case and kept in the schema's", () => {
  const org = new DmlOrg();
  expect(org.row('Account', org.insert('Account', { nAME: 'A' })).get('Name')).toBe('A');
});

test("a custom object's record without a name is called by its id", () => {
  const org = new DmlOrg();
  const id = org.insert('Note_Card__c', {});
  expect(org.row('Note_Card__c', id).get('Name')).toBe(id);
});

test('an update takes an id of 15 characters and answers 18', () => {
  const org = new DmlOrg();
  const id = org.insert('Account', { Name: 'A' });
  expect(org.run('update', 'Account', [{ Id: id.slice(0, 15), Name: 'B' }])[0]).toEqual({ id, success: true, created: false, errors: [] });
});

test('a null clears a field', () => {
  const org = new DmlOrg();
  const id = org.insert('Account', { Name: 'A', Industry: 'Energy' });
  org.update('Account', id, { Industry: '' });
  expect(org.row('Account', id).get('Industry')).toBeNull();
});

test('what cannot be without a record goes with it and comes back, and nothing that was deleted before', () => {
  const org = new DmlOrg();
  const parent = org.insert('Case', {});
  const [early, late] = ['early', 'late'].map((CommentBody) => org.insert('CaseComment', { ParentId: parent, CommentBody }));
  org.run('delete', 'CaseComment', [{ Id: early ?? null }], true);
  org.clock.advance(2_000);
  org.run('delete', 'Case', [{ Id: parent }], true);
  expect(org.count('CaseComment')).toBe(0);
  org.clock.advance(2_000);
  org.run('undelete', 'Case', [{ Id: parent }], true);
  expect(org.row('CaseComment', late).get('IsDeleted')).toBe(false);
  expect(org.row('CaseComment', early).get('IsDeleted')).toBe(true);
});

test('records of several objects run in batches of one object, in their order', () => {
  const org = new DmlOrg();
  const records = ['Account', 'Account', 'Note_Card__c', 'Account'].map((name) => ({
    object: org.object(name),
    id: null,
    values: new Map([['Name', 'N']]),
  }));
  const results = executeDml(
    'insert',
    records,
    { enforcement: { permissions: false, sharing: false }, allOrNone: true, triggers: org.port },
    org.tx,
  );
  expect(results.map((result) => result.id?.slice(0, 3))).toEqual(['001', '001', 'a01', '001']);
  expect(org.trace.filter((line) => line.startsWith('before'))).toEqual([
    'before insert Account 2',
    'before insert Note_Card__c 1',
    'before insert Account 1',
  ]);
});

test('a unique value may change its case on the record that holds it', () => {
  const org = new DmlOrg();
  org.update('User', org.tx.user.id, { CommunityNickname: 'SAM.okafor' });
  expect(org.row('User', org.tx.user.id).get('CommunityNickname')).toBe('SAM.okafor');
});
