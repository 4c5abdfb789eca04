import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { MutantOrg } from '../../../mutations/mutant-org.ts';
import { MUTATIONS } from '../../../mutations/mutations.ts';
import { PackageFolder, xml } from '../../metadata/testing.ts';
import { createLocalOrg } from '../../org.ts';

const ROOT = resolve(import.meta.dirname, '../../../../..');
const PACKAGES = ['force-app/main', 'force-app/crm-access', 'force-app/test'].map((folder) => join(ROOT, folder));

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

  test('they cover at least 95 % of the production lines', () => {
    const covered = report.coverage.reduce((sum, unit) => sum + unit.covered.length, 0);
    const lines = covered + report.coverage.reduce((sum, unit) => sum + unit.uncovered.length, 0);
    expect(lines).toBeGreaterThan(200);
    expect(covered / lines).toBeGreaterThanOrEqual(0.95);
  });
});

test('they pass in an org that is set up otherwise: records open to everybody, as in a new Developer Edition, and several currencies', () => {
  const defaults = { Account: 'ReadWrite', Case: 'ReadWriteTransfer', Opportunity: 'ReadWrite' };
  const files = Object.entries(defaults).map(([name, model]) => [
    `objects/${name}/${name}.object-meta.xml`,
    xml('CustomObject', `<sharingModel>${model}</sharingModel>`),
  ]);
  using folder = new PackageFolder(Object.fromEntries(files) as Record<string, string>);
  const open = createLocalOrg({
    dataset: 'empty',
    root: ROOT,
    packageDirectories: [...PACKAGES, folder.directory],
    currencies: [
      { isoCode: 'USD', conversionRate: 1 },
      { isoCode: 'EUR', conversionRate: 0.8 },
    ],
  });
  const { results } = open.runTests();
  open.close();
  expect(results.length).toBe(report.results.length);
  const failed = results.filter(({ outcome }) => outcome !== 'Pass');
  expect(failed.map(({ className, methodName, message }) => `${className}.${methodName}: ${message}`)).toEqual([]);
}, 120_000);

describe('in an org whose administrator has switched off writes and denied everything', () => {
  const changed = mkdtempSync(join(tmpdir(), 'changed-policy-'));
  const main = join(changed, 'main');
  cpSync(join(ROOT, 'force-app/main'), main, { recursive: true });
  const folder = join(main, 'default/customMetadata');
  for (const file of readdirSync(folder)) {
    const record = readFileSync(join(folder, file), 'utf8');
    const off = record.replace(/(Writes_Enabled__c<\/field>\s*<value[^>]*>)true/, '$1false').replaceAll('>Allow<', '>Deny<');
    writeFileSync(join(folder, file), off);
  }
  const packages = [main, ...PACKAGES.slice(1)];
  const other = createLocalOrg({ dataset: 'empty', root: ROOT, packageDirectories: packages });
  afterAll(() => {
    other.close();
    rmSync(changed, { recursive: true });
  });

  test('the Apex tests pass all the same', () => {
    const classes = [
      'RevOpsWriteResourceTest',
      'WriteGateTest',
      'WritePolicyTest',
      'ServiceInfoTest',
      'KeptValuesTest',
      'RevOpsWriteActionTest',
    ];
    const { results } = other.runTests({ classes });
    expect(results.length).toBeGreaterThan(50);
    expect(
      results.flatMap(({ className, methodName, message }) => (message === null ? [] : [`${className}.${methodName}: ${message}`])),
    ).toEqual([]);
  });
});

/** The two that nothing may ever let pass; `npm run mutate` plants them all. */
const VITAL = ['a failed write is not rolled back', 'the audit row is not inserted'];

describe('what the Apex tests must not let pass', () => {
  const mutants = new MutantOrg(ROOT);
  afterAll(() => mutants.org.close());

  test.each(VITAL)('%s', (name) => {
    const mutation = MUTATIONS.find((one) => one.name === name);
    if (!mutation) throw new Error(`there is no mutation "${name}"`);
    const takeOut = mutants.plant(mutation);
    const failing = mutants.failingApexTest();
    takeOut();
    expect(failing).not.toBeNull();
  });
});
