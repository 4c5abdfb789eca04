import type { Value } from '../src/schema/types.ts';
import { setupUser, type SetupUser } from './setup-records.ts';

/** A record of the demo company, and when it was made and last changed (days from today). */
export interface DemoRecord {
  readonly object: string;
  readonly id: string;
  readonly values: Record<string, Value>;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly createdBy: string;
}

export const EAST_REPS: readonly SetupUser[] = ['rep1', 'rep2', 'rep3', 'rep4'].map(setupUser);
export const WEST_REPS: readonly SetupUser[] = ['rep5', 'rep6', 'rep7', 'rep8'].map(setupUser);

/** A text field of a demo record that its maker always sets. */
export function text(record: DemoRecord, field: string): string {
  const value = record.values[field];
  if (typeof value !== 'string') throw new Error(`${record.object} ${record.id} has no ${field}`);
  return value;
}
