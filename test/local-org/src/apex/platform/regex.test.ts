import { describe, expect, it } from 'vitest';
import { NotSupported } from '../../errors.ts';
import { NativeObject } from '../values/native-object.ts';
import type { ApexValue } from '../values/values.ts';
import { MatcherClass } from './System/Matcher.ts';
import { PatternClass } from './System/Pattern.ts';
import { call, callStatic, fakeRuntime } from './testing/fake-runtime.ts';

const runtime = fakeRuntime();
const matches = (regex: string, text: string): ApexValue => callStatic(PatternClass, 'matches(String,String)', runtime, regex, text);

function native(value: ApexValue): NativeObject {
  if (value instanceof NativeObject) return value;
  throw new Error('not a native object');
}
const matcher = (regex: string, text: string): NativeObject =>
  native(call(PatternClass, 'matcher(String)', runtime, native(callStatic(PatternClass, 'compile(String)', runtime, regex)), text));
const ask = (self: NativeObject, key: string, ...args: ApexValue[]): ApexValue => call(MatcherClass, key, runtime, self, ...args);

describe('Java regular expressions', () => {
  it.each([
    ['[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}', '123e4567-e89b-42d3-a456-426614174000', true],
    ['a|ab', 'ab', true],
    ['a', 'ab', false],
    ['.', '\n', false],
    ['.', '\u0085', false],
    ['(?s).', '\n', true],
    ['(?i)ABC', 'abc', true],
    ['\\s', '\u00a0', false],
    ['[\\s,]+', ' ,\t', true],
    ['\\Qa.b\\E', 'a.b', true],
    ['\\Qa.b\\E', 'axb', false],
    ['\\p{Alpha}+', 'abZ', true],
    ['\\p{Alpha}+', 'é', false],
    ['\\p{L}+', 'é', true],
    ['[^\\p{Digit}]', 'x', true],
    ['(a)\\1', 'aa', true],
    ['(a)\\1{2}', 'aaa', true],
    ['a\\-b\\ c\\@', 'a-b c@', true],
    ['[\\w.-]+@[\\w-]+\\.[a-z]{2,}', 'ada.l@example.com', true],
    ['a]b}', 'a]b}', true],
    ['.', '😀', true],
    ['\\x41\\u0042', 'AB', true],
  ])('%s matches %j: %s', (regex, text, expected) => {
    expect(matches(regex, text)).toBe(expected);
  });

  it.each(['a++', '(?>a)', '[a&&b]', '[a[b]]', '(?m)^a', '(?x)a', '\\Ga', '\\p{IsGreek}'])('refuses %s as not supported', (regex) => {
    expect(() => matches(regex, 'a')).toThrow(NotSupported);
  });

  it.each(['a{', '[a', '(a', '*a', '\\y'])('refuses %s as the platform does', (regex) => {
    expect(() => matches(regex, 'a')).toThrow(/^Invalid regex: /);
  });
});

describe('Matcher', () => {
  it('finds one match after another', () => {
    const m = matcher('(\\d)(x)?', 'a1x b2');
    expect([ask(m, 'find()'), ask(m, 'group()'), ask(m, 'group(Integer)', 2), ask(m, 'start()'), ask(m, 'end(Integer)', 1)]).toEqual([
      true,
      '1x',
      'x',
      1,
      2,
    ]);
    expect([ask(m, 'find()'), ask(m, 'group()'), ask(m, 'group(Integer)', 2), ask(m, 'start(Integer)', 2)]).toEqual([true, '2', null, -1]);
    expect(ask(m, 'find()')).toBe(false);
    expect(() => ask(m, 'group()')).toThrow('No match found');
  });

  it('tells whole matches from beginnings', () => {
    const m = matcher('a+', 'aab');
    expect(ask(m, 'matches()')).toBe(false);
    expect(ask(m, 'lookingAt()')).toBe(true);
    expect(ask(m, 'group()')).toBe('aa');
    expect(() => ask(m, 'group(Integer)', 1)).toThrow('No group 1');
  });

  it('ends on empty matches', () => {
    const m = matcher('x*', 'ab');
    const starts: ApexValue[] = [];
    while (ask(m, 'find()') === true) starts.push(ask(m, 'start()'));
    expect(starts).toEqual([0, 1, 2]);
  });

  it('counts groups, replaces and starts anew', () => {
    const m = matcher('(a)(?:b)(?<c>c)', 'abcabc');
    expect(ask(m, 'groupCount()')).toBe(2);
    expect(ask(m, 'replaceAll(String)', '$2$1')).toBe('caca');
    expect(ask(m, 'replaceFirst(String)', callStatic(MatcherClass, 'quoteReplacement(String)', runtime, '$1'))).toBe('$1abc');
    ask(m, 'reset(String)', 'zzz');
    expect(ask(m, 'find()')).toBe(false);
  });
});
