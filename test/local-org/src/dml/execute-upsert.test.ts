import { expect, test } from 'vitest';
import { DmlOrg } from './dml-org.ts';

test('by id: inserts what has none and updates the rest, in one statement', () => {
  const org = new DmlOrg();
  const id = org.insert('Account', { Name: 'Old' });
  const used = org.tx.limits.used('dmlStatements');
  const results = org.upsert('Account', [{ Id: id, Name: 'Older' }, { Name: 'New' }], null);
  expect(results.map((result) => [result.success, result.created])).toEqual([
    [true, false],
    [true, true],
  ]);
  expect(results[0]?.id).toBe(id);
  expect(org.row('Account', id).get('Name')).toBe('Older');
  expect(org.row('Account', results[1]?.id).get('Name')).toBe('New');
  expect(org.tx.limits.used('dmlStatements') - used).toBe(1);
});

test('by external id: the record that holds the value is updated', () => {
  const org = new DmlOrg();
  const id = org.insert('Ticket__c', { Key__c: 'K', Points__c: 1 });
  const [first, second] = org.upsert('Ticket__c', [{ Key__c: ' K', Points__c: 2 }, { Key__c: 'k' }], 'key__C');
  expect(first).toMatchObject({ id, success: true, created: false });
  expect(second?.created).toBe(true);
  expect(org.row('Ticket__c', id).get('Points__c')).toBe(2);
  expect(org.row('Ticket__c', id).get('Key__c')).toBe('K');
});

test('by external id: none, one twice, one that two records hold', () => {
  const org = new DmlOrg();
  const ids = [org.insert('Ticket__c', { Ref__c: 'two' }), org.insert('Ticket__c', { Ref__c: 'TWO' })].map((id) => id.slice(0, 15));
  const results = org.upsert('Ticket__c', [{}, { Ref__c: 'a' }, { Ref__c: 'A' }, { Ref__c: 'two' }], 'Ref__c');
  expect(results.map((result) => result.errors[0])).toEqual([
    { statusCode: 'MISSING_ARGUMENT', message: 'Ref__c not specified', fields: ['Ref__c'] },
    undefined,
    { statusCode: 'DUPLICATE_VALUE', message: 'Duplicate external id specified: A', fields: ['Ref__c'] },
    {
      statusCode: 'DUPLICATE_EXTERNAL_ID',
      message: `Ref__c: more than one record found for external id field: [${ids.join(', ')}]`,
      fields: ['Ref__c'],
    },
  ]);
  expect(org.count('Ticket__c')).toBe(3);
});

test('all or none: an update that fails undoes the inserts', () => {
  const org = new DmlOrg();
  const id = org.insert('Account', { Name: 'A' });
  const results = org.upsert('Account', [{ Id: id, Name: null }, { Name: 'New' }], null, true);
  expect(results.map((result) => result.errors[0]?.statusCode)).toEqual(['REQUIRED_FIELD_MISSING', 'ALL_OR_NONE_OPERATION_ROLLED_BACK']);
  expect(org.count('Account')).toBe(1);
  const external = org.upsert('Ticket__c', [{}, { Key__c: 'x' }], 'Key__c', true);
  expect(external.map((result) => result.errors[0]?.statusCode)).toEqual(['MISSING_ARGUMENT', 'ALL_OR_NONE_OPERATION_ROLLED_BACK']);
  expect(org.count('Ticket__c')).toBe(0);
});

test('a field that is no external id is refused', () => {
  expect(() => new DmlOrg().upsert('Account', [{ Name: 'A' }], 'Name')).toThrow('upsert by Account.Name, which is no external id');
});
