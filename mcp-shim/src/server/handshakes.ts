import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { LATEST_PROTOCOL_VERSION, SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/sdk/types.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { ShimConfig } from '../config.ts';
import type { Handshakes } from '../handshake/early-answer.ts';
import { createLogger } from '../observability/logger.ts';
import { offeredTools } from '../tools/catalogue.ts';
import { createServer } from './create-server.ts';
import { Dispatcher } from './dispatcher.ts';

type Mode = Pick<ShimConfig, 'confirmation' | 'readOnly'>;

/** Asks a server of every kind, so that what is answered before the SDK is loaded is what the SDK answers. Runs at build time only. */
export async function listHandshakes(): Promise<Handshakes> {
  return {
    protocolVersions: SUPPORTED_PROTOCOL_VERSIONS,
    latestProtocolVersion: LATEST_PROTOCOL_VERSION,
    results: {
      required: await resultOf({ confirmation: 'required', readOnly: false }),
      'required, read-only': await resultOf({ confirmation: 'required', readOnly: true }),
      host: await resultOf({ confirmation: 'host', readOnly: false }),
      'host, read-only': await resultOf({ confirmation: 'host', readOnly: true }),
    },
  };
}

async function resultOf(mode: Mode): Promise<Record<string, unknown>> {
  const result = await initialize(mode, {
    protocolVersion: LATEST_PROTOCOL_VERSION,
    capabilities: {},
    clientInfo: { name: 'build', version: '0' },
  });
  delete result['protocolVersion'];
  return result;
}

/** What a new server of that kind answers. @throws Error where it refuses */
export async function initialize(mode: Mode, params: Record<string, unknown>): Promise<Record<string, unknown>> {
  const [client, transport] = InMemoryTransport.createLinkedPair();
  const answered = new Promise<JSONRPCMessage>((resolve) => (client.onmessage = resolve));
  const server = serverOf(mode);
  await server.connect(transport);
  await client.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
  const answer = await answered;
  await server.close();
  if (!('result' in answer)) throw new Error(`initialize was refused: ${JSON.stringify(answer)}`);
  return answer.result;
}

function serverOf(mode: Mode): ReturnType<typeof createServer> {
  const tools = offeredTools(mode);
  const logger = createLogger({ level: 'silent', secrets: [] });
  const dispatcher = new Dispatcher({ tools, setup: { ok: false, problems: [] }, logger });
  return createServer({ dispatcher, tools, logger, confirmation: mode.confirmation });
}
