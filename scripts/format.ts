// npm run format: Prettier over everything. -- --check only looks.
import { runTool } from './run-command.ts';

const check = process.argv.includes('--check');
process.exitCode = runTool('prettier', [check ? '--check' : '--write', '--log-level', 'warn', '.']);
