import { ContractError } from '../errors.ts';
import type { NamedQuery } from './api-request.ts';
import type { QueryResult, SalesforceRecord } from './gateway.ts';
import { TimeCache } from './time-cache.ts';

export type Answers = ReadonlyMap<string, QueryResult | ContractError>;

/** What a composite has to ask for, and what to make of its answers. */
export interface PendingLookUp<Value> {
  /** Empty while the answer is known. */
  queries: readonly NamedQuery[];
  /** @throws ContractError what the org answered in place of rows */
  resolve(answers: Answers): Value;
}

/** The rows of one query of a composite. @throws ContractError what the org answered in their place */
export function rowsOf(answers: Answers, ref: string): SalesforceRecord[] {
  const answer = answers.get(ref);
  if (answer instanceof ContractError) throw answer;
  if (answer) return answer.records;
  throw new ContractError('SF_API_ERROR', 'Salesforce left a query out of its answer. Call again.', {
    cause: 'UNEXPECTED_RESPONSE',
    retryable: true,
  });
}

/** The query asks for an object or a field that is not visible to this user; the platform does not tell that from one that is not there. */
export function isHidden(answers: Answers, ref: string): boolean {
  const answer = answers.get(ref);
  return answer instanceof ContractError && ['INVALID_TYPE', 'INVALID_FIELD'].includes(String(answer.details.sf_code));
}

const lifetimeMs = 15 * 60_000;

/** A slow fact of the org, asked for together with whatever else a tool reads, and kept for 15 minutes. Failures are not kept. */
export class LookUp<Value> {
  readonly #query: NamedQuery;
  readonly #read: (rows: QueryResult['records']) => Value;
  readonly #known: TimeCache<Value>;

  constructor(query: NamedQuery, read: (rows: QueryResult['records']) => Value, now: () => number) {
    this.#query = query;
    this.#read = read;
    this.#known = new TimeCache(lifetimeMs, now);
  }

  pending(): PendingLookUp<Value> {
    const known = this.#known.peek(this.#query.ref);
    return known === undefined ? this.fresh() : { queries: [], resolve: () => known };
  }

  /** Asks the org even where the answer is known. */
  fresh(): PendingLookUp<Value> {
    return {
      queries: [this.#query],
      resolve: (answers) => {
        const answer = answers.get(this.#query.ref);
        if (answer instanceof ContractError) throw answer;
        const value = this.#read(answer?.records ?? []);
        this.#known.set(this.#query.ref, value);
        return value;
      },
    };
  }
}
