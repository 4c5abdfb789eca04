import { maxResultLength } from '../untrusted-text.ts';

/**
 * As many rows, from the first, as stay within the longest answer that a client takes well.
 * @param rest what else the answer holds, in characters
 */
export function rowsThatFit<Row>(rows: readonly Row[], rest = 0): readonly Row[] {
  let length = rest;
  const end = rows.findIndex((row) => {
    length += JSON.stringify(row).length + 1;
    return length > maxResultLength;
  });
  return end === -1 ? rows : rows.slice(0, end);
}
