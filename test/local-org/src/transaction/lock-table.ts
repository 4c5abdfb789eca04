/** Whoever holds record locks: a transaction, or a test that plays one. */
export type LockHolder = object;

/**
 * Which records of an org are locked, and by whom. There is no waiting: a request for a lock that somebody else holds fails
 * at once, where the platform waits up to 10 seconds first.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_locking_statements.htm
 */
export class LockTable {
  readonly #holders = new Map<string, LockHolder>();
  #refusals = 0;

  /** How often a lock was refused so far. */
  get refusals(): number {
    return this.#refusals;
  }

  isHeldBy(holder: LockHolder, recordId: string): boolean {
    return this.#holders.get(recordId) === holder;
  }

  /** Locks all these records, or none: then answers the first that somebody else holds. */
  take(holder: LockHolder, recordIds: readonly string[]): string | null {
    const taken = recordIds.find((id) => this.#holders.has(id) && !this.isHeldBy(holder, id));
    if (taken !== undefined) {
      this.#refusals++;
      return taken;
    }
    for (const id of recordIds) this.#holders.set(id, holder);
    return null;
  }

  release(holder: LockHolder, recordIds: readonly string[]): void {
    for (const id of recordIds) if (this.isHeldBy(holder, id)) this.#holders.delete(id);
  }
}
