import { describe, expect, it } from 'vitest';
import { NotSupported } from '../../../errors.ts';
import { T } from '../../types.ts';
import { ApexDate } from '../../values/apex-date.ts';
import { ApexDatetime } from '../../values/apex-datetime.ts';
import { ApexId } from '../../values/apex-id.ts';
import { ApexList } from '../../values/apex-list.ts';
import type { ApexValue } from '../../values/values.ts';
import { call, callStatic, fakeRuntime, GuestException } from '../testing/fake-runtime.ts';
import { StringClass } from './String.ts';

const runtime = fakeRuntime();
const on = (self: string, key: string, ...args: ApexValue[]): ApexValue => call(StringClass, key, runtime, self, ...args);
const items = (value: ApexValue): readonly ApexValue[] => (value instanceof ApexList ? value.items : []);
const list = (...values: ApexValue[]): ApexList => new ApexList(T.Object, values);

describe('String instance methods', () => {
  it.each<[string, string, ApexValue[], ApexValue]>([
    ['aXbX', 'indexOf(String)', ['X'], 1],
    ['aXbX', 'lastIndexOf(String)', ['X'], 3],
    ['aXbX', 'lastIndexOf(String,Integer)', ['X', 2], 1],
    ['aXbX', 'indexOfIgnoreCase(String)', ['xB'], 1],
    ['aXbX', 'countMatches(String)', ['X'], 2],
    ['abc', 'containsIgnoreCase(String)', ['BC'], true],
    ['abc', 'contains(String)', ['BC'], false],
    ['abc', 'containsOnly(String)', ['cba'], true],
    ['Acme', 'equals(Object)', ['acme'], false],
    ['Acme', 'equalsIgnoreCase(String)', ['aCME'], true],
    ['Acme', 'equalsIgnoreCase(String)', [null], false],
    ['001000000000001AAA', 'equals(Object)', [ApexId.of('001000000000001')], true],
    ['b', 'compareTo(String)', ['a'], 1],
    ['abc', 'compareTo(String)', ['ab'], 1],
    ['Hello', 'hashCode()', [], 69609650],
    ['hello world', 'left(Integer)', [5], 'hello'],
    ['hello world', 'left(Integer)', [-1], ''],
    ['hello world', 'right(Integer)', [5], 'world'],
    ['hello', 'right(Integer)', [0], ''],
    ['hello', 'mid(Integer,Integer)', [1, 3], 'ell'],
    ['hello', 'mid(Integer,Integer)', [9, 3], ''],
    ['hello', 'substring(Integer,Integer)', [1, 1], ''],
    ['a.b.c', 'substringBefore(String)', ['.'], 'a'],
    ['a.b.c', 'substringBefore(String)', ['x'], 'a.b.c'],
    ['a.b.c', 'substringBefore(String)', [''], ''],
    ['a.b.c', 'substringBeforeLast(String)', ['.'], 'a.b'],
    ['a.b.c', 'substringAfter(String)', ['.'], 'b.c'],
    ['a.b.c', 'substringAfter(String)', ['x'], ''],
    ['a.b.c', 'substringAfterLast(String)', ['.'], 'c'],
    ['<b>x</b>', 'substringBetween(String,String)', ['<b>', '</b>'], 'x'],
    ['<b>x', 'substringBetween(String,String)', ['<b>', '</b>'], null],
    ['Now is the time for all good men', 'abbreviate(Integer)', [20], 'Now is the time f...'],
    ['abcdefghijklmno', 'abbreviate(Integer,Integer)', [10, 6], '...ghij...'],
    ['abcdefghijklmno', 'abbreviate(Integer,Integer)', [10, 12], '...ijklmno'],
    ['\t a  b\n ', 'normalizeSpace()', [], 'a b'],
    ['\u0000\t a \n', 'trim()', [], 'a'],
    ['\u00a0a', 'trim()', [], '\u00a0a'],
    ['a1b22', 'replaceAll(String,String)', ['\\d+', '<$0>'], 'a<1>b<22>'],
    ['ab', 'replaceAll(String,String)', ['(a)(b)', '$2\\$$1'], 'b$a'],
    ['a$b', 'replace(String,String)', ['$', '$&'], 'a$&b'],
    ['aaa', 'replaceFirst(String,String)', ['a', 'b'], 'baa'],
    ['test', 'removeEndIgnoreCase(String)', ['ST'], 'te'],
    ['7', 'leftPad(Integer,String)', [3, '0'], '007'],
    ['ab', 'center(Integer,String)', [5, '-'], '-ab--'],
    ['abc', 'capitalize()', [], 'Abc'],
    ['aBc', 'swapCase()', [], 'AbC'],
    ['', 'isNumeric()', [], false],
    ['12', 'isNumeric()', [], true],
    ['1.2', 'isNumeric()', [], false],
    ['', 'isWhitespace()', [], true],
    ['a & "b"', 'escapeXml()', [], 'a &amp; &quot;b&quot;'],
    ['<b>R&D\'s "é"</b>', 'escapeHtml4()', [], "&lt;b&gt;R&amp;D's &quot;&eacute;&quot;&lt;/b&gt;"],
    ['Ω ≤ 5 € 😀 Ж', 'escapeHtml4()', [], '&Omega; &le; 5 &euro; 😀 Ж'],
    ['a,"b"', 'escapeCsv()', [], '"a,""b"""'],
  ])('%j.%s %j is %j', (self, key, args, expected) => {
    expect(on(self, key, ...args)).toBe(expected);
  });

  it.each<[string, string, ApexValue[], string[]]>([
    ['a,b,,c,,', 'split(String)', [','], ['a', 'b', '', 'c']],
    ['a,b,,c,,', 'split(String,Integer)', [',', -1], ['a', 'b', '', 'c', '', '']],
    ['a,b,c', 'split(String,Integer)', [',', 2], ['a', 'b,c']],
    ['abc', 'split(String)', [''], ['a', 'b', 'c']],
    ['', 'split(String)', [','], ['']],
    [',a', 'split(String)', [','], ['', 'a']],
    ['a.b', 'split(String)', ['.'], []],
    ['a.b', 'split(String)', ['\\.'], ['a', 'b']],
    ['a1b2', 'split(String)', ['(?<=\\d)'], ['a1', 'b2']],
  ])('%j.%s %j gives %j', (self, key, args, expected) => {
    expect(items(on(self, key, ...args))).toEqual(expected);
  });

  it.each<[string, ApexValue[], string, string]>([
    ['substring(Integer)', [4], 'StringException', 'Starting position out of bounds: 4'],
    ['substring(Integer,Integer)', [1, 9], 'StringException', 'Ending position out of bounds: 9'],
    ['substring(Integer,Integer)', [2, 1], 'StringException', 'Ending position out of bounds: 1'],
    ['contains(String)', [null], 'NullPointerException', 'Argument cannot be null.'],
    ['split(String)', ['(a'], 'StringException', 'Invalid regex: '],
    ['replaceAll(String,String)', ['b', '$1'], 'StringException', 'No group 1'],
  ])('%s %j throws %s', (key, args, type, message) => {
    const thrown = catching(() => on('abc', key, ...args));
    expect(thrown.type).toBe(type);
    expect(thrown.message.startsWith(message)).toBe(true);
  });
});

function catching(work: () => unknown): GuestException {
  try {
    work();
  } catch (error) {
    if (error instanceof GuestException) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('String static methods', () => {
  it.each<[string, ApexValue[], ApexValue]>([
    ['isBlank(String)', [null], true],
    ['isBlank(String)', [' \t'], true],
    ['isBlank(String)', ['\u00a0'], false],
    ['isNotBlank(String)', ['x'], true],
    ['isEmpty(String)', [' '], false],
    ['escapeSingleQuotes(String)', ["it's"], "it\\'s"],
    ['join(Object,String)', [list('a', 1, true), ', '], 'a, 1, true'],
    ['format(String,List<Object>)', ["{0} isn''t {1}, '{0}' {2}", list('a', 1)], "a isn't 1, {0} {2}"],
    ['fromCharArray(List<Integer>)', [list(72, 105)], 'Hi'],
    ['getCommonPrefix(List<String>)', [list('abcd', 'abef')], 'ab'],
    ['valueOf(Object)', [null], null],
    ['valueOf(Object)', [1n], '1'],
    ['valueOf(Date)', [new ApexDate(2026, 11, 21)], '2026-11-21'],
    ['valueOf(Datetime)', [new ApexDatetime(Date.UTC(2026, 10, 21, 17, 4, 5))], '2026-11-21 09:04:05'],
    ['valueOfGmt(Datetime)', [new ApexDatetime(Date.UTC(2026, 10, 21, 17, 4, 5))], '2026-11-21 17:04:05'],
  ])('%s #%#', (key, args, expected) => {
    expect(callStatic(StringClass, key, runtime, ...args)).toBe(expected);
  });

  it('refuses placeholders that it does not know', () => {
    expect(() => callStatic(StringClass, 'format(String,List<Object>)', runtime, '{0,number}', list(1))).toThrow(NotSupported);
  });
});
