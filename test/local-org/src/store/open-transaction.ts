import type { DatabaseSync } from 'node:sqlite';
import { quoted } from './columns.ts';

interface Savepoint {
  readonly name: string;
  /** Whether there were uncommitted writes when it was set. */
  readonly written: boolean;
}

/**
 * The one transaction that is open on a connection, with its savepoints. It can make room for another transaction: a real
 * one while it has nothing of its own to lose, else one whose writes are undone.
 * @see https://www.sqlite.org/lang_savepoint.html
 */
export class OpenTransaction {
  readonly #db: DatabaseSync;
  #state: 'none' | 'open' | 'rehearsing' = 'none';
  #written = false;
  #savepoints: Savepoint[] = [];

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Whether something was written that is neither committed nor undone. */
  get written(): boolean {
    return this.#written;
  }

  noteWrite(): void {
    this.#written = true;
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
    this.#savepoints.push({ name, written: this.#written });
  }

  rollbackTo(name: string): void {
    this.#db.exec(`ROLLBACK TO ${quoted(name)}`);
    const at = this.#latest(name);
    this.#written = this.#savepoints[at]?.written ?? false;
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
    if (this.#written) throw new Error('a transaction with uncommitted writes cannot be suspended');
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
   * Runs `work` with transactions of its own inside the open one, and undoes what they wrote.
   * @returns whether any of them would have committed a write
   */
  rehearse(work: () => void): { readonly wrote: boolean } {
    if (this.#state !== 'open') throw new Error('there is no open transaction to rehearse in');
    const outer = { savepoints: this.#savepoints, written: this.#written };
    this.#db.exec('SAVEPOINT "rehearsal"');
    this.#state = 'rehearsing';
    this.#written = false;
    try {
      work();
      return { wrote: this.#written };
    } finally {
      this.#db.exec('ROLLBACK TO "rehearsal"');
      this.#db.exec('RELEASE "rehearsal"');
      this.#state = 'open';
      this.#savepoints = outer.savepoints;
      this.#written = outer.written;
    }
  }

  #runRehearsed<T>(work: () => T): T {
    const before = this.#written;
    this.#savepoints = [];
    this.#db.exec('SAVEPOINT "rehearsed"');
    try {
      const result = work();
      this.#db.exec('RELEASE "rehearsed"');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK TO "rehearsed"');
      this.#db.exec('RELEASE "rehearsed"');
      this.#written = before;
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
    this.#written = false;
    this.#savepoints = [];
  }

  /** SQLite goes back to the latest savepoint of a name. */
  #latest(name: string): number {
    return this.#savepoints.findLastIndex((savepoint) => savepoint.name === name);
  }
}
