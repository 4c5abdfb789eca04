import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createLocalOrg } from '../../org.ts';
import type { TestReport } from '../engine-types.ts';

const ROOT = resolve(import.meta.dirname, '../../../../..');
const PACKAGES = ['force-app/main', 'force-app/test'].map((folder) => join(ROOT, folder));

/** The package as it stands, in an org of its own. */
const org = createLocalOrg({ dataset: 'empty', root: ROOT, packageDirectories: PACKAGES });
afterAll(() => org.close());
const report = org.runTests();

describe('the Apex tests of force-app', () => {
  test.each(report.results.map((result) => [`${result.className}.${result.methodName}`, result] as const))('%s', (_, result) => {
    expect(result.message, result.stackTrace ?? '').toBeNull();
    expect(result.outcome).toBe('Pass');
  });

  test('there are some', () => {
    expect(report.results.length).toBeGreaterThanOrEqual(40);
  });

  test('they cover at least 85 % of the production lines', () => {
    const covered = report.coverage.reduce((sum, unit) => sum + unit.covered.length, 0);
    const lines = covered + report.coverage.reduce((sum, unit) => sum + unit.uncovered.length, 0);
    expect(lines).toBeGreaterThan(200);
    expect(covered / lines).toBeGreaterThanOrEqual(0.85);
  });
});

/** The package with one line changed, deployed over the sound one in a fresh org, and its tests run. */
function runMutant(file: string, from: string, to: string): TestReport {
  const mutant = createLocalOrg({ dataset: 'empty', root: ROOT, packageDirectories: PACKAGES });
  try {
    const source = readFileSync(join(ROOT, file), 'utf8');
    expect(source.split(from).length, `${file} has "${from}" exactly once`).toBe(2);
    const name = file.replace(/^.*\/|\.cls$/g, '');
    expect(mutant.engine.deploy([{ file, name, kind: 'class', source: source.replace(from, to), apiVersion: 67 }])).toEqual([]);
    return mutant.runTests();
  } finally {
    mutant.close();
  }
}

const WRITE = 'force-app/main/default/classes/write';
const AUDIT = 'force-app/main/default/classes/audit';

describe('what the Apex tests must not let pass', () => {
  test.each([
    ['the rollback is removed', `${WRITE}/WriteService.cls`, 'Database.rollback(beforeWrite);', ''],
    ['the audit row is not inserted', `${AUDIT}/AuditStore.cls`, 'insert as system rows;', ''],
  ])('%s', (_, file, from, to) => {
    const failed = runMutant(file, from, to).results.filter((result) => result.outcome === 'Fail');
    expect(failed.map((result) => `${result.className}.${result.methodName}`)).not.toEqual([]);
  });
});
