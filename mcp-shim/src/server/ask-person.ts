import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { JsonSchemaValidator, jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js';
import type { Logger } from '../observability/logger.ts';
import type { Approval } from '../writes/approval.ts';

/** Below the 60 seconds after which clients give a call up. */
export const approvalTimeLimitMs = 45_000;

/** The form has no fields, so there is nothing to check in what comes back; a validator of JSON schemas would add a third to the start. */
export const formWithoutFields: jsonSchemaValidator = {
  getValidator<Content>(): JsonSchemaValidator<Content> {
    return (input) => ({ valid: true, data: input as Content, errorMessage: undefined });
  },
};

interface AskPersonOptions {
  server: Server;
  logger: Logger;
  timeLimitMs: number;
}

/**
 * Asks by elicitation, where the client declared it; otherwise undefined. A form without fields: the client's own buttons for
 * accept, decline and cancel are the answer.
 */
export function personAt(
  options: AskPersonOptions,
  requestId: RequestId,
): ((question: string, signal: AbortSignal) => Promise<Approval>) | undefined {
  if (!options.server.getClientCapabilities()?.elicitation?.form) return undefined;
  return (question, signal) => ask(options, requestId, question, signal);
}

async function ask(
  { server, logger, timeLimitMs }: AskPersonOptions,
  requestId: RequestId,
  message: string,
  signal: AbortSignal,
): Promise<Approval> {
  try {
    const { action } = await server.elicitInput(
      { message, requestedSchema: { type: 'object', properties: {} } },
      { timeout: timeLimitMs, signal, relatedRequestId: requestId },
    );
    if (action === 'accept') return 'approved';
    return action === 'decline' ? 'declined' : 'dismissed';
  } catch (error) {
    signal.throwIfAborted();
    // No answer in time, or a client that declares more than it does: the token still lets a person confirm.
    logger.warn('elicitation_failed', { error: error instanceof Error ? error.message : String(error) });
    return 'no_answer';
  }
}
