import { NotSupported } from '../../errors.ts';
import type { Runtime } from './types.ts';

/** A Java regular expression as a JavaScript one. */
export interface TranslatedRegex {
  readonly java: string;
  /** Source for the flags `u` and those below. */
  readonly source: string;
  readonly flags: string;
}

/** The expression is none: what Java's Pattern would refuse. */
class InvalidRegex extends Error {}

const cache = new Map<string, TranslatedRegex>();
const LINE_END = '(?:\\r\\n|[\\n\\r\\u0085\\u2028\\u2029])';
const NOT_LINE_END = '[^\\n\\r\\u0085\\u2028\\u2029]';
const SPACE = ' \\t\\n\\x0B\\f\\r';
const HORIZONTAL = ' \\t\\xA0\\u1680\\u180E\\u2000-\\u200A\\u202F\\u205F\\u3000';
/** Escapes that mean the same in both, inside and outside of a class. */
const SAME_ESCAPES = new Set(['d', 'D', 'w', 'W', 't', 'n', 'r', 'f']);
const POSIX: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\x00-\\x7F',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: '!-\\/:-@\\[-`\\{-~',
  Graph: '!-~',
  Print: ' -~',
  Blank: ' \\t',
  Cntrl: '\\x00-\\x1F\\x7F',
  XDigit: '0-9a-fA-F',
  Space: SPACE,
};

/**
 * Translates a regular expression of Java's Pattern, which Apex uses, or refuses it: what the two languages read
 * differently is rewritten, what JavaScript cannot say (possessive quantifiers, class intersections) is not supported.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_pattern_and_matcher_using.htm
 */
export function translateRegex(runtime: Runtime, java: string): TranslatedRegex {
  const known = cache.get(java);
  if (known) return known;
  try {
    const made = new Translator(java).run();
    new RegExp(made.source, made.flags);
    cache.set(java, made);
    return made;
  } catch (error) {
    if (error instanceof InvalidRegex) return runtime.throwApex('StringException', `Invalid regex: ${error.message}`);
    if (error instanceof SyntaxError) return runtime.throwApex('StringException', `Invalid regex: ${error.message}`);
    throw error;
  }
}

class Translator {
  readonly #java: string;
  #at = 0;
  #flags = '';

  constructor(java: string) {
    this.#java = java;
  }

  run(): TranslatedRegex {
    const leading = /^\(\?([a-zA-Z]+)\)/.exec(this.#java);
    if (leading) {
      for (const flag of leading[1] ?? '') {
        if (!'is'.includes(flag)) throw unsupported(this.#java, `the flag ${flag}`);
        this.#flags += flag;
      }
      this.#at = leading[0].length;
    }
    let source = '';
    while (this.#at < this.#java.length) source += this.#next();
    return { java: this.#java, source, flags: `u${this.#flags}` };
  }

  #next(): string {
    const char = this.#take();
    switch (char) {
      case '\\':
        return this.#escape();
      case '[':
        return this.#class();
      case '.':
        return this.#flags.includes('s') ? '.' : NOT_LINE_END;
      case '$':
        return `(?=${LINE_END}?(?![\\s\\S]))`;
      case '(':
        return this.#group();
      case '*':
      case '+':
      case '?':
        return char + this.#quantifierEnd();
      case '{': {
        const count = /^\d+(?:,\d*)?\}/.exec(this.#java.slice(this.#at));
        if (!count) throw new InvalidRegex(`Illegal repetition near index ${this.#at - 1}\n${this.#java}`);
        this.#at += count[0].length;
        return char + count[0] + this.#quantifierEnd();
      }
      case ']':
      case '}':
        return `\\${char}`;
      default:
        return char;
    }
  }

  #quantifierEnd(): string {
    if (this.#peek() === '+') throw unsupported(this.#java, 'a possessive quantifier');
    return '';
  }

  #group(): string {
    const rest = this.#java.slice(this.#at);
    if (!rest.startsWith('?')) return '(';
    const opening = /^\?(?::|=|!|<=|<!|<[a-zA-Z][a-zA-Z0-9]*>)/.exec(rest);
    if (!opening) throw unsupported(this.#java, `the group (${rest.slice(0, 3)}`);
    this.#at += opening[0].length;
    return `(${opening[0]}`;
  }

  #escape(): string {
    if (this.#at >= this.#java.length) throw new InvalidRegex(`Unexpected internal error near index ${this.#at}\n${this.#java}`);
    const char = this.#take();
    switch (char) {
      case 'Q':
        return this.#quoted();
      case 'A':
        return '(?<![\\s\\S])';
      case 'z':
        return '(?![\\s\\S])';
      case 'Z':
        return `(?=${LINE_END}?(?![\\s\\S]))`;
      case 'R':
        return '(?:\\r\\n|[\\n-\\r\\u0085\\u2028\\u2029])';
      case 'S':
        return `[^${SPACE}]`;
      case 'b':
      case 'B':
        return `\\${char}`;
      case 'k': {
        const name = /^<[a-zA-Z][a-zA-Z0-9]*>/.exec(this.#java.slice(this.#at));
        if (!name) throw new InvalidRegex(`\\k is not followed by '<' for named capturing group near index ${this.#at}\n${this.#java}`);
        this.#at += name[0].length;
        return `\\k${name[0]}`;
      }
      default:
        if (/[1-9]/.test(char)) return `(?:\\${char})`;
        return this.#sharedEscape(char, (content) => `[${content}]`);
    }
  }

  /** Escapes that are allowed inside a class too. */
  #sharedEscape(char: string, asClass: (content: string) => string): string {
    if (SAME_ESCAPES.has(char)) return `\\${char}`;
    if (char === 's') return asClass(SPACE);
    if (char === 'h') return asClass(HORIZONTAL);
    if (char === 'a') return '\\x07';
    if (char === 'e') return '\\x1B';
    if (char === 'p' || char === 'P') return this.#property(char, asClass);
    if (char === 'x' || char === 'u') {
      const digits = char === 'x' ? 2 : 4;
      const hex = this.#java.slice(this.#at, this.#at + digits);
      if (!new RegExp(`^[0-9a-fA-F]{${digits}}$`).test(hex)) throw unsupported(this.#java, `\\${char}${hex}`);
      this.#at += digits;
      return `\\${char}${hex}`;
    }
    if (/[a-zA-Z0-9]/.test(char)) {
      throw 'cvVGHXN0'.includes(char)
        ? unsupported(this.#java, `\\${char}`)
        : new InvalidRegex(`Illegal/unsupported escape sequence near index ${this.#at - 1}\n${this.#java}`);
    }
    return literal(char);
  }

  #property(char: string, asClass: (content: string) => string): string {
    const match = /^\{(\w+)\}/.exec(this.#java.slice(this.#at));
    const name = match?.[1];
    if (!match || name === undefined) throw unsupported(this.#java, `\\${char}`);
    this.#at += match[0].length;
    const posix = POSIX[name];
    if (posix !== undefined && char === 'p') return asClass(posix);
    if (/^(?:L|Lu|Ll|N|Nd|P|S|Z|Zs|M)$/.test(name)) return `\\${char}{${name}}`;
    throw unsupported(this.#java, `\\${char}{${name}}`);
  }

  #class(): string {
    let source = '[';
    if (this.#peek() === '^') source += this.#take();
    if (this.#peek() === ']') throw unsupported(this.#java, 'a class that begins with ]');
    for (;;) {
      if (this.#at >= this.#java.length)
        throw new InvalidRegex(`Unclosed character class near index ${this.#java.length - 1}\n${this.#java}`);
      const char = this.#take();
      if (char === ']') return `${source}]`;
      if (char === '[' || (char === '&' && this.#peek() === '&')) throw unsupported(this.#java, 'a class inside a class');
      if (char === '\\') {
        const escaped = this.#take();
        if (escaped === 'S' || escaped === 'Q') throw unsupported(this.#java, `\\${escaped} inside a class`);
        source += escaped === '-' ? '\\-' : this.#sharedEscape(escaped, (content) => content);
      } else source += '(){}/|'.includes(char) ? `\\${char}` : char;
    }
  }

  #quoted(): string {
    const end = this.#java.indexOf('\\E', this.#at);
    const text = end < 0 ? this.#java.slice(this.#at) : this.#java.slice(this.#at, end);
    this.#at = end < 0 ? this.#java.length : end + 2;
    return [...text].map(literal).join('');
  }

  #take(): string {
    const char = String.fromCodePoint(this.#java.codePointAt(this.#at) ?? 0);
    this.#at += char.length;
    return char;
  }

  #peek(): string {
    return this.#java.charAt(this.#at);
  }
}

function literal(char: string): string {
  return /[\^$\\.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char;
}

function unsupported(java: string, what: string): NotSupported {
  return new NotSupported(`${what} in the regular expression ${java}`);
}

/** The replacement text of replaceAll for one match: `$1` is a group, a backslash takes the next letter as it is. */
export function expandReplacement(runtime: Runtime, replacement: string, match: RegExpExecArray): string {
  let text = '';
  for (let i = 0; i < replacement.length; i++) {
    const char = replacement.charAt(i);
    if (char === '\\') {
      if (++i >= replacement.length) return runtime.throwApex('StringException', 'character to be escaped is missing');
      text += replacement.charAt(i);
    } else if (char === '$') {
      const digit = /^\d/.exec(replacement.slice(i + 1))?.[0];
      if (digit === undefined) return runtime.throwApex('StringException', 'Illegal group reference');
      i++;
      let group = Number(digit);
      if (group >= match.length) return runtime.throwApex('StringException', `No group ${group}`);
      for (
        let next = replacement.charAt(i + 1);
        /^\d$/.test(next) && group * 10 + Number(next) < match.length;
        next = replacement.charAt(i + 1)
      ) {
        group = group * 10 + Number(next);
        i++;
      }
      text += match[group] ?? '';
    } else text += char;
  }
  return text;
}

/** `String.split`: a limit of 0 drops trailing empty parts, a positive one caps the number of parts, a negative one keeps all. */
export function splitByRegex(runtime: Runtime, text: string, java: string, limit: number): string[] {
  const { source, flags } = translateRegex(runtime, java);
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(new RegExp(source, `g${flags}`))) {
    if (limit > 0 && parts.length === limit - 1) break;
    const end = match.index + match[0].length;
    if (end === 0) continue; // nothing before a match of no width at the start
    if (match[0] === '' && match.index === text.length) continue;
    parts.push(text.slice(from, match.index));
    from = end;
  }
  if (from === 0 && parts.length === 0) return [text];
  parts.push(text.slice(from));
  if (limit === 0) while (parts.length > 0 && parts.at(-1) === '') parts.pop();
  return parts;
}
