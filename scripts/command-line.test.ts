import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const RUN = join(import.meta.dirname, 'run.mjs');

function run(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [RUN, ...args], { encoding: 'utf8', timeout: 30_000 });
  return { status, stdout, stderr };
}

// Those that would write files where they took a word for nothing.
it.each(['format', 'generate'])('%s --help says what it does, and does nothing', (verb) => {
  const { status, stdout, stderr } = run(verb, '--help');
  expect([status, stdout.split('\n')[0], stderr]).toEqual([0, expect.stringContaining(`npm run ${verb} [-- `), '']);
});

it.each(['format', 'generate'])('%s does nothing for an option that it does not have', (verb) => {
  const { status, stdout, stderr } = run(verb, '--chekc');
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^Unknown option '--chekc'/);
  expect(stderr).toContain(`See npm run ${verb} -- --help\n`);
});

it('has a file for every verb that package.json has', async () => {
  const { scripts } = (await import('../package.json', { with: { type: 'json' } })).default;
  const files = Object.values(scripts).map((command) => command.replace(/^node scripts\/run\.mjs (\S+)$/, '$1.ts'));
  expect(files.filter((file) => !readdirSync(import.meta.dirname).includes(file))).toEqual([]);
});
