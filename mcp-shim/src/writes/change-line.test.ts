import { describe, expect, it } from 'vitest';
import { changeLine } from './change-line.ts';

const line = (record: string, value: string): string =>
  changeLine({ sandbox: false, record, changes: [{ label: 'Next Step', old: 'Call', new: value }] });

describe('names and values cannot forge the separators of the line', () => {
  it.each([
    ['middle dot', '\u00b7'],
    ['Greek ano teleia, which is a middle dot once it is composed', '\u0387'],
    ['bullet', '\u2022'],
    ['hyphenation point', '\u2027'],
    ['bullet operator', '\u2219'],
    ['dot operator', '\u22c5'],
  ])('%s', (_name, dot) => {
    expect(line(`Acme ${dot} Amount`, `a${dot}b`)).toBe('PRODUCTION · Acme - Amount · Next Step Call → a-b');
  });

  it.each([
    ['arrow', '\u2192'],
    ['long arrow', '\u27f6'],
    ['heavy arrow', '\u2794'],
    ['emoji arrow with its selector', '\u27a1\ufe0f'],
    ['halfwidth arrow', '\uffeb'],
    ['double arrow', '\u21d2'],
  ])('%s', (_name, arrow) => {
    expect(line(`Acme ${arrow} Globex`, `a${arrow}b`)).toBe('PRODUCTION · Acme -> Globex · Next Step Call → a->b');
  });

  it('line breaks and what is not drawn', () => {
    expect(line('Acme\u2028\u3164PRODUCTION', 'a\r\n\tb\u202e\u{e0130}')).toBe('PRODUCTION · Acme PRODUCTION · Next Step Call → a b');
  });
});

it('leaves names as their own script writes them', () => {
  expect(line('ジョン・スミス 葛\u{e0100}城', '❤\ufe0f')).toBe('PRODUCTION · ジョン・スミス 葛\u{e0100}城 · Next Step Call → ❤\ufe0f');
});
