import type { Store } from '../store/types.ts';
import type { RecordLocks } from './record-locks.ts';
import { InvalidSavepoint } from './types.ts';

interface Open {
  readonly name: string;
  /** Set by the guest, or by the local org around a DML statement. */
  readonly kind: 'guest' | 'inner';
  /** Where the transaction's locks stood; a rollback gives back those taken since. */
  readonly locks: number;
}

/**
 * The savepoints that are open, in the order in which they were set, as SQLite keeps them: going back to one forgets the
 * later ones. What the guest sets inside a DML statement (in a trigger) cannot reach past the statement.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_transaction_control.htm
 */
export class SavepointStack {
  readonly #store: Store;
  readonly #locks: RecordLocks;
  readonly #open: Open[] = [];
  #set = 0;

  constructor(store: Store, locks: RecordLocks) {
    this.#store = store;
    this.#locks = locks;
  }

  set(): string {
    return this.#push('guest');
  }

  /** Undoes what was done since, locks included; the savepoint itself stays, those set after it are gone. */
  rollback(name: string): void {
    const at = this.#reachable(name, 'roll back to');
    this.#rollbackTo(at);
    this.#open.length = at + 1;
  }

  /** Forgets a savepoint, and those set after it, and keeps what was done since. */
  release(name: string): void {
    const at = this.#reachable(name, 'release');
    this.#store.release(name);
    this.#open.length = at;
  }

  /** Runs `work`; what it did is kept when it answers true, undone when it answers false or throws. */
  attempt(work: () => boolean): boolean {
    const name = this.#push('inner');
    let kept = false;
    try {
      kept = work();
      return kept;
    } finally {
      const at = this.#open.findIndex((open) => open.name === name);
      if (!kept) this.#rollbackTo(at);
      this.#store.release(name);
      this.#open.length = at;
    }
  }

  #rollbackTo(at: number): void {
    const savepoint = this.#open[at];
    if (!savepoint) throw new Error('a rollback to a savepoint that is not open');
    this.#store.rollbackTo(savepoint.name);
    this.#locks.releaseSince(savepoint.locks);
  }

  #push(kind: Open['kind']): string {
    const name = `${kind}_${++this.#set}`;
    this.#store.savepoint(name);
    this.#open.push({ name, kind, locks: this.#locks.mark() });
    return name;
  }

  #reachable(name: string, verb: string): number {
    const at = this.#open.findIndex((open) => open.name === name && open.kind === 'guest');
    if (at < 0) throw new InvalidSavepoint(`Cannot ${verb} a savepoint that was released or rolled back over`);
    if (this.#open.slice(at).some((open) => open.kind === 'inner')) {
      throw new InvalidSavepoint(`Cannot ${verb} a savepoint that was set in another trigger context`);
    }
    return at;
  }
}
