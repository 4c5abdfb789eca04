import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { NotSupported } from '../errors.ts';
import { compileQuery } from './compile.ts';
import { parseSoql } from './parse.ts';
import { QueryOrg } from './query-org.ts';
import { plain } from './query-rows.ts';
import { SoqlError } from './types.ts';

/**
 * Each file of the corpus is one rule: a comment that says it, a query, and what it answers on `records.json` for a user
 * in New York on 15 March 2026: `row:` a record, `group:` a row of an aggregate query, `count:`, `error:` code and the
 * beginning of the message, `unsupported:` what the local org refuses by name.
 */
const CORPUS = join(import.meta.dirname, '../../corpus/queries');
const Records = z.record(z.string(), z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))));
const MOMENT = /^\d{4}-\d{2}-\d{2}T.*Z$/u;

const records = Records.parse(JSON.parse(readFileSync(join(CORPUS, 'records.json'), 'utf8')));
const stored = Object.entries(records).map(([object, rows]) => [
  object,
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, typeof value === 'string' && MOMENT.test(value) ? Date.parse(value) : value]),
    ),
  ),
]);
const org = new QueryOrg(Object.fromEntries(stored) as ConstructorParameters<typeof QueryOrg>[0]);

/** The answer of a query in the words of the corpus. */
function answer(soql: string): string[] {
  try {
    const result = compileQuery(parseSoql(soql), org.schema, 'rest').run(org.transaction, []);
    if (result.kind === 'count') return [`count: ${result.count}`];
    if (result.kind === 'aggregate') return result.rows.map((row) => `group: ${JSON.stringify(row)}`);
    return result.records.map((record) => `row: ${JSON.stringify(plain(record))}`);
  } catch (error) {
    if (error instanceof SoqlError) return [`error: ${error.errorCode} ${error.detail}`];
    if (error instanceof NotSupported) return [`unsupported: ${error.construct}`];
    throw error;
  }
}

describe('SOQL corpus', () => {
  const files = readdirSync(CORPUS).filter((file) => file.endsWith('.soql'));

  it.each(files)('%s', (file) => {
    const [rule = '', ...lines] = readFileSync(join(CORPUS, file), 'utf8').trimEnd().split('\n');
    const soql = lines.filter((line) => !line.startsWith('//')).join('\n');
    const expected = lines.filter((line) => line.startsWith('// ') && !line.startsWith('// http')).map((line) => spaced(line.slice(3)));
    expect(rule).toMatch(/^\/\/ [A-Z].*\.$/u);
    expect(expected).not.toEqual([]);
    const given = answer(soql);
    const [first = ''] = expected;
    if (first.startsWith('error: ')) expect(given.join('\n')).toContain(first);
    else expect(given).toEqual(expected);
  });
});

/** JSON of the corpus as JSON.stringify writes it. */
function spaced(line: string): string {
  const match = /^(row|group): (.*)$/u.exec(line);
  return match ? `${match[1]}: ${JSON.stringify(JSON.parse(match[2] ?? ''))}` : line;
}
