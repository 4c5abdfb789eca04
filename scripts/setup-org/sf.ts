import { sfJson } from '../../test/integration/support/sf-json.ts';
import { runTool } from '../run-command.ts';

/** The CLI answered with an error; its message names the cause. */
export class SfError extends Error {}

/** Runs a command of the project's own sf CLI and shows what it prints. @returns its exit code */
export function sf(...args: readonly string[]): number {
  return runTool('sf', args);
}

/** Runs a command with --json and answers its result. @throws SfError */
export async function sfResult(...args: readonly string[]): Promise<unknown> {
  try {
    return await sfJson(args);
  } catch (error) {
    throw new SfError(error instanceof Error ? error.message : String(error));
  }
}
