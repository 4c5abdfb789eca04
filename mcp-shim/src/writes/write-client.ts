import { ContractError, invalidInput } from '../errors.ts';
import type { Logger } from '../observability/logger.ts';
import { serviceObjectRequest, serviceStatusRequest, writeRequest } from '../salesforce/api-request.ts';
import type { ApiRequest } from '../salesforce/api-request.ts';
import { parseFaults, toContractError } from '../salesforce/error-mapper.ts';
import type { SalesforceGateway, WriteResponse } from '../salesforce/gateway.ts';
import { TransportFailure } from '../salesforce/http-failure.ts';
import { untilKnown } from './until-known.ts';
import type { Verdict } from './until-known.ts';
import { fromPlatformRefusal, fromRefusal, serviceMissing, unknownOutcome } from './write-error.ts';
import { parseOutcome, parsePreview, parseRefusal, parseStatus, parseWritable } from './write-outcome.ts';
import type { PreviewOutcome, ServiceStatus, WritableFields, WriteOutcome } from './write-outcome.ts';

/** How a person agreed, as the audit row keeps it: by token, asked by this server, or in the host's own dialog. */
export type Confirmation = 'token' | 'elicitation' | 'host';

/** A change that somebody wants: what stays the same from its preview to its commit. */
export interface WriteIntent {
  /** Idempotency key, a UUID chosen once per change. */
  request_id: string;
  justification?: string;
  client: string;
  input: Readonly<Record<string, unknown>>;
}

/** The commit of a change, with the values that the person saw, by field API name. */
export interface Commit extends WriteIntent {
  confirmation: Confirmation;
  expected?: Readonly<Record<string, unknown>>;
}

/**
 * A session or a request line that was not accepted, whoever says so: nothing ran. Any other 4xx tells that nothing ran only when
 * it carries Salesforce's error array; without one it may be a proxy's word about a request that had already gone through.
 */
const refusedAtTheDoor = new Set([401, 414, 431]);

/** The service refuses larger bodies. */
const maxBodyBytes = 100_000;

/** A commit that gets no answer is given up after this share of the call's time, and sent again. */
const triesInTime = 3;

interface WriteClientOptions {
  gateway: SalesforceGateway;
  logger: Logger;
  /** How long one call may take. */
  timeLimitMs: number;
  namespace: string | undefined;
}

/** The Apex write service: the only way this server changes data. */
export class WriteClient {
  readonly #options: WriteClientOptions;

  constructor(options: WriteClientOptions) {
    this.#options = options;
  }

  statusRequest(): ApiRequest {
    return serviceStatusRequest(this.#options.namespace);
  }

  /** The request as it will be sent. @throws ContractError INVALID_INPUT when it is too large for the service */
  previewRequest(operation: string, intent: WriteIntent): ApiRequest {
    return this.#request(operation, { mode: 'preview', ...intent });
  }

  /** The request as it will be sent. @throws ContractError INVALID_INPUT when it is too large for the service */
  commitRequest(operation: string, commit: Commit): ApiRequest {
    return this.#request(operation, { mode: 'commit', ...commit });
  }

  /** @throws ContractError where the service is not there, may not be called, or answers something else */
  async status(signal: AbortSignal): Promise<ServiceStatus> {
    const body = await this.#options.gateway.serviceStatus(signal).catch((error: unknown) => {
      if (error instanceof ContractError && error.details['http_status'] === 404) throw serviceMissing();
      if (error instanceof ContractError && error.details.sf_code === 'FORBIDDEN')
        throw fromPlatformRefusal(403, [{ errorCode: 'FORBIDDEN', message: '' }]);
      throw error;
    });
    const status = parseStatus(body);
    if (status) return status;
    throw wrongVersion();
  }

  writableRequest(objectType: string): ApiRequest {
    return serviceObjectRequest(this.#options.namespace, objectType);
  }

  /** @returns the error, where the service does not say: what may be read is not its matter */
  async writable(objectType: string, signal: AbortSignal): Promise<WritableFields | ContractError> {
    try {
      return parseWritable(await this.#options.gateway.serviceObject(objectType, signal)) ?? wrongVersion();
    } catch (error) {
      if (error instanceof ContractError && !signal.aborted) return error.code === 'NOT_FOUND' ? serviceMissing() : error;
      throw error;
    }
  }

  /** Tries the change in the org, where it is rolled back. Any error means that nothing was changed. */
  async preview(operation: string, intent: WriteIntent, signal: AbortSignal): Promise<PreviewOutcome> {
    const response = await this.#options.gateway.write(this.previewRequest(operation, intent), signal).catch((error: unknown) => {
      throw toContractError(error);
    });
    const outcome = response.status < 300 ? parsePreview(response.body) : undefined;
    if (outcome) return outcome;
    const refusal = response.status >= 400 ? parseRefusal(response.body) : undefined;
    if (refusal) throw fromRefusal(refusal, operation, intent.request_id);
    throw fromPlatformRefusal(response.status, parseFaults(response.body) ?? [], intent.request_id);
  }

  /**
   * Sends the commit until its outcome is known: the service carries a request id out once and replays its answer.
   * An error with cause UNKNOWN_OUTCOME means that it could not be learned in time; any other error, that nothing was changed.
   * @param mayHaveRun an earlier call sent this commit and did not learn of its outcome
   */
  async commit(operation: string, commit: Commit, signal: AbortSignal, mayHaveRun = false): Promise<WriteOutcome> {
    const request = this.commitRequest(operation, commit);
    const outcome = await untilKnown({
      attempt: (wholeCall) => this.#attempt(operation, request, commit, wholeCall),
      onRepeat: (said, attempt) =>
        this.#options.logger.warn('write_repeated', { operation, request_id: commit.request_id, attempt, reason: said }),
      unknown: ({ said, httpStatus, cause }) => {
        this.#options.logger.error('write_outcome_unknown', { operation, request_id: commit.request_id });
        return unknownOutcome(said, commit, httpStatus, cause);
      },
      earlier: mayHaveRun ? { said: 'Salesforce has not told what became of this change.' } : undefined,
      signal,
    });
    // The hashes leave the org with this line: the copy against which the audit trail can be checked.
    this.#options.logger.info('write_committed', {
      operation,
      request_id: commit.request_id,
      confirmation: commit.confirmation,
      replayed: outcome.replayed,
      changed: outcome.changed,
      audit_ids: outcome.audit_ids,
      audit_hashes: outcome.audit_hashes ?? [],
    });
    return outcome;
  }

  #request(operation: string, body: Record<string, unknown>): ApiRequest {
    const bytes = Buffer.byteLength(JSON.stringify(body));
    if (bytes > maxBodyBytes) {
      const withOld = body['expected'] === undefined ? '' : ' with the old value';
      throw invalidInput(
        `The change takes ${bytes.toLocaleString('en-US')} bytes${withOld}, and the write service accepts ${maxBodyBytes.toLocaleString('en-US')}. Shorten the texts or the justification.`,
      );
    }
    return writeRequest(this.#options.namespace, operation, body);
  }

  /** One try, which may take a share of the call's time, so that a connection that died in silence leaves room for another. */
  async #attempt(operation: string, request: ApiRequest, commit: Commit, wholeCall: AbortSignal): Promise<Verdict> {
    const signal = AbortSignal.any([wholeCall, AbortSignal.timeout(Math.ceil(this.#options.timeLimitMs / triesInTime))]);
    try {
      return this.#judge(await this.#options.gateway.write(request, signal, wholeCall), operation, commit);
    } catch (error) {
      if (error instanceof ContractError) return { kind: 'refused', error, byService: false };
      if (!(error instanceof TransportFailure)) throw error;
      if (error.kind === 'unreachable') return { kind: 'refused', error: toContractError(error) as ContractError, byService: false };
      return { kind: 'open', said: `Salesforce ${error.message} while the change was under way.`, cause: error };
    }
  }

  #judge({ status, body }: WriteResponse, operation: string, { request_id: requestId, confirmation }: Commit): Verdict {
    const outcome = status < 300 ? parseOutcome(body) : undefined;
    if (outcome) return { kind: 'done', outcome };
    const refusal = status >= 400 ? parseRefusal(body) : undefined;
    if (refusal) {
      const error = fromRefusal(refusal, operation, requestId, confirmation);
      // A lock may be that of the first try, which is still running; a fault may have come before the service looked for it.
      return { kind: 'refused', error, byService: status < 500 && refusal.error.code !== 'ROW_LOCKED' };
    }
    const faults = parseFaults(body);
    if (status < 500 && (faults || refusedAtTheDoor.has(status))) {
      return { kind: 'refused', error: fromPlatformRefusal(status, faults ?? [], requestId), byService: false };
    }
    return { kind: 'open', said: `Salesforce answered HTTP ${status} without an outcome.`, httpStatus: status };
  }
}

function wrongVersion(): ContractError {
  return new ContractError(
    'SF_API_ERROR',
    'The Apex write service answers, but not as this server expects: its version does not fit. Deploy the force-app that belongs to this server.',
    { cause: 'WRITE_SERVICE_VERSION' },
  );
}
