import { describe, expect, it } from 'vitest';
import { fakeField, fakeObject, fakeRuntime } from '../platform/testing/fake-runtime.ts';
import { makeSet, makeStringMap } from '../platform/collections.ts';
import { sobjectFieldToken, sobjectTypeToken } from '../platform/tokens.ts';
import { T } from '../types.ts';
import { ApexBlob } from './apex-blob.ts';
import { ApexDate } from './apex-date.ts';
import { ApexDatetime } from './apex-datetime.ts';
import { ApexDecimal } from './apex-decimal.ts';
import { ApexDouble } from './apex-double.ts';
import { ApexId } from './apex-id.ts';
import { ApexList } from './apex-list.ts';
import { ApexTime } from './apex-time.ts';
import { coerce, InvalidId } from './coerce.ts';
import { fromStored, toStored, typeOfField } from './convert.ts';
import { platformEnumValue } from './platform-enum.ts';
import { SObjectValue } from './sobject-value.ts';
import type { ApexValue } from './values.ts';

const account = fakeObject('Account', '001', [fakeField('Id', 'id'), fakeField('Name', 'string'), fakeField('CloseDate', 'date')]);
const runtime = fakeRuntime({ objects: [account] });
const decimal = (text: string): ApexDecimal => ApexDecimal.parse(text) ?? ApexDecimal.ofInteger(0);
const list = (...items: ApexValue[]): ApexList => new ApexList(T.Object, items);
const record = (fields: Record<string, ApexValue>): SObjectValue => {
  const made = new SObjectValue(account);
  for (const [name, value] of Object.entries(fields)) made.fields.set(name, value);
  return made;
};
const acme = ApexId.of('001000000000001');

describe('ApexId', () => {
  it('completes 15 characters and keeps 18', () => {
    expect(ApexId.of('001D000000IqhSL').value).toBe('001D000000IqhSLIAZ');
    expect(ApexId.parse('001D000000IqhSLIAZ')?.to15()).toBe('001D000000IqhSL');
  });

  it.each(['', '001', '001D000000IqhS', '001D000000IqhSLIAA', '001D000000Iqh!L', '001d000000iqhsliaz'])('refuses %j', (text) => {
    expect(ApexId.parse(text)).toBeNull();
  });

  it('restores the case of letters from the last three', () => {
    expect(ApexId.parseRestoringCase('001d000000iqhsliaz')?.value).toBe('001D000000IqhSLIAZ');
  });
});

describe('ApexDouble', () => {
  it.each([
    [3, '3.0'],
    [1e7, '1.0E7'],
    [9999999.5, '9999999.5'],
    [1e10, '1.0E10'],
    [0.001, '0.001'],
    [0.0001, '1.0E-4'],
    [-1234.5e20, '-1.2345E23'],
    [-0, '-0.0'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
  ])('prints %d as %s', (n, text) => {
    expect(new ApexDouble(n).toString()).toBe(text);
  });
});

describe('ApexDate', () => {
  it('knows the calendar', () => {
    expect(ApexDate.parse('2024-02-29')?.addMonths(12).toString()).toBe('2025-02-28');
    expect(new ApexDate(2026, 1, 31).addMonths(1).toString()).toBe('2026-02-28');
    expect(new ApexDate(2026, 3, 31).addMonths(-13).toString()).toBe('2025-02-28');
    expect(new ApexDate(2026, 13, 1).toString()).toBe('2027-01-01');
    expect(new ApexDate(1, 1, 1).toString()).toBe('0001-01-01');
  });

  it.each(['2026-02-29', '2026-2-1', '2026-13-01', '2026-00-10', 'x'])('refuses %s', (text) => {
    expect(ApexDate.parse(text)).toBeNull();
  });
});

describe('== of the language', () => {
  it.each<[string, ApexValue, ApexValue, boolean]>([
    ['strings ignore case', 'Äcme', 'äCME', true],
    ['null is only itself', null, '', false],
    ['Integer and Long', 1, 1n, true],
    ['Integer and Decimal', 1, decimal('1.00'), true],
    ['Decimals of another scale', decimal('1.0'), decimal('1.00'), true],
    ['Decimal and Double', decimal('0.1'), new ApexDouble(0.1), true],
    ['other numbers', 2, decimal('2.01'), false],
    ['Id and its 15 characters', acme, '001000000000001', true],
    ['Id and another text', acme, 'foo', false],
    ['Id in another case', ApexId.of('001D000000IqhSL'), '001d000000IqhSL', false],
    ['dates', new ApexDate(2026, 1, 1), new ApexDate(2026, 1, 1), true],
    ['datetimes', new ApexDatetime(1), new ApexDatetime(2), false],
    ['times', new ApexTime(1), new ApexTime(1), true],
    ['blobs', new ApexBlob(Buffer.from('a')), new ApexBlob(Buffer.from('a')), true],
    ['lists deeply', list('a', list(1)), list('A', list(1n)), true],
    ['lists of another order', list(1, 2), list(2, 1), false],
    ['records deeply', record({ Name: 'a', Id: null }), record({ Name: 'A' }), true],
    ['records that differ', record({ Name: 'a' }), record({ Name: 'b' }), false],
    ['enum constants', platformEnumValue('StatusCode', 'DUPLICATE_VALUE'), platformEnumValue('StatusCode', 'DUPLICATE_VALUE'), true],
    ['tokens', sobjectTypeToken(account), sobjectTypeToken(account), true],
    ['types of no kin', 1, '1', false],
  ])('%s', (_name, a, b, same) => {
    expect(runtime.equals(a, b)).toBe(same);
    expect(runtime.equals(b, a)).toBe(same);
  });
});

describe('keys of maps and sets', () => {
  it('tell strings apart by case', () => {
    expect(runtime.keyEquals('a', 'A')).toBe(false);
    expect(runtime.keyEquals(list('a'), list('A'))).toBe(false);
    expect(runtime.keyOf('a')).not.toBe(runtime.keyOf('A'));
  });

  it('are one for an Id and its text, and for whole numbers of any type', () => {
    expect(runtime.keyOf(acme)).toBe(runtime.keyOf(acme.value));
    expect(new Set([1, 1n, decimal('1'), new ApexDouble(1)].map((n) => runtime.keyOf(n))).size).toBe(1);
  });

  it('differ for Decimals of another scale, as the Apex Reference warns', () => {
    expect(runtime.keyOf(decimal('1.1'))).not.toBe(runtime.keyOf(decimal('1.10')));
  });

  it('cannot be confused by how parts are joined', () => {
    const keys = [list('a', 'b'), list('ab'), list('a,b'), list(list('a'), 'b'), list(list('a', 'b')), 'lab', list('1'), list(1)];
    expect(new Set(keys.map((key) => runtime.keyOf(key))).size).toBe(keys.length);
  });

  it('do not depend on the order of members', () => {
    expect(runtime.keyOf(makeSet(runtime, T.String, ['a', 'b']))).toBe(runtime.keyOf(makeSet(runtime, T.String, ['b', 'a'])));
    expect(runtime.keyOf(record({ Name: 'x', Id: acme }))).toBe(runtime.keyOf(record({ Id: acme, Name: 'x' })));
  });
});

describe('text of values', () => {
  it.each<[ApexValue, string]>([
    [null, 'null'],
    [true, 'true'],
    [2147483648n, '2147483648'],
    [decimal('1.50'), '1.50'],
    [new ApexDouble(3), '3.0'],
    [acme, '001000000000001AAA'],
    [new ApexDate(2026, 11, 21), '2026-11-21 00:00:00'],
    [new ApexDatetime(Date.UTC(2026, 10, 21, 9, 4)), '2026-11-21 09:04:00'],
    [new ApexTime(1), '00:00:00.001Z'],
    [new ApexBlob(Buffer.from('abc')), 'Blob[3]'],
    [list('a', null, list(1)), '(a, null, (1))'],
    [makeSet(runtime, T.String, ['a', 'b']), '{a, b}'],
    [
      makeStringMap(runtime, T.Integer, [
        ['k', 1],
        ['l', 2],
      ]),
      '{k=1, l=2}',
    ],
    [record({ Name: 'Acme', Id: acme }), 'Account:{Name=Acme, Id=001000000000001AAA}'],
    [list(...Array.from({ length: 11 }, (_, i) => i)), '(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ...)'],
    [sobjectTypeToken(account), 'Account'],
    [sobjectFieldToken(account, fakeField('Name', 'string')), 'Name'],
    [platformEnumValue('StatusCode', 'DUPLICATE_VALUE'), 'DUPLICATE_VALUE'],
  ])('%# prints %s', (value, text) => {
    expect(runtime.stringify(value)).toBe(text);
  });
});

describe('order of List.sort', () => {
  it.each<[string, ApexValue[], ApexValue[]]>([
    ['strings with case, null first', ['b', null, 'B', 'a'], [null, 'B', 'a', 'b']],
    ['numbers of any type', [2, 10n, decimal('1.5')], [decimal('1.5'), 2, 10n]],
    ['booleans', [true, false], [false, true]],
  ])('%s', (_name, items, sorted) => {
    expect([...items].sort((a, b) => runtime.compare(a, b))).toEqual(sorted);
  });

  it('refuses what has no order', () => {
    expect(() => runtime.compare('a', 1)).toThrow('incomparable');
  });
});

describe('store values', () => {
  const amount = fakeField('Amount', 'currency', { scale: 2 });

  it('get the scale of their field', () => {
    expect(String(fromStored(amount, 75000))).toBe('75000.00');
    expect(String(fromStored(amount, 0.1 + 0.2))).toBe('0.30');
    expect(toStored(amount, decimal('12.345'))).toBe(12.345);
  });

  it('are ids, days and moments in Apex', () => {
    expect(fromStored(fakeField('AccountId', 'reference'), '001000000000001AAA')).toEqual(acme);
    expect(String(fromStored(fakeField('D', 'date'), '2026-11-21'))).toBe('2026-11-21');
    expect(fromStored(fakeField('N', 'int'), 7)).toBe(7);
    expect(fromStored(fakeField('N', 'int'), null)).toBeNull();
  });

  it('lose milliseconds and empty text', () => {
    expect(toStored(fakeField('D', 'datetime'), new ApexDatetime(1999))).toBe(1000);
    expect(toStored(fakeField('T', 'string'), '')).toBeNull();
    expect(toStored(fakeField('D', 'date'), new ApexDate(2026, 11, 21))).toBe('2026-11-21');
  });

  it('are refused where they do not fit', () => {
    expect(() => toStored(fakeField('N', 'int'), 'x')).toThrow('N is a int field');
    expect(() => fromStored(fakeField('D', 'date'), '2026-02-30')).toThrow('D is a date field');
  });

  it('have the Apex type of their field', () => {
    expect(typeOfField(amount)).toBe(T.Decimal);
    expect(typeOfField(fakeField('E', 'email'))).toBe(T.String);
    expect(() => typeOfField(fakeField('A', 'address'))).toThrow('Not supported by the local org: the compound field A');
  });
});

describe('assignment', () => {
  it('widens numbers, ids and dates', () => {
    expect(coerce(1, T.Long)).toBe(1n);
    expect(String(coerce(1, T.Decimal))).toBe('1');
    expect(String(coerce(decimal('1.5'), T.Double))).toBe('1.5');
    expect(coerce('001000000000001', T.Id)).toEqual(acme);
    expect(coerce(acme, T.String)).toBe('001000000000001AAA');
    expect(coerce(new ApexDate(1970, 1, 2), T.Datetime)).toEqual(new ApexDatetime(86_400_000));
  });

  it('refuses a text that is no id', () => {
    expect(() => coerce('foo', T.Id)).toThrow(InvalidId);
  });
});
