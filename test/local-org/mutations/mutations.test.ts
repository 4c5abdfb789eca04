import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MUTATIONS } from './mutations.ts';

const ROOT = join(import.meta.dirname, '../../..');

// `npm run mutate` says so as well, after minutes.
test('every defect fits the sources: its text stands in its file once', () => {
  const times = MUTATIONS.map(({ name, file, from }) => [name, readFileSync(join(ROOT, file), 'utf8').split(from).length - 1]);
  expect(times.filter(([, count]) => count !== 1)).toEqual([]);
});

test('no two defects have one name', () => {
  const names = MUTATIONS.map(({ name }) => name);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});
