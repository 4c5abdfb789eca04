import { ContractError } from '../errors.ts';
import type { LimitInfo } from './limit-info.ts';

export interface ApiBudgetOptions {
  /** The latest reading of `Sforce-Limit-Info`, if there is one. */
  reading: () => LimitInfo | undefined;
  now: () => number;
  /** From this share of the org's daily API requests on, results carry a warning. In percent. */
  warnPercent: number;
  /** From this share on, calls are refused. In percent. */
  stopPercent: number;
}

/** Older readings say little: somebody else's requests have left the 24 hours meanwhile. */
const staleAfterMs = 5 * 60_000;

/** Keeps this server from using up the requests that the org's other integrations live on. */
export class ApiBudget {
  readonly #options: ApiBudgetOptions;
  #lastProbe = Number.NEGATIVE_INFINITY;

  constructor(options: ApiBudgetOptions) {
    this.#options = options;
  }

  /** Lets a call through, or refuses it before anything is sent. A stale reading lets one call through, which renews it. */
  admit(): void {
    const usage = this.#usageFrom(this.#options.stopPercent);
    if (!usage) return;
    const now = this.#options.now();
    if (now - Math.max(usage.readAt, this.#lastProbe) > staleAfterMs) {
      this.#lastProbe = now;
      return;
    }
    throw new ContractError(
      'RATE_LIMIT_EXCEEDED',
      `${describe(usage)}; from ${this.#options.stopPercent} % on, this server leaves the rest to others and sends nothing. ` +
        'Try again in 5 minutes, or ask an administrator to raise the limit or REVOPS_API_STOP_PERCENT. check_connection still answers.',
      { cause: 'API_BUDGET', retryable: true, used: usage.used, limit: usage.limit },
    );
  }

  /** What a result has to say about the budget. */
  warning(): string | undefined {
    const usage = this.#usageFrom(this.#options.warnPercent);
    return (
      usage &&
      `RATE_LIMIT_WARNING: ${describe(usage)}. Ask only for what is needed; from ${this.#options.stopPercent} % on, calls are refused.`
    );
  }

  #usageFrom(percent: number): LimitInfo | undefined {
    const usage = this.#options.reading();
    return usage !== undefined && usage.limit > 0 && usage.used * 100 >= usage.limit * percent ? usage : undefined;
  }
}

function describe({ used, limit }: LimitInfo): string {
  const share = Math.floor((used / limit) * 100);
  return `${used.toLocaleString('en-US')} of the org's ${limit.toLocaleString('en-US')} API requests of the last 24 hours are used (${share} %)`;
}
