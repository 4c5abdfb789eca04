import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { crmToolContracts } from './crm-tool-contracts.ts';
import { revopsServerDocument } from './revops-server-document.ts';
import { citedIds, idsIn } from './test-titles.ts';

const documents = [revopsServerDocument, crmToolContracts];
const statements = documents.flatMap((document) => document.statements);
const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'mcp-shim/README.md'), 'utf8');
const cited = citedIds();

/** The leads of the items of the README's section on the documents. */
const readmeItems = (/## The documents behind the tools\n([\s\S]*?)(\n## |$)/.exec(readme)?.[1] ?? '')
  .split('\n')
  .flatMap((line) => /^- \*\*(.+?)\.\*\*/.exec(line)?.slice(1, 2) ?? []);

describe.each(documents)('$name', ({ prefix, lineCount, silent, statements }) => {
  it('every line states nothing or is covered, and not both', () => {
    const covered = new Set(statements.flatMap(({ lines }) => linesOf(lines)));
    const mute = silent.flatMap(linesOf);
    expect(mute.filter((line) => covered.has(line))).toEqual([]);
    expect([...covered, ...mute].sort((one, other) => one - other)).toEqual(linesOf([1, lineCount]));
  });

  it('ids are its own, in order, each once', () => {
    expect(statements.map(({ id }) => id)).toEqual(statements.map((_, index) => `${prefix}-${String(index + 1).padStart(3, '0')}`));
  });

  it.each(statements)('$id: $says', ({ id, tests = [], readme: item }) => {
    expect(tests.length > 0 || item !== undefined).toBe(true);
    // What the table names, and what carries the id, are the same tests.
    expect(tests.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    const citing = [...cited].flatMap(([file, ids]) => (ids.has(id) ? [file] : []));
    expect(citing.sort()).toEqual([...tests].sort());
    if (item !== undefined) expect(readmeItems).toContain(item);
  });
});

it('no title cites what is in no document', () => {
  const known = new Set(statements.map(({ id }) => id));
  const unknown = [...cited].flatMap(([file, ids]) => [...ids].filter((id) => !known.has(id)).map((id) => `${file}: ${id}`));
  expect(unknown).toEqual([]);
});

it('nothing stands in the README that no statement needs', () => {
  expect(readmeItems.filter((item) => !statements.some((statement) => statement.readme === item))).toEqual([]);
});

it('ids are read from titles and tables of tests that run, and from nothing else', () => {
  const source = `
    // [a-001]
    const text = '[a-002]';
    it('one [a-003, a-004]', () => { expect('[a-005]'); });
    it.each([['x', '[a-006]']])('%s %s [a-007]', () => {});
    describe.each(table)('all [a-008]', () => { test(\`[a-009]\`, () => {}); });
    it.skip('later [a-010]', () => {});
    it.todo('[a-011]');`;
  expect([...idsIn(source)]).toEqual(['a-003', 'a-004', 'a-007', 'a-006', 'a-008', 'a-009']);
});

function linesOf([first, last]: readonly [number, number]): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
