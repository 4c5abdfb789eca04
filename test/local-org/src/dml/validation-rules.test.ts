import { expect, test } from 'vitest';
import { NotSupported } from '../errors.ts';
import { DmlOrg } from './dml-org.ts';

const broken = (name: string, fields: readonly string[] = []) => ({
  statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
  message: `${name} says no`,
  fields,
});

test('a rule compares with the stored record, and its error names the field beside which it is shown', () => {
  const org = new DmlOrg();
  const id = org.insert('Ticket__c', { Points__c: 5 });
  expect(org.run('update', 'Ticket__c', [{ Id: id, Points__c: 4 }])[0]).toEqual({
    id,
    success: false,
    created: false,
    errors: [broken('Points_Only_Grow', ['Points__c'])],
  });
  expect(org.row('Ticket__c', id).get('Points__c')).toBe(5);
  org.update('Ticket__c', id, { Points__c: 6 });
});

test('it sees what before triggers set, and stops the after triggers', () => {
  const org = new DmlOrg();
  org.trigger = (timing, _operation, [record]) => {
    if (timing === 'before') record?.values.set('Points__c', 51);
  };
  expect(org.run('insert', 'Ticket__c', [{ Points__c: 1, Ref__c: 'small' }])[0]?.errors).toEqual([
    broken('Small_Stays_Small', ['Points__c']),
  ]);
  expect(org.trace).toEqual(['before insert Ticket__c 1']);
  expect(org.count('Ticket__c')).toBe(0);
});

test('it comes after the system’s validation', () => {
  const org = new DmlOrg();
  const results = org.run('insert', 'Ticket__c', [{ Points__c: 9_999_999 }]);
  expect(results[0]?.errors.map((error) => error.statusCode)).toEqual(['NUMBER_OUTSIDE_VALID_RANGE']);
});

test('it reads parents, and a record without one as blank', () => {
  const org = new DmlOrg();
  const account = org.insert('Account', { Name: 'Rival & Sons' });
  expect(org.run('insert', 'Ticket__c', [{ Level__c: 'High' }])[0]?.errors).toEqual([broken('High_Needs_An_Account')]);
  expect(org.run('insert', 'Ticket__c', [{ Account__c: account }])[0]?.errors).toEqual([broken('Not_For_Rivals')]);
});

test('every rule that does not hold gives an error; records that keep them are saved in partial mode', () => {
  const org = new DmlOrg();
  const results = org.run('insert', 'Ticket__c', [
    { Level__c: 'High', Points__c: 60, Ref__c: 'small one' },
    { Points__c: 50, Ref__c: 'small one' },
  ]);
  expect(results.map(({ errors }) => errors)).toEqual([[broken('Small_Stays_Small', ['Points__c']), broken('High_Needs_An_Account')], []]);
  expect(org.count('Ticket__c')).toBe(1);
});

test('a rule that has no value for a record is refused rather than taken for kept', () => {
  const org = new DmlOrg();
  expect(() => org.run('insert', 'Ticket__c', [{ Ref__c: '1/0' }])).toThrow(
    new NotSupported('a validation rule without a value: Ticket__c.Share, Division by zero'),
  );
});
