import { join } from 'node:path';
import { z } from 'zod';
import { progress } from '../demo/screen.ts';
import { limits } from './limits.ts';
import type { Judged } from './limits.ts';
import { callTool, checkRequests, measureCalls, requestsOf, sendBare } from './measure-calls.ts';
import type { CallFigures, ToolCall } from './measure-calls.ts';
import { measureList, measureStarts } from './measure-start.ts';
import type { StartFigures } from './measure-start.ts';
import type { OrgAddress } from './org-process.ts';
import { mb, ms, times, tokens, within } from './report.ts';
import { queryRequest, sampleQuery } from './sample-query.ts';
import { StdioServer } from './stdio-server.ts';
import type { Command } from './stdio-server.ts';
import { thisServer } from './this-server.ts';
import { tokensOf } from './tokens.ts';

const startRounds = 15;
const repetitions = { warmUp: 30, pairs: 200 };

/** Measures this server and holds every figure against its limit. */
export async function judgeThisServer(org: OrgAddress, folder: string): Promise<Judged[]> {
  progress('Building the server');
  const { command } = await thisServer.prepare(org, folder);
  const calls = await judgeCalls(org, folder, command);
  progress('tools/list');
  const list = await measureList(command);
  const hostList = await measureList({ ...command, env: { ...command.env, REVOPS_CONFIRMATION: 'host' } });
  const judged: Judged[] = [...calls.judged, ...(await judgeStart(command))];
  for (const [name, { total, largest }] of Object.entries({ 'tools/list': list, 'tools/list for REVOPS_CONFIRMATION=host': hostList })) {
    judged.push(inTokens(name, total, limits.listTokens), inTokens(`  largest tool, ${largest.name}`, largest.tokens, limits.toolTokens));
  }
  judged.push(inTokens('200 rows of 5 fields', calls.rowsTokens, limits.rowsTokens));
  return judged;
}

async function judgeCalls(org: OrgAddress, folder: string, command: Command) {
  const { server } = await StdioServer.start(command);
  try {
    const cases: { title: string; call: ToolCall }[] = [
      { title: 'query, 20 rows of 5 fields', call: thisServer.query(sampleQuery(20), org, folder) },
      { title: 'query, 200 rows of 5 fields', call: thisServer.query(sampleQuery(200), org, folder) },
      { title: 'get_opportunity', call: { name: 'get_opportunity', arguments: { opp_id: await someDeal(org) } } },
      { title: 'pipeline_by_stage, 90 days', call: { name: 'pipeline_by_stage', arguments: { close_date_window_days: 90 } } },
    ];
    const judged: Judged[] = [];
    for (const { title, call } of cases) {
      progress(`${title}: ${repetitions.pairs} calls, each beside the same requests with bare fetch`);
      // Once before it is asked: what is looked up once and kept is no part of the requests of a call.
      await callTool(server, call);
      const requests = await requestsOf(server, call);
      const figure = await measureCalls(server, call, { org, requests }, repetitions);
      // Afterwards: the check of the connection that runs beside the first call has ended by then.
      await checkRequests(server, call, org, requests.length);
      judged.push(addedTo(title, figure));
    }
    const rowsTokens = tokensOf(await callTool(server, thisServer.query(sampleQuery(200), org, folder)));
    return { judged, rowsTokens };
  } finally {
    await server.close();
  }
}

function addedTo(title: string, { callMs, bareMs, addedMs }: CallFigures): Judged {
  return {
    figure: `added to ${title}`,
    measured: ms(addedMs.median),
    spread: within(addedMs, ms),
    beside: `bare fetch ${ms(bareMs.median)}, call ${ms(callMs.median)}: ${times(callMs.median / bareMs.median)}`,
    value: addedMs.median,
    limit: limits.addedMs,
    limitText: `≤ ${limits.addedMs} ms`,
  };
}

async function judgeStart(command: Command): Promise<Judged[]> {
  progress(`Starting it ${startRounds} times, each beside a bare Node process`);
  const bareCommand: Command = { args: [join(import.meta.dirname, 'bare-server.mjs')], env: {} };
  const [bare, figures] = await measureStarts(
    [
      { command: bareCommand, lists: false },
      { command, lists: true },
    ],
    startRounds,
  );
  if (!bare || !figures) throw new Error('no start was measured');
  const ratio = figures.startMs.median / bare.startMs.median;
  const judged: Judged[] = [
    {
      figure: 'spawn to initialize',
      measured: ms(figures.startMs.median),
      spread: within(figures.startMs, ms),
      beside: `bare Node ${ms(bare.startMs.median)}: ${times(ratio)}${listed(figures)}`,
      value: ratio,
      limit: limits.startRatio,
      limitText: `≤ ${limits.startRatio}× bare Node`,
    },
  ];
  if (figures.memoryMb && bare.memoryMb) {
    judged.push({
      figure: 'memory after tools/list (RSS)',
      measured: mb(figures.memoryMb.median),
      spread: within(figures.memoryMb, mb),
      beside: `bare Node ${mb(bare.memoryMb.median)}: ${times(figures.memoryMb.median / bare.memoryMb.median)}`,
      value: figures.memoryMb.median,
      limit: limits.memoryMb,
      limitText: `≤ ${limits.memoryMb} MB`,
    });
  } else progress('Memory is not measured: this system has no ps');
  return judged;
}

/** The first answer is given before the server is loaded: the second tells when it is. */
function listed({ listMs }: StartFigures): string {
  return listMs ? `; tools/list after ${ms(listMs.median)}` : '';
}

function inTokens(figure: string, value: number, limit: number): Judged {
  return { figure, measured: tokens(value), value, limit, limitText: `≤ ${tokens(limit)}` };
}

const Ids = z.object({ records: z.array(z.object({ Id: z.string() })).length(1) });

async function someDeal(org: OrgAddress): Promise<string> {
  const soql = 'SELECT Id FROM Opportunity WHERE IsClosed = false ORDER BY Amount DESC NULLS LAST, Id LIMIT 1';
  const [deal] = Ids.parse(await sendBare(org, [queryRequest(soql)])).records;
  if (!deal) throw new Error('the org has no open deal');
  return deal.Id;
}
