import { setTimeout as delay } from 'node:timers/promises';
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

/** When stdin closes, calls under way may still end and be answered, for this long; signals end them at once. */
const farewellMs = 5_000;

/** What has been answered before a signal may still be written, for this long: a host that stopped reading keeps nobody. */
const lastWriteMs = 500;

/** Time alone keeps no process. */
const unref = { ref: false };

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
  const signalled = new Promise<string>((resolve) => {
    process.once('SIGTERM', () => resolve('SIGTERM'));
    process.once('SIGINT', () => resolve('SIGINT'));
  });
  const ended = new Promise<string>((resolve) => {
    input.once('end', () => resolve('stdin'));
    // A connection that breaks has no end of its own. It may have broken before this was loaded.
    process.stdin.on('error', (error) => logger.debug('stdin_broken', { error: error.message }));
    process.stdin.once('close', () => input.end());
    if (process.stdin.destroyed) input.end();
    // Each answer that is on its way may fail.
    process.stdout.on('error', () => resolve('stdout'));
    server.onclose = () => resolve('transport');
  });
  // All answers wait for a slow reader together.
  process.stdout.setMaxListeners(0);
  // A host that stops reading the log must not end the server.
  process.stderr.on('error', () => undefined);
  server.onerror = (error) => logger.warn('protocol_error', { error: error.message });
  server.oninitialized = () => setImmediate(onInitialized);
  const lines = process.stdin.pipe(input);
  const onDifference = (answer: unknown): void =>
    logger.error('handshake_differs', { message: 'initialize was answered otherwise than the server does. Run npm run build.', answer });
  await server.connect(answered ? new AfterEarlyAnswer(lines, { answered, onDifference }) : new StdioServerTransport(lines));
  const first = await Promise.race([ended, signalled]);
  const reason =
    first === 'stdin' ? await Promise.race([settled(idle).then(() => first), signalled, delay(farewellMs, first, unref)]) : first;
  logger.debug('server_end', { reason });
  await server.close();
  if (reason === 'stdout') return;
  const written = new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  await Promise.race([written, delay(farewellMs, undefined, unref), signalled.then(() => delay(lastWriteMs, undefined, unref))]);
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
