// npm run check: everything that can be said without running a test. Node only; check:apex is the part that needs Java.
import { commandLine } from './command-line.ts';
import { checkLinks } from './check-links.ts';
import { checkRoot } from './check-root.ts';
import { runSteps, runTool } from './run-command.ts';

const HELP = `npm run check

Says everything that can be said without running a test: the root folder, links between documents, formatting, types, lint and
boundaries, generated files. Stops at the first step that fails, with its exit code.
Needs no Java: npm run check:apex is the part that does.`;

commandLine(HELP, {});
await runSteps([
  { title: 'Nothing stray at the root', run: checkRoot },
  { title: 'Links between documents', run: checkLinks },
  { title: 'Formatting (TypeScript, Apex, XML, Markdown)', run: () => runTool('prettier', ['--check', '--log-level', 'warn', '.']) },
  { title: 'Types', run: () => runTool('tsc', ['-p', 'tsconfig.json']) },
  { title: 'Types: no built-ins that Node 20.19 lacks in the server', run: () => runTool('tsc', ['-p', 'mcp-shim/tsconfig.node20.json']) },
  {
    title: 'Lint and boundaries',
    run: () => runTool('eslint', ['.', '--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/']),
  },
  { title: 'Generated files are current', run: () => runTool('node', ['scripts/run.mjs', 'generate', '--check', '--without-java']) },
]);
process.stderr.write('\n✓ all checks passed\n');
