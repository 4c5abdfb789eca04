/** A JSON text as a tree that keeps numbers as written. */
export type JsonNode =
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, JsonNode> }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string' | 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' };

/** The text is no JSON. The message is the one that the platform's parser (Jackson) gives. */
export class JsonSyntaxError extends Error {}

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Deeper nesting than this is refused, so that a hostile text cannot exhaust the stack. */
const MAX_DEPTH = 1000;

export function parseJson(text: string): JsonNode {
  return new JsonParser(text).document();
}

class JsonParser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JsonNode {
    this.#skipBlanks();
    if (this.#at >= this.#text.length) throw new JsonSyntaxError('No content to map to Object due to end of input');
    const node = this.#value();
    this.#skipBlanks();
    if (this.#at < this.#text.length) throw new JsonSyntaxError(`End of input expected ${this.#position(this.#at)}`);
    return node;
  }

  #value(): JsonNode {
    const opened = this.#at;
    const char = this.#text.charAt(this.#at);
    if (char === '{' || char === '[') {
      if (++this.#depth > MAX_DEPTH) throw new JsonSyntaxError(`The nesting is deeper than ${MAX_DEPTH} levels ${this.#position(opened)}`);
      const node = char === '{' ? this.#object(opened) : this.#array(opened);
      this.#depth--;
      return node;
    }
    if (char === '"') return { kind: 'string', text: this.#string() };
    if (char === '-' || /[0-9]/.test(char)) return { kind: 'number', text: this.#number() };
    const word = /^[A-Za-z_$][\w$]*/.exec(this.#text.slice(this.#at, this.#at + 100))?.[0];
    if (word === undefined) throw this.#unexpected("expected a valid value (number, String, array, object, 'true', 'false' or 'null')");
    this.#at += word.length;
    if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true' };
    if (word === 'null') return { kind: 'null' };
    throw new JsonSyntaxError(`Unrecognized token '${word}': was expecting 'null', 'true', 'false' or NaN ${this.#position(this.#at)}`);
  }

  #object(opened: number): JsonNode {
    const members = new Map<string, JsonNode>();
    this.#at++;
    this.#skipBlanks();
    if (this.#accept('}')) return { kind: 'object', members };
    for (;;) {
      this.#skipBlanks();
      if (this.#text.charAt(this.#at) !== '"') throw this.#unexpected('was expecting double-quote to start field name', 'OBJECT', opened);
      const name = this.#string();
      this.#skipBlanks();
      if (!this.#accept(':')) throw this.#unexpected('was expecting a colon to separate field name and value', 'OBJECT', opened);
      this.#skipBlanks();
      members.set(name, this.#value());
      this.#skipBlanks();
      if (this.#accept('}')) return { kind: 'object', members };
      if (!this.#accept(',')) throw this.#unexpected('was expecting comma to separate OBJECT entries', 'OBJECT', opened);
    }
  }

  #array(opened: number): JsonNode {
    const items: JsonNode[] = [];
    this.#at++;
    this.#skipBlanks();
    if (this.#accept(']')) return { kind: 'array', items };
    for (;;) {
      this.#skipBlanks();
      items.push(this.#value());
      this.#skipBlanks();
      if (this.#accept(']')) return { kind: 'array', items };
      if (!this.#accept(',')) throw this.#unexpected('was expecting comma to separate ARRAY entries', 'ARRAY', opened);
    }
  }

  #string(): string {
    let text = '';
    let from = ++this.#at;
    for (;;) {
      const char = this.#text.charAt(this.#at);
      if (char === '') throw new JsonSyntaxError(`Unexpected end-of-input in VALUE_STRING ${this.#position(this.#at)}`);
      if (char === '"') {
        text += this.#text.slice(from, this.#at++);
        return text;
      }
      if (char < ' ') {
        const code = char.charCodeAt(0);
        throw new JsonSyntaxError(
          `Illegal unquoted character ((CTRL-CHAR, code ${code})): has to be escaped using backslash to be included in string value ${this.#position(this.#at)}`,
        );
      }
      if (char !== '\\') {
        this.#at++;
        continue;
      }
      text += this.#text.slice(from, this.#at++) + this.#escaped();
      from = this.#at;
    }
  }

  #escaped(): string {
    const char = this.#text.charAt(this.#at++);
    const simple = ESCAPES[char];
    if (simple !== undefined) return simple;
    if (char === 'u') {
      const hex = this.#text.slice(this.#at, this.#at + 4);
      if (/^[0-9a-fA-F]{4}$/.test(hex)) {
        this.#at += 4;
        return String.fromCharCode(parseInt(hex, 16));
      }
    }
    this.#at--;
    throw this.#unexpected('unrecognized character escape');
  }

  #number(): string {
    NUMBER.lastIndex = this.#at;
    const text = NUMBER.exec(this.#text)?.[0];
    if (text === undefined) throw this.#unexpected('expected digit (0-9) to follow minus sign, for valid numeric value');
    this.#at += text.length;
    if (/[\w.]/.test(this.#text.charAt(this.#at)))
      throw this.#unexpected('expected the end of a number: leading zeroes and bare points are not allowed');
    return text;
  }

  #accept(char: string): boolean {
    if (this.#text.charAt(this.#at) !== char) return false;
    this.#at++;
    return true;
  }

  #skipBlanks(): void {
    while (' \t\n\r'.includes(this.#text.charAt(this.#at)) && this.#at < this.#text.length) this.#at++;
  }

  #unexpected(expectation: string, container?: string, opened = 0): JsonSyntaxError {
    const char = this.#text.charAt(this.#at);
    if (char === '') {
      const missing =
        container === undefined ? '' : `: expected close marker for ${container} (from ${this.#position(opened).slice('at '.length)})`;
      return new JsonSyntaxError(`Unexpected end-of-input${missing} ${this.#position(this.#at)}`);
    }
    return new JsonSyntaxError(
      `Unexpected character ('${char}' (code ${char.charCodeAt(0)})): ${expectation} ${this.#position(this.#at + 1)}`,
    );
  }

  /** `at [line:1, column:4]`: the place of a character, both from 1. */
  #position(offset: number): string {
    const before = this.#text.slice(0, offset);
    return `at [line:${before.split('\n').length}, column:${before.length - before.lastIndexOf('\n')}]`;
  }
}
