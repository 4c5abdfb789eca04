import { T } from '../../../types.ts';
import { ApexList } from '../../../values/apex-list.ts';
import { intArg, textArg, textOrNull } from '../../arguments.ts';
import { splitByRegex } from '../../regex.ts';
import type { NativeMethod, Runtime } from '../../types.ts';

type Method = NativeMethod<string>;

const list = (items: string[]): ApexList => new ApexList(T.String, items);

function substring(runtime: Runtime, text: string, start: number, end: number): string {
  if (start < 0 || start > text.length) return runtime.throwApex('StringException', `Starting position out of bounds: ${start}`);
  if (end < start || end > text.length) return runtime.throwApex('StringException', `Ending position out of bounds: ${end}`);
  return text.slice(start, end);
}

function abbreviate(runtime: Runtime, text: string, width: number, offset: number): string {
  if (width < 4) return runtime.throwApex('StringException', 'Minimum abbreviation width is 4');
  if (text.length <= width) return text;
  let from = Math.min(Math.max(offset, 0), text.length);
  if (text.length - from < width - 3) from = text.length - (width - 3);
  if (from <= 4) return `${text.slice(0, width - 3)}...`;
  if (width < 7) return runtime.throwApex('StringException', 'Minimum abbreviation width with offset is 7');
  if (from + width - 3 < text.length) return `...${abbreviate(runtime, text.slice(from), width - 3, 0)}`;
  return `...${text.slice(text.length - (width - 3))}`;
}

/** Null or an empty separator is not found: `before` answers the whole text, `after` nothing. */
function around(find: (text: string, separator: string) => number, part: 'before' | 'after'): Method {
  return (_runtime, self, args) => {
    const separator = textOrNull(args, 0);
    if (separator === null || (separator === '' && part === 'after' && find === lastIndexOf)) return part === 'before' ? self : '';
    if (separator === '' && part === 'before') return find === lastIndexOf ? self : '';
    const at = find(self, separator);
    if (at < 0) return part === 'before' ? self : '';
    return part === 'before' ? self.slice(0, at) : self.slice(at + separator.length);
  };
}

const indexOf = (text: string, separator: string): number => text.indexOf(separator);
const lastIndexOf = (text: string, separator: string): number => text.lastIndexOf(separator);

function between(self: string, open: string | null, close: string | null): string | null {
  if (open === null || close === null) return null;
  const start = self.indexOf(open);
  if (start < 0) return null;
  const end = self.indexOf(close, start + open.length);
  return end < 0 ? null : self.slice(start + open.length, end);
}

/** Methods of String that take a part of it. */
export const slicing: Readonly<Record<string, Method>> = {
  'substring(Integer)': (runtime, self, args) => substring(runtime, self, intArg(runtime, args, 0), self.length),
  'substring(Integer,Integer)': (runtime, self, args) => substring(runtime, self, intArg(runtime, args, 0), intArg(runtime, args, 1)),
  'substringBefore(String)': around(indexOf, 'before'),
  'substringBeforeLast(String)': around(lastIndexOf, 'before'),
  'substringAfter(String)': around(indexOf, 'after'),
  'substringAfterLast(String)': around(lastIndexOf, 'after'),
  'substringBetween(String)': (_runtime, self, args) => between(self, textOrNull(args, 0), textOrNull(args, 0)),
  'substringBetween(String,String)': (_runtime, self, args) => between(self, textOrNull(args, 0), textOrNull(args, 1)),
  'left(Integer)': (runtime, self, args) => self.slice(0, Math.max(intArg(runtime, args, 0), 0)),
  'right(Integer)': (runtime, self, args) => {
    const length = intArg(runtime, args, 0);
    return length <= 0 ? '' : self.slice(-length);
  },
  'mid(Integer,Integer)': (runtime, self, args) => {
    const start = Math.max(intArg(runtime, args, 0), 0);
    const length = intArg(runtime, args, 1);
    return length < 0 || start > self.length ? '' : self.slice(start, start + length);
  },
  'abbreviate(Integer)': (runtime, self, args) => abbreviate(runtime, self, intArg(runtime, args, 0), 0),
  'abbreviate(Integer,Integer)': (runtime, self, args) => abbreviate(runtime, self, intArg(runtime, args, 0), intArg(runtime, args, 1)),
  'split(String)': (runtime, self, args) => list(splitByRegex(runtime, self, textArg(runtime, args, 0), 0)),
  'split(String,Integer)': (runtime, self, args) => list(splitByRegex(runtime, self, textArg(runtime, args, 0), intArg(runtime, args, 1))),
  'getChars()': (_runtime, self) =>
    new ApexList(
      T.Integer,
      Array.from({ length: self.length }, (_, i) => self.charCodeAt(i)),
    ),
  'difference(String)': (runtime, self, args) => {
    const other = textArg(runtime, args, 0);
    let i = 0;
    while (i < self.length && i < other.length && self.charAt(i) === other.charAt(i)) i++;
    return other.slice(i);
  },
};
