import { join } from 'node:path';
import { progress } from '../demo/screen.ts';
import { comparedCells } from './compared-cells.ts';
import type { Figures } from './compared-cells.ts';
import type { Contender } from './contender.ts';
import { callTool, measureCalls } from './measure-calls.ts';
import { measureList, measureStarts } from './measure-start.ts';
import type { OrgAddress } from './org-process.ts';
import type { Compared } from './report.ts';
import { queryRequest, sampleQuery, toSoql } from './sample-query.ts';
import { StdioServer } from './stdio-server.ts';
import type { Command } from './stdio-server.ts';
import { tokensOf } from './tokens.ts';

const startRounds = 5;
const repetitions = { warmUp: 5, pairs: 40 };

/** Measures a server, this one or a peer, by the same steps and as far as it goes: what fails is said in its notes and never ends the run. */
export async function compareServer(peer: Contender, org: OrgAddress, folder: string): Promise<Compared> {
  const notes = peer.note === undefined ? [] : [peer.note];
  const failed = (what: string, error: unknown): undefined => void notes.push(`${what}: ${oneLine(error, org)}`);
  progress(`${peer.name} ${peer.version}: installing it if it is not there, pointing it at the org`);
  const prepared = await peer.prepare(org, folder).catch((error: unknown) => failed('it could not be installed', error));
  if (!prepared) return { ...peer, cells: {}, notes };
  const { command, problem } = prepared;
  try {
    progress(`${peer.name}: starting it ${startRounds} times`);
    const bareCommand: Command = { args: [join(import.meta.dirname, 'bare-server.mjs')], env: {} };
    const commands = [
      { command: bareCommand, lists: false },
      { command, lists: true },
    ];
    const [bareStart, start] = await measureStarts(commands, startRounds);
    if (!start || !bareStart) throw new Error('no start was measured');
    const list = await measureList(command);
    if (problem !== undefined) notes.push(problem);
    const calls =
      problem === undefined ? await queryIt(peer, command, org, folder).catch((error: unknown) => failed('its query', error)) : undefined;
    return { ...peer, cells: comparedCells({ start, bareStart, list, ...calls }), notes };
  } catch (error) {
    failed('it does not start', error);
    return { ...peer, cells: {}, notes };
  }
}

async function queryIt(
  peer: Contender,
  command: Command,
  org: OrgAddress,
  folder: string,
): Promise<Pick<Figures, 'query' | 'rowsTokens' | 'usedMemoryMb'>> {
  progress(`${peer.name}: ${repetitions.pairs} queries`);
  const { server } = await StdioServer.start(command);
  try {
    const rows = await callTool(server, peer.query(sampleQuery(200), org, folder));
    checkRows(rows, 200);
    const bare = { org, requests: [queryRequest(toSoql(sampleQuery(20)))] };
    const query = await measureCalls(server, peer.query(sampleQuery(20), org, folder), bare, repetitions);
    return { query, rowsTokens: tokensOf(rows), usedMemoryMb: server.residentMb() };
  } finally {
    await server.close();
  }
}

/** Peers tell of failures in words only: an answer counts when it holds as many close dates as rows were asked for. */
function checkRows(text: string, expected: number): void {
  const dates = text.match(/\b\d{4}-\d\d-\d\d\b/g) ?? [];
  if (dates.length !== expected) throw new Error(`it answered ${dates.length} of ${expected} rows: ${text.slice(0, 300)}`);
}

function oneLine(error: unknown, { token }: OrgAddress): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll(token, '[token]').replace(/\s+/g, ' ').slice(0, 400);
}
