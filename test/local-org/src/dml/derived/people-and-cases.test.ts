import { expect, test } from 'vitest';
import type { Value } from '../../schema/types.ts';
import { QUEUES } from '../../../data/setup-records.ts';
import { DmlOrg, NOON } from '../dml-org.ts';

test('the name of a person follows first and last name', () => {
  const org = new DmlOrg();
  const id = org.insert('Contact', { Salutation: 'Ms.', FirstName: 'Ada', LastName: 'Byron' });
  expect(org.row('Contact', id).get('Name')).toBe('Ada Byron');
  org.update('Contact', id, { LastName: 'Lovelace' });
  expect(org.row('Contact', id).get('Name')).toBe('Ada Lovelace');
  org.update('Contact', id, { FirstName: null });
  expect(org.row('Contact', id).get('Name')).toBe('Lovelace');
});

test('a lead is open and unconverted; a new owner dates its transfer; a converted one cannot be changed', () => {
  const org = new DmlOrg();
  const id = org.insert('Lead', { LastName: 'L', Company: 'C' });
  const shown = (): Value[] => ['Status', 'IsConverted', 'LastTransferDate', 'Name'].map((field) => org.row('Lead', id).get(field) ?? null);
  expect(shown()).toEqual(['Open - Not Contacted', false, null, 'L']);
  const other = String(org.store.select(`SELECT "Id" FROM "User" WHERE "LastName" = 'Tran'`, [])[0]?.[0]);
  org.update('Lead', id, { OwnerId: other });
  expect(shown()[2]).toBe('2026-03-15');
  org.store.update(org.object('Lead'), id, new Map([['IsConverted', true]]));
  expect(org.run('update', 'Lead', [{ Id: id, Company: 'D' }])[0]?.errors).toEqual([
    { statusCode: 'CANNOT_UPDATE_CONVERTED_LEAD', message: 'cannot reference converted lead', fields: [] },
  ]);
});

test('a case is numbered, closed by its status and dated when it closes', () => {
  const org = new DmlOrg();
  const id = org.insert('Case', { Subject: 'S' });
  const shown = (): Value[] =>
    ['CaseNumber', 'Status', 'IsClosed', 'ClosedDate', 'IsClosedOnCreate'].map((field) => org.row('Case', id).get(field) ?? null);
  expect(shown()).toEqual(['00000001', 'New', false, null, false]);
  org.clock.advance(1_000);
  org.update('Case', id, { Status: 'Closed' });
  expect(shown()).toEqual(['00000001', 'Closed', true, NOON + 1_000, false]);
  org.update('Case', id, { Status: 'Working' });
  expect(shown().slice(2, 4)).toEqual([false, null]);
  expect(org.row('Case', org.insert('Case', { Status: 'Closed' })).get('IsClosedOnCreate')).toBe(true);
});

test('a case shows how to reach its contact, as the contact stands', () => {
  const org = new DmlOrg();
  const account = org.insert('Account', { Name: 'A' });
  const contact = org.insert('Contact', { LastName: 'C', AccountId: account, Phone: '1', Email: 'c@d.example' });
  const id = org.insert('Case', { ContactId: contact });
  const shown = (): Value[] => ['AccountId', 'ContactPhone', 'ContactEmail'].map((field) => org.row('Case', id).get(field) ?? null);
  expect(shown()).toEqual([account, '1', 'c@d.example']);
  org.update('Contact', contact, { Phone: '2' });
  expect(shown()).toEqual([account, '2', 'c@d.example']);
  org.update('Case', id, { ContactId: null });
  expect(shown()).toEqual([account, null, null]);
});

test('a user has the type of the profile and a nickname from the username', () => {
  const org = new DmlOrg();
  const keys = { TimeZoneSidKey: 'GMT', LocaleSidKey: 'en_US', LanguageLocaleKey: 'en_US', EmailEncodingKey: 'UTF-8' };
  const id = org.insert('User', {
    FirstName: 'N',
    LastName: 'U',
    Alias: 'nu',
    Username: 'n.u@larkfield.example',
    Email: 'n@u.example',
    ProfileId: org.tx.user.profileId,
    ...keys,
  });
  expect(Object.fromEntries(org.row('User', id))).toMatchObject({ Name: 'N U', UserType: 'Standard', CommunityNickname: 'n.u' });
});

test('a permission set is assigned once, and the assignment can be taken back', () => {
  const org = new DmlOrg();
  const permissionSet = org.insert('PermissionSet', { Name: 'Set', Label: 'Set' });
  const assigned = { PermissionSetId: permissionSet, AssigneeId: org.tx.user.id };
  const id = org.insert('PermissionSetAssignment', assigned);
  expect(org.row('PermissionSetAssignment', id).get('IsActive')).toBe(true);
  const [assignee, set] = [org.tx.user.id.slice(0, 15), permissionSet.slice(0, 15)];
  expect(org.run('insert', 'PermissionSetAssignment', [assigned])[0]?.errors).toEqual([
    {
      statusCode: 'DUPLICATE_VALUE',
      message: `Duplicate PermissionSetAssignment. Assignee: ${assignee}; Permission Set: ${set}`,
      fields: ['AssigneeId', 'PermissionSetId'],
    },
  ]);
  expect(org.run('delete', 'PermissionSetAssignment', [{ Id: id }])[0]?.success).toBe(true);
  expect(org.store.get(org.object('PermissionSetAssignment'), id)).toBeUndefined();
  expect(() => org.run('insert', 'PermissionSetAssignment', [{ ...assigned, ExpirationDate: NOON }])).toThrow(
    'Not supported by the local org: assignments of permission sets that expire',
  );
  expect(() => org.run('delete', 'PermissionSet', [{ Id: permissionSet }])).toThrow(
    'Not supported by the local org: deleting a PermissionSet',
  );
});

test('a queue takes cases and leads, but no opportunity', () => {
  const org = new DmlOrg();
  const id = org.insert('Case', { Subject: 'S', OwnerId: QUEUES.support });
  expect(org.row('Case', id).get('OwnerId')).toBe(QUEUES.support);
  org.update('Case', id, { OwnerId: org.tx.user.id });
  const lead = org.insert('Lead', { LastName: 'L', Company: 'C', OwnerId: QUEUES.inbound });
  expect(org.row('Lead', lead).get('OwnerId')).toBe(QUEUES.inbound);
  const deal = { Name: 'D', StageName: 'Prospecting', CloseDate: '2026-12-31', OwnerId: QUEUES.support };
  expect(org.run('insert', 'Opportunity', [deal])[0]?.errors).toEqual([
    { statusCode: 'FIELD_INTEGRITY_EXCEPTION', message: `Owner ID: id value of incorrect type: ${QUEUES.support}`, fields: ['OwnerId'] },
  ]);
});
