import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import { secretsOf } from '../config.ts';
import { loadSettings } from '../load-settings.ts';
import { createLogger } from '../observability/logger.ts';
import { thresholdsInForce } from '../risk/thresholds-in-force.ts';
import { createRuntime } from '../runtime.ts';
import { createServer } from '../server/create-server.ts';
import { Dispatcher } from '../server/dispatcher.ts';
import type { Setup } from '../server/dispatcher.ts';
import { offeredTools } from '../tools/catalogue.ts';
import type { Tool } from '../tools/tool.ts';

export interface ShimClient {
  client: Client;
  /** Calls a tool and returns its JSON, checked to be the same in every place where clients look. */
  call(name: string, args?: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Log lines so far, parsed. */
  log: Record<string, unknown>[];
  clock: { now: number };
  close(): Promise<void>;
}

export const startOfTests = Date.parse('2026-11-21T09:00:00Z');

export interface ShimOptions {
  /** More environment variables; address and token are set. */
  env?: NodeJS.ProcessEnv;
  /** When the server's clock stands, in milliseconds since 1970. Default: `startOfTests`. */
  now?: number;
  tools?: readonly Tool[];
  timeLimitMs?: number;
  /** Default: counted up from 1, so that they can stand in a literal; several servers on one org need ids of their own. */
  newRequestId?: () => string;
  /** What the person answers to the server's questions; the client declares elicitation only where this is given. */
  person?: (question: string) => Promise<ElicitResult>;
  approvalTimeLimitMs?: number;
}

/** The whole server behind a real MCP client, in one process. Clock, codes and request ids are the test's. */
export async function connectShim(instanceUrl: string, options: ShimOptions = {}): Promise<ShimClient> {
  const outcome = await loadSettings({ SFDC_INSTANCE_URL: instanceUrl, SFDC_ACCESS_TOKEN: 'token-of-the-test', ...options.env });
  const log: Record<string, unknown>[] = [];
  const logger = createLogger({
    level: 'debug',
    write: (line) => void log.push(JSON.parse(line) as Record<string, unknown>),
    secrets: outcome.ok ? secretsOf(outcome.config) : [],
  });
  const clock = { now: options.now ?? startOfTests };
  let codes = 0;
  let requests = 0;
  const chance = {
    now: () => clock.now,
    random: (below: number) => codes++ % below,
    newRequestId: options.newRequestId ?? (() => `00000000-0000-4000-8000-${String(++requests).padStart(12, '0')}`),
  };
  const setup: Setup = outcome.ok
    ? { ok: true, runtime: createRuntime(outcome.config, logger, chance) }
    : { ok: false, problems: outcome.problems };
  const tools = options.tools ?? offeredTools(outcome.ok ? outcome.config : outcome);
  const dispatcher = new Dispatcher({
    tools,
    setup,
    logger,
    ...(options.timeLimitMs === undefined ? {} : { timeLimitMs: options.timeLimitMs }),
  });
  const server = createServer({
    dispatcher,
    tools,
    logger,
    confirmation: outcome.ok ? outcome.config.confirmation : outcome.confirmation,
    thresholds: outcome.ok ? () => thresholdsInForce(outcome.config) : undefined,
    ...(options.approvalTimeLimitMs === undefined ? {} : { approvalTimeLimitMs: options.approvalTimeLimitMs }),
  });
  const { person } = options;
  const client = new Client({ name: 'test-client', version: '1.2.3' }, { capabilities: person ? { elicitation: {} } : {} });
  if (person) client.setRequestHandler(ElicitRequestSchema, ({ params }) => person(params.message));
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(serverSide), client.connect(clientSide)]);
  return { client, log, clock, call: (name, args = {}) => callTool(client, name, args), close: () => client.close() };
}

/** @throws if text and structure differ, or if an error carries a structure */
export async function callTool(client: Client, name: string, args: Record<string, unknown>): Promise<Record<string, unknown>> {
  const result = await client.callTool({ name, arguments: args });
  const content = result.content as { type: string; text: string }[];
  if (content.length !== 1 || content[0]?.type !== 'text') throw new Error('a result has exactly one text');
  const text = JSON.parse(content[0].text) as Record<string, unknown>;
  const elsewhere = result.isError ? result._meta : result.structuredContent;
  if (JSON.stringify(elsewhere) !== content[0].text)
    throw new Error(`text and structure differ: ${content[0].text} / ${JSON.stringify(elsewhere)}`);
  if (result.isError && result.structuredContent !== undefined) throw new Error('an error carries no structuredContent');
  return text;
}
