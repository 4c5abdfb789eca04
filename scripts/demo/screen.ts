const colour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;

const paint =
  (code: number) =>
  (text: string): string =>
    colour ? `\u001b[${code}m${text}\u001b[0m` : text;

export const bold = paint(1);
export const dim = paint(2);
export const green = paint(32);
export const red = paint(31);
export const cyan = paint(36);

const WIDEST = 48;
const LABEL_WIDTH = 9;
const TEXT_WIDTH = 110;

/** Rows under their headings, columns aligned; long cells are cut. */
export function table(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cells = rows.map((row) => row.map(cell));
  const widths = columns.map((column, index) => Math.max(column.length, ...cells.map((row) => row[index]?.length ?? 0)));
  const line = (row: readonly string[]): string => `  ${row.map((text, index) => text.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd();
  return [dim(line(columns)), ...cells.map(line)].join('\n');
}

/** A coloured word and a text after it, wrapped and indented. */
export function labelled(paintLabel: (text: string) => string, label: string, text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    const line = lines[last] ?? '';
    if (line !== '' && line.length + word.length >= TEXT_WIDTH) lines.push(word);
    else lines[last] = line === '' ? word : `${line} ${word}`;
  }
  return `  ${paintLabel(label.padEnd(LABEL_WIDTH))}  ${lines.join(`\n${' '.repeat(LABEL_WIDTH + 4)}`)}`;
}

export function cell(value: unknown): string {
  if (value === null || value === undefined) return '–';
  const text = typeof value === 'string' ? value : typeof value === 'number' ? value.toLocaleString('en-US') : JSON.stringify(value);
  return text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text;
}

export function say(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** Progress goes to stderr: the session on stdout can be piped. */
export function progress(text: string): void {
  process.stderr.write(`${dim('▸')} ${text}\n`);
}
