import { SoqlError } from './types.ts';

const CONTEXT = 60;

/**
 * A SOQL error as the query API words it: an excerpt of the query, a caret under the place, row and column, the message.
 * @param at Characters from the start of `text`.
 */
export function errorAt(errorCode: SoqlError['errorCode'], text: string, at: number, message: string): SoqlError {
  const before = text.slice(0, at);
  const row = before.split('\n').length;
  const lineStart = before.lastIndexOf('\n') + 1;
  const lineEnd = text.indexOf('\n', at);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
  const column = at - lineStart;
  const cut = Math.max(0, column - CONTEXT);
  const excerpt = line.slice(cut, column + CONTEXT);
  return new SoqlError(
    errorCode,
    `\n${excerpt}\n${' '.repeat(column - cut)}^\nERROR at Row:${row}:Column:${column + 1}\n${message}`,
    message,
  );
}
