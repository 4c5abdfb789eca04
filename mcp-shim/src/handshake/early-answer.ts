import { settingValue } from '../setting-value.ts';
import handshakes from './generated/handshakes.json' with { type: 'json' };
import { initializeRequestIn } from './initialize-request.ts';

/** An answer that the client has before the server is loaded. The server reads the same request and keeps its own answer to itself. */
export interface EarlyAnswer {
  jsonrpc: '2.0';
  id: string | number;
  result: Record<string, unknown>;
}

/** The server's `initialize` results differ by what the settings take off the list of tools. */
export type HandshakeName = 'required' | 'required, read-only' | 'host' | 'host, read-only';

/** What the SDK answers, recorded when the server was built: see `../server/handshakes.ts`. */
export interface Handshakes {
  protocolVersions: string[];
  /** Answered to clients that ask for a version that is not among these. */
  latestProtocolVersion: string;
  /** Without `protocolVersion`. */
  results: Record<HandshakeName, Record<string, unknown>>;
}

const recorded: Handshakes = handshakes;

/**
 * The answer to the first line of the input, if that is all there and a plain `initialize`. Undefined wherever the answer is not certain:
 * then the server gives it.
 */
export function earlyAnswer(input: string, env: NodeJS.ProcessEnv): EarlyAnswer | undefined {
  const end = input.indexOf('\n');
  const request = end === -1 ? undefined : initializeRequestIn(input.slice(0, end));
  const handshake = handshakeFor(env);
  if (!request || !handshake) return undefined;
  const asked = request.params.protocolVersion;
  const protocolVersion = recorded.protocolVersions.includes(asked) ? asked : recorded.latestProtocolVersion;
  return { jsonrpc: '2.0', id: request.id, result: { protocolVersion, ...recorded.results[handshake] } };
}

/** Reads these two settings as `config.ts` does, as far as they are plainly right. */
function handshakeFor(env: NodeJS.ProcessEnv): HandshakeName | undefined {
  const confirmation = settingValue(env['REVOPS_CONFIRMATION']) ?? 'required';
  const readOnly = settingValue(env['REVOPS_READ_ONLY']) ?? 'false';
  if (confirmation !== 'required' && confirmation !== 'host') return undefined;
  if (readOnly !== 'true' && readOnly !== 'false') return undefined;
  return readOnly === 'true' ? `${confirmation}, read-only` : confirmation;
}
