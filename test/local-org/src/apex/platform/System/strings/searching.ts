import { foldCase } from '../../../values/equality.ts';
import { intArg, textArg } from '../../arguments.ts';
import type { NativeMethod, Runtime } from '../../types.ts';
import type { ApexValue } from '../../../values/values.ts';

type Method = NativeMethod<string>;

const search =
  (find: (text: string, other: string) => ApexValue): Method =>
  (runtime, self, args) =>
    find(self, textArg(runtime, args, 0));

const searchFrom =
  (find: (text: string, other: string, from: number) => ApexValue): Method =>
  (runtime, self, args) =>
    find(self, textArg(runtime, args, 0), intArg(runtime, args, 1));

const fold = foldCase;
const has = (text: string, char: string): boolean => text.includes(char);

function lastIndex(text: string, other: string, from: number): number {
  return from < 0 ? -1 : text.lastIndexOf(other, from);
}

/** Methods of String that look for something. */
export const searching: Readonly<Record<string, Method>> = {
  'contains(String)': search((text, other) => text.includes(other)),
  'containsIgnoreCase(String)': search((text, other) => fold(text).includes(fold(other))),
  'containsAny(String)': search((text, chars) => [...chars].some((char) => has(text, char))),
  'containsNone(String)': search((text, chars) => ![...chars].some((char) => has(text, char))),
  'containsOnly(String)': search((text, chars) => [...text].every((char) => has(chars, char))),
  'countMatches(String)': search((text, other) => (other === '' ? 0 : text.split(other).length - 1)),
  'startsWith(String)': search((text, other) => text.startsWith(other)),
  'startsWithIgnoreCase(String)': search((text, other) => fold(text).startsWith(fold(other))),
  'endsWith(String)': search((text, other) => text.endsWith(other)),
  'endsWithIgnoreCase(String)': search((text, other) => fold(text).endsWith(fold(other))),
  'indexOf(String)': search((text, other) => text.indexOf(other)),
  'indexOf(String,Integer)': searchFrom((text, other, from) => text.indexOf(other, from)),
  'indexOfIgnoreCase(String)': search((text, other) => fold(text).indexOf(fold(other))),
  'indexOfIgnoreCase(String,Integer)': searchFrom((text, other, from) => fold(text).indexOf(fold(other), from)),
  'indexOfAny(String)': search((text, chars) => [...text].findIndex((char) => has(chars, char))),
  'indexOfAnyBut(String)': search((text, chars) => [...text].findIndex((char) => !has(chars, char))),
  'indexOfChar(Integer)': (runtime, self, args) => self.indexOf(String.fromCodePoint(intArg(runtime, args, 0))),
  'indexOfChar(Integer,Integer)': (runtime, self, args) =>
    self.indexOf(String.fromCodePoint(intArg(runtime, args, 0)), intArg(runtime, args, 1)),
  'indexOfDifference(String)': search(indexOfDifference),
  'lastIndexOf(String)': search((text, other) => text.lastIndexOf(other)),
  'lastIndexOf(String,Integer)': searchFrom(lastIndex),
  'lastIndexOfIgnoreCase(String)': search((text, other) => fold(text).lastIndexOf(fold(other))),
  'lastIndexOfIgnoreCase(String,Integer)': searchFrom((text, other, from) => lastIndex(fold(text), fold(other), from)),
  'lastIndexOfChar(Integer)': (runtime, self, args) => self.lastIndexOf(String.fromCodePoint(intArg(runtime, args, 0))),
  'charAt(Integer)': (runtime, self, args) => codeAt(runtime, self, intArg(runtime, args, 0)),
  'codePointAt(Integer)': (runtime, self, args) => {
    const index = intArg(runtime, args, 0);
    codeAt(runtime, self, index);
    return self.codePointAt(index) ?? null;
  },
};

/** Where two texts begin to differ, -1 where they do not. */
export function indexOfDifference(a: string, b: string): number {
  if (a === b) return -1;
  let i = 0;
  while (i < a.length && i < b.length && a.charAt(i) === b.charAt(i)) i++;
  return i;
}

function codeAt(runtime: Runtime, text: string, index: number): number {
  if (index < 0 || index >= text.length) return runtime.throwApex('StringException', `Index out of bounds: ${index}`);
  return text.charCodeAt(index);
}
