import { LimitExceeded, type Governor, type LimitName } from './types.ts';

/**
 * Maxima of a synchronous transaction. Processor time is counted in statements, so that an endless loop ends after the
 * same work on every machine.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_gov_limits.htm
 */
const SYNCHRONOUS_LIMITS: Readonly<Record<LimitName, number>> = {
  queries: 100,
  queryRows: 50_000,
  dmlStatements: 150,
  dmlRows: 10_000,
  statements: 5_000_000,
  heap: 6_000_000,
};

/** What the platform says; the number is the use that went past the maximum. */
const MESSAGES: Readonly<Record<LimitName, (used: number) => string>> = {
  queries: (used) => `Too many SOQL queries: ${used}`,
  queryRows: (used) => `Too many query rows: ${used}`,
  dmlStatements: (used) => `Too many DML statements: ${used}`,
  dmlRows: (used) => `Too many DML rows: ${used}`,
  statements: () => 'Apex CPU time limit exceeded',
  heap: (used) => `Apex heap size too large: ${used}`,
};

type Counters = Record<LimitName, number>;

/** Counters of one transaction. A rollback does not touch them. */
export class GovernorLimits implements Governor {
  readonly #maxima: Readonly<Record<LimitName, number>>;
  #counters: Counters = zero();

  /** @param maxima those that differ from a synchronous transaction's */
  constructor(maxima: Partial<Record<LimitName, number>> = {}) {
    this.#maxima = { ...SYNCHRONOUS_LIMITS, ...maxima };
  }

  count(limit: LimitName, by = 1): void {
    const used = (this.#counters[limit] += by);
    if (used > this.#maxima[limit]) throw new LimitExceeded(MESSAGES[limit](used));
  }

  used(limit: LimitName): number {
    return this.#counters[limit];
  }

  max(limit: LimitName): number {
    return this.#maxima[limit];
  }

  fresh(): () => void {
    const outer = this.#counters;
    this.#counters = zero();
    return () => {
      this.#counters = outer;
    };
  }
}

function zero(): Counters {
  return { queries: 0, queryRows: 0, dmlStatements: 0, dmlRows: 0, statements: 0, heap: 0 };
}
