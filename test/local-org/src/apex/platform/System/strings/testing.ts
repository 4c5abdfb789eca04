import { foldCase } from '../../../values/equality.ts';
import { textArg, textOrNull } from '../../arguments.ts';
import type { NativeMethod } from '../../types.ts';

type Method = NativeMethod<string>;

/** What Java calls white space: no-break spaces are none. */
export const WHITESPACE = '\\t-\\r\\x1C-\\x20\\u1680\\u2000-\\u2006\\u2008-\\u200A\\u2028\\u2029\\u205F\\u3000';

const every =
  (pattern: RegExp): Method =>
  (_runtime, self) =>
    pattern.test(self);

/** Java's String.hashCode. */
export function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

/** Methods of String that compare it or answer what it consists of. An empty text is of no kind. */
export const testing: Readonly<Record<string, Method>> = {
  'equals(Object)': (_runtime, self, args) => textEquals(self, args[0] ?? null),
  'equalsIgnoreCase(String)': (_runtime, self, args) => {
    const other = textOrNull(args, 0);
    return other !== null && foldCase(self) === foldCase(other);
  },
  'compareTo(String)': (runtime, self, args) => {
    const other = textArg(runtime, args, 0);
    for (let i = 0; i < self.length && i < other.length; i++) {
      if (self.charCodeAt(i) !== other.charCodeAt(i)) return self.charCodeAt(i) - other.charCodeAt(i);
    }
    return self.length - other.length;
  },
  'hashCode()': (_runtime, self) => hashOf(self),
  'length()': (_runtime, self) => self.length,
  'isAllLowerCase()': every(/^\p{Ll}+$/u),
  'isAllUpperCase()': every(/^\p{Lu}+$/u),
  'isAlpha()': every(/^\p{L}+$/u),
  'isAlphaSpace()': every(/^[\p{L} ]+$/u),
  'isAlphanumeric()': every(/^[\p{L}\p{Nd}]+$/u),
  'isAlphanumericSpace()': every(/^[\p{L}\p{Nd} ]+$/u),
  'isAsciiPrintable()': every(/^[ -~]+$/u),
  'isNumeric()': every(/^\p{Nd}+$/u),
  'isNumericSpace()': every(/^[\p{Nd} ]+$/u),
  'isWhitespace()': every(new RegExp(`^[${WHITESPACE}]*$`, 'u')),
  'containsWhitespace()': every(new RegExp(`[${WHITESPACE}]`, 'u')),
};

function textEquals(self: string, other: unknown): boolean {
  return other === self || (typeof other === 'object' && other !== null && 'to15' in other && String(other) === self);
}
