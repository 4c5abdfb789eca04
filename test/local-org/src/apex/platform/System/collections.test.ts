import { describe, expect, it } from 'vitest';
import { NotSupported } from '../../../errors.ts';
import { T } from '../../types.ts';
import { ApexDecimal } from '../../values/apex-decimal.ts';
import { ApexId } from '../../values/apex-id.ts';
import { ApexList } from '../../values/apex-list.ts';
import { ApexMap } from '../../values/apex-map.ts';
import { ApexSet } from '../../values/apex-set.ts';
import { NativeObject } from '../../values/native-object.ts';
import { SObjectValue } from '../../values/sobject-value.ts';
import type { ApexType, ApexValue } from '../../values/values.ts';
import { makeSet, makeStringMap } from '../collections.ts';
import { call, fakeField, fakeObject, fakeRuntime } from '../testing/fake-runtime.ts';
import { IteratorClass } from './Iterator.ts';
import { ListClass } from './List.ts';
import { MapClass } from './Map.ts';
import { SetClass } from './Set.ts';

const account = fakeObject('Account', '001', [fakeField('Id', 'id'), fakeField('Name', 'string')]);
const runtime = fakeRuntime({ objects: [account] });
const ID = '001000000000001';
const list = (type: ApexType, ...items: ApexValue[]): ApexList => new ApexList(type, items);
const onList = (self: ApexList, key: string, ...args: ApexValue[]): ApexValue => call(ListClass, key, runtime, self, ...args);
const onSet = (self: ApexSet, key: string, ...args: ApexValue[]): ApexValue => call(SetClass, key, runtime, self, ...args);
const onMap = (self: ApexMap, key: string, ...args: ApexValue[]): ApexValue => call(MapClass, key, runtime, self, ...args);
const text = (value: ApexValue): string => runtime.stringify(value);

function record(id: string | null, name: string): SObjectValue {
  const made = new SObjectValue(account);
  if (id !== null) made.fields.set('Id', ApexId.of(id));
  made.fields.set('Name', name);
  return made;
}

describe('List', () => {
  it('converts what is added to its element type', () => {
    const decimals = list(T.Decimal);
    onList(decimals, 'add(T)', 1);
    onList(decimals, 'add(Integer,T)', 0, 2n);
    onList(decimals, 'addAll(List<T>)', list(T.Integer, 3));
    expect(decimals.items.every((item) => item instanceof ApexDecimal)).toBe(true);
    expect(text(decimals)).toBe('(2, 1, 3)');
    expect(() => onList(list(T.Id), 'add(T)', 'nonsense')).toThrow('Invalid id: nonsense');
  });

  it('refuses indexes that it does not have', () => {
    const one = list(T.Integer, 7);
    for (const [key, ...args] of [
      ['get(Integer)', 1],
      ['get(Integer)', -1],
      ['set(Integer,T)', 1, 0],
      ['remove(Integer)', 1],
      ['add(Integer,T)', 2, 0],
    ] as [string, ...number[]][]) {
      expect(() => onList(one, key, ...args)).toThrow(`List index out of bounds: ${args[0]}`);
    }
    expect(onList(one, 'add(Integer,T)', 1, 8)).toBeNull();
    expect(onList(one, 'remove(Integer)', 0)).toBe(7);
  });

  it('finds members with case and by value', () => {
    expect(onList(list(T.String, 'a'), 'contains(T)', 'A')).toBe(false);
    expect(onList(list(T.Id, ApexId.of(ID)), 'indexOf(T)', ID)).toBe(0);
    expect(onList(list(T.Integer), 'indexOf(T)', 1)).toBe(-1);
  });

  it('sorts in place', () => {
    const names = list(T.String, 'b', null, 'B', 'a');
    onList(names, 'sort()');
    expect(names.items).toEqual([null, 'B', 'a', 'b']);
  });

  it('is copied flat, or with its records', () => {
    const original = list(T.sobject('Account'), record(ID, 'a'));
    const [flat, deep] = [onList(original, 'clone()'), onList(original, 'deepClone()')];
    expect(flat instanceof ApexList && flat.items[0]).toBe(original.items[0]);
    expect(text(deep)).toBe('(Account:{Name=a})');
    expect(text(onList(original, 'deepClone(Boolean)', true))).toBe(
      '(Account:{Name=a, Id=001000000000001AAA})'.replace('Name=a, Id=001000000000001AAA', 'Id=001000000000001AAA, Name=a'),
    );
  });

  it('iterates until it has no more', () => {
    const iterator = onList(list(T.String, 'a'), 'iterator()');
    if (!(iterator instanceof NativeObject)) throw new Error('no iterator');
    expect(call(IteratorClass, 'hasNext()', runtime, iterator)).toBe(true);
    expect(call(IteratorClass, 'next()', runtime, iterator)).toBe('a');
    expect(call(IteratorClass, 'hasNext()', runtime, iterator)).toBe(false);
    expect(() => call(IteratorClass, 'next()', runtime, iterator)).toThrow('Iterator has no more elements.');
  });
});

describe('Set', () => {
  it('holds each member once, in the order of arrival', () => {
    const set = makeSet(runtime, T.String, ['b', 'a', 'b', 'A', null]);
    expect(text(set)).toBe('{b, a, A, null}');
    expect(onSet(set, 'add(T)', 'a')).toBe(false);
    expect(onSet(set, 'add(T)', 'c')).toBe(true);
    expect(onSet(set, 'remove(T)', 'x')).toBe(false);
  });

  it('tells whether an operation changed it', () => {
    const set = makeSet(runtime, T.Integer, [1, 2, 3]);
    expect(onSet(set, 'addAll(List<T>)', list(T.Integer, 1, 2))).toBe(false);
    expect(onSet(set, 'removeAll(List<T>)', list(T.Integer, 3, 4))).toBe(true);
    expect(onSet(set, 'retainAll(Set<T>)', makeSet(runtime, T.Integer, [1, 2]))).toBe(false);
    expect(onSet(set, 'retainAll(Set<T>)', makeSet(runtime, T.Integer, [2]))).toBe(true);
    expect(onSet(set, 'containsAll(List<T>)', list(T.Integer, 2, 2))).toBe(true);
    expect(text(set)).toBe('{2}');
  });

  it('equals another of the same members', () => {
    expect(onSet(makeSet(runtime, T.String, ['a', 'b']), 'equals(Set<Object>)', makeSet(runtime, T.String, ['b', 'a']))).toBe(true);
    expect(onSet(makeSet(runtime, T.String, ['a']), 'equals(Set<Object>)', makeSet(runtime, T.String, ['A']))).toBe(false);
    expect(onSet(makeSet(runtime, T.String, []), 'equals(Set<Object>)', null)).toBe(false);
  });

  it('finds an id by its 15 characters', () => {
    expect(onSet(makeSet(runtime, T.Id, [ID]), 'contains(T)', ID)).toBe(true);
  });
});

describe('Map', () => {
  it('puts, answers what was there, and removes', () => {
    const map = new ApexMap(T.String, T.Decimal);
    expect(onMap(map, 'put(K,V)', 'a', 1)).toBeNull();
    expect(text(onMap(map, 'put(K,V)', 'a', 2))).toBe('1');
    expect(onMap(map, 'get(K)', 'A')).toBeNull();
    expect(onMap(map, 'containsKey(K)', null)).toBe(false);
    expect(text(onMap(map, 'remove(K)', 'a'))).toBe('2');
    expect(onMap(map, 'isEmpty()')).toBe(true);
  });

  it('keys records by their id', () => {
    const map = new ApexMap(T.String, T.sobject('Account'));
    onMap(map, 'putAll(List<SObject>)', list(T.SObject, record(ID, 'a')));
    expect(onMap(map, 'containsKey(K)', '001000000000001AAA')).toBe(true);
    expect(() => onMap(map, 'putAll(List<SObject>)', list(T.SObject, record(null, 'a')))).toThrow('Row with null Id at index: 0');
    expect(() => onMap(map, 'putAll(List<SObject>)', list(T.SObject, record(ID, 'a'), record(ID, 'b')))).toThrow(
      'Row with duplicate Id at index: 1',
    );
  });

  it('shows its keys as they are, both ways', () => {
    const map = makeStringMap(runtime, T.Integer, [
      ['a', 1],
      ['b', 2],
    ]);
    const keys = onMap(map, 'keySet()');
    if (!(keys instanceof ApexSet)) throw new Error('no set');
    onMap(map, 'put(K,V)', 'c', 3);
    expect(text(keys)).toBe('{a, b, c}');
    onSet(keys, 'remove(T)', 'a');
    expect(text(map)).toBe('{b=2, c=3}');
    expect(() => onSet(keys, 'add(T)', 'z')).toThrow(NotSupported);
    expect(text(onSet(keys, 'clone()'))).toBe('{b, c}');
  });

  it('of describe ignores case', () => {
    const map = makeStringMap(runtime, T.Integer, [['Name', 1]], true);
    expect(onMap(map, 'get(K)', 'NAME')).toBe(1);
    expect(text(onMap(map, 'keySet()'))).toBe('{name}');
    const copy = onMap(map, 'clone()');
    expect(copy instanceof ApexMap && onMap(copy, 'get(K)', 'nAME')).toBe(1);
  });
});
