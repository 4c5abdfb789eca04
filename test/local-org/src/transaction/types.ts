import type { Schema } from '../schema/types.ts';
import type { Store } from '../store/types.ts';
import type { Point } from './races.ts';
import type { RecordLocks } from './record-locks.ts';

/** The running user, as the rest of the org needs to know it. */
export interface RunningUser {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly profileId: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly language: string;
  readonly userType: string;
}

/** Counted use of the governor limits. `used` never goes down, not by a rollback either. */
export interface Governor {
  /** Adds to a counter and throws `LimitExceeded` past its maximum. */
  count(limit: LimitName, by?: number): void;
  used(limit: LimitName): number;
  max(limit: LimitName): number;
  /** Fresh counters inside Test.startTest … stopTest; returns the restore function. */
  fresh(): () => void;
}

export type LimitName = 'queries' | 'queryRows' | 'dmlStatements' | 'dmlRows' | 'statements' | 'heap';

/** Cannot be caught by guest code, finally blocks included; the whole request is undone. */
export class LimitExceeded extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LimitExceeded';
  }
}

/** One transaction: everything that is true for its length, passed in, never a global. */
export interface Transaction {
  readonly schema: Schema;
  readonly store: Store;
  readonly limits: Governor;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Changes inside System.runAs. */
  user: RunningUser;
  readonly orgId: string;
  readonly requestId: string;
  /** The record locks that it holds. */
  readonly locks: RecordLocks;
  /** To be called before each query, lock and DML statement: a test may have another request run there. */
  reach(point: Point): void;
  /** Opens a savepoint and answers its handle. */
  setSavepoint(): string;
  /** Throws `InvalidSavepoint` for one that was released or rolled over. */
  rollback(savepoint: string): void;
  releaseSavepoint(savepoint: string): void;
  /** A v4 UUID from the org's id source (seeded in tests). */
  readonly uuid: () => string;
}

export class InvalidSavepoint extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvalidSavepoint';
  }
}
