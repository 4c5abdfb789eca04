import type { Enforcement } from '../access/types.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { Row } from '../store/types.ts';

export type DmlOperation = 'insert' | 'update' | 'delete' | 'undelete';
export type AccessMode = 'user' | 'system';

/** One error of one record, as SaveResult and REST show it. */
export interface DmlError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/** A record on its way through the order of execution. Before triggers change `values`; anyone may add errors. */
export interface WorkingRecord {
  readonly object: ObjectDef;
  id: string | null;
  /** Insert: the fields given. Update: the fields given (the rest is unchanged). Canonical names. */
  readonly values: Row;
  /** The stored row before the change; null on insert. */
  readonly old: Row | null;
  readonly errors: DmlError[];
}

/** Implemented by the apex room; DML does not know what a trigger is written in. */
export interface TriggerPort {
  /**
   * Runs the object's triggers. Before insert and update may change `values` of the records; addError adds to `errors`.
   * Throws what the trigger throws.
   */
  fire(timing: 'before' | 'after', operation: DmlOperation, object: ObjectDef, records: readonly WorkingRecord[]): void;
}

export interface DmlOptions {
  /** What of the running user's access the statement respects. */
  readonly enforcement: Enforcement;
  readonly allOrNone: boolean;
  readonly triggers: TriggerPort;
}

export interface DmlResult {
  readonly id: string | null;
  readonly success: boolean;
  readonly created: boolean;
  readonly errors: readonly DmlError[];
}
