import { DeployFailed } from '../errors.ts';
import { createLocalOrg } from '../org.ts';
import { printProblems } from './deploy.ts';
import { readProject } from './project.ts';
import type { Terminal } from './terminal.ts';
import { MINIMUM_COVERAGE, summarize, testReport } from './test-report.ts';
import { UsageError } from './usage-error.ts';

/** `test [dir] [--class X]`: runs a project's Apex tests. 0, or 1 when a test fails or coverage is below 75 %. */
export function test(directory: string, classes: readonly string[], terminal: Terminal): number {
  const project = readProject(directory);
  const org = createLocalOrg({ dataset: 'empty', root: project.root, log: terminal.err });
  try {
    terminal.err(`Deploying ${project.root} …`);
    org.deploy(project.packageDirectories);
    const known = new Set(org.engine.classNames().map((name) => name.toLowerCase()));
    const missing = classes.filter((name) => !known.has(name.toLowerCase()));
    if (missing.length > 0) throw new UsageError(`No class ${missing.join(', ')} in this project.`);
    terminal.err('Running Apex tests …');
    const report = org.runTests({ classes });
    terminal.out(testReport(report));
    const summary = summarize(report);
    if (summary.ran === 0) {
      terminal.err('No test was run: the project has no @IsTest class, or the classes named have no test method.');
      return 1;
    }
    // With a choice of classes the coverage says nothing about the whole.
    const covered = classes.length > 0 || summary.coverage === null || summary.coverage >= MINIMUM_COVERAGE;
    if (!covered)
      terminal.err(`Coverage is below ${MINIMUM_COVERAGE} %: a deploy to production would be refused. Test the lines listed above.`);
    return summary.failed === 0 && covered ? 0 : 1;
  } catch (error) {
    if (!(error instanceof DeployFailed)) throw error;
    printProblems(error, terminal);
    return 1;
  } finally {
    org.close();
  }
}
