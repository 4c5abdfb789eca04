// npm run format: Prettier over everything. -- --check only looks.
import { commandLine } from './command-line.ts';
import { runTool } from './run-command.ts';

const HELP = `npm run format [-- --check]

Formats TypeScript, Apex, XML and Markdown with Prettier.

  --check        only looks, and names what is not formatted; exit code 1 then
  --help         this text`;

const { check } = commandLine(HELP, { check: { type: 'boolean', default: false } });
process.exitCode = runTool('prettier', [check ? '--check' : '--write', '--log-level', 'warn', '.']);
