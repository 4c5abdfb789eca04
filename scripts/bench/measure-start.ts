import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Command } from './stdio-server.ts';
import { StdioServer } from './stdio-server.ts';
import { spreadOf } from './statistics.ts';
import type { Spread } from './statistics.ts';
import { tokensOfList } from './tokens.ts';
import type { ListTokens } from './tokens.ts';

export interface StartFigures {
  readonly startMs: Spread;
  /** From spawn to the answer to `tools/list`, asked for as soon as `initialize` is answered; undefined where it was not asked for. */
  readonly listMs: Spread | undefined;
  /** After `tools/list`, once what servers load afterwards is loaded; undefined where the system does not tell. */
  readonly memoryMb: Spread | undefined;
}

const ToolList = z.object({ tools: z.array(z.looseObject({ name: z.string() })) });

/** Servers load in the background what the first call needs: memory is read after that. */
const settleMs = 400;

/**
 * Starts each command in turn, `rounds` times after one start that does not count, so that all meet the same minutes of the machine.
 * @returns figures in the order of the commands
 */
export async function measureStarts(commands: readonly { readonly command: Command; readonly lists: boolean }[], rounds: number) {
  const samples = commands.map(() => ({ startMs: [] as number[], listMs: [] as number[], memoryMb: [] as number[] }));
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { command, lists }] of commands.entries()) {
      const { startMs, listMs, memoryMb } = await startOnce(command, lists);
      if (round === 0) continue;
      samples[index]?.startMs.push(startMs);
      if (listMs !== undefined) samples[index]?.listMs.push(listMs);
      if (memoryMb !== undefined) samples[index]?.memoryMb.push(memoryMb);
    }
  }
  return samples.map(({ startMs, listMs, memoryMb }): StartFigures => ({
    startMs: spreadOf(startMs),
    listMs: listMs.length === 0 ? undefined : spreadOf(listMs),
    memoryMb: memoryMb.length === 0 ? undefined : spreadOf(memoryMb),
  }));
}

async function startOnce(command: Command, lists: boolean) {
  const { server, startMs } = await StdioServer.start(command);
  try {
    const initialized = performance.now();
    if (lists) await server.request('tools/list');
    const listMs = lists ? startMs + performance.now() - initialized : undefined;
    await delay(settleMs);
    return { startMs, listMs, memoryMb: server.residentMb() };
  } finally {
    await server.close();
  }
}

/** What a server's list of tools costs. */
export async function measureList(command: Command): Promise<ListTokens> {
  const { server } = await StdioServer.start(command);
  try {
    return tokensOfList(ToolList.parse(await server.request('tools/list')).tools);
  } finally {
    await server.close();
  }
}
