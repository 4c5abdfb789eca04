import { intArg, textArg, textOrNull } from '../../arguments.ts';
import { expandReplacement, translateRegex } from '../../regex.ts';
import type { NativeMethod, Runtime } from '../../types.ts';
import { foldCase } from '../../../values/equality.ts';
import { HTML_4 } from './html4-entities.ts';
import { WHITESPACE } from './testing.ts';

type Method = NativeMethod<string>;

const change =
  (make: (text: string) => string): Method =>
  (_runtime, self) =>
    make(self);

const blanks = new RegExp(`[${WHITESPACE}]+`, 'gu');

/** Java's trim: everything up to the blank, at both ends. */
function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 0x20) start++;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(start, end);
}

function pad(side: 'start' | 'end' | 'both'): Method {
  return (runtime, self, args) => {
    const width = intArg(runtime, args, 0);
    const given = args.length > 1 ? textOrNull(args, 1) : ' ';
    const filler = given === null || given === '' ? ' ' : given;
    if (side === 'start') return self.padStart(width, filler);
    if (side === 'end') return self.padEnd(width, filler);
    const left = Math.floor(Math.max(width - self.length, 0) / 2);
    return self.padStart(self.length + left, filler).padEnd(width, filler);
  };
}

function replaceByRegex(runtime: Runtime, self: string, java: string, replacement: string, all: boolean): string {
  const { source, flags } = translateRegex(runtime, java);
  let text = '';
  let from = 0;
  for (const match of self.matchAll(new RegExp(source, `g${flags}`))) {
    text += self.slice(from, match.index) + expandReplacement(runtime, replacement, match);
    from = match.index + match[0].length;
    if (!all) break;
  }
  return text + self.slice(from);
}

/** Takes an ending or beginning away where it is there. */
function removing(where: 'start' | 'end', ignoreCase: boolean): Method {
  return (_runtime, self, args) => {
    const part = textOrNull(args, 0) ?? '';
    const text = ignoreCase ? foldCase(self) : self;
    const sought = ignoreCase ? foldCase(part) : part;
    if (where === 'start') return text.startsWith(sought) ? self.slice(part.length) : self;
    return text.endsWith(sought) ? self.slice(0, self.length - part.length) : self;
  };
}

const swapped = (char: string): string => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase());
const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Methods of String that make another one of it. */
export const changing: Readonly<Record<string, Method>> = {
  'trim()': change(trim),
  'toLowerCase()': change((text) => text.toLowerCase()),
  'toUpperCase()': change((text) => text.toUpperCase()),
  'swapCase()': change((text) => [...text].map(swapped).join('')),
  'capitalize()': change((text) => text.charAt(0).toUpperCase() + text.slice(1)),
  'uncapitalize()': change((text) => text.charAt(0).toLowerCase() + text.slice(1)),
  'reverse()': change((text) => [...text].reverse().join('')),
  'normalizeSpace()': change((text) => trim(text.replace(blanks, ' '))),
  'deleteWhitespace()': change((text) => text.replace(blanks, '')),
  'escapeXml()': change((text) => text.replace(/[&<>"']/g, (char) => XML[char] ?? char)),
  'escapeHtml4()': change((text) => Array.from(text, (char) => HTML_4.get(char) ?? char).join('')),
  'escapeCsv()': change((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)),
  'unescapeCsv()': change((text) => (/^".*[",\r\n].*"$/s.test(text) ? text.slice(1, -1).replaceAll('""', '"') : text)),
  'repeat(Integer)': (runtime, self, args) => self.repeat(Math.max(intArg(runtime, args, 0), 0)),
  'repeat(String,Integer)': (runtime, self, args) =>
    new Array<string>(Math.max(intArg(runtime, args, 1), 0)).fill(self).join(textOrNull(args, 0) ?? ''),
  'leftPad(Integer)': pad('start'),
  'leftPad(Integer,String)': pad('start'),
  'rightPad(Integer)': pad('end'),
  'rightPad(Integer,String)': pad('end'),
  'center(Integer)': pad('both'),
  'center(Integer,String)': pad('both'),
  'replace(String,String)': (runtime, self, args) => self.replaceAll(textArg(runtime, args, 0), () => textArg(runtime, args, 1)),
  'replaceAll(String,String)': (runtime, self, args) =>
    replaceByRegex(runtime, self, textArg(runtime, args, 0), textArg(runtime, args, 1), true),
  'replaceFirst(String,String)': (runtime, self, args) =>
    replaceByRegex(runtime, self, textArg(runtime, args, 0), textArg(runtime, args, 1), false),
  'remove(String)': (_runtime, self, args) => {
    const part = textOrNull(args, 0);
    return part === null || part === '' ? self : self.replaceAll(part, '');
  },
  'removeStart(String)': removing('start', false),
  'removeStartIgnoreCase(String)': removing('start', true),
  'removeEnd(String)': removing('end', false),
  'removeEndIgnoreCase(String)': removing('end', true),
};
