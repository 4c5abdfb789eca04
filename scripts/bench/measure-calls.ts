import { z } from 'zod';
import type { OrgAddress } from './org-process.ts';
import { spreadOf } from './statistics.ts';
import type { Spread } from './statistics.ts';
import type { StdioServer } from './stdio-server.ts';

export interface ToolCall {
  readonly name: string;
  readonly arguments: Record<string, unknown>;
}

/** A request to the org, as `dry_run` names it. */
export interface OrgRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

export interface CallFigures {
  readonly callMs: Spread;
  /** The same requests from this process with bare `fetch`, body parsed. */
  readonly bareMs: Spread;
  /** Of the pairs: a call less the bare requests beside it. */
  readonly addedMs: Spread;
}

export interface Repetitions {
  readonly warmUp: number;
  readonly pairs: number;
}

/** Calls a tool and sends its requests with bare `fetch`, in turn, each of the two first every other time. */
export async function measureCalls(
  server: StdioServer,
  call: ToolCall,
  bare: { readonly org: OrgAddress; readonly requests: readonly OrgRequest[] },
  { warmUp, pairs }: Repetitions,
): Promise<CallFigures> {
  const samples = { callMs: [] as number[], bareMs: [] as number[], addedMs: [] as number[] };
  const asCall = (): Promise<number> => timed(() => callTool(server, call));
  const asBare = (): Promise<number> => timed(() => sendBare(bare.org, bare.requests));
  for (let pair = -warmUp; pair < pairs; pair++) {
    const callFirst = pair % 2 === 0;
    const first = await (callFirst ? asCall() : asBare());
    const second = await (callFirst ? asBare() : asCall());
    if (pair < 0) continue;
    const [callMs, bareMs] = callFirst ? [first, second] : [second, first];
    samples.callMs.push(callMs);
    samples.bareMs.push(bareMs);
    samples.addedMs.push(callMs - bareMs);
  }
  return { callMs: spreadOf(samples.callMs), bareMs: spreadOf(samples.bareMs), addedMs: spreadOf(samples.addedMs) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const ToolResult = z.object({ isError: z.boolean().optional(), content: z.array(z.looseObject({ type: z.string(), text: z.string() })) });

/** @returns the text that the model sees. @throws Error where the tool answers with an error, or with words that tell of one */
export async function callTool(server: StdioServer, call: ToolCall): Promise<string> {
  const { isError, content } = ToolResult.parse(await server.request('tools/call', { ...call }));
  const text = content.map((part) => part.text).join('\n');
  if (isError === true) throw new Error(`${call.name} answered: ${text.slice(0, 600)}`);
  return text;
}

const Planned = z.object({
  meta: z.object({
    dry_run: z.array(z.object({ method: z.string(), path: z.string(), body: z.unknown().optional() })).min(1),
  }),
});

/** The very requests that a call of this server sends, by its own word. */
export async function requestsOf(server: StdioServer, { name, arguments: args }: ToolCall): Promise<readonly OrgRequest[]> {
  return Planned.parse(JSON.parse(await callTool(server, { name, arguments: { ...args, dry_run: true } }))).meta.dry_run;
}

/** Sends the requests one after the other. @returns the last answer, parsed */
export async function sendBare({ url, token }: OrgAddress, requests: readonly OrgRequest[]): Promise<unknown> {
  let answer: unknown;
  for (const { method, path, body } of requests) {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    answer = await response.json();
    if (!response.ok) throw new Error(`the org refused ${method} ${path}: ${JSON.stringify(answer).slice(0, 300)}`);
  }
  return answer;
}

/**
 * Counts by the org's own meter (the header `Sforce-Limit-Info`) that a call sends as many requests as its `dry_run` says: only then
 * is the comparison with bare requests one of like with like.
 */
export async function checkRequests(server: StdioServer, call: ToolCall, org: OrgAddress, expected: number): Promise<void> {
  const before = await requestsUsed(org);
  await callTool(server, call);
  const sent = (await requestsUsed(org)) - before - 1;
  if (sent !== expected) throw new Error(`${call.name} sent ${sent} requests, but its dry run names ${expected}`);
}

async function requestsUsed({ url, token }: OrgAddress): Promise<number> {
  const response = await fetch(`${url}/services/data/v60.0/limits`, { headers: { authorization: `Bearer ${token}` } });
  await response.text();
  const used = /api-usage=(\d+)\//.exec(response.headers.get('sforce-limit-info') ?? '')?.[1];
  if (used === undefined) throw new Error('the org does not say how many requests it has counted');
  return Number(used);
}
