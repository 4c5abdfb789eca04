/** Statements that people and models try here, with what to use in their place. */
const otherStatements: Readonly<Record<string, string>> = {
  INSERT: 'creates records',
  UPDATE: 'changes records',
  UPSERT: 'changes records',
  DELETE: 'deletes records',
  UNDELETE: 'restores records',
  MERGE: 'merges records',
  FIND: 'is SOSL, a text search',
};

/** Says why a text is not the single SELECT that `query` takes. The verdict was the parser's; this only words it. */
export function explainParseFailure(soql: string, error: unknown): string {
  const first = /^\s*(\w+)/.exec(soql)?.[1]?.toUpperCase();
  if (first === undefined) return 'The query is empty or starts with a symbol. Write one SOQL SELECT statement.';
  const statement = otherStatements[first];
  if (statement !== undefined) {
    const next =
      first === 'FIND'
        ? 'Write a SELECT with LIKE instead.'
        : 'To change a field use update_field, if it is offered: it audits the change.';
    return `${first} ${statement}; this tool runs exactly one SOQL SELECT. ${next}`;
  }
  if (first !== 'SELECT') return `The query starts with ${first}. This tool runs exactly one SOQL SELECT statement.`;
  return explainToken(soql, error);
}

/** Whether a word begins a statement that is no SELECT. */
export function isOtherStatement(word: string): boolean {
  return Object.hasOwn(otherStatements, word.toUpperCase());
}

/** For a query that such a word follows. */
export function explainTrailing(word: string): string {
  return `"${word.toUpperCase()}" after the query: this tool runs exactly one SELECT and never changes data. Remove it.`;
}

function explainToken(soql: string, error: unknown): string {
  const found = offendingText(error);
  const word = found.toUpperCase();
  if (found === ';') {
    return soql.trimEnd().endsWith(';')
      ? 'Remove the semicolon: the query must be one SELECT and nothing after it.'
      : 'There is more than one statement. Send exactly one SELECT per call.';
  }
  if (found === '/' || (found === '-' && soql.includes('--'))) return 'SOQL has no comments. Remove the comment.';
  if (word === 'ALL' || word === 'ROWS') return 'ALL ROWS reads deleted records and is not offered here. Remove it.';
  if (found === '*') return 'SOQL has no *. Name the fields (describe_object lists them), or count with COUNT().';
  if (word === 'SELECT') return 'There is more than one SELECT. Send exactly one statement per call.';
  if (isOtherStatement(word)) return explainTrailing(word);
  const near = found === '' ? 'at its end' : `near "${found.slice(0, 40)}"`;
  return `The query is not valid SOQL ${near}. Send one SELECT with plain literals: no binds, comments, semicolons or trailing text.`;
}

/** The parser's exceptions name the token they stumbled over in their message only. */
function offendingText(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  return (
    /expecting EOF but found: (\S+)/.exec(message)?.[1] ??
    /but found --> '(.*)' <--/.exec(message)?.[1] ??
    /but found: '(.*)'$/.exec(message)?.[1] ??
    /unexpected character: ->(.)<-/.exec(message)?.[1] ??
    ''
  );
}
