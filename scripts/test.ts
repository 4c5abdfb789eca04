// npm test: builds the shim and runs every suite; closes with "N passed, M failed". Arguments go to vitest (a path, -t name).
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { buildShim } from '../mcp-shim/build.ts';
import { ROOT, runTool } from './run-command.ts';

const Summary = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});

const cache = join(ROOT, 'node_modules', '.cache');
const report = join(cache, 'vitest-report.json');
mkdirSync(cache, { recursive: true });
await buildShim();
const status = runTool('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)]);

const summary = Summary.parse(JSON.parse(readFileSync(report, 'utf8')));
// A suite that could not even be loaded has no failed test: it counts as one.
const failed = summary.numFailedTests > 0 ? summary.numFailedTests : Math.max(summary.numFailedTestSuites, status === 0 ? 0 : 1);
const skipped = summary.numPendingTests + summary.numTodoTests;
process.stdout.write(`\n${summary.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = status === 0 && failed === 0 ? 0 : 1;
