import { randomUUID } from 'node:crypto';
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

/**
 * Keeps the SDK's answer to a request that was answered before it was loaded: a client takes one answer per request. Until then that
 * request has an id of its own, so that clients which use an id again, or cancel what was answered, lose no other answer.
 */
export class AfterEarlyAnswer extends StdioServerTransport {
  readonly #answered: EarlyAnswer;
  readonly #onDifference: AfterEarlyAnswerOptions['onDifference'];
  readonly #ownId = randomUUID();

  constructor(
    input: NonNullable<ConstructorParameters<typeof StdioServerTransport>[0]>,
    { answered, onDifference }: AfterEarlyAnswerOptions,
  ) {
    super(input);
    this.#answered = answered;
    this.#onDifference = onDifference;
  }

  override async start(): Promise<void> {
    const receive = this.onmessage;
    if (!receive) throw new Error('nobody receives the messages');
    // What was answered is the first message of the input.
    this.onmessage = (message) => {
      this.onmessage = receive;
      receive({ ...message, id: this.#ownId });
    };
    return super.start();
  }

  override async send(message: JSONRPCMessage): Promise<void> {
    if (!('id' in message) || message.id !== this.#ownId) return super.send(message);
    const answer: JSONRPCMessage = { ...message, id: this.#answered.id };
    if (!isDeepStrictEqual(answer, this.#answered)) this.#onDifference(answer);
  }
}
