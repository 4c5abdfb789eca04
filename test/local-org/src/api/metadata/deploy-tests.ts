import type { ClassCoverage, TestMethodResult, TestReport } from '../../apex/engine-types.ts';
import type { LocalOrg } from '../../org-types.ts';
import type { DeployApiOptions } from './deploy-options.ts';

/** Percent of the lines of all classes and triggers that a deploy with tests must cover. */
const MIN_COVERAGE = 75;

/** A warning of a deploy's test run: what is not covered enough. `name` is empty where it is about all classes together. */
export interface CoverageWarning {
  readonly name: string;
  readonly message: string;
}

export interface DeployTestRun {
  readonly results: readonly TestMethodResult[];
  readonly coverage: readonly ClassCoverage[];
  readonly warnings: readonly CoverageWarning[];
  /** Whether the deploy may stay. */
  readonly passed: boolean;
}

/** The classes that a deploy names and that the org does not have, or that have no tests. */
export class UnknownTests extends Error {
  readonly names: readonly string[];

  constructor(names: readonly string[]) {
    super(names.join(', '));
    this.names = names;
  }
}

/**
 * Runs the tests that a deploy asks for, in the org as it is with the deploy; null where it asks for none.
 * @throws UnknownTests
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy_running_tests.htm
 */
export function runDeployTests(
  { testLevel, runTests }: DeployApiOptions,
  deployed: readonly string[],
  org: LocalOrg,
): DeployTestRun | null {
  if (testLevel === 'NoTestRun') return null;
  if (testLevel === 'RunSpecifiedTests') {
    const tests = org.engine.testMethods().map((name) => name.toLowerCase());
    const unknown = runTests.filter((name) => !tests.some((test) => test.startsWith(`${name.toLowerCase()}.`)));
    if (unknown.length > 0) throw new UnknownTests(unknown);
  }
  const report = org.runTests(testLevel === 'RunSpecifiedTests' ? { classes: runTests } : {});
  const warnings = testLevel === 'RunSpecifiedTests' ? eachCovered(report, deployed) : allCovered(report);
  const failed = report.results.some(({ outcome }) => outcome !== 'Pass');
  return { ...report, warnings, passed: !failed && warnings.length === 0 };
}

/** 100 where there is nothing to cover. */
export function percentCovered(coverage: readonly ClassCoverage[]): number {
  const covered = coverage.reduce((sum, one) => sum + one.covered.length, 0);
  const lines = coverage.reduce((sum, one) => sum + one.covered.length + one.uncovered.length, 0);
  return lines === 0 ? 100 : Math.floor((covered * 100) / lines);
}

function allCovered({ coverage }: TestReport): CoverageWarning[] {
  const percent = percentCovered(coverage);
  const message = `Average test coverage across all Apex Classes and Triggers is ${percent}%, at least ${MIN_COVERAGE}% test coverage is required.`;
  const triggers = coverage.filter(
    ({ file, covered, uncovered }) => file.endsWith('.trigger') && covered.length === 0 && uncovered.length > 0,
  );
  return [
    ...(percent < MIN_COVERAGE ? [{ name: '', message }] : []),
    ...triggers.map(({ name }) => ({
      name,
      message: 'Test coverage of selected Apex Trigger is 0%, at least 1% test coverage is required',
    })),
  ];
}

/** With tests that were chosen, each class and trigger of the deploy has to be covered by itself. */
function eachCovered({ coverage }: TestReport, deployed: readonly string[]): CoverageWarning[] {
  const names = new Set(deployed.map((name) => name.toLowerCase()));
  return coverage.flatMap((one) => {
    const percent = percentCovered([one]);
    if (!names.has(one.name.toLowerCase()) || percent >= MIN_COVERAGE) return [];
    const kind = one.file.endsWith('.trigger') ? 'Trigger' : 'Class';
    return [
      {
        name: one.name,
        message: `Test coverage of selected Apex ${kind} is ${percent}%, at least ${MIN_COVERAGE}% test coverage is required`,
      },
    ];
  });
}
