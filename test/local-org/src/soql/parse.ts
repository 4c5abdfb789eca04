import { ApexErrorListener, ApexParserFactory } from '@apexdevtools/apex-parser';
import type { ExpressionContext, QueryContext } from '@apexdevtools/apex-parser';
import { errorAt } from './error-at.ts';
import { TreeBuilder } from './tree-builder.ts';
import { SoqlError } from './types.ts';
import type { SoqlQuery } from './types.ts';

/** `EUR5000`, at the end of a text. */
const CURRENCY_BEFORE = /(?<!\w)[A-Za-z]{3}\d+$/u;
const LONGEST_NUMBER = 40;

/** The longest query that the platform reads. */
const MAX_LENGTH = 100_000;

/**
 * Reads dynamic and REST SOQL.
 * @param onBind Answers the index of a bind variable by its name (`ids`, `request.id`). Without it, a bind is refused, as over REST.
 * @throws SoqlError MALFORMED_QUERY for what is no SOQL; NotSupported for SOQL that the local org has not learned.
 */
export function parseSoql(text: string, onBind?: (name: string) => number): SoqlQuery {
  if (text.length > MAX_LENGTH) throw new SoqlError('MALFORMED_QUERY', `SOQL statements cannot be longer than ${MAX_LENGTH} characters.`);
  const { masked, sentinel } = maskLikeEscapes(text);
  const listener = new FirstError();
  const { parser } = ApexParserFactory.createLexerAndParser(masked, listener);
  const tree = parser.query();
  const next = parser.getTokenStream().LT(1);
  // The grammar's rule stops where the query could end; whatever follows is an error of its own.
  if (listener.first === null && next.type !== -1) listener.first = { line: next.line, column: next.column, token: next.text, message: '' };
  if (listener.first !== null) throw unexpected(text, listener.first, sentinel);
  return new TreeBuilder({
    text,
    base: 0,
    unmask: (token) => token.replaceAll(sentinel, '\\'),
    onBind: (expression, at) => {
      if (!onBind) throw errorAt('MALFORMED_QUERY', text, at, 'Bind variables only allowed in Apex code');
      const name = expression.getText();
      if (!/^\w+(\.\w+)*$/u.test(name))
        throw errorAt('MALFORMED_QUERY', text, at, `Only variable references are allowed in dynamic SOQL/SOSL.`);
      return onBind(name);
    },
  }).query(tree);
}

/**
 * The tree of a query inside Apex source.
 * @param onBind Answers the index of a bind expression in the binds that the caller evaluates.
 * @param text The query as written, from SELECT on; by default taken from the parsed source.
 */
export function toSoqlQuery(
  context: QueryContext,
  onBind: (expression: ExpressionContext) => number,
  text: string = sourceOf(context),
): SoqlQuery {
  return new TreeBuilder({ text, base: context.start.start, unmask: (token) => token, onBind }).query(context);
}

function sourceOf(context: QueryContext): string {
  return context.start.getInputStream().getText(context.start.start, (context.stop ?? context.start).stop);
}

interface SyntaxError {
  readonly line: number;
  readonly column: number;
  /** What stands there, or null where the lexer could not read it. */
  readonly token: string | null;
  readonly message: string;
}

class FirstError extends ApexErrorListener {
  first: SyntaxError | null = null;

  override syntaxError(...[recognizer, symbol, line, column, message, error]: Parameters<ApexErrorListener['syntaxError']>): void {
    const token = typeof symbol === 'object' && symbol !== null ? symbol.text : null;
    this.first ??= { line, column, token, message };
    super.syntaxError(recognizer, symbol, line, column, message, error);
  }

  apexSyntaxError(): void {
    // What was reported is kept by syntaxError, which knows the token.
  }
}

function unexpected(text: string, error: SyntaxError, sentinel: string): SoqlError {
  const at =
    text
      .split('\n')
      .slice(0, error.line - 1)
      .reduce((sum, line) => sum + line.length + 1, 0) + error.column;
  if (error.token !== null) return errorAt('MALFORMED_QUERY', text, at, `unexpected token: '${error.token.replaceAll(sentinel, '\\')}'`);
  const character = text.charAt(at);
  return errorAt('MALFORMED_QUERY', text, at, `line ${error.line}:${error.column} no viable alternative at character '${character}'`);
}

/**
 * The lexer reads Apex string escapes, which lack LIKE's `\%` and `\_`: their backslash becomes a character that the
 * query does not hold, one for one, so that positions stay. It also ends a currency literal before its fraction, whose point
 * becomes a digit here: the tree reads the literal as written. Comments are Apex too, and no part of SOQL.
 */
function maskLikeEscapes(text: string): { masked: string; sentinel: string } {
  let code = 0xe000;
  while (text.includes(String.fromCharCode(code))) code++;
  const sentinel = String.fromCharCode(code);
  let masked = '';
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (inString && character === '\\') {
      const next = text.charAt(++i);
      masked += (next === '%' || next === '_' ? sentinel : '\\') + next;
      continue;
    }
    if (character === "'") inString = !inString;
    else if (!inString && character === '/') throw errorAt('MALFORMED_QUERY', text, i, "unexpected token: '/'");
    masked +=
      !inString &&
      character === '.' &&
      CURRENCY_BEFORE.test(text.slice(Math.max(0, i - LONGEST_NUMBER), i)) &&
      /^\d/u.test(text.slice(i + 1))
        ? '0'
        : character;
  }
  return { masked, sentinel };
}
