import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ADMINISTRATOR, startCliOrg, type CliOrg } from './support/cli-org.ts';
import { apexClass, CRATES } from './support/crates.ts';
import { deployReport } from './support/deploy-report.ts';

let cli: CliOrg;
beforeAll(async () => {
  cli = await startCliOrg({ project: 'empty' });
  cli.write({ ...CRATES, ...apexClass('BrokenTest', BROKEN_TEST) });
  await cli.sf.result(deployReport, ['project', 'deploy', 'start', '--source-dir', 'app']);
});
afterAll(() => cli.close());

const BROKEN_TEST = `@IsTest
private class BrokenTest {
    @IsTest
    static void fails() {
        Assert.fail('as it must');
    }
}
`;

const report = z.looseObject({
  summary: z.looseObject({ outcome: z.string(), testsRan: z.number(), passing: z.number(), failing: z.number() }),
  tests: z.array(z.looseObject({ FullName: z.string(), Outcome: z.string(), Message: z.string().nullable() })),
  coverage: z.looseObject({ coverage: z.array(z.looseObject({ name: z.string(), coveredPercent: z.number() })) }).optional(),
});
const runTests = (...more: string[]): string[] => ['apex', 'run', 'test', ...more];

test('one class runs synchronously, with the coverage of what it runs through', async () => {
  const answer = await cli.sf.result(report, runTests('--synchronous', '--class-names', 'CratesTest', '--code-coverage'));
  expect(answer.summary).toMatchObject({ outcome: 'Passed', testsRan: 2, passing: 2, failing: 0 });
  expect(answer.tests.map(({ FullName, Outcome }) => `${FullName} ${Outcome}`)).toEqual([
    'CratesTest.takesAway Pass',
    'CratesTest.weightless Pass',
  ]);
  expect(answer.coverage?.coverage.map(({ name, coveredPercent }) => [name, coveredPercent])).toEqual([['Crates', 100]]);
});

test('all tests run asynchronously, leave JUnit results, and a failing one makes the command fail', async () => {
  const answer = await cli.sf.json(runTests('--wait', '10', '--code-coverage', '--result-format', 'junit', '--output-dir', 'results'));
  expect([answer.exitCode, answer.status]).toEqual([100, 100]);
  const result = report.parse(answer.result);
  expect(result.summary).toMatchObject({ outcome: 'Failed', testsRan: 3, passing: 2, failing: 1 });
  expect(result.tests.find(({ Outcome }) => Outcome === 'Fail')).toMatchObject({
    FullName: 'BrokenTest.fails',
    Message: 'System.AssertException: Assertion Failed: as it must',
  });
  const file = readdirSync(join(cli.project, 'results')).find((name) => name.endsWith('-junit.xml')) ?? 'no JUnit file';
  const junit = readFileSync(join(cli.project, 'results', file), 'utf8');
  expect(junit).toContain('<testcase name="takesAway" classname="CratesTest"');
  expect(junit).toMatch(/<failure message="System.AssertException: Assertion Failed: as it must">/);
});

test('one method runs alone', async () => {
  const answer = await cli.sf.result(report, runTests('--synchronous', '--tests', 'CratesTest.weightless'));
  expect(answer.tests.map(({ FullName }) => FullName)).toEqual(['CratesTest.weightless']);
});

test('a method that is not there is refused, rather than passed without a test', async () => {
  const answer = await cli.sf.json(runTests('--synchronous', '--tests', 'CratesTest.nope'));
  expect(answer).toMatchObject({ exitCode: 1, message: expect.stringContaining('There is no test method CratesTest.nope') as string });
});

test('people see which tests ran and how they ended', async () => {
  const human = await cli.sf.run(runTests('--wait', '10', '--class-names', 'CratesTest', '--result-format', 'human', '--code-coverage'));
  expect(human.exitCode).toBe(0);
  expect(human.stdout).toMatch(/CratesTest\.takesAway\s+Pass/);
  expect(human.stdout).toMatch(/Crates\s+100%/);
});

const anonymousRun = z.looseObject({
  compiled: z.boolean(),
  success: z.boolean(),
  logs: z.string().optional(),
});

test('anonymous Apex runs as the user, and its log is shown', async () => {
  cli.write({ 'hello.apex': `insert new Crate__c(Name = 'From a script', Weight__c = 4);\nSystem.debug('done');\n` });
  const answer = await cli.sf.result(anonymousRun, ['apex', 'run', '--file', 'hello.apex']);
  expect(answer).toMatchObject({ compiled: true, success: true });
  expect(answer.logs).toMatch(/\|USER_DEBUG\|\[2\]\|DEBUG\|done\n/);
  const soql = `SELECT Name FROM Crate__c WHERE CreatedBy.Username = '${ADMINISTRATOR}'`;
  const rows = await cli.sf.result(z.looseObject({ records: z.array(z.looseObject({})) }), ['data', 'query', '--query', soql]);
  expect(rows.records).toEqual([expect.objectContaining({ Name: 'From a script' })]);
});

test('anonymous Apex that does not compile, or throws, says where', async () => {
  cli.write({ 'mistake.apex': 'Integer i = 1;\ni = j;\n', 'failure.apex': `Crate__c crate;\nSystem.debug(crate.Name);\n` });
  const mistake = await cli.sf.json(['apex', 'run', '--file', 'mistake.apex']);
  expect(mistake).toMatchObject({
    exitCode: 1,
    name: 'executeCompileFailure',
    message: expect.stringContaining('Line 2 column 5') as string,
  });
  expect(mistake.message).toContain('Variable does not exist: j');
  const failure = await cli.sf.json(['apex', 'run', '--file', 'failure.apex']);
  expect(failure).toMatchObject({ exitCode: 1, name: 'executeRuntimeFailure' });
  expect(failure.message).toContain('System.NullPointerException: Attempt to de-reference a null object');
  expect(JSON.stringify(failure)).toContain('AnonymousBlock: line 2, column 1');
});
