import { expect, test } from 'vitest';
import { DmlOrg } from '../dml/dml-org.ts';
import { toRunningUser } from './to-running-user.ts';

test('a user who was inserted can run code', () => {
  const org = new DmlOrg();
  const id = org.insert('User', {
    LastName: 'Reader',
    Username: 'reader@larkfield.example',
    Email: 'reader@larkfield.example',
    Alias: 'reader',
    TimeZoneSidKey: 'Europe/Paris',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    ProfileId: org.tx.user.profileId,
  });
  expect(toRunningUser(org.row('User', id))).toEqual({
    id,
    username: 'reader@larkfield.example',
    name: 'Reader',
    email: 'reader@larkfield.example',
    profileId: org.tx.user.profileId,
    timeZone: 'Europe/Paris',
    locale: 'en_US',
    language: 'en_US',
    userType: 'Standard',
  });
});

test('a row without a field that a running user needs is named', () => {
  expect(() => toRunningUser(new Map([['Id', '005x']]))).toThrow('the user 005x has no Username');
});
