// npm run build: bundles the shim into one folder, mcp-shim/dist; main.mjs there is what clients start.
import { relative } from 'node:path';
import { buildShim } from '../mcp-shim/build.ts';
import { ROOT } from './run-command.ts';

process.stderr.write(`built ${relative(ROOT, await buildShim())}\n`);
