import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { EarlyAnswer } from '../handshake/early-answer.ts';
import type { Logger } from '../observability/logger.ts';
import { AfterEarlyAnswer } from './after-early-answer.ts';
import type { createServer } from './create-server.ts';
import { LineLimit } from './line-limit.ts';

interface StdioOptions {
  server: ReturnType<typeof createServer>;
  logger: Logger;
  /** The answer to `initialize` that the client has already, if it has one. */
  answered: EarlyAnswer | undefined;
  /** Resolves when no call is running. */
  idle: () => Promise<void>;
  /** Runs once the client has initialized, when nobody waits. */
  onInitialized: () => void;
}

/** Below the size at which the SDK's transport gives the connection up. */
const maxMessageBytes = 10 * 1024 * 1024;

/** When stdin closes, calls under way may still end and be answered, for this long; signals end at once. */
const farewellMs = 5_000;

/**
 * Speaks JSON-RPC on stdin and stdout until stdin closes, stdout breaks or a signal arrives.
 * The SDK's transport does not end by itself when its host is gone, so this does.
 */
export async function serveStdio({ server, logger, answered, idle, onInitialized }: StdioOptions): Promise<void> {
  keepStdoutForJsonRpc();
  const input = new LineLimit({
    maxBytes: maxMessageBytes,
    onDropped: (bytes) =>
      logger.error('message_too_long', {
        message: `A message of ${bytes.toLocaleString('en-US')} bytes was dropped unread; at most ${maxMessageBytes.toLocaleString('en-US')} are taken. Send less in one call.`,
      }),
  });
  const ended = new Promise<string>((resolve) => {
    input.once('end', () => resolve('stdin'));
    // Without an end of its own, such as a broken pipe.
    process.stdin.once('close', () => input.end());
    process.stdout.once('error', () => resolve('stdout'));
    process.once('SIGTERM', () => resolve('SIGTERM'));
    process.once('SIGINT', () => resolve('SIGINT'));
    server.onclose = () => resolve('transport');
  });
  // A host that stops reading the log must not end the server.
  process.stderr.on('error', () => undefined);
  server.onerror = (error) => logger.warn('protocol_error', { error: error.message });
  server.oninitialized = () => setImmediate(onInitialized);
  const lines = process.stdin.pipe(input);
  const onDifference = (answer: unknown): void =>
    logger.error('handshake_differs', { message: 'initialize was answered otherwise than the server does. Run npm run build.', answer });
  await server.connect(answered ? new AfterEarlyAnswer(lines, { answered, onDifference }) : new StdioServerTransport(lines));
  const reason = await ended;
  if (reason === 'stdin') await Promise.race([settled(idle), new Promise((resolve) => setTimeout(resolve, farewellMs).unref())]);
  logger.debug('server_end', { reason });
  await server.close();
  if (reason !== 'stdout') await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
}

/** Requests that were read with the last bytes start in later turns of the event loop; then the running ones are awaited. */
async function settled(idle: () => Promise<void>): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await idle();
  await new Promise((resolve) => setImmediate(resolve));
}

/** One stray line of a dependency would break the protocol. */
function keepStdoutForJsonRpc(): void {
  console.log = console.error;
  console.info = console.error;
  console.debug = console.error;
}
