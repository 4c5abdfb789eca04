import { readdirSync } from 'node:fs';
import { ROOT } from './run-command.ts';

/** What may stand at the root: the deliverables, their tests, and the dotfiles of tools. Nothing else gathers there. */
const ALLOWED = new Set([
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'config',
  'eslint.config.mjs',
  'force-app',
  'mcp-shim',
  'node_modules',
  'package-lock.json',
  'package.json',
  'scripts',
  'sfdx-project.json',
  'test',
  'tsconfig.json',
  'vitest.config.ts',
]);
const DOTFILES = new Set([
  '.ci',
  '.forceignore',
  '.git',
  '.gitattributes',
  '.gitignore',
  '.npmrc',
  '.prettierignore',
  '.prettierrc.json',
  '.sf',
  '.sfdx',
]);

/** Fails on an entry at the root that has no place there. */
export function checkRoot(): number {
  const stray = readdirSync(ROOT).filter((entry) => !ALLOWED.has(entry) && !DOTFILES.has(entry));
  for (const entry of stray)
    process.stderr.write(`  ${entry} does not belong at the root: move it into the folder it describes, or delete it\n`);
  return stray.length === 0 ? 0 : 1;
}
