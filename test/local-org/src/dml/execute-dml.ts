import type { ObjectDef } from '../schema/types.ts';
import type { Row } from '../store/types.ts';
import type { Transaction } from '../transaction/types.ts';
import { runStatement } from './run-statement.ts';
import type { DmlOperation, DmlOptions, DmlResult } from './types.ts';

/** One record of a DML statement. `values` are the fields that are set, without Id. */
export interface DmlRecord {
  readonly object: ObjectDef;
  /** 15 or 18 characters; null where it has none. */
  readonly id: string | null;
  readonly values: Row;
}

/**
 * Runs one DML statement in the order of execution and answers one result per record, in their order. Errors of records
 * are answered, never thrown; a statement with `allOrNone` that has one changed nothing, and its results carry
 * `ALL_OR_NONE_OPERATION_ROLLED_BACK` on the records that were sound.
 * @throws LimitExceeded past 150 statements or 10,000 rows
 * @throws EntityAccessDenied where object permissions hold and the user lacks one; the statement then changed nothing
 * @throws NotSupported for what the platform would do and the local org has not learned
 * @throws what a trigger throws, other than a TriggerFailure; the statement then changed nothing
 */
export function executeDml(operation: DmlOperation, records: readonly DmlRecord[], options: DmlOptions, tx: Transaction): DmlResult[] {
  const changes = records.map(({ object, id, values }) => ({ operation, object, id, values }));
  return runStatement(changes, options, tx);
}
