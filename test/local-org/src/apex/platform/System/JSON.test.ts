import { describe, expect, it } from 'vitest';
import { T, type ApexType } from '../../types.ts';
import { ApexBlob } from '../../values/apex-blob.ts';
import { ApexDate } from '../../values/apex-date.ts';
import { ApexDatetime } from '../../values/apex-datetime.ts';
import { ApexDecimal } from '../../values/apex-decimal.ts';
import { ApexId } from '../../values/apex-id.ts';
import { ApexList } from '../../values/apex-list.ts';
import { ApexMap } from '../../values/apex-map.ts';
import { ApexObject } from '../../values/apex-object.ts';
import { SObjectValue } from '../../values/sobject-value.ts';
import { TypeValue } from '../../values/type-value.ts';
import type { ApexValue } from '../../values/values.ts';
import { makeStringMap } from '../collections.ts';
import { callStatic, fakeField, fakeObject, fakeRuntime } from '../testing/fake-runtime.ts';
import { JSONClass } from './JSON.ts';

const account = fakeObject('Account', '001', [
  fakeField('Id', 'id'),
  fakeField('Name', 'string'),
  fakeField('AnnualRevenue', 'currency', { scale: 2 }),
]);
const point = T.user('Point');
const runtime = fakeRuntime({
  objects: [account],
  classes: new Map([
    [
      'Point',
      [
        { name: 'x', type: T.Integer },
        { name: 'label', type: T.String },
        { name: 'next', type: point },
      ],
    ],
  ]),
});
const decimal = (text: string): ApexDecimal => ApexDecimal.parse(text) ?? ApexDecimal.ofInteger(0);
const list = (...items: ApexValue[]): ApexList => new ApexList(T.Object, items);
const map = (...entries: [string, ApexValue][]): ApexMap => makeStringMap(runtime, T.Object, entries);
const serialize = (value: ApexValue, ...rest: ApexValue[]): ApexValue =>
  callStatic(JSONClass, rest.length ? 'serialize(Object,Boolean)' : 'serialize(Object)', runtime, value, ...rest);
const untyped = (text: string): ApexValue => callStatic(JSONClass, 'deserializeUntyped(String)', runtime, text);
const typed = (text: string, type: ApexType): ApexValue =>
  callStatic(JSONClass, 'deserialize(String,Type)', runtime, text, new TypeValue(type));
const strict = (text: string, type: ApexType): ApexValue =>
  callStatic(JSONClass, 'deserializeStrict(String,Type)', runtime, text, new TypeValue(type));

function newPoint(...fields: ApexValue[]): ApexObject {
  const object = new ApexObject({ type: point, superclass: null, interfaces: [], isException: false }, 3);
  fields.forEach((value, i) => (object.fields[i] = value));
  return object;
}

describe('JSON.serialize', () => {
  it.each<[ApexValue, string]>([
    [null, 'null'],
    ['a"\\/\n\u0001ä', '"a\\"\\\\/\\n\\u0001ä"'],
    ['\u000b', '"\\u000B"'],
    [decimal('1.50'), '1.50'],
    [9007199254740993n, '9007199254740993'],
    [new ApexDate(2026, 11, 21), '"2026-11-21"'],
    [new ApexDatetime(Date.UTC(2026, 10, 21, 9, 4, 5, 6)), '"2026-11-21T09:04:05.006Z"'],
    [ApexId.of('001000000000001'), '"001000000000001AAA"'],
    [new ApexBlob(Buffer.from('hi')), '"aGk="'],
    [list(1, 'a', null, list()), '[1,"a",null,[]]'],
    [map(['a', null], ['b', map()]), '{"a":null,"b":{}}'],
    [newPoint(1), '{"x":1,"label":null,"next":null}'],
  ])('%# gives %s', (value, text) => {
    expect(serialize(value)).toBe(text);
  });

  it('leaves out null fields of objects, not of maps, when asked to', () => {
    expect(serialize(list(newPoint(1, null, newPoint(null, 'b')), map(['k', null])), true)).toBe(
      '[{"x":1,"next":{"label":"b"}},{"k":null}]',
    );
  });

  it('writes records with their attributes', () => {
    const record = new SObjectValue(account);
    record.fields.set('Id', ApexId.of('001000000000001'));
    record.fields.set('Name', 'Acme');
    expect(serialize(record)).toBe(
      '{"attributes":{"type":"Account","url":"/services/data/v67.0/sobjects/Account/001000000000001AAA"},"Id":"001000000000001AAA","Name":"Acme"}',
    );
  });

  it('writes prettily', () => {
    const text = callStatic(JSONClass, 'serializePretty(Object)', runtime, map(['a', list(1, map(['b', list()]))], ['c', map()]));
    expect(text).toBe('{\n  "a" : [ 1, {\n    "b" : [ ]\n  } ],\n  "c" : { }\n}');
  });
});

describe('JSON.deserializeUntyped', () => {
  it('gives maps, lists and numbers by their size', () => {
    const value = untyped(' {"a":[1, 2147483648, 1.50, 1e2, 9223372036854775808, -0], "b":{"c":null}, "d":"\\u00e4\\n", "e":true} ');
    expect(value).toBeInstanceOf(ApexMap);
    expect(runtime.stringify(value)).toBe('{a=(1, 2147483648, 1.50, 1E+2, 9223372036854775808, 0), b={c=null}, d=ä\n, e=true}');
    const numbers = value instanceof ApexMap ? value.entries.get(runtime.keyOf('a'))?.value : null;
    expect(numbers instanceof ApexList && numbers.items.map((n) => runtime.typeOf(n).name)).toEqual([
      'Integer',
      'Long',
      'Decimal',
      'Decimal',
      'Decimal',
      'Integer',
    ]);
    expect(runtime.typeOf(value)).toBe(T.map(T.String, T.Object));
  });

  it.each([
    ['', 'No content to map to Object due to end of input'],
    ['{name: 1}', "Unexpected character ('n' (code 110)): was expecting double-quote to start field name at [line:1, column:3]"],
    ['{"a":NULL}', "Unrecognized token 'NULL': was expecting 'null', 'true', 'false' or NaN at [line:1, column:10]"],
    ['{"a" 1}', "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value at [line:1, column:7]"],
    [
      '[1\n,]',
      "Unexpected character (']' (code 93)): expected a valid value (number, String, array, object, 'true', 'false' or 'null') at [line:2, column:3]",
    ],
    ['{"a":1', 'Unexpected end-of-input: expected close marker for OBJECT (from [line:1, column:1]) at [line:1, column:7]'],
    ['"abc', 'Unexpected end-of-input in VALUE_STRING at [line:1, column:5]'],
    ['{} x', 'End of input expected at [line:1, column:4]'],
    [
      '"a\nb"',
      'Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value at [line:1, column:3]',
    ],
    ['01', 'expected the end of a number'],
    ['-', 'expected digit (0-9) to follow minus sign, for valid numeric value at [line:1, column:2]'],
    ['"\\x"', 'unrecognized character escape'],
    ['['.repeat(2000), 'The nesting is deeper than 1000 levels'],
  ])('refuses %j', (text, message) => {
    expect(() => untyped(text)).toThrow(message);
  });

  it('refuses null', () => {
    expect(() => callStatic(JSONClass, 'deserializeUntyped(String)', runtime, null)).toThrow('Argument cannot be null.');
  });
});

describe('JSON.deserialize', () => {
  it.each<[string, ApexType, string]>([
    ['[1,2]', T.list(T.Long), '(1, 2)'],
    ['{"a":1.10}', T.map(T.String, T.Decimal), '{a=1.10}'],
    ['["a","a"]', T.set(T.String), '{a}'],
    ['"2026-11-21"', T.Date, '2026-11-21 00:00:00'],
    ['"2026-11-21T09:04:00.000+0200"', T.Datetime, '2026-11-21 07:04:00'],
    ['"001000000000001"', T.Id, '001000000000001AAA'],
    ['12', T.String, '12'],
    ['null', T.Integer, 'null'],
    ['{"Name":"Acme","annualrevenue":5}', T.sobject('Account'), 'Account:{Name=Acme, AnnualRevenue=5}'],
    ['{"attributes":{"type":"Account"},"Name":"x"}', T.SObject, 'Account:{Name=x}'],
  ])('%s to %s', (text, type, expected) => {
    expect(runtime.stringify(typed(text, type))).toBe(expected);
  });

  it('fills classes by field name in any case and ignores what they lack', () => {
    const value = typed('{"X":1,"LABEL":"a","more":{},"next":{"x":2}}', point);
    expect(serialize(value)).toBe('{"x":1,"label":"a","next":{"x":2,"label":null,"next":null}}');
    expect(() => strict('{"x":1,"more":2}', point)).toThrow('Unrecognized field "more"');
  });

  it.each<[string, ApexType, string]>([
    ['"thirty"', T.Integer, 'Illegal value for primitive: thirty'],
    ['2147483648', T.Integer, 'Illegal value for primitive: 2147483648'],
    ['"2026-02-30"', T.Date, 'Illegal value for primitive: 2026-02-30'],
    ['{}', T.list(T.String), "Malformed JSON: Expected '[' at the beginning of List/Set"],
    ['[]', point, "Malformed JSON: Expected '{' at the beginning of object"],
    ['{"a":1}', T.map(T.String, T.Object), 'Apex Type unsupported in JSON: Object'],
    ['{"Foo":1}', T.sobject('Account'), "No such column 'Foo' on sobject of type Account"],
  ])('refuses %s for %s', (text, type, message) => {
    expect(() => typed(text, type)).toThrow(message);
  });
});
