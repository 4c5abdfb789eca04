import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSchema } from '../schema/create-schema.ts';
import { plainField } from '../schema/standard/fields.ts';
import { isValidId, keyPrefix } from '../schema/ids.ts';
import type { FieldDef, ObjectDef, Schema, Value } from '../schema/types.ts';
import { createStore } from './create-store.ts';
import type { Row, Store } from './types.ts';
import { UniqueViolation } from './unique-violation.ts';

let store: Store;
let schema: Schema;
let account: ObjectDef;

beforeEach(() => {
  store = createStore();
  schema = createSchema([]);
  account = withFields(known('Account'), [
    plainField('Code__c', 'Code', 'string', { length: 10, unique: true }),
    plainField('Exact__c', 'Exact', 'string', { length: 10, unique: true, caseSensitive: true }),
    plainField('Opened__c', 'Opened', 'time'),
    plainField('Upper__c', 'Upper', 'string', { formula: 'UPPER(Name)', calculated: true }),
  ]);
  store.define(account);
});

afterEach(() => store.close());

function known(name: string): ObjectDef {
  const found = schema.object(name);
  if (found.kind !== 'known') throw new Error(`${name} is ${found.kind}`);
  return found.def;
}

function withFields(object: ObjectDef, fields: readonly FieldDef[]): ObjectDef {
  return {
    ...object,
    fields: new Map([...object.fields, ...fields.map((field): [string, FieldDef] => [field.name.toLowerCase(), field])]),
  };
}

function insert(values: Record<string, Value>): string {
  const id = store.nextId(account);
  const row: Row = new Map(Object.entries({ Id: id, IsDeleted: false, ...values }));
  store.insert(account, row);
  return id;
}

describe('rows', () => {
  it('come back with the types that they went in with', () => {
    const id = insert({
      Name: 'Acme',
      AnnualRevenue: 12.5,
      NumberOfEmployees: 7,
      CreatedDate: 1_795_000_000_123,
      Opened__c: 3_600_000,
      Site: null,
    });
    const row = store.get(account, id);
    expect(row?.get('Name')).toBe('Acme');
    expect(row?.get('AnnualRevenue')).toBe(12.5);
    expect(row?.get('NumberOfEmployees')).toBe(7);
    expect(row?.get('CreatedDate')).toBe(1_795_000_000_123);
    expect(row?.get('Opened__c')).toBe(3_600_000);
    expect(row?.get('IsDeleted')).toBe(false);
    expect(row?.get('Site')).toBeNull();
    expect(row?.get('Phone')).toBeNull();
    expect(row?.has('Upper__c')).toBe(false);
    expect(row?.has('BillingAddress')).toBe(false);
  });

  it('keep what an update leaves out', () => {
    const id = insert({ Name: 'Acme', Site: 'Berlin' });
    store.update(
      account,
      id,
      new Map<string, Value>([
        ['Name', 'Acme AG'],
        ['IsDeleted', true],
      ]),
    );
    expect(store.get(account, id)?.get('Name')).toBe('Acme AG');
    expect(store.get(account, id)?.get('Site')).toBe('Berlin');
    expect(store.get(account, id)?.get('IsDeleted')).toBe(true);
  });

  it('are refused when the caller is mistaken: no id, no such field, a formula, no such row', () => {
    expect(() => store.insert(account, new Map([['Name', 'Acme']]))).toThrow('inserted without its Id');
    expect(() => insert({ Nme: 'Acme' })).toThrow('Account has no stored field Nme');
    expect(() => insert({ Upper__c: 'ACME' })).toThrow('Account has no stored field Upper__c');
    expect(() => store.update(account, store.nextId(account), new Map([['Name', 'x']]))).toThrow('has no row');
    expect(store.get(account, '001000000000000AAA')).toBeUndefined();
  });
});

describe('findIds', () => {
  it('ignores case, and records that are deleted', () => {
    const id = insert({ Name: 'Straße', Code__c: 'abc' });
    insert({ Name: 'STRASSE', IsDeleted: true });
    expect(store.findIds(account, 'Name', 'straße')).toEqual([id]);
    expect(store.findIds(account, 'code__c', 'ABC')).toEqual([id]);
  });

  it('regards case where the field does, and in ids', () => {
    const parent = insert({ Exact__c: 'abc' });
    const child = insert({ ParentId: parent });
    expect(store.findIds(account, 'Exact__c', 'ABC')).toEqual([]);
    expect(store.findIds(account, 'Exact__c', 'abc')).toEqual([parent]);
    expect(store.findIds(account, 'ParentId', parent)).toEqual([child]);
    expect(store.findIds(account, 'ParentId', null)).toEqual([parent]);
  });
});

describe('unique indexes', () => {
  it('refuse the second value and name the field', () => {
    insert({ Code__c: 'abc' });
    const second = (): string => insert({ Code__c: 'ABC' });
    expect(second).toThrow(UniqueViolation);
    expect(second).toThrow('Account.Code__c is unique');
    const other = insert({ Code__c: 'other' });
    expect(() => store.update(account, other, new Map([['Code__c', 'Abc']]))).toThrow(UniqueViolation);
  });

  it('regard case where the field does, and let the empty value and deleted records be', () => {
    insert({ Exact__c: 'abc' });
    insert({ Exact__c: 'ABC' });
    expect(() => insert({ Exact__c: 'abc' })).toThrow('Account.Exact__c is unique');
    insert({ Exact__c: 'gone', IsDeleted: true });
    insert({ Exact__c: 'gone' });
    expect(store.findIds(account, 'Exact__c', null)).toEqual([]);
    insert({});
    insert({});
    expect(store.findIds(account, 'Exact__c', null)).toHaveLength(2);
  });
});

describe('ids', () => {
  it('ascend, are valid and bear the prefix of their object', () => {
    const made = Array.from({ length: 200 }, () => store.nextId(account));
    expect(new Set(made).size).toBe(200);
    expect(made.every(isValidId)).toBe(true);
    expect(made.every((id) => keyPrefix(id) === '001')).toBe(true);
    expect([...made].sort((a, b) => (a.slice(0, 15) < b.slice(0, 15) ? -1 : 1))).toEqual(made);
  });

  it('are never given twice: not by objects that share a prefix, not after a copy, not after a rollback', () => {
    const stage = store.nextId(known('OpportunityStage'));
    expect(store.nextId(known('LeadStatus'))).not.toBe(stage);
    const copied = createStore();
    copied.define(account);
    const id = insert({ Name: 'Acme' });
    copied.insert(account, store.get(account, id) ?? new Map<string, never>());
    expect(copied.nextId(account)).not.toBe(id);
    copied.close();
    let lost = '';
    expect(() => store.transaction(() => ((lost = insert({})), fail()))).toThrow('undo');
    expect(store.nextId(account)).not.toBe(lost);
  });

  it('and auto-numbers count from 1 for each field', () => {
    const audit = known('Case');
    expect([store.nextAutoNumber(audit, 'CaseNumber'), store.nextAutoNumber(audit, 'CaseNumber')]).toEqual([1, 2]);
    expect(store.nextAutoNumber(account, 'Code__c')).toBe(1);
  });
});

function fail(): never {
  throw new Error('undo');
}

describe('transactions', () => {
  it('commit what returns and undo what throws, tables too', () => {
    const kept = store.transaction(() => insert({ Name: 'kept' }));
    expect(() =>
      store.transaction(() => {
        insert({ Name: 'lost' });
        store.define(known('Contact'));
        fail();
      }),
    ).toThrow('undo');
    expect(store.findIds(account, 'Name', 'kept')).toEqual([kept]);
    expect(store.findIds(account, 'Name', 'lost')).toEqual([]);
    expect(() => store.findIds(known('Contact'), 'Name', 'x')).toThrow('no such table');
    store.define(known('Contact'));
    expect(store.findIds(known('Contact'), 'Name', 'x')).toEqual([]);
  });

  it('go back to a savepoint, which can be used again', () => {
    store.transaction(() => {
      insert({ Name: 'before' });
      store.savepoint('sp 1');
      insert({ Name: 'after' });
      store.rollbackTo('sp 1');
      insert({ Name: 'again' });
      store.rollbackTo('sp 1');
      store.release('sp 1');
    });
    expect(store.select('SELECT "Name" FROM "Account" ORDER BY "Name"', [])).toEqual([['before']]);
  });
});

describe('define', () => {
  it('adds what an object has gained, on records that are there', () => {
    const id = insert({ Name: 'Acme' });
    const grown = withFields(account, [
      plainField('Vip__c', 'VIP', 'boolean', { defaultValue: true }),
      plainField('Key__c', 'Key', 'string', { unique: true }),
    ]);
    store.define(grown);
    expect(store.get(grown, id)?.get('Vip__c')).toBe(true);
    store.update(grown, id, new Map([['Key__c', 'a']]));
    expect(store.findIds(grown, 'Key__c', 'A')).toEqual([id]);
  });

  it('drops the guard of a field that is no longer unique and refuses a change of type', () => {
    insert({ Code__c: 'abc' });
    store.define(withFields(account, [plainField('Code__c', 'Code', 'string')]));
    insert({ Code__c: 'abc' });
    expect(() => store.define(withFields(account, [plainField('Code__c', 'Code', 'double')]))).toThrow(
      'changing the type of Account.Code__c',
    );
  });

  it('gives every standard object a table', () => {
    for (const object of schema.objects()) if (object.name !== 'Account') store.define(object);
    for (const object of schema.objects()) expect(store.select(`SELECT COUNT(*) FROM "${object.name}"`, [])).toEqual([[0]]);
  });

  it('lets the planner find by name, reference and date without reading the table', () => {
    const plan = (where: string): string =>
      JSON.stringify(store.select(`EXPLAIN QUERY PLAN SELECT "Id" FROM "Account" WHERE ${where}`, ['x']));
    expect(plan('fold("Name") = ?')).toContain('index:Account:Name');
    expect(plan('"OwnerId" = ?')).toContain('index:Account:OwnerId');
    expect(plan('"LastActivityDate" > ?')).toContain('index:Account:LastActivityDate');
    expect(plan('"IsDeleted" = ?')).toContain('SCAN');
  });
});
