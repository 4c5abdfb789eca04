import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../run-command.ts';
import { testClasses } from './test-classes.ts';

it('names every class of force-app that holds a test', () => {
  const cwd = join(ROOT, 'force-app');
  const holding = globSync('**/*.cls', { cwd }).filter((file) => /@IsTest\s+static\b/.test(readFileSync(join(cwd, file), 'utf8')));
  expect(holding.length).toBeGreaterThan(10);
  expect(testClasses()).toEqual(holding.map((file) => basename(file, '.cls')).sort());
});
