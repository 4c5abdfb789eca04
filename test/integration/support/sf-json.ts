import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

const ENTRY = join(import.meta.dirname, '../../../node_modules/@salesforce/cli/bin/run.js');
/** Ends a command that hangs; none takes this long. */
const TIMEOUT_MS = 120_000;

const answer = z.looseObject({ status: z.number().optional(), message: z.string().optional(), result: z.unknown().optional() });

/** Runs a command of the project's own sf CLI with --json and answers its result. @throws with the message of the CLI where it fails */
export async function sfJson(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<unknown> {
  const stdout = await new Promise<string>((resolve) => {
    execFile(process.execPath, [ENTRY, ...args, '--json'], { env, timeout: TIMEOUT_MS }, (_error, out) => resolve(out));
  });
  const { status, message, result } = answer.parse(jsonIn(stdout, args));
  if (status !== 0) throw new Error(message ?? `sf ${args.slice(0, 3).join(' ')} failed`);
  return result;
}

function jsonIn(stdout: string, args: readonly string[]): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`sf ${args.slice(0, 3).join(' ')} did not answer with JSON: ${stdout.slice(0, 300)}`);
  }
}
