import type { Store } from '../store/types.ts';
import { LockTable } from './lock-table.ts';

/** A place in a transaction before which another one may run: a query, the taking of locks, a DML statement. */
export interface Point {
  readonly kind: 'query' | 'lock' | 'dml';
  /** The object that is queried, locked or changed. */
  readonly object: string;
}

/** What became of a rival. */
export interface RivalOutcome {
  /** The point before which it ran. */
  readonly point: Point;
  /** A lock was refused to it; else it ran free. */
  readonly lockedOut: boolean;
}

export interface Rival {
  /** The point before which it runs, counted from 1. */
  readonly before: number;
  /** One request, whole and synchronous: `org.transaction(user, (tx) => org.engine.rest(call, tx))`. */
  readonly run: () => void;
}

/** One transaction under observation. */
export class Watch {
  readonly #points: Point[] = [];
  readonly rival: Rival | null;
  /** Null as long as the rival has not run: the transaction has not got that far, or there is none. */
  outcome: RivalOutcome | null = null;

  constructor(rival: Rival | null) {
    this.rival = rival;
  }

  /** The points that the transaction has passed, in order. */
  get points(): readonly Point[] {
    return this.#points;
  }

  /** @returns whether the rival's turn has come */
  pass(point: Point): boolean {
    return this.#points.push(point) === this.rival?.before;
  }
}

/** Who holds which record of an org, and how tests bring about races: everything runs in one turn, so nothing races by itself. */
export class Races {
  readonly locks = new LockTable();
  readonly #store: Store;
  #next: Watch | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Locks a record for nobody in particular. @returns the release */
  hold(recordId: string): () => void {
    const holder = {};
    if (this.locks.take(holder, [recordId]) !== null) throw new Error(`the record ${recordId} is locked already`);
    return () => this.locks.release(holder, [recordId]);
  }

  /** Watches the next transaction that begins, and lets a rival run in it. */
  watch(rival: Rival | null): Watch {
    if (this.#next) throw new Error('a watch waits for the next transaction already');
    this.#next = new Watch(rival);
    return this.#next;
  }

  /** Called as a transaction begins; what it answers is to be called at each point. */
  begin(): (point: Point) => void {
    if (!this.#next) return () => undefined;
    const watch = this.#next;
    this.#next = null;
    return (point) => {
      if (watch.pass(point) && watch.rival) watch.outcome = { point, lockedOut: this.#interrupt(watch.rival, point) };
    };
  }

  #interrupt(rival: Rival, point: Point): boolean {
    const refusals = this.locks.refusals;
    if (!this.#store.hasUncommittedWrites()) {
      this.#store.suspend(rival.run);
      return this.locks.refusals > refusals;
    }
    const { wrote } = this.#store.rehearse(rival.run);
    if (!wrote && this.locks.refusals > refusals) return true;
    throw new Error(
      `The rival before ${point.kind} ${point.object} ${wrote ? 'committed a change' : 'met no lock'}, but the transaction that it ` +
        'interrupts has uncommitted writes, of which it must not see anything: there it can only be shown to be locked out.',
    );
  }
}
