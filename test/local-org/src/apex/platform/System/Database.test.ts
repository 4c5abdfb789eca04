import { describe, expect, it } from 'vitest';
import { NotSupported } from '../../../errors.ts';
import type { BindValue, QueryResult } from '../../../soql/types.ts';
import { InvalidSavepoint } from '../../../transaction/types.ts';
import { T } from '../../types.ts';
import { ApexId } from '../../values/apex-id.ts';
import { ApexList } from '../../values/apex-list.ts';
import { SObjectValue } from '../../values/sobject-value.ts';
import type { ApexValue } from '../../values/values.ts';
import { makeSet, makeStringMap } from '../collections.ts';
import { DatabaseErrorClass, dmlResultValue, SaveResultClass, UpsertResultClass } from '../Database/results.ts';
import { call, callStatic, fakeField, fakeObject, fakeRuntime } from '../testing/fake-runtime.ts';
import { sobjectFieldToken } from '../tokens.ts';
import type { Runtime } from '../types.ts';
import { AccessLevelClass } from './AccessLevel.ts';
import { DatabaseClass } from './Database.ts';
import { NativeObject } from '../../values/native-object.ts';

const key = fakeField('Key__c', 'string', { externalId: true });
const account = fakeObject('Account', '001', [fakeField('Id', 'id'), key]);
const base = fakeRuntime({ objects: [account] });
const USER_MODE = AccessLevelClass.staticProperties?.['USER_MODE']?.get(base) ?? null;
const SYSTEM_MODE = AccessLevelClass.staticProperties?.['SYSTEM_MODE']?.get(base) ?? null;

interface Recorder {
  readonly runtime: Runtime;
  readonly calls: unknown[];
}

/** Writes down what the interpreter was asked for. */
function recorder(result: QueryResult = { kind: 'count', object: account, count: 7 }): Recorder {
  const calls: unknown[] = [];
  const runtime: Runtime = {
    ...base,
    query: (soql, binds, mode) => {
      calls.push([soql, binds && Object.fromEntries<BindValue>(binds), mode]);
      return result;
    },
    dml: (operation, records, options) => {
      calls.push([operation, base.stringify(records), options]);
      return null;
    },
  };
  return { runtime, calls };
}

describe('Database.query', () => {
  const rows: QueryResult = { kind: 'records', object: account, records: [] };

  it('passes mode and binds on, binds in lower case', () => {
    const { runtime, calls } = recorder(rows);
    const binds = makeStringMap(base, T.Object, [
      ['recordId', ApexId.of('001000000000001')],
      ['names', makeSet(base, T.String, ['a', 'b'])],
    ]);
    callStatic(DatabaseClass, 'queryWithBinds(String,Map<String,Object>,AccessLevel)', runtime, 'SELECT Id', binds, USER_MODE);
    callStatic(DatabaseClass, 'query(String,AccessLevel)', runtime, 'SELECT Id', SYSTEM_MODE);
    callStatic(DatabaseClass, 'query(String)', runtime, 'SELECT Id');
    expect(calls).toEqual([
      ['SELECT Id', { recordid: '001000000000001AAA', names: ['a', 'b'] }, 'user'],
      ['SELECT Id', null, 'system'],
      ['SELECT Id', null, null],
    ]);
  });

  it('refuses binds that differ only in case', () => {
    const binds = makeStringMap(base, T.Object, [
      ['a', 1],
      ['A', 2],
    ]);
    expect(() =>
      callStatic(DatabaseClass, 'queryWithBinds(String,Map<String,Object>,AccessLevel)', recorder(rows).runtime, 'x', binds, USER_MODE),
    ).toThrow('The bindMap consists of duplicate case-insensitive keys: [a, A]');
  });

  it('counts with countQuery only', () => {
    expect(callStatic(DatabaseClass, 'countQuery(String)', recorder().runtime, 'SELECT COUNT() FROM Account')).toBe(7);
    expect(() => callStatic(DatabaseClass, 'query(String)', recorder().runtime, 'SELECT COUNT() FROM Account')).toThrow(NotSupported);
    expect(() => callStatic(DatabaseClass, 'countQuery(String)', recorder(rows).runtime, 'SELECT Id FROM Account')).toThrow(NotSupported);
  });
});

describe('Database DML', () => {
  const record = new SObjectValue(account);
  record.fields.set('Id', ApexId.of('001000000000001'));

  it.each<[string, ApexValue[], unknown]>([
    ['insert(SObject)', [record], { mode: null, allOrNone: true }],
    ['update(SObject,Boolean,AccessLevel)', [record, false, USER_MODE], { mode: 'user', allOrNone: false }],
    ['insert(SObject,AccessLevel)', [record, SYSTEM_MODE], { mode: 'system', allOrNone: true }],
    [
      'upsert(SObject,Schema.SObjectField,Boolean)',
      [record, sobjectFieldToken(account, key), false],
      { mode: null, allOrNone: false, externalIdField: 'Key__c' },
    ],
    ['delete(Id)', ['001000000000001'], { mode: null, allOrNone: true }],
  ])('%s', (signature, args, options) => {
    const { runtime, calls } = recorder();
    callStatic(DatabaseClass, signature, runtime, ...args);
    expect(calls).toEqual([[signature.slice(0, signature.indexOf('(')), 'Account:{Id=001000000000001AAA}', options]]);
  });

  it('deletes lists of ids', () => {
    const { runtime, calls } = recorder();
    callStatic(DatabaseClass, 'delete(List<Object>)', runtime, new ApexList(T.Id, [ApexId.of('001000000000001')]));
    expect(calls).toEqual([['delete', '(Account:{Id=001000000000001AAA})', { mode: null, allOrNone: true }]]);
    expect(() => callStatic(DatabaseClass, 'delete(Id)', runtime, '0XX000000000001')).toThrow('Cannot locate Apex Type for ID');
  });

  it('tells of each record what became of it', () => {
    const failed = {
      id: null,
      success: false,
      created: false,
      errors: [{ statusCode: 'DUPLICATE_VALUE', message: 'twice', fields: ['Key__c'] }],
    };
    const done = { id: '001000000000001AAA', success: true, created: true, errors: [] };
    const results = dmlResultValue('update', [done, failed], false);
    const [first, second] = results instanceof ApexList ? results.items : [];
    if (!(first instanceof NativeObject && second instanceof NativeObject)) throw new Error('no results');
    expect(first.type.name).toBe('Database.SaveResult');
    expect(base.stringify(call(SaveResultClass, 'getId()', base, first))).toBe('001000000000001AAA');
    expect([call(SaveResultClass, 'isSuccess()', base, second), call(SaveResultClass, 'getId()', base, second)]).toEqual([false, null]);
    const errors = call(SaveResultClass, 'getErrors()', base, second);
    const [error] = errors instanceof ApexList ? errors.items : [];
    if (!(error instanceof NativeObject)) throw new Error('no error');
    expect(
      ['getStatusCode()', 'getMessage()', 'getFields()'].map((name) => base.stringify(call(DatabaseErrorClass, name, base, error))),
    ).toEqual(['DUPLICATE_VALUE', 'twice', '(Key__c)']);
    const upserted = dmlResultValue('upsert', [done], true);
    expect(upserted instanceof NativeObject && call(UpsertResultClass, 'isCreated()', base, upserted)).toBe(true);
  });
});

describe('savepoints', () => {
  it('are handles of the transaction', () => {
    const asked: string[] = [];
    base.tx.setSavepoint = () => 'sp1';
    base.tx.rollback = (handle) => void asked.push(handle);
    const savepoint = callStatic(DatabaseClass, 'setSavepoint()', base);
    callStatic(DatabaseClass, 'rollback(Savepoint)', base, savepoint);
    expect(asked).toEqual(['sp1']);
    base.tx.releaseSavepoint = () => {
      throw new InvalidSavepoint('gone');
    };
    expect(() => callStatic(DatabaseClass, 'releaseSavepoint(Savepoint)', base, savepoint)).toThrow('gone');
    expect(() => callStatic(DatabaseClass, 'rollback(Savepoint)', base, null)).toThrow('Argument cannot be null.');
  });
});
