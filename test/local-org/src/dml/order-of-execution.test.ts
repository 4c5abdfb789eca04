import { describe, expect, test } from 'vitest';
import { DmlOrg, NOON } from './dml-org.ts';
import { TriggerFailure } from './trigger-failure.ts';
import type { DmlError } from './types.ts';

const refusal: DmlError = { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'No', fields: [] };

describe('triggers and the save', () => {
  test('on insert, before triggers see defaults and no id, after triggers what is stored', () => {
    const org = new DmlOrg();
    const seen: unknown[] = [];
    org.trigger = (timing, _operation, [record]) => {
      const { id, values } = record ?? { values: new Map() };
      seen.push([
        timing,
        id === null,
        values.get('OwnerId') === org.tx.user.id,
        values.get('Level__c'),
        values.get('Name'),
        values.get('Ref__c'),
      ]);
      if (timing === 'before') values.set('Ref__c', '  by one ');
    };
    const id = org.insert('Ticket__c', {});
    expect(seen).toEqual([
      ['before', true, true, 'Low', undefined, undefined],
      ['after', false, true, 'Low', 'T-0001', 'by one'],
    ]);
    expect(org.trace).toEqual(['before insert Ticket__c 1', 'after insert Ticket__c 1']);
    expect(org.row('Ticket__c', id).get('Ref__c')).toBe('by one');
  });

  test('on update, triggers have the stored row and what changes', () => {
    const org = new DmlOrg();
    const id = org.insert('Account', { Name: 'Old', Industry: 'Energy' });
    org.trigger = (_timing, _operation, [record]) => {
      expect(record?.old?.get('Name')).toBe('Old');
      expect(record?.values.get('Name')).toBe('New');
      expect(record?.values.has('Industry')).toBe(false);
    };
    org.clock.advance(61_500);
    org.update('Account', id, { Name: 'New' });
    const row = org.row('Account', id);
    expect(row.get('Industry')).toBe('Energy');
    expect(row.get('CreatedDate')).toBe(NOON);
    expect(row.get('LastModifiedDate')).toBe(NOON + 61_000);
    expect(row.get('SystemModstamp')).toBe(NOON + 61_000);
    expect(row.get('LastModifiedById')).toBe(org.tx.user.id);
    expect.assertions(11);
  });

  test('a value that a before trigger sets is validated', () => {
    const org = new DmlOrg();
    org.trigger = (timing, _operation, records) => {
      if (timing === 'before') for (const record of records) record.values.set('Level__c', 'Highest');
    };
    expect(org.run('insert', 'Ticket__c', [{}])[0]?.errors[0]?.statusCode).toBe('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
    expect(org.trace).toEqual(['before insert Ticket__c 1']);
  });

  test('a before trigger can give a required field', () => {
    const org = new DmlOrg();
    org.trigger = (_timing, _operation, [record]) => record?.values.set('Name', 'Given');
    expect(org.row('Account', org.insert('Account', {})).get('Name')).toBe('Given');
  });

  test('a batch has 200 records of one object', () => {
    const org = new DmlOrg();
    org.run(
      'insert',
      'Account',
      Array.from({ length: 401 }, (_, index) => ({ Name: `A${index}` })),
      true,
    );
    expect(org.trace.filter((line) => line.startsWith('before'))).toEqual([
      'before insert Account 200',
      'before insert Account 200',
      'before insert Account 1',
    ]);
    expect(org.tx.limits.used('dmlStatements')).toBe(1);
    expect(org.tx.limits.used('dmlRows')).toBe(401);
  });

  test('delete and undelete fire theirs', () => {
    const org = new DmlOrg();
    const id = org.insert('Account', { Name: 'A' });
    org.trace.length = 0;
    org.run('delete', 'Account', [{ Id: id }], true);
    expect(org.row('Account', id).get('IsDeleted')).toBe(true);
    org.run('undelete', 'Account', [{ Id: id }], true);
    expect(org.row('Account', id).get('IsDeleted')).toBe(false);
    expect(org.trace).toEqual(['before delete Account 1', 'after delete Account 1', 'after undelete Account 1']);
  });
});

describe('errors and what is undone', () => {
  const good = { Name: 'Good' };

  test('all or none: one error undoes the statement, and the sound records say so', () => {
    const org = new DmlOrg();
    const results = org.run('insert', 'Account', [good, {}], true);
    expect(org.count('Account')).toBe(0);
    expect(results).toEqual([
      {
        id: null,
        success: false,
        created: false,
        errors: [
          {
            statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
            message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
            fields: [],
          },
        ],
      },
      {
        id: null,
        success: false,
        created: false,
        errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [Name]', fields: ['Name'] }],
      },
    ]);
  });

  test('all or none: an error in a later batch undoes the earlier ones', () => {
    const org = new DmlOrg();
    const records = Array.from({ length: 201 }, (_, index) => (index === 200 ? {} : good));
    expect(org.run('insert', 'Account', records, true).every((result) => !result.success)).toBe(true);
    expect(org.count('Account')).toBe(0);
  });

  test('all or none: an error in an after trigger undoes what triggers wrote too', () => {
    const org = new DmlOrg();
    org.trigger = (timing, _operation, [record]) => {
      if (timing === 'before' || record?.object.name !== 'Account') return;
      org.insert('Contact', { LastName: 'By trigger' });
      record.errors.push(refusal);
    };
    expect(org.run('insert', 'Account', [good], true)[0]?.errors).toEqual([refusal]);
    expect(org.count('Account') + org.count('Contact')).toBe(0);
  });

  test('partial: the sound records are saved in a second run, whose triggers see only them', () => {
    const org = new DmlOrg();
    const results = org.run('insert', 'Account', [good, {}, { Name: 'Fine' }]);
    expect(results.map((result) => [result.success, result.created])).toEqual([
      [true, true],
      [false, false],
      [true, true],
    ]);
    expect(results[0]?.id).not.toBeNull();
    expect(org.row('Account', results[0]?.id).get('Name')).toBe('Good');
    expect(org.count('Account')).toBe(2);
    expect(org.trace).toEqual(['before insert Account 3', 'after insert Account 2', 'before insert Account 2', 'after insert Account 2']);
  });

  test('partial: what the first run wrote elsewhere is undone', () => {
    const org = new DmlOrg();
    org.trigger = (timing, _operation, records) => {
      if (timing === 'after' && records[0]?.object.name === 'Account')
        for (const { id } of records) org.insert('Contact', { LastName: String(id) });
    };
    org.run('insert', 'Account', [good, {}]);
    expect(org.count('Contact')).toBe(1);
  });

  test('partial: records that fail in the third run fail the rest', () => {
    const org = new DmlOrg();
    org.trigger = (timing, _operation, records) => {
      if (timing === 'after') records[0]?.errors.push(refusal);
    };
    const results = org.run(
      'insert',
      'Account',
      Array.from({ length: 5 }, () => good),
    );
    expect(results.map((result) => result.errors[0]?.message)).toEqual([
      'No',
      'No',
      'No',
      'Too many batch retries in the presence of Apex triggers and partial failures.',
      'Too many batch retries in the presence of Apex triggers and partial failures.',
    ]);
    expect(org.count('Account')).toBe(0);
  });

  test('an exception that leaves a trigger fails its batch', () => {
    const org = new DmlOrg();
    org.trigger = () => {
      throw new TriggerFailure('T: execution of BeforeInsert');
    };
    const [first, second] = org.run('insert', 'Account', [good, good]);
    expect(first?.errors).toEqual([
      { statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message: 'T: execution of BeforeInsert', fields: [] },
    ]);
    expect(second?.errors).toEqual(first?.errors);
  });

  test('anything else that a trigger throws passes, and the statement is undone', () => {
    const org = new DmlOrg();
    org.trigger = (timing) => {
      if (timing === 'after') throw new RangeError('guest');
    };
    expect(() => org.run('insert', 'Account', [good])).toThrow(new RangeError('guest'));
    expect(org.count('Account')).toBe(0);
    expect(org.store.select('SELECT COUNT(*) FROM "Account"', [])).toEqual([[0]]);
  });

  test('a statement without records counts for nothing', () => {
    const org = new DmlOrg();
    expect(org.run('insert', 'Account', [])).toEqual([]);
    expect(org.tx.limits.used('dmlStatements')).toBe(0);
  });
});
