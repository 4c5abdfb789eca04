// npm run build: bundles the shim into one file, mcp-shim/dist/main.mjs.
import { relative } from 'node:path';
import { buildShim } from '../mcp-shim/build.ts';
import { ROOT } from './run-command.ts';

process.stderr.write(`built ${relative(ROOT, await buildShim())}\n`);
