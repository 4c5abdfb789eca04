import type { Schema } from '../schema/types.ts';
import type { Store } from '../store/types.ts';
import type { Clock } from './clock.ts';
import { GovernorLimits } from './governor-limits.ts';
import { LockTable } from './lock-table.ts';
import type { Point, Races } from './races.ts';
import { RecordLocks } from './record-locks.ts';
import { SavepointStack } from './savepoint-stack.ts';
import type { Governor, LimitName, RunningUser, Transaction } from './types.ts';

export interface TransactionOptions {
  readonly schema: Schema;
  readonly store: Store;
  readonly user: RunningUser;
  /** 18 characters. */
  readonly orgId: string;
  readonly now: Clock;
  readonly uuid: () => string;
  /** Default: the next UUID. */
  readonly requestId?: string;
  /** Maxima that differ from a synchronous transaction's. */
  readonly limits?: Partial<Record<LimitName, number>>;
  /** The org's other transactions; default: there are none. */
  readonly races?: Races;
}

/** A transaction on a store. Who begins it commits or undoes it, through `store.transaction`, and then releases its locks. */
export function beginTransaction(options: TransactionOptions): Transaction {
  return new OrgTransaction(options);
}

/**
 * Runs `work` as the local org's own all-or-nothing step: what it did is kept when it answers true, undone when it answers
 * false or throws. It is no savepoint of the guest's, so no limit counts it and no guest code can roll back over it.
 * @returns what `work` answered
 */
export function attempt(tx: Transaction, work: () => boolean): boolean {
  if (!(tx instanceof OrgTransaction)) throw new Error('only a transaction of beginTransaction can be written through');
  return tx.savepoints.attempt(work);
}

class OrgTransaction implements Transaction {
  readonly schema: Schema;
  readonly store: Store;
  readonly limits: Governor;
  readonly now: Clock;
  readonly orgId: string;
  readonly requestId: string;
  readonly uuid: () => string;
  readonly locks: RecordLocks;
  readonly reach: (point: Point) => void;
  readonly savepoints: SavepointStack;
  user: RunningUser;

  constructor(options: TransactionOptions) {
    this.schema = options.schema;
    this.store = options.store;
    this.user = options.user;
    this.orgId = options.orgId;
    this.now = options.now;
    this.uuid = options.uuid;
    this.requestId = options.requestId ?? options.uuid();
    this.limits = new GovernorLimits(options.limits);
    this.locks = new RecordLocks(options.races?.locks ?? new LockTable());
    this.reach = options.races?.begin() ?? (() => undefined);
    this.savepoints = new SavepointStack(options.store, this.locks);
  }

  // Setting a savepoint and rolling back count as DML statements, not as DML rows (langCon_apex_transaction_control).
  setSavepoint(): string {
    this.limits.count('dmlStatements');
    return this.savepoints.set();
  }

  rollback(savepoint: string): void {
    this.limits.count('dmlStatements');
    this.savepoints.rollback(savepoint);
  }

  releaseSavepoint(savepoint: string): void {
    this.savepoints.release(savepoint);
  }
}
