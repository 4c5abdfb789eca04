import { ContractError } from '../errors.ts';
import type { ApiRequest } from '../salesforce/api-request.ts';
import { TimeCache } from '../salesforce/time-cache.ts';
import type { WriteClient } from './write-client.ts';
import type { WritableFields } from './write-outcome.ts';

const lifetimeMs = 15 * 60_000;

/** What the service lets this user write of each object. Kept for 15 minutes; failures are not kept. */
export class WritePolicies {
  readonly #client: WriteClient;
  readonly #known: TimeCache<WritableFields>;

  constructor(client: WriteClient, now: () => number) {
    this.#client = client;
    this.#known = new TimeCache(lifetimeMs, now);
  }

  /** @returns the error in its place, where the service does not say */
  async get(objectType: string, signal: AbortSignal): Promise<WritableFields | ContractError> {
    const key = objectType.toLowerCase();
    const kept = this.#known.peek(key);
    if (kept) return kept;
    const answer = await this.#client.writable(objectType, signal);
    if (!(answer instanceof ContractError)) this.#known.set(key, answer);
    return answer;
  }

  /** The request that `get` would send. */
  plan(objectType: string): ApiRequest[] {
    return this.#known.peek(objectType.toLowerCase()) ? [] : [this.#client.writableRequest(objectType)];
  }
}
