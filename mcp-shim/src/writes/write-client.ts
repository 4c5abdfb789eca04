import type { ContractError } from '../errors.ts';
import { invalidInput } from '../errors.ts';
import type { Logger } from '../observability/logger.ts';
import { writeRequest } from '../salesforce/api-request.ts';
import type { ApiRequest } from '../salesforce/api-request.ts';
import { parseFaults, toContractError } from '../salesforce/error-mapper.ts';
import type { SalesforceGateway, WriteResponse } from '../salesforce/gateway.ts';
import { TransportFailure } from '../salesforce/http-failure.ts';
import { fromPlatformRefusal, fromRefusal, unknownOutcome } from './write-error.ts';
import { parseOutcome, parseRefusal } from './write-outcome.ts';
import type { WriteOutcome } from './write-outcome.ts';

/** The envelope of the Apex write service (APEX_API, "Request"). */
export interface WriteEnvelope {
  /** Idempotency key, a UUID chosen once per previewed change. */
  request_id: string;
  mode: 'commit';
  justification?: string;
  client: string;
  confirmation: 'token';
  input: Readonly<Record<string, unknown>>;
  /** Values that the person saw, by field API name. */
  expected: Readonly<Record<string, unknown>>;
}

/** The service refuses larger bodies. */
const maxBodyBytes = 100_000;

interface WriteClientOptions {
  gateway: SalesforceGateway;
  logger: Logger;
  auditObject: string;
  namespace: string | undefined;
}

/** The Apex write service: the only way this server changes data. */
export class WriteClient {
  readonly #options: WriteClientOptions;

  constructor(options: WriteClientOptions) {
    this.#options = options;
  }

  /** The request as it will be sent. @throws ContractError INVALID_INPUT when it is too large for the service */
  request(operation: string, envelope: WriteEnvelope): ApiRequest {
    const bytes = Buffer.byteLength(JSON.stringify(envelope));
    if (bytes > maxBodyBytes) {
      throw invalidInput(
        `The change takes ${bytes.toLocaleString('en-US')} bytes with the old value, and the write service accepts ${maxBodyBytes.toLocaleString('en-US')}. Shorten new_value or the justification.`,
      );
    }
    return writeRequest(this.#options.namespace, operation, envelope);
  }

  /**
   * Sends the commit once. An error with cause UNKNOWN_OUTCOME means that nobody knows; any other error, that nothing was changed.
   */
  async commit(operation: string, envelope: WriteEnvelope, signal: AbortSignal): Promise<WriteOutcome> {
    const response = await this.#send(this.request(operation, envelope), envelope.request_id, signal);
    const outcome = this.#judge(response, envelope.request_id);
    // The hashes leave the org with this line: the copy against which the audit trail can be checked.
    this.#options.logger.info('write_committed', {
      operation,
      request_id: envelope.request_id,
      replayed: outcome.replayed,
      changed: outcome.changed,
      audit_ids: outcome.audit_ids,
      audit_hashes: outcome.audit_hashes ?? [],
    });
    return outcome;
  }

  async #send(request: ApiRequest, requestId: string, signal: AbortSignal): Promise<WriteResponse> {
    try {
      return await this.#options.gateway.write(request, signal);
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      if (error.kind === 'unreachable') throw toContractError(error);
      throw this.#unknown(`Salesforce ${error.message} while the change was under way.`, requestId, error);
    }
  }

  #judge({ status, body }: WriteResponse, requestId: string): WriteOutcome {
    const outcome = status < 300 ? parseOutcome(body) : undefined;
    if (outcome) return outcome;
    const refusal = status >= 400 ? parseRefusal(body) : undefined;
    if (refusal) throw fromRefusal(refusal, requestId);
    // 4xx is said before any Apex runs; a 401 likewise: the session was refused at the door.
    if (status >= 400 && status < 500) throw fromPlatformRefusal(status, parseFaults(body) ?? [], requestId);
    throw this.#unknown(`Salesforce answered HTTP ${status} without an outcome.`, requestId);
  }

  #unknown(what: string, requestId: string, cause?: unknown): ContractError {
    this.#options.logger.error('write_outcome_unknown', { request_id: requestId });
    return unknownOutcome(what, requestId, this.#options.auditObject, cause);
  }
}
