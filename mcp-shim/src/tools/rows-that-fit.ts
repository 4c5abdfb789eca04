import { maxResultLength } from '../untrusted-text.ts';

/** What stands around the rows of an answer, in characters: totals, a cursor, notes. */
const usualRest = 2_000;

/**
 * As many rows, from the first, as stay within the longest answer that a client takes well. The one place where rows go for length: list
 * tools send what it returns, and say it where rows are missing.
 * @param rest what else the answer holds, in characters
 */
export function rowsThatFit<Row>(rows: readonly Row[], rest = usualRest): Row[] {
  let length = rest;
  const end = rows.findIndex((row) => {
    length += JSON.stringify(row).length + 1;
    return length > maxResultLength;
  });
  return end === -1 ? [...rows] : rows.slice(0, end);
}

/** What to say of rows that were left out for length; nothing where all fit. @param remedy a sentence */
export function notesOnLength(shown: number, of: number, remedy: string): string[] {
  return shown < of ? [`Only ${shown} of ${of} rows fit into one answer. ${remedy}`] : [];
}
