import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '..');

/** Runs a tool of node_modules/.bin in the project's folder with this Node; answers its exit code. */
export function runTool(name: string, args: readonly string[]): number {
  const result = spawnSync(join(ROOT, 'node_modules', '.bin', name), args, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      PATH: `${join(ROOT, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env['PATH'] ?? ''}`,
    },
  });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

/** Runs the steps in order, announcing each; the exit code of the first that fails ends the process. */
export async function runSteps(steps: readonly { readonly title: string; readonly run: () => number | Promise<number> }[]): Promise<void> {
  for (const { title, run } of steps) {
    process.stderr.write(`\n▸ ${title}\n`);
    const status = await run();
    if (status === 0) continue;
    process.stderr.write(`\n✗ ${title} failed (exit ${status})\n`);
    process.exit(status);
  }
}
