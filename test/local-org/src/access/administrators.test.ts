import { expect, test } from 'vitest';
import { DmlOrg } from '../dml/dml-org.ts';
import { assertSupportedUser, isAdministrator } from './administrators.ts';
import { toRunningUser } from './to-running-user.ts';

const PERSON = {
  LastName: 'Reader',
  Username: 'reader@larkfield.example',
  Email: 'reader@larkfield.example',
  Alias: 'reader',
  TimeZoneSidKey: 'Europe/Paris',
  LocaleSidKey: 'en_US',
  LanguageLocaleKey: 'en_US',
  EmailEncodingKey: 'UTF-8',
};

test('a user with the System Administrator profile is an administrator', () => {
  const { tx } = new DmlOrg();
  expect(isAdministrator(tx, tx.user)).toBe(true);
  expect(() => assertSupportedUser(tx, tx.user)).not.toThrow();
});

test('any other user is refused, and so is DML in user mode as that user', () => {
  const org = new DmlOrg();
  const license = org.row('Profile', org.tx.user.profileId).get('UserLicenseId') ?? null;
  const profile = org.store.nextId(org.object('Profile'));
  org.store.insert(org.object('Profile'), new Map([['Id', profile], ['Name', 'Standard User'], ['UserType', 'Standard'], ['UserLicenseId', license]])); // prettier-ignore
  const user = toRunningUser(org.row('User', org.insert('User', { ...PERSON, ProfileId: profile })));
  expect(user).toMatchObject({ name: 'Reader', userType: 'Standard', timeZone: 'Europe/Paris', profileId: profile });
  expect(isAdministrator(org.tx, user)).toBe(false);
  const refusal = 'Not supported by the local org: users without the System Administrator profile (System.runAs reader@larkfield.example)';
  expect(() => assertSupportedUser(org.tx, user)).toThrow(refusal);
  org.tx.user = user;
  expect(() => org.run('insert', 'Account', [{ Name: 'A' }])).toThrow(refusal);
});

test('a row without a field that a running user needs is named', () => {
  expect(() => toRunningUser(new Map([['Id', '005x']]))).toThrow('the user 005x has no Username');
});
