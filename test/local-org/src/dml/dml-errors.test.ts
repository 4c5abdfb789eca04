import { describe, expect, test } from 'vitest';
import type { Value } from '../schema/types.ts';
import { requiredMissing } from './dml-errors.ts';
import { DmlOrg } from './dml-org.ts';

type Cells = Readonly<Record<string, Value>>;
const DEAL = { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-06-30' };
const NOBODY = '001000000000001AAA';

describe('a value that a field does not take', () => {
  test.each<[string, Cells, string, string, string[]]>([
    ['Contact', { FirstName: 'A' }, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName]', ['LastName']],
    [
      'Opportunity',
      {},
      'REQUIRED_FIELD_MISSING',
      'Required fields are missing: [Name, StageName, CloseDate]',
      ['Name', 'StageName', 'CloseDate'],
    ],
    ['Account', { Name: '  ' }, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Name]', ['Name']],
    [
      'Ticket__c',
      { Must__c: 'x'.repeat(21) },
      'STRING_TOO_LONG',
      `Must: data value too large: ${'x'.repeat(21)} (max length=20)`,
      ['Must__c'],
    ],
    [
      'Opportunity',
      { ...DEAL, NextStep: 'n'.repeat(256) },
      'STRING_TOO_LONG',
      `Next Step: data value too large: ${'n'.repeat(256)} (max length=255)`,
      ['NextStep'],
    ],
    [
      'Ticket__c',
      { Level__c: 'Top' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'Level: bad value for restricted picklist field: Top',
      ['Level__c'],
    ],
    [
      'Ticket__c',
      { Level__c: 'Old' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'Level: bad value for restricted picklist field: Old',
      ['Level__c'],
    ],
    [
      'Ticket__c',
      { Tags__c: 'red;tan' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'Tags: bad value for restricted picklist field: tan',
      ['Tags__c'],
    ],
    [
      'Ticket__c',
      { Points__c: 1000 },
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Points: value outside of valid range on numeric field: 1000',
      ['Points__c'],
    ],
    [
      'Account',
      { Name: 'A', NumberOfEmployees: 100_000_000 },
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Employees: value outside of valid range on numeric field: 100000000',
      ['NumberOfEmployees'],
    ],
    [
      'Opportunity',
      { ...DEAL, Probability: 101 },
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Probability (%): value outside of valid range on numeric field: 101',
      ['Probability'],
    ],
    ['Contact', { LastName: 'A', Email: 'a@b' }, 'INVALID_EMAIL_ADDRESS', 'Email: invalid email address: a@b', ['Email']],
    [
      'Opportunity',
      { ...DEAL, CloseDate: '30.06.2026' },
      'INVALID_TYPE_ON_FIELD_IN_RECORD',
      'Close Date: value not of required type: 30.06.2026',
      ['CloseDate'],
    ],
    ['Contact', { LastName: 'A', AccountId: 'abc' }, 'MALFORMED_ID', 'Account ID: id value of incorrect type: abc', ['AccountId']],
    [
      'Contact',
      { LastName: 'A', AccountId: '003000000000001AAA' },
      'FIELD_INTEGRITY_EXCEPTION',
      'Account ID: id value of incorrect type: 003000000000001AAA',
      ['AccountId'],
    ],
    ['Contact', { LastName: 'A', AccountId: NOBODY }, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []],
    [
      'Account',
      { Name: 'A', CreatedDate: 0 },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: CreatedDate. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
      ['CreatedDate'],
    ],
    [
      'Ticket__c',
      { Name: 'T', Double_Points__c: 2 },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: Name, Double_Points__c. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
      ['Name', 'Double_Points__c'],
    ],
    ['Account', { Name: 'A', Nonsense: 1 }, 'INVALID_FIELD', "No such column 'Nonsense' on sobject of type Account", ['Nonsense']],
    ['Account', { Id: NOBODY, Name: 'A' }, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']],
    ['OpportunityStage', { ApiName: 'A' }, 'INVALID_TYPE_FOR_OPERATION', 'entity type OpportunityStage does not support create', []],
  ])('insert of %s %j: %s', (object, cells, statusCode, message, fields) => {
    const org = new DmlOrg();
    const before = org.count(object);
    expect(org.run('insert', object, [cells])).toEqual([
      { id: null, success: false, created: false, errors: [{ statusCode, message, fields }] },
    ]);
    expect(org.count(object)).toBe(before);
  });

  test('a record can have several errors', () => {
    const [result] = new DmlOrg().run('insert', 'Contact', [{ Email: 'x', AccountId: 'y' }]);
    expect(result?.errors.map((error) => error.statusCode)).toEqual(['REQUIRED_FIELD_MISSING', 'INVALID_EMAIL_ADDRESS', 'MALFORMED_ID']);
  });

  test('a custom field that was required later is missing in the next save, whatever that changes', () => {
    const org = new DmlOrg();
    const id = org.insert('Ticket__c', {});
    org.store.update(org.object('Ticket__c'), id, new Map([['Must__c', null]]));
    const [result] = org.run('update', 'Ticket__c', [{ Id: id, Ref__c: 'x' }]);
    expect(result?.errors).toEqual([requiredMissing(['Must__c'])]);
    org.update('Ticket__c', id, { Ref__c: 'x', Must__c: 'now' });
  });

  test('values at the bounds are taken', () => {
    const org = new DmlOrg();
    const id = org.insert('Ticket__c', { Must__c: ` ${'x'.repeat(20)} `, Points__c: 999.994, Tags__c: 'red;blue' });
    expect(org.row('Ticket__c', id).get('Points__c')).toBe(999.99);
    expect(org.row('Ticket__c', id).get('Must__c')).toBe('x'.repeat(20));
    org.insert('Contact', { LastName: 'A', Email: "o'neil+x@mail.example.co" });
  });
});

describe('a record that is not there', () => {
  const update = (org: DmlOrg, cells: Cells) => org.run('update', 'Account', [cells])[0]?.errors;

  test('no id', () => {
    expect(update(new DmlOrg(), { Name: 'A' })).toEqual([
      { statusCode: 'MISSING_ARGUMENT', message: 'Id not specified in an update call', fields: [] },
    ]);
  });

  test('an id of no record, or of another object', () => {
    const expected = [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] }];
    expect(update(new DmlOrg(), { Id: NOBODY, Name: 'A' })).toEqual(expected);
    const org = new DmlOrg();
    expect(update(org, { Id: org.insert('Contact', { LastName: 'A' }), Name: 'A' })).toEqual(expected);
  });

  test('no id at all', () => {
    expect(update(new DmlOrg(), { Id: 'x', Name: 'A' })).toEqual([
      { statusCode: 'MALFORMED_ID', message: 'Record ID: id value of incorrect type: x', fields: ['Id'] },
    ]);
  });

  test('a deleted record, also as the target of a reference', () => {
    const org = new DmlOrg();
    const id = org.insert('Account', { Name: 'A' });
    org.run('delete', 'Account', [{ Id: id }], true);
    const expected = [{ statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }];
    expect(update(org, { Id: id, Name: 'B' })).toEqual(expected);
    expect(org.run('delete', 'Account', [{ Id: id }])[0]?.errors).toEqual(expected);
    expect(org.run('insert', 'Contact', [{ LastName: 'C', AccountId: id }])[0]?.errors).toEqual(expected);
  });

  test('undelete of a record that is not deleted', () => {
    const org = new DmlOrg();
    const [result] = org.run('undelete', 'Account', [{ Id: org.insert('Account', { Name: 'A' }) }]);
    expect(result?.errors).toEqual([{ statusCode: 'UNDELETE_FAILED', message: 'Entity is not in the recycle bin', fields: [] }]);
  });

  test('a record twice in one statement is refused, in either form of its id', () => {
    const org = new DmlOrg();
    const id = org.insert('Account', { Name: 'A' });
    expect(() => org.run('update', 'Account', [{ Id: id }, { Id: id.slice(0, 15) }])).toThrow(
      `Not supported by the local org: one statement that changes the record`,
    );
  });
});

describe('owners', () => {
  test('cannot be blank or inactive', () => {
    const org = new DmlOrg();
    const id = org.insert('Account', { Name: 'A' });
    const update = (owner: string | null) => org.run('update', 'Account', [{ Id: id, OwnerId: owner }])[0]?.errors;
    expect(update(null)).toEqual([
      { statusCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'Owner ID: owner cannot be blank', fields: ['OwnerId'] },
    ]);
    const user = String(org.store.select(`SELECT "Id" FROM "User" WHERE "LastName" = 'Tran'`, [])[0]?.[0]);
    org.update('User', user, { IsActive: false });
    expect(update(user)).toEqual([
      { statusCode: 'INACTIVE_OWNER_OR_USER', message: `operation performed with inactive user [${user}]`, fields: [] },
    ]);
  });
});

describe('unique values', () => {
  test('name the record that holds the value, by its id of 15 characters', () => {
    const org = new DmlOrg();
    const holder = org.insert('Ticket__c', { Key__c: 'K1' });
    const other = org.insert('Ticket__c', { Key__c: 'k1' });
    const message = `duplicate value found: Key__c duplicates value on record with id: ${holder.slice(0, 15)}`;
    const expected = [{ statusCode: 'DUPLICATE_VALUE', message, fields: [] }];
    expect(org.run('insert', 'Ticket__c', [{ Key__c: ' K1 ' }])[0]?.errors).toEqual(expected);
    expect(org.run('update', 'Ticket__c', [{ Id: other, Key__c: 'K1' }])[0]?.errors).toEqual(expected);
    org.update('Ticket__c', holder, { Key__c: 'K1' });
  });

  test('within one statement the platform names nobody', () => {
    const [first, second] = new DmlOrg().run('insert', 'Ticket__c', [{ Key__c: 'K' }, { Key__c: 'K' }]);
    expect(first?.success).toBe(true);
    expect(second?.errors[0]?.message).toBe('duplicate value found: <unknown> duplicates value on record with id: <unknown>');
  });

  test('are free again after a rollback and after a delete, and block an undelete', () => {
    const org = new DmlOrg();
    const savepoint = org.tx.setSavepoint();
    org.insert('Ticket__c', { Key__c: 'K' });
    org.tx.rollback(savepoint);
    const first = org.insert('Ticket__c', { Key__c: 'K' });
    org.run('delete', 'Ticket__c', [{ Id: first }], true);
    org.insert('Ticket__c', { Key__c: 'K' });
    expect(org.run('undelete', 'Ticket__c', [{ Id: first }])[0]?.errors[0]?.statusCode).toBe('DUPLICATE_VALUE');
  });

  test('usernames are unique', () => {
    const org = new DmlOrg();
    const [, second] = ['a', 'b'].map((alias) => {
      const { username, profileId } = org.tx.user;
      const keys = { TimeZoneSidKey: 'GMT', LocaleSidKey: 'en_US', LanguageLocaleKey: 'en_US', EmailEncodingKey: 'UTF-8' };
      return org.run('insert', 'User', [
        { LastName: 'A', Alias: alias, Username: username.toUpperCase(), Email: 'a@b.example', ProfileId: profileId, ...keys },
      ])[0];
    });
    expect(second?.errors.map((error) => [error.statusCode, error.fields])).toEqual([['DUPLICATE_USERNAME', ['Username']]]);
  });
});

describe('what the local org has not learned is refused', () => {
  test.each<[string, Cells, string]>([
    ['Account', { Name: 'A', NaicsCode: '1' }, 'writing Account.NaicsCode'],
    ['Opportunity', { ...DEAL, StageName: 'Dreaming' }, 'the opportunity stage Dreaming, which is no OpportunityStage of this org'],
    ['Task', { Status: 'Someday' }, 'the value Someday of Task.Status, which is no TaskStatus of this org'],
    ['Case', { Status: 'Someday' }, 'the case status Someday, which is no CaseStatus of this org'],
    ['Lead', { LastName: 'L', Company: 'C', Status: 'Closed - Converted' }, 'setting a lead to Closed - Converted, a converted status'],
    ['Group', { Name: 'G' }, 'inserting a Group without DeveloperName, which the platform would fill'],
  ])('insert of %s %j', (object, cells, construct) => {
    const org = new DmlOrg();
    const before = org.count(object);
    expect(() => org.run('insert', object, [cells])).toThrow(`Not supported by the local org: ${construct}`);
    expect(org.count(object)).toBe(before);
  });

  test('deleting what other records refer to', () => {
    const org = new DmlOrg();
    const id = org.insert('Account', { Name: 'A' });
    org.insert('Ticket__c', { Account__c: id });
    expect(() => org.run('delete', 'Account', [{ Id: id }])).toThrow(
      'deleting a Account that a Ticket__c refers to (Ticket__c.Account__c)',
    );
    expect(org.row('Account', id).get('IsDeleted')).toBe(false);
  });
});
