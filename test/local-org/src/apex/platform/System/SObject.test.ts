import { describe, expect, it } from 'vitest';
import type { ObjectDef } from '../../../schema/types.ts';
import { T } from '../../types.ts';
import { ApexDate } from '../../values/apex-date.ts';
import { ApexDatetime } from '../../values/apex-datetime.ts';
import { ApexDouble } from '../../values/apex-double.ts';
import { ApexId } from '../../values/apex-id.ts';
import { listFromQuery } from '../../values/from-query.ts';
import { SObjectValue } from '../../values/sobject-value.ts';
import type { ApexValue } from '../../values/values.ts';
import { sobjectFieldToken } from '../tokens.ts';
import { call, fakeField, fakeObject, fakeRuntime } from '../testing/fake-runtime.ts';
import { SObjectClass } from './SObject.ts';
import { enterTrigger } from './Trigger.ts';

const account = fakeObject('Account', '001', [fakeField('Id', 'id'), fakeField('Name', 'string')], {
  childRelationships: [{ relationshipName: 'Opportunities', childObject: 'Opportunity', field: 'AccountId' }],
});
const opportunity = fakeObject('Opportunity', '006', [
  fakeField('Id', 'id'),
  fakeField('Name', 'string'),
  fakeField('Amount', 'currency', { scale: 2 }),
  fakeField('CloseDate', 'date'),
  fakeField('Due__c', 'datetime'),
  fakeField('Count__c', 'int'),
  fakeField('IsPrivate', 'boolean'),
  fakeField('StageName', 'picklist'),
  fakeField('AccountId', 'reference', { referenceTo: ['Account'], relationshipName: 'Account' }),
  fakeField('IsWon', 'boolean', { createable: false, updateable: false }),
  fakeField('CreatedDate', 'datetime', { createable: false, updateable: false }),
]);
const runtime = fakeRuntime({ objects: [account, opportunity] });
const on = (self: SObjectValue, key: string, ...args: ApexValue[]): ApexValue => call(SObjectClass, key, runtime, self, ...args);
const newRecord = (object: ObjectDef = opportunity): SObjectValue => new SObjectValue(object);
const amount = fakeField('Amount', 'currency', { scale: 2 });

function queried(values: Record<string, string | number | boolean | null>, parents: [string, null][] = []): SObjectValue {
  const list = listFromQuery({
    kind: 'records',
    object: opportunity,
    records: [
      {
        object: opportunity,
        target: opportunity,
        idSelected: true,
        values: new Map(Object.entries(values)),
        parents: new Map(parents),
        children: new Map(),
      },
    ],
  });
  const [first] = list.items;
  if (!(first instanceof SObjectValue)) throw new Error('no record');
  return first;
}

describe('put and get', () => {
  it.each<[string, ApexValue, string]>([
    ['name', 'x', 'x'],
    ['Name', ApexId.of('001000000000001'), '001000000000001AAA'],
    ['AccountId', '001000000000001', '001000000000001AAA'],
    ['StageName', 'Any', 'Any'],
    ['Amount', 1, '1'],
    ['Amount', new ApexDouble(1.5), '1.5'],
    ['Due__c', new ApexDate(2026, 11, 21), '2026-11-21 00:00:00'],
    ['Amount', null, 'null'],
  ])('%s takes a value of #%#', (field, value, read) => {
    const record = newRecord();
    expect(on(record, 'put(String,Object)', field, value)).toBeNull();
    expect(runtime.stringify(on(record, 'get(String)', field))).toBe(read);
  });

  it.each<[string, ApexValue, string]>([
    ['Amount', '12', 'Illegal assignment from String to Decimal'],
    ['Name', 5, 'Illegal assignment from Integer to String'],
    ['Count__c', 5n, 'Illegal assignment from Long to Integer'],
    ['CloseDate', '2026-11-21', 'Illegal assignment from String to Date'],
    ['CloseDate', new ApexDatetime(0), 'Illegal assignment from Datetime to Date'],
    ['IsPrivate', 'true', 'Illegal assignment from String to Boolean'],
    ['AccountId', 'x', 'Invalid id: x'],
    ['Nope', 1, 'Invalid field Nope for Opportunity'],
    ['IsWon', true, 'Field IsWon is not editable'],
  ])('%s refuses #%#', (field, value, message) => {
    const record = newRecord();
    expect(() => on(record, 'put(String,Object)', field, value)).toThrow(message);
    expect(record.fields.size).toBe(0);
  });

  it('answers the value before', () => {
    const record = newRecord();
    on(record, 'put(String,Object)', 'Name', 'a');
    expect(on(record, 'put(String,Object)', 'Name', 'b')).toBe('a');
  });

  it('works with tokens of the same object only', () => {
    const record = newRecord();
    on(record, 'put(Schema.SObjectField,Object)', sobjectFieldToken(opportunity, amount), 3);
    expect(String(on(record, 'get(Schema.SObjectField)', sobjectFieldToken(opportunity, amount)))).toBe('3');
    expect(() => on(newRecord(account), 'get(Schema.SObjectField)', sobjectFieldToken(opportunity, amount))).toThrow(
      'Opportunity.Amount does not belong to SObject type Account',
    );
  });

  it('refuses changes of read-only records', () => {
    const record = newRecord();
    record.readOnly = true;
    expect(() => on(record, 'put(String,Object)', 'Name', 'x')).toThrow('Record is read-only');
    expect(() => on(record, 'clear()')).toThrow('Record is read-only');
  });
});

describe('what was not queried', () => {
  const record = queried({ Id: '006000000000001AAA', Name: null });

  it('throws, unless the record was made in memory', () => {
    expect(on(record, 'get(String)', 'Name')).toBeNull();
    expect(() => on(record, 'get(String)', 'amount')).toThrow(
      'SObject row was retrieved via SOQL without querying the requested field: Opportunity.Amount',
    );
    expect(on(newRecord(), 'get(String)', 'Amount')).toBeNull();
    expect(on(newRecord(), 'get(String)', 'IsPrivate')).toBe(false);
  });

  it('is not set', () => {
    expect([on(record, 'isSet(String)', 'Name'), on(record, 'isSet(String)', 'Amount')]).toEqual([true, false]);
  });

  it('shows in no map, nor does a queried null', () => {
    expect(runtime.stringify(on(record, 'getPopulatedFieldsAsMap()'))).toBe('{Id=006000000000001AAA}');
  });

  it('throws for parents too, and reads null where the reference is empty', () => {
    expect(() => on(record, 'getSObject(String)', 'Account')).toThrow('without querying the requested field: Opportunity.Account');
    expect(on(queried({ Id: '006000000000001AAA', AccountId: null }), 'getSObject(String)', 'Account')).toBeNull();
    expect(on(queried({ Id: '006000000000001AAA' }, [['Account', null]]), 'getSObject(String)', 'Account')).toBeNull();
    expect(() => on(record, 'getSObject(String)', 'Nope')).toThrow('Invalid relationship Nope for Opportunity');
  });
});

describe('getSObjectType', () => {
  it('looks behind the pseudo-object of polymorphic parents', () => {
    const owner = new SObjectValue(fakeObject('Name', '', [fakeField('Id', 'id')]));
    owner.fields.set('Id', ApexId.of('001000000000001'));
    expect(runtime.stringify(on(owner, 'getSObjectType()'))).toBe('Account');
    expect(runtime.stringify(on(newRecord(), 'getSObjectType()'))).toBe('Opportunity');
  });
});

describe('clone', () => {
  it('leaves id and audit fields out unless they are asked for', () => {
    const record = queried({ Id: '006000000000001AAA', Name: 'a', CreatedDate: 0 });
    expect(runtime.stringify(on(record, 'clone()'))).toBe('Opportunity:{Name=a}');
    expect(runtime.stringify(on(record, 'clone(Boolean,Boolean,Boolean)', true, true, true))).toBe(
      'Opportunity:{Id=006000000000001AAA, Name=a, CreatedDate=1970-01-01 00:00:00}',
    );
  });
});

describe('addError', () => {
  it('belongs into a trigger', () => {
    const record = newRecord();
    expect(() => on(record, 'addError(String)', 'no')).toThrow('Not supported by the local org: SObject.addError outside of a trigger');
    const leave = enterTrigger(runtime, {
      timing: 'before',
      operation: 'insert',
      newList: null,
      newMap: null,
      oldList: null,
      oldMap: null,
    });
    on(record, 'addError(String)', 'no');
    on(record, 'addError(String,String)', 'amount', 'too much');
    leave();
    expect(record.errors).toEqual([
      { message: 'no', field: null },
      { message: 'too much', field: 'Amount' },
    ]);
    expect(() => on(record, 'addError(String)', 'no')).toThrow('Not supported by the local org: SObject.addError outside of a trigger');
  });
});

describe('AggregateResult', () => {
  it('has the columns of its query', () => {
    const list = listFromQuery({
      kind: 'aggregate',
      object: opportunity,
      columns: [
        { alias: 'expr0', field: null, type: 'int' },
        { alias: 'total', field: amount, type: 'currency' },
      ],
      rows: [[3, 10.5]],
    });
    const [row] = list.items;
    if (!(row instanceof SObjectValue)) throw new Error('no row');
    expect(list.elementType).toBe(T.AggregateResult);
    expect(on(row, 'get(String)', 'expr0')).toBe(3);
    expect(String(on(row, 'get(String)', 'TOTAL'))).toBe('10.50');
    expect(() => on(row, 'get(String)', 'expr1')).toThrow('Invalid field expr1 for AggregateResult');
  });
});
