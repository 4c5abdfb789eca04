import type { LockTable } from './lock-table.ts';

/** Somebody else holds the lock of a record. Queries and DML turn it into the platform's errors. */
export class RecordLocked extends Error {
  readonly recordId: string;

  constructor(recordId: string) {
    super(`the record ${recordId} is locked by another transaction`);
    this.name = 'RecordLocked';
    this.recordId = recordId;
  }
}

/** The locks that one transaction holds, in the order in which it took them. */
export class RecordLocks {
  readonly #table: LockTable;
  readonly #held: string[] = [];

  constructor(table: LockTable) {
    this.#table = table;
  }

  /** Those that this transaction does not hold yet. */
  missing(recordIds: readonly string[]): string[] {
    return [...new Set(recordIds)].filter((id) => !this.#table.isHeldBy(this, id));
  }

  /**
   * Locks the records until the transaction ends, all or none.
   * @throws RecordLocked where somebody else holds one
   */
  take(recordIds: readonly string[]): void {
    const missing = this.missing(recordIds);
    const taken = this.#table.take(this, missing);
    if (taken !== null) throw new RecordLocked(taken);
    this.#held.push(...missing);
  }

  /** A place to go back to: how many locks are held now. */
  mark(): number {
    return this.#held.length;
  }

  /** Gives back the locks that were taken since the mark; 0: all. */
  releaseSince(mark: number): void {
    this.#table.release(this, this.#held.splice(mark));
  }
}
