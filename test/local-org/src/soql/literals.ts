import type { Value } from '../schema/types.ts';
import { SoqlError } from './types.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  N: '\n',
  r: '\r',
  R: '\r',
  t: '\t',
  T: '\t',
  b: '\b',
  B: '\b',
  f: '\f',
  F: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

interface Character {
  readonly value: string;
  /** The escape it was written with (`%`, `_`, `\`, …), or null for a bare character. */
  readonly escape: string | null;
}

/**
 * The characters of a quoted string.
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm
 */
function* characters(quoted: string): Generator<Character> {
  const body = quoted.slice(1, -1);
  for (let i = 0; i < body.length; i++) {
    const character = body.charAt(i);
    if (character !== '\\') {
      yield { value: character, escape: null };
      continue;
    }
    const escape = body.charAt(++i);
    if (escape === 'u' || escape === 'U') {
      const digits = body.slice(i + 1, i + 5);
      i += 4;
      yield { value: String.fromCharCode(Number.parseInt(digits, 16)), escape };
      continue;
    }
    yield { value: ESCAPES[escape] ?? escape, escape };
  }
}

/** The text that a quoted string stands for. `\%` and `\_` belong to LIKE alone. */
export function stringValue(quoted: string): string {
  let value = '';
  for (const character of characters(quoted)) {
    if (character.escape === '%' || character.escape === '_') {
      throw new SoqlError(
        'MALFORMED_QUERY',
        `Invalid string literal ${quoted}. Illegal character sequence '\\${character.escape}' in string literal.`,
      );
    }
    value += character.value;
  }
  return value;
}

/** The LIKE pattern that a quoted string stands for, with `\` before every character that is no wildcard. */
export function likePattern(quoted: string): string {
  let pattern = '';
  for (const { value, escape } of characters(quoted)) {
    const literal = escape !== null && (value === '%' || value === '_' || value === '\\');
    pattern += literal ? `\\${value}` : value;
  }
  return pattern;
}

/** A pattern from a bind, where `\` escapes at run time: a trailing or useless backslash stands for itself. */
export function likePatternOfText(text: string): string {
  return text.replace(/\\(.?)/gsu, (_whole, next: string) => (next === '%' || next === '_' || next === '\\' ? `\\${next}` : `\\\\${next}`));
}

/** Checks `YYYY-MM-DD` against the calendar; null for a day that does not exist. */
export function dateValue(text: string): string | null {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text ? null : text;
}

/** Epoch milliseconds of `YYYY-MM-DDThh:mm:ss[.fff](Z|±hh[:]mm)`; null for a moment that does not exist. */
export function datetimeValue(text: string): Value {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|([+-])(\d{2}):?(\d{2}))$/iu.exec(text);
  if (!match) return null;
  const [, date = '', time = '', fraction = '', , sign = '+', hours = '0', minutes = '0'] = match;
  if (dateValue(date) === null) return null;
  const utc = Date.parse(`${date}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}Z`);
  if (Number.isNaN(utc)) return null;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? utc + offset : utc - offset;
}
