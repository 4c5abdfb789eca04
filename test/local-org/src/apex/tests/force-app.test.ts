import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { MutantOrg } from '../../../mutations/mutant-org.ts';
import { MUTATIONS } from '../../../mutations/mutations.ts';
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

describe('the policy as it is shipped', () => {
  const folder = join(ROOT, 'force-app/main/default/customMetadata');
  const valueOf = (record: string, field: string): string | undefined =>
    new RegExp(`<field>${field}</field>\\s*<value[^>]*>([^<]*)<`).exec(record)?.[1];
  const records = readdirSync(folder)
    .filter((file) => file.startsWith('Write_Policy.'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));

  test('allows and denies what PolicyTestKit.shipped says, to which the Apex tests hold', () => {
    const open = ['Account', 'Contact', 'Lead', 'Opportunity', 'Case', 'Task'];
    const closed = ['OwnerId', 'RecordTypeId', 'CurrencyIsoCode', 'IsPrivate', 'HasOptedOutOfEmail', 'HasOptedOutOfFax', 'DoNotCall'];
    expect(
      records.map((record) => `${valueOf(record, 'Access__c')} ${valueOf(record, 'Object__c')}.${valueOf(record, 'Field__c')}`).sort(),
    ).toEqual(
      [
        ...open.flatMap((object) => [`Allow ${object}.*`, `Allow ${object}.$Note`]),
        'Allow Case.$Comment',
        ...closed.map((field) => `Deny *.${field}`),
        'Deny Opportunity.StageName',
      ].sort(),
    );
    expect(records.filter((record) => valueOf(record, 'Active__c') !== 'true' || valueOf(record, 'Store_Values__c') !== 'true')).toEqual(
      [],
    );
  });
});

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
