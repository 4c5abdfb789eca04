const ESCAPES: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', '"': '"', "'": "'", '\\': '\\' };

/**
 * The text of an Apex string literal, quotes included, as the string that it stands for.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_primitives.htm
 * @throws Error for an escape that Apex does not have.
 */
export function unquote(literal: string): string {
  const multiline = literal.startsWith("'''");
  const body = multiline ? withoutIndentation(literal.slice(3, -3)) : literal.slice(1, -1);
  return body.replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (_, escape: string) => {
    if (escape.length === 5) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    const plain = ESCAPES[escape];
    if (plain === undefined)
      throw new Error(
        `Illegal string literal: Invalid string literal '${body}'. Illegal character sequence '\\${escape}' in string literal`,
      );
    return plain;
  });
}

/** A text block: the line of the opening quotes goes, and so does the indentation that all lines share, the last one included. */
function withoutIndentation(block: string): string {
  const lines = block
    .replaceAll('\r\n', '\n')
    .replace(/^[ \t]*\n/, '')
    .split('\n');
  const measured = lines.filter((line, index) => line.trim() !== '' || index === lines.length - 1);
  const shared = Math.min(...measured.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(shared).trimEnd()).join('\n');
}
