import { isDeepStrictEqual } from 'node:util';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { EarlyAnswer } from '../handshake/early-answer.ts';

interface AfterEarlyAnswerOptions {
  /** What the client has been told already. */
  answered: EarlyAnswer;
  /** Runs if the SDK would have answered otherwise: the build is not of one piece. */
  onDifference: (answer: JSONRPCMessage) => void;
}

/** Keeps the SDK's answer to a request that was answered before it was loaded: a client takes one answer per request. */
export class AfterEarlyAnswer extends StdioServerTransport {
  #answered: EarlyAnswer | undefined;
  readonly #onDifference: AfterEarlyAnswerOptions['onDifference'];

  constructor(
    input: NonNullable<ConstructorParameters<typeof StdioServerTransport>[0]>,
    { answered, onDifference }: AfterEarlyAnswerOptions,
  ) {
    super(input);
    this.#answered = answered;
    this.#onDifference = onDifference;
  }

  override async send(message: JSONRPCMessage): Promise<void> {
    const answered = this.#answered;
    // The server's own requests have ids as well.
    if (!answered || 'method' in message || message.id !== answered.id) return super.send(message);
    this.#answered = undefined;
    if (!isDeepStrictEqual(message, answered)) this.#onDifference(message);
  }
}
