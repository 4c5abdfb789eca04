const DAY_MS = 86_400_000;

/** A time of day. */
export class ApexTime {
  /** Milliseconds since midnight, below 86,400,000: adding beyond either end wraps around. */
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ((ms % DAY_MS) + DAY_MS) % DAY_MS;
  }

  /** `09:04:00.000Z` */
  toString(): string {
    return new Date(this.ms).toISOString().slice(11);
  }
}
