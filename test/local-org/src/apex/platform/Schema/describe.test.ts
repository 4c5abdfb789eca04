import { describe, expect, it } from 'vitest';
import type { FieldDef, ObjectDef } from '../../../schema/types.ts';
import { ApexList } from '../../values/apex-list.ts';
import { ApexMap } from '../../values/apex-map.ts';
import { NativeObject } from '../../values/native-object.ts';
import type { ApexValue } from '../../values/values.ts';
import { MapClass } from '../System/Map.ts';
import { SchemaClass } from '../System/Schema.ts';
import { T } from '../../types.ts';
import { call, callStatic, fakeField, fakeObject, fakeRuntime, FULL_ACCESS } from '../testing/fake-runtime.ts';
import { sobjectFieldToken, sobjectTypeToken } from '../tokens.ts';
import type { Runtime } from '../types.ts';
import { ChildRelationshipClass } from './ChildRelationship.ts';
import { DescribeFieldResultClass } from './DescribeFieldResult.ts';
import { DescribeSObjectResultClass } from './DescribeSObjectResult.ts';
import { PicklistEntryClass } from './PicklistEntry.ts';
import { SObjectFieldClass } from './SObjectField.ts';
import { SObjectTypeClass } from './SObjectType.ts';
import { SObjectTypeFieldsClass } from './SObjectTypeFields.ts';

const id = fakeField('Id', 'id');
const name = fakeField('Name', 'string', { length: 120, nameField: true, nillable: false });
const amount = fakeField('Amount', 'currency', { precision: 18, scale: 2 });
const stage = fakeField('StageName', 'picklist', {
  picklistValues: [{ value: 'Won', label: 'Closed Won', active: true, defaultValue: false }],
  restrictedPicklist: true,
});
const who = fakeField('WhoId', 'reference', { referenceTo: ['Account', 'Opportunity'], relationshipName: 'Who' });
const count = fakeField('Count__c', 'int', { precision: 9, defaultValue: 4 });
const account = fakeObject('Account', '001', [id, name], {
  childRelationships: [{ relationshipName: 'Opportunities', childObject: 'Opportunity', field: 'WhoId' }],
});
const opportunity = fakeObject('Opportunity', '006', [id, name, amount, stage, who, count]);
const all = [account, opportunity];
const runtime = fakeRuntime({ objects: all });
const NOTHING = { read: false, create: false, edit: false, delete: false, viewAll: false, modifyAll: false };
/** Sees no amount, may not change the stage, and no accounts at all. */
const restricted: Runtime = {
  ...runtime,
  access: () => ({
    ...FULL_ACCESS,
    isFull: false,
    object: (of) => ({ ...NOTHING, read: of === opportunity, edit: of === opportunity }),
    field: (of, def) => ({ read: of === opportunity && def !== amount, edit: of === opportunity && def !== amount && def !== stage }),
  }),
};

function native(value: ApexValue): NativeObject {
  if (value instanceof NativeObject) return value;
  throw new Error('not a native object');
}
const object = (by: Runtime, def: ObjectDef): NativeObject => native(call(SObjectTypeClass, 'getDescribe()', by, sobjectTypeToken(def)));
const field = (by: Runtime, def: FieldDef): NativeObject =>
  native(call(SObjectFieldClass, 'getDescribe()', by, sobjectFieldToken(opportunity, def)));
const ask = (self: NativeObject, key: string): ApexValue => call(DescribeFieldResultClass, key, runtime, self);
const list = (value: ApexValue): readonly ApexValue[] => (value instanceof ApexList ? value.items : []);

describe('describe of an object', () => {
  it('says what it is to everybody and what one may do to each', () => {
    const facts = ['getName()', 'getKeyPrefix()', 'isAccessible()', 'isCreateable()', 'isUpdateable()'];
    expect(facts.map((key) => call(DescribeSObjectResultClass, key, runtime, object(runtime, opportunity)))).toEqual([
      'Opportunity',
      '006',
      true,
      true,
      true,
    ]);
    expect(facts.map((key) => call(DescribeSObjectResultClass, key, runtime, object(restricted, opportunity)))).toEqual([
      'Opportunity',
      '006',
      true,
      false,
      true,
    ]);
    expect(facts.map((key) => call(DescribeSObjectResultClass, key, runtime, object(restricted, account)))).toEqual([
      'Account',
      '001',
      false,
      false,
      false,
    ]);
  });

  it('lists all fields, hidden ones too, by name in any case', () => {
    const fields = native(DescribeSObjectResultClass.properties?.['Fields']?.get(restricted, object(restricted, opportunity)) ?? null);
    const map = call(SObjectTypeFieldsClass, 'getMap()', restricted, fields);
    if (!(map instanceof ApexMap)) throw new Error('no map');
    expect(runtime.stringify(call(MapClass, 'keySet()', runtime, map))).toBe('{id, name, amount, stagename, whoid, count__c}');
    expect(runtime.equals(call(MapClass, 'get(K)', runtime, map, 'AMOUNT'), sobjectFieldToken(opportunity, amount))).toBe(true);
    expect(call(MapClass, 'get(K)', runtime, map, 'nope')).toBeNull();
  });

  it('lists children', () => {
    const [child] = list(call(DescribeSObjectResultClass, 'getChildRelationships()', runtime, object(runtime, account)));
    const facts = ['getChildSObject()', 'getField()', 'getRelationshipName()'].map((key) =>
      runtime.stringify(call(ChildRelationshipClass, key, runtime, native(child ?? null))),
    );
    expect(facts).toEqual(['Opportunity', 'WhoId', 'Opportunities']);
  });

  it('makes records', () => {
    const token = sobjectTypeToken(account);
    expect(runtime.stringify(call(SObjectTypeClass, 'newSObject()', runtime, token))).toBe('Account:{}');
    expect(runtime.stringify(call(SObjectTypeClass, 'newSObject(Id)', runtime, token, '001000000000001'))).toBe(
      'Account:{Id=001000000000001AAA}',
    );
    expect(() => call(SObjectTypeClass, 'newSObject(Id)', runtime, token, '006000000000001')).toThrow('Invalid id: 006000000000001AAA');
  });
});

describe('describe of a field', () => {
  it('tells its type and bounds', () => {
    const facts = ['getType()', 'getSoapType()', 'getLength()', 'getPrecision()', 'getScale()', 'getDigits()'];
    const of = (def: typeof amount): string[] => facts.map((key) => runtime.stringify(ask(field(runtime, def), key)));
    expect(of(amount)).toEqual(['CURRENCY', 'DOUBLE', '0', '18', '2', '0']);
    expect(of(count)).toEqual(['INTEGER', 'INTEGER', '0', '0', '0', '9']);
    expect(of(name)).toEqual(['STRING', 'STRING', '120', '0', '0', '0']);
    expect(of(who)).toEqual(['REFERENCE', 'ID', '0', '0', '0', '0']);
    expect(ask(field(runtime, count), 'getDefaultValue()')).toBe(4);
  });

  it('tells what the running user may do', () => {
    const may = (by: Runtime, def: typeof amount): ApexValue[] =>
      ['isAccessible()', 'isCreateable()', 'isUpdateable()'].map((key) => ask(field(by, def), key));
    expect(may(runtime, amount)).toEqual([true, true, true]);
    expect(may(restricted, amount)).toEqual([false, false, false]);
    expect(may(restricted, stage)).toEqual([true, false, false]);
    // The object may be edited, not created.
    expect(may(restricted, who)).toEqual([true, false, true]);
  });

  it('lists picklist values and targets', () => {
    const [entry] = list(ask(field(runtime, stage), 'getPicklistValues()'));
    const facts = ['getValue()', 'getLabel()', 'isActive()', 'isDefaultValue()'].map((key) =>
      call(PicklistEntryClass, key, runtime, native(entry ?? null)),
    );
    expect(facts).toEqual(['Won', 'Closed Won', true, false]);
    expect(runtime.stringify(ask(field(runtime, who), 'getReferenceTo()'))).toBe('(Account, Opportunity)');
    expect([ask(field(runtime, who), 'isNamePointing()'), ask(field(runtime, name), 'isNameField()')]).toEqual([true, true]);
  });
});

describe('Schema', () => {
  it('finds objects by name in any case', () => {
    const global = callStatic(SchemaClass, 'getGlobalDescribe()', runtime);
    expect(global instanceof ApexMap && runtime.stringify(call(MapClass, 'get(K)', runtime, global, 'ACCOUNT'))).toBe('Account');
    const names = new ApexList(T.String, ['account', 'Nope']);
    expect(() => callStatic(SchemaClass, 'describeSObjects(List<String>)', runtime, names)).toThrow(
      "sObject type 'Nope' is not supported.",
    );
  });
});
