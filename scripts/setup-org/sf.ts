import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT, runTool } from '../run-command.ts';

/** The CLI answered with an error; its message names the cause. */
export class SfError extends Error {}

const answer = z.looseObject({ status: z.number().optional(), message: z.string().optional(), result: z.unknown().optional() });

/** Runs a command of the project's own sf CLI and shows what it prints. @returns its exit code */
export function sf(...args: readonly string[]): number {
  return runTool('sf', args);
}

/** Runs a command with --json and answers its result. @throws SfError */
export function sfJson(...args: readonly string[]): unknown {
  const bin = join(ROOT, 'node_modules', '.bin');
  const { stdout, error } = spawnSync(join(bin, 'sf'), [...args, '--json'], {
    cwd: ROOT,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    env: { ...process.env, PATH: `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env['PATH'] ?? ''}` },
    maxBuffer: 64_000_000,
  });
  if (error) throw error;
  const parsed = answer.safeParse(parse(stdout));
  if (!parsed.success) throw new SfError(`sf ${args.slice(0, 3).join(' ')} did not answer with JSON: ${stdout.slice(0, 300)}`);
  // There is none where the command line was refused.
  if (parsed.data.status !== 0) throw new SfError(parsed.data.message ?? `sf ${args.slice(0, 3).join(' ')} failed`);
  return parsed.data.result;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
