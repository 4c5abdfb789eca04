import { describe, expect, test } from 'vitest';
import { DmlOrg } from '../dml/dml-org.ts';
import { attempt } from './begin-transaction.ts';
import { InvalidSavepoint, LimitExceeded } from './types.ts';

describe('savepoints', () => {
  test('a rollback undoes what came after and leaves ids and auto-numbers used', () => {
    const org = new DmlOrg();
    const before = org.tx.setSavepoint();
    const first = org.insert('Ticket__c', {});
    org.tx.rollback(before);
    expect(org.count('Ticket__c')).toBe(0);
    const second = org.insert('Ticket__c', {});
    expect(second > first).toBe(true);
    expect(org.row('Ticket__c', second).get('Name')).toBe('T-0002');
  });

  test('a savepoint can be rolled back to again, a later one cannot', () => {
    const org = new DmlOrg();
    const outer = org.tx.setSavepoint();
    org.insert('Account', { Name: 'A' });
    const inner = org.tx.setSavepoint();
    org.insert('Account', { Name: 'B' });
    org.tx.rollback(inner);
    expect(org.count('Account')).toBe(1);
    org.tx.rollback(outer);
    org.insert('Account', { Name: 'C' });
    org.tx.rollback(outer);
    expect(org.count('Account')).toBe(0);
    expect(() => org.tx.rollback(inner)).toThrow(
      new InvalidSavepoint('Cannot roll back to a savepoint that was released or rolled back over'),
    );
  });

  test('a released savepoint keeps the work and is gone', () => {
    const org = new DmlOrg();
    const savepoint = org.tx.setSavepoint();
    org.insert('Account', { Name: 'A' });
    org.tx.releaseSavepoint(savepoint);
    expect(org.count('Account')).toBe(1);
    expect(() => org.tx.rollback(savepoint)).toThrow(InvalidSavepoint);
    expect(() => org.tx.releaseSavepoint(savepoint)).toThrow('Cannot release a savepoint');
  });

  test('a trigger cannot roll back past the statement that fired it, but within itself', () => {
    const org = new DmlOrg();
    const outer = org.tx.setSavepoint();
    org.trigger = (timing) => {
      if (timing === 'before') return;
      org.trigger = () => undefined;
      expect(() => org.tx.rollback(outer)).toThrow('Cannot roll back to a savepoint that was set in another trigger context');
      const own = org.tx.setSavepoint();
      org.insert('Account', { Name: 'Undone' });
      org.tx.rollback(own);
    };
    org.insert('Account', { Name: 'Kept' });
    expect(org.count('Account')).toBe(1);
    org.tx.rollback(outer);
    expect(org.count('Account')).toBe(0);
  });

  test('setting and rolling back count as DML statements and not as rows, releasing as neither', () => {
    const { tx } = new DmlOrg();
    const savepoint = tx.setSavepoint();
    tx.rollback(savepoint);
    tx.releaseSavepoint(savepoint);
    expect(tx.limits.used('dmlStatements')).toBe(2);
    expect(tx.limits.used('dmlRows')).toBe(0);
  });

  test('an attempt that throws is undone', () => {
    const org = new DmlOrg();
    expect(() =>
      attempt(org.tx, () => {
        org.insert('Account', { Name: 'A' });
        throw new Error('half way');
      }),
    ).toThrow('half way');
    expect(org.count('Account')).toBe(0);
  });
});

describe('limits', () => {
  test.each([
    ['queries', 100, 'Too many SOQL queries: 101'],
    ['queryRows', 50_000, 'Too many query rows: 50001'],
    ['dmlStatements', 150, 'Too many DML statements: 151'],
    ['dmlRows', 10_000, 'Too many DML rows: 10001'],
    ['statements', 5_000_000, 'Apex CPU time limit exceeded'],
    ['heap', 6_000_000, 'Apex heap size too large: 6000001'],
  ] as const)('%s end at %i', (limit, maximum, message) => {
    const { limits } = new DmlOrg().tx;
    limits.count(limit, maximum);
    expect(() => limits.count(limit)).toThrow(new LimitExceeded(message));
    expect(limits.max(limit)).toBe(maximum);
  });

  test('a rollback gives nothing back', () => {
    const org = new DmlOrg();
    const savepoint = org.tx.setSavepoint();
    org.insert('Account', { Name: 'A' });
    org.tx.rollback(savepoint);
    expect(org.tx.limits.used('dmlStatements')).toBe(3);
    expect(org.tx.limits.used('dmlRows')).toBe(1);
  });

  test('fresh counters begin at zero and the old ones come back', () => {
    const { limits } = new DmlOrg().tx;
    limits.count('queries', 7);
    const restore = limits.fresh();
    expect(limits.used('queries')).toBe(0);
    limits.count('queries');
    restore();
    expect(limits.used('queries')).toBe(7);
  });

  test('the statement that goes past the limit of rows changes nothing', () => {
    const org = new DmlOrg({ dmlRows: 2 });
    expect(() => org.run('insert', 'Account', [{ Name: 'A' }, { Name: 'B' }, { Name: 'C' }])).toThrow('Too many DML rows: 3');
    expect(org.count('Account')).toBe(0);
  });
});
