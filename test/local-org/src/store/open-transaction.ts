import type { DatabaseSync } from 'node:sqlite';
import { quoted } from './columns.ts';

interface Savepoint {
  readonly name: string;
  /** How many writes were uncommitted when it was set. */
  readonly writes: number;
}

/**
 * The one transaction that is open on a connection, with its savepoints. It can make room for another transaction: a real
 * one while it has nothing of its own to lose, else one whose writes are undone.
 * @see https://www.sqlite.org/lang_savepoint.html
 */
export class OpenTransaction {
  readonly #db: DatabaseSync;
  #state: 'none' | 'open' | 'rehearsing' = 'none';
  /** What takes back each write that is neither committed nor undone. */
  #writes: (() => void)[] = [];
  #savepoints: Savepoint[] = [];

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Whether something was written that is neither committed nor undone. */
  get written(): boolean {
    return this.#writes.length > 0;
  }

  /** @param takeBack undoes the write in the database, and nothing else; writes are taken back from the last to the first */
  noteWrite(takeBack: () => void): void {
    this.#writes.push(takeBack);
  }

  /** Runs `work` between BEGIN and COMMIT; ROLLBACK where it throws. */
  run<T>(work: () => T): T {
    if (this.#state === 'rehearsing') return this.#runRehearsed(work);
    if (this.#state === 'open') throw new Error('a transaction is open on this store already: transactions do not nest');
    this.#begin();
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite ends the transaction by itself after some errors (disk full, out of memory).
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    } finally {
      this.#reset();
    }
  }

  savepoint(name: string): void {
    this.#db.exec(`SAVEPOINT ${quoted(name)}`);
    this.#savepoints.push({ name, writes: this.#writes.length });
  }

  rollbackTo(name: string): void {
    this.#db.exec(`ROLLBACK TO ${quoted(name)}`);
    const at = this.#latest(name);
    this.#writes.length = this.#savepoints[at]?.writes ?? 0;
    this.#savepoints.length = at + 1;
  }

  release(name: string): void {
    this.#db.exec(`RELEASE ${quoted(name)}`);
    this.#savepoints.length = this.#latest(name);
  }

  /**
   * Ends the open transaction, which has written nothing, runs `work` with transactions of its own, and begins again with
   * the same savepoints: what `work` committed stays, whatever becomes of the open transaction.
   */
  suspend<T>(work: () => T): T {
    if (this.#state !== 'open') throw new Error('there is no open transaction to suspend');
    if (this.written) throw new Error('a transaction with uncommitted writes cannot be suspended');
    const savepoints = this.#savepoints;
    this.#db.exec('COMMIT');
    this.#reset();
    try {
      return work();
    } finally {
      this.#begin();
      for (const { name } of savepoints) this.savepoint(name);
    }
  }

  /**
   * Runs `work` with transactions of its own, which see nothing of what the open one has not committed, and undoes what they wrote.
   * @returns whether any of them would have committed a write
   */
  rehearse(work: () => void): { readonly wrote: boolean } {
    if (this.#state !== 'open') throw new Error('there is no open transaction to rehearse in');
    const outer = { savepoints: this.#savepoints, writes: this.#writes };
    this.#db.exec('SAVEPOINT "rehearsal"');
    this.#state = 'rehearsing';
    this.#writes = [];
    try {
      for (const takeBack of outer.writes.toReversed()) takeBack();
      work();
      return { wrote: this.written };
    } finally {
      this.#db.exec('ROLLBACK TO "rehearsal"');
      this.#db.exec('RELEASE "rehearsal"');
      this.#state = 'open';
      this.#savepoints = outer.savepoints;
      this.#writes = outer.writes;
    }
  }

  #runRehearsed<T>(work: () => T): T {
    const before = this.#writes.length;
    this.#savepoints = [];
    this.#db.exec('SAVEPOINT "rehearsed"');
    try {
      const result = work();
      this.#db.exec('RELEASE "rehearsed"');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK TO "rehearsed"');
      this.#db.exec('RELEASE "rehearsed"');
      this.#writes.length = before;
      throw error;
    }
  }

  #begin(): void {
    this.#db.exec('BEGIN');
    this.#reset();
    this.#state = 'open';
  }

  #reset(): void {
    this.#state = 'none';
    this.#writes = [];
    this.#savepoints = [];
  }

  /** SQLite goes back to the latest savepoint of a name. */
  #latest(name: string): number {
    return this.#savepoints.findLastIndex((savepoint) => savepoint.name === name);
  }
}
