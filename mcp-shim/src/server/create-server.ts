import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ErrorCode as RpcErrorCode, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { ShimConfig } from '../config.ts';
import type { Logger } from '../observability/logger.ts';
import { redactJson } from '../observability/redact.ts';
import { packageName, packageVersion } from '../package-info.ts';
import { catalogues } from '../tools/catalogue.ts';
import type { Tool } from '../tools/tool.ts';
import { approvalTimeLimitMs, formWithoutFields, personAt } from './ask-person.ts';
import { clientName } from './client-name.ts';
import type { CallOutcome, Dispatcher } from './dispatcher.ts';
import { instructionsFor } from './instructions.ts';
import { offerPrompts } from './offer-prompts.ts';
import { offerResources } from './offer-resources.ts';
import type { ListedTool } from './tool-list.ts';
import toolLists from './generated/tool-list.json' with { type: 'json' };

interface ServerOptions {
  dispatcher: Dispatcher;
  /** What `tools/list` shows; a subset of the catalogue. */
  tools: readonly Tool[];
  logger: Logger;
  /** How the writes among them are confirmed: their descriptions differ. */
  confirmation: ShimConfig['confirmation'];
  approvalTimeLimitMs?: number;
  /** The risk thresholds in force; absent where the settings are wrong. */
  thresholds?: (() => unknown) | undefined;
}

/**
 * The MCP adapter: protocol in, dispatcher out. The low-level server, because the list is generated at build time and errors are
 * worded by the dispatcher; this folder alone knows the SDK.
 */
export function createServer({ dispatcher, tools, logger, confirmation, ...options }: ServerOptions): Server {
  const offered = new Set(tools.map((tool) => tool.name));
  const surface = { offered, confirmation };
  const server = new Server(
    { name: packageName, title: 'Salesforce RevOps', version: packageVersion },
    {
      capabilities: { tools: {}, prompts: {}, resources: {} },
      instructions: instructionsFor(surface),
      jsonSchemaValidator: formWithoutFields,
    },
  );
  offerPrompts(server, surface);
  offerResources(server, options.thresholds);
  const listed = (toolLists[confirmation] as ListedTool[]).filter((tool) => offered.has(tool.name));
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: listed }));
  const person = { server, logger, timeLimitMs: options.approvalTimeLimitMs ?? approvalTimeLimitMs };
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal, requestId }) => {
    if (!dispatcher.has(params.name)) throw new McpError(RpcErrorCode.InvalidParams, unknownTool(params.name, confirmation));
    const askPerson = personAt(person, requestId);
    return toResult(
      await dispatcher.call(params.name, params.arguments, { signal, client: clientName(server.getClientVersion()), askPerson }),
      logger,
    );
  });
  return server;
}

/**
 * Claude Desktop shows the model the text only, Claude Code the structure only: both hold everything. Whatever the org has echoed,
 * no credential gets past here.
 */
function toResult(outcome: CallOutcome, logger: Logger): CallToolResult {
  if (outcome.ok) {
    const structured = redactJson(outcome.structured, logger.withoutSecrets);
    return { content: [{ type: 'text', text: JSON.stringify(structured) }], structuredContent: structured };
  }
  // No structuredContent: SDK 1.x clients check it against the output schema even on errors.
  const body = redactJson(outcome.error.toBody(), logger.withoutSecrets);
  return { isError: true, content: [{ type: 'text', text: JSON.stringify(body) }], _meta: body };
}

function unknownTool(name: string, confirmation: ShimConfig['confirmation']): string {
  if (confirmation === 'host' && name === 'confirm_write')
    return `${name} is not offered: REVOPS_CONFIRMATION is host, and one call commits`;
  const withheld = catalogues[confirmation].some((tool) => tool.name === name);
  return withheld ? `${name} is not offered: REVOPS_READ_ONLY is set` : `unknown tool ${JSON.stringify(name.slice(0, 100))}`;
}
