import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { propertyCases } from './testing/property-cases.ts';
import { cleanJson, cleanText } from './untrusted-text.ts';

it.each([
  ['a\u0000b\u001b[31mc', 'ab[31mc'],
  ['a\u200bb\u2066c\ufeff\u{e0041}', 'abc'],
  ['line\r\nend\tx', 'line\nend\tx'],
  ['Zoë 株式会社 🚀', 'Zoë 株式会社 🚀'],
  ['a\u3164b\uffa0c\u115fd\u17b4e\u180bf\u034fg', 'abcdefg'],
  ['hi\u{e0138}\u{e0155} \ufe00\ufe01\ufe0f', 'hi '],
  ['❤\ufe0f 1\ufe0f\u20e3 葛\u{e0100}城', '❤\ufe0f 1\ufe0f\u20e3 葛\u{e0100}城'],
  ['❤\ufe0f\ufe0f\ufe0e 葛\u{e0100}\u{e0101}', '❤\ufe0f 葛\u{e0100}'],
])('%j becomes %j', (text, clean) => {
  expect(cleanText(text, 100)).toBe(clean);
});

it('cuts long text, says how much is missing and halves no character', () => {
  expect(cleanText('x'.repeat(1_244), 10)).toBe(`${'x'.repeat(10)}… [+1,234 chars]`);
  expect(cleanText('ab🚀cd', 3)).toBe('ab… [+4 chars]');
});

it('cleans every string of a value and leaves the rest', () => {
  expect(cleanJson({ a: ['x\u200b', 1, null, true], b: { c: '\u0007' } }, 10)).toEqual({ a: ['x', 1, null, true], b: { c: '' } });
});

it('never lengthens what it does not cut, and is done in one go', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (text) => {
      const once = cleanText(text, 100);
      expect(once.length).toBeLessThanOrEqual(text.length);
      expect(cleanText(once, 100)).toBe(once);
    }),
    propertyCases,
  );
});
