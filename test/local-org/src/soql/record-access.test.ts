import { describe, expect, it } from 'vitest';
import { AccessOrg, card } from '../access/access-org.ts';
import type { Transaction } from '../transaction/types.ts';
import { compileQuery } from './compile.ts';
import { parseSoql } from './parse.ts';
import type { BindValue } from './types.ts';

const org = new AccessOrg(
  {
    Cards: { objects: { Card__c: 'read create edit delete' } },
    Readers: { objects: { Card__c: 'read viewAll' } },
    Editors: { objects: { Card__c: 'read edit' } },
    All: { objects: { Card__c: 'read edit delete viewAll modifyAll' } },
  },
  [card('Private')],
);
const [owner, reader, editor, all, nobody] = ['Cards', 'Readers', 'Editors', 'All']
  .map((set) => org.user('Standard User', [set]))
  .concat(org.user('Standard User'));
const record = org.insert('Card__c', { Must__c: 'x', OwnerId: owner ?? '' });
const admin = org.user('System Administrator');

function ask(soql: string, ...binds: readonly BindValue[]): unknown {
  let next = 0;
  const compiled = compileQuery(
    parseSoql(soql, () => next++),
    org.schema,
    'apex',
  );
  const tx: Transaction = org.as(nobody ?? '');
  const result = compiled.run(tx, binds, { permissions: true, sharing: true });
  return result.kind === 'records' ? result.records.map(({ values }) => Object.fromEntries(values)) : result;
}

const ALL = 'SELECT RecordId, HasReadAccess, HasEditAccess, HasDeleteAccess, MaxAccessLevel FROM UserRecordAccess';

describe('UserRecordAccess', () => {
  it.each([
    ['the owner', owner, [true, true, true, 'All']],
    ['a reader', reader, [true, false, false, 'Read']],
    ['somebody with object permissions alone', editor, [false, false, false, 'None']],
    ['somebody with Modify All', all, [true, true, true, 'All']],
    ['somebody without object permissions', nobody, [false, false, false, 'None']],
    ['an administrator', admin, [true, true, true, 'All']],
  ])('tells what %s may do', (_who, user, [HasReadAccess, HasEditAccess, HasDeleteAccess, MaxAccessLevel]) => {
    expect(ask(`${ALL} WHERE UserId = :u AND RecordId = :r`, user ?? '', record)).toEqual([
      { RecordId: record, HasReadAccess, HasEditAccess, HasDeleteAccess, MaxAccessLevel },
    ]);
  });

  it('answers a row for each record of a list, those included that are not there', () => {
    const gone = `${record.slice(0, 3)}000000000999`;
    const deleted = org.insert('Card__c', { Must__c: 'x', OwnerId: owner ?? '', IsDeleted: true });
    const rows = ask(
      'SELECT RecordId, HasReadAccess FROM UserRecordAccess WHERE RecordId IN :r AND UserId = :u',
      [record, gone, deleted, record],
      owner ?? '',
    );
    expect(rows).toEqual([
      { RecordId: record, HasReadAccess: true },
      { RecordId: expect.stringContaining(gone) as string, HasReadAccess: false },
      { RecordId: deleted, HasReadAccess: false },
    ]);
    expect(ask(`SELECT HasEditAccess FROM UserRecordAccess WHERE UserId = '${owner ?? ''}' AND RecordId = '${record}'`)).toEqual([
      { HasEditAccess: true },
    ]);
  });

  it.each([
    ['SELECT RecordId FROM UserRecordAccess', 'a query on UserRecordAccess other than'],
    [`SELECT RecordId FROM UserRecordAccess WHERE UserId = '${admin}'`, 'a query on UserRecordAccess other than'],
    [`SELECT RecordId FROM UserRecordAccess WHERE UserId = '${admin}' OR RecordId = '${record}'`, 'a query on UserRecordAccess other than'],
    [
      `SELECT RecordId FROM UserRecordAccess WHERE UserId = '${admin}' AND RecordId != '${record}'`,
      'a query on UserRecordAccess other than',
    ],
    [`SELECT RecordId FROM UserRecordAccess WHERE UserId = '${admin}' AND RecordId = '${record}' AND HasReadAccess = TRUE`, 'other than'],
    [`SELECT RecordId FROM UserRecordAccess WHERE UserId = '${admin}' AND RecordId = '${record}' LIMIT 1`, 'other than'],
    [`SELECT COUNT() FROM UserRecordAccess WHERE UserId = '${admin}' AND RecordId = '${record}'`, 'other than'],
    [`SELECT UserId FROM UserRecordAccess WHERE UserId = '${admin}' AND RecordId = '${record}'`, 'SELECT UserId FROM UserRecordAccess'],
    [`SELECT HasAllAccess FROM UserRecordAccess WHERE UserId = '${admin}' AND RecordId = '${record}'`, 'UserRecordAccess.HasAllAccess'],
    ['SELECT Id FROM Account WHERE Id IN (SELECT UserId FROM UserRecordAccess)', 'UserRecordAccess in an inner SELECT'],
    ['SELECT Id, UserRecordAccess.HasEditAccess FROM Account', 'Account.UserRecordAccess'],
  ])('refuses %s', (soql, message) => {
    expect(() => ask(soql)).toThrow(message);
    expect(() => ask(soql)).toThrow('Not supported by the local org');
  });

  it('takes 200 records at most', () => {
    const ids = Array.from({ length: 201 }, (_, n) => `001${String(n).padStart(12, '0')}`);
    expect(() => ask('SELECT RecordId FROM UserRecordAccess WHERE UserId = :u AND RecordId IN :r', admin, ids)).toThrow(
      '200 records at most',
    );
  });
});
