import { triggerFailed } from './dml-errors.ts';
import { TriggerFailure } from './trigger-failure.ts';
import type { DmlOperation, TriggerPort, WorkingRecord } from './types.ts';

/** The records of a batch that have no error so far. Later steps see only them. */
export function sound(records: readonly WorkingRecord[]): WorkingRecord[] {
  return records.filter((record) => record.errors.length === 0);
}

/** Runs the triggers for the sound records of a batch. An exception that left a trigger is an error of each of them. */
export function fireTriggers(
  port: TriggerPort,
  timing: 'before' | 'after',
  operation: DmlOperation,
  records: readonly WorkingRecord[],
): void {
  const seen = sound(records);
  const [first] = seen;
  if (!first) return;
  try {
    port.fire(timing, operation, first.object, seen);
  } catch (error) {
    if (!(error instanceof TriggerFailure)) throw error;
    for (const record of seen) record.errors.push(triggerFailed(error.message));
  }
}
