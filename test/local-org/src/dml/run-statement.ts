import { NotSupported } from '../errors.ts';
import { attempt } from '../transaction/begin-transaction.ts';
import type { Transaction } from '../transaction/types.ts';
import { checkObjectAccess } from './check-access.ts';
import { deleteBatch, undeleteBatch } from './delete-batch.ts';
import { ROLLED_BACK, TOO_MANY_RETRIES } from './dml-errors.ts';
import { saveBatch } from './save-batch.ts';
import type { DmlError, DmlOptions, DmlResult, WorkingRecord } from './types.ts';
import type { Change } from './working-record.ts';

/** Records that triggers see at a time. @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_triggers_order_of_execution.htm */
const BATCH_SIZE = 200;
/** @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_dml_bulk_exceptions.htm */
const ATTEMPTS = 3;

type Outcomes = Map<Change, WorkingRecord>;

/**
 * Runs the changes of one DML statement and answers what became of each, in their order. All or none: the first batch
 * with an error undoes the statement. Partial: a batch with errors is undone and run again without the records that failed.
 */
export function runStatement(changes: readonly Change[], options: DmlOptions, tx: Transaction): DmlResult[] {
  if (changes.length === 0) return [];
  tx.limits.count('dmlStatements');
  tx.limits.count('dmlRows', changes.length);
  checkObjectAccess(changes, options.enforcement, tx);
  refuseRepeated(changes);
  const [first] = changes;
  if (first) tx.reach({ kind: 'dml', object: first.object.name });
  const batches = batchesOf(changes);
  const outcomes: Outcomes = new Map();
  const kept = options.allOrNone
    ? attempt(tx, () => batches.every((batch) => runBatch(batch, options, outcomes, tx)))
    : batches.map((batch) => runPartially(batch, options, outcomes, tx)).length > 0;
  return changes.map((change) => result(change, outcomes.get(change), kept));
}

/** Runs a batch in the open savepoint; true where no record failed. */
function runBatch(batch: readonly Change[], options: DmlOptions, outcomes: Outcomes, tx: Transaction): boolean {
  const records = inOrderOfExecution(batch, options, tx);
  batch.forEach((change, index) => {
    const record = records[index];
    if (record) outcomes.set(change, record);
  });
  return records.every((record) => record.errors.length === 0);
}

function runPartially(batch: readonly Change[], options: DmlOptions, outcomes: Outcomes, tx: Transaction): void {
  let remaining = batch;
  for (let tried = 0; tried < ATTEMPTS && remaining.length > 0; tried++) {
    if (attempt(tx, () => runBatch(remaining, options, outcomes, tx))) return;
    remaining = remaining.filter((change) => outcomes.get(change)?.errors.length === 0);
  }
  for (const change of remaining) outcomes.get(change)?.errors.push(TOO_MANY_RETRIES);
}

function inOrderOfExecution(batch: readonly Change[], options: DmlOptions, tx: Transaction): WorkingRecord[] {
  const operation = batch[0]?.operation;
  switch (operation) {
    case 'insert':
    case 'update':
      return saveBatch(operation, batch, options, tx);
    case 'delete':
      return deleteBatch(batch, options, tx);
    case 'undelete':
      return undeleteBatch(batch, options, tx);
    case undefined:
      return [];
  }
}

/** Neighbours of one operation and object, at most 200 at a time. */
function batchesOf(changes: readonly Change[]): Change[][] {
  const batches: Change[][] = [];
  for (const change of changes) {
    const last = batches.at(-1);
    const [first] = last ?? [];
    const fits = last && first && last.length < BATCH_SIZE && first.object === change.object && first.operation === change.operation;
    if (fits) last.push(change);
    else batches.push([change]);
  }
  return batches;
}

/** Apex refuses a list that holds a record twice before it gets here; what the API does differs from call to call. */
function refuseRepeated(changes: readonly Change[]): void {
  const seen = new Set<string>();
  for (const { id, operation } of changes) {
    if (id === null || operation === 'insert') continue;
    const key = id.slice(0, 15);
    if (seen.has(key)) throw new NotSupported(`one statement that changes the record ${id} twice`);
    seen.add(key);
  }
}

function result(change: Change, record: WorkingRecord | undefined, kept: boolean): DmlResult {
  const own: readonly DmlError[] = record?.errors ?? [];
  const errors = own.length > 0 || kept ? own : [ROLLED_BACK];
  const success = errors.length === 0;
  // The id of an insert that was undone was never the record's.
  const id = success ? (record?.id ?? null) : change.operation === 'insert' ? null : change.id;
  return { id, success, created: success && change.operation === 'insert', errors };
}
