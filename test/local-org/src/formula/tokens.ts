import { FormulaSyntaxError } from './syntax.ts';

export interface Token {
  readonly kind: 'text' | 'number' | 'name' | 'symbol' | 'end';
  readonly text: string;
}

const PATTERN =
  /\s+|\/\*[\s\S]*?\*\/|(?<text>"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')|(?<number>\d+(?:\.\d+)?|\.\d+)|(?<name>[A-Za-z_$][\w.$:]*)|(?<symbol>&&|\|\||<>|!=|==|<=|>=|[-+*\/^&=<>!(),])/y;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** @throws FormulaSyntaxError for a character that no formula has, and for a string without end */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(PATTERN);
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex;
    const groups = pattern.exec(text)?.groups;
    if (!groups)
      throw new FormulaSyntaxError(
        /["']/.test(text.charAt(start)) ? 'Syntax error. Missing closing quotation mark' : `Syntax error. Found '${text.charAt(start)}'`,
      );
    if (groups['text'] !== undefined) tokens.push({ kind: 'text', text: unquote(groups['text']) });
    else if (groups['number'] !== undefined) tokens.push({ kind: 'number', text: groups['number'] });
    else if (groups['name'] !== undefined) tokens.push({ kind: 'name', text: groups['name'] });
    else if (groups['symbol'] !== undefined) tokens.push({ kind: 'symbol', text: groups['symbol'] });
  }
  tokens.push({ kind: 'end', text: 'end of the formula' });
  return tokens;
}

function unquote(literal: string): string {
  return literal.slice(1, -1).replace(/\\([\s\S])/g, (_, character: string) => ESCAPES[character] ?? character);
}
