/** A moment, with milliseconds; they are lost when it is stored. */
export class ApexDatetime {
  /** Epoch milliseconds. */
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }

  /** `2026-11-21T09:04:00.000Z`, as JSON and the APIs write it. */
  toIso(): string {
    return new Date(this.ms).toISOString();
  }

  /** `2026-11-21 09:04:00` in GMT. */
  toString(): string {
    return this.toIso().slice(0, 19).replace('T', ' ');
  }
}
