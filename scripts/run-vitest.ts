import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT, runTool } from './run-command.ts';

const Summary = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});

/**
 * Runs tests and closes with "N passed, M failed".
 * @param reporter how vitest tells of the progress: `default` by file, `verbose` by test
 * @returns the exit code
 */
export function runVitest(args: readonly string[], reporter: 'default' | 'verbose' = 'default'): number {
  const cache = join(ROOT, 'node_modules', '.cache');
  const report = join(cache, `vitest-report-${process.pid}.json`);
  mkdirSync(cache, { recursive: true });
  const status = runTool('vitest', ['run', `--reporter=${reporter}`, '--reporter=json', `--outputFile.json=${report}`, ...args]);

  const summary = Summary.parse(JSON.parse(readFileSync(report, 'utf8')));
  rmSync(report);
  // A suite that could not even be loaded has no failed test: it counts as one.
  const failed = summary.numFailedTests > 0 ? summary.numFailedTests : Math.max(summary.numFailedTestSuites, status === 0 ? 0 : 1);
  const skipped = summary.numPendingTests + summary.numTodoTests;
  process.stdout.write(`\n${summary.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  return status === 0 && failed === 0 ? 0 : 1;
}
