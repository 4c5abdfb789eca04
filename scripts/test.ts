// npm test: builds the shim and runs every suite but that of the CLI (npm run test:cli); closes with "N passed, M failed".
// Arguments go to vitest (a path, -t name).
import { buildShim } from '../mcp-shim/build.ts';
import { runVitest } from './run-vitest.ts';

await buildShim();
const args = process.argv.slice(2);
const isChosen = args.some((arg) => arg.startsWith('--project'));
process.exitCode = runVitest([...(isChosen ? [] : ['--project=unit', '--project=integration']), ...args]);
