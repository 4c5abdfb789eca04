import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startCliOrg, type CliOrg } from './support/cli-org.ts';
import { apexClass, CRATES, CRATES_CLASS, CRATES_COMPONENTS, CRATES_FOLDER, CRATES_TEST, crateField } from './support/crates.ts';
import { componentsOf, deployReport, type DeployReport } from './support/deploy-report.ts';

const PERMISSION_SET = `${CRATES_FOLDER}/permissionsets/Crate_User.permissionset-meta.xml`;
const START = ['project', 'deploy', 'start', '--source-dir', 'app'];

let cli: CliOrg;
beforeAll(async () => {
  cli = await startCliOrg({ project: 'empty' });
  cli.write(CRATES);
  await cli.sf.result(deployReport, START);
});
afterEach(() => {
  rmSync(join(cli.project, 'app'), { recursive: true });
  cli.write(CRATES);
});
afterAll(() => cli.close());

async function failedDeploy(args: readonly string[] = START): Promise<DeployReport> {
  const answer = await cli.sf.json(args);
  expect(answer.exitCode).toBe(1);
  return deployReport.parse(answer.result);
}

interface Mistake {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly type: string;
  readonly fullName: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

const MISTAKES: readonly Mistake[] = [
  {
    name: 'a class that names a field that is not there',
    files: apexClass('Crates', CRATES_CLASS.replace('crate.Weight__c - tare', 'crate.Wieght__c - tare')),
    type: 'ApexClass',
    fullName: 'Crates',
    message: 'Variable does not exist: Wieght__c',
    line: 6,
    column: 22,
  },
  {
    name: 'a text field without its length',
    files: crateField('Colour__c', 'Text', '<required>false</required>'),
    type: 'CustomField',
    fullName: 'Crate__c.Colour__c',
    message: "Must specify 'length' for a CustomField of type Text",
    line: 11,
    column: 5,
  },
  {
    name: 'a permission set that names a class that is not there',
    files: { [PERMISSION_SET]: (CRATES[PERMISSION_SET] ?? '').replace('<apexClass>Crates<', '<apexClass>Crate<') },
    type: 'PermissionSet',
    fullName: 'Crate_User',
    message: 'In field: apexClass - no ApexClass named Crate found',
    line: 3,
    column: 5,
  },
];

test.each(MISTAKES)('$name is told with its file, line and column, and nothing is deployed', async (mistake) => {
  cli.write({ ...mistake.files, ...apexClass('Untouched', 'public class Untouched {}\n') });
  const report = await failedDeploy();
  expect(report.files).toEqual([
    expect.objectContaining({
      type: mistake.type,
      fullName: mistake.fullName,
      state: 'Failed',
      lineNumber: mistake.line,
      columnNumber: mistake.column,
      error: expect.stringContaining(mistake.message) as string,
    }),
  ]);
  const human = await cli.sf.run(START);
  expect(human.exitCode).toBe(1);
  expect(`${human.stdout}${human.stderr}`).toMatch(new RegExp(`${mistake.fullName}.*${mistake.message}`));
  expect(`${human.stdout}${human.stderr}`).toContain(`${mistake.line}:${mistake.column}`);
  expect(componentsOf(cli.org)).toEqual(CRATES_COMPONENTS);
});

test('a failing test undoes its deploy, and says which method failed', async () => {
  cli.write(apexClass('CratesTest', CRATES_TEST.replace('areEqual(3', 'areEqual(4')));
  const report = await failedDeploy([...START, '--test-level', 'RunLocalTests']);
  expect(report).toMatchObject({
    status: 'Failed',
    numberTestErrors: 1,
    details: {
      runTestResult: {
        failures: [
          { name: 'CratesTest', methodName: 'takesAway', message: 'System.AssertException: Assertion Failed: Expected: 4, Actual: 3' },
        ],
      },
    },
  });
  expect(componentsOf(cli.org)).toEqual(CRATES_COMPONENTS);
});

test('tests that cover less than 75 % undo their deploy, and say how much they cover', async () => {
  const idle = Array.from({ length: 12 }, (_, line) => `        total = total + ${line};`).join('\n');
  cli.write(
    apexClass(
      'Idle',
      `public class Idle {\n    public static Integer sum() {\n        Integer total = 0;\n${idle}\n        return total;\n    }\n}\n`,
    ),
  );
  const report = await failedDeploy([...START, '--test-level', 'RunLocalTests']);
  expect(report).toMatchObject({
    status: 'Failed',
    numberTestErrors: 0,
    details: {
      runTestResult: {
        codeCoverageWarnings: [{ message: expect.stringMatching(/is \d+%, at least 75% test coverage is required/) as string }],
      },
    },
  });
  expect(componentsOf(cli.org)).toEqual(CRATES_COMPONENTS);
});

test('a test class that is not there is told as the failure of the deploy', async () => {
  const report = await failedDeploy([...START, '--test-level', 'RunSpecifiedTests', '--tests', 'NopeTest']);
  expect(report).toMatchObject({
    details: { componentFailures: [{ fullName: 'NopeTest', problem: expect.stringContaining('NopeTest') as string }] },
  });
});
