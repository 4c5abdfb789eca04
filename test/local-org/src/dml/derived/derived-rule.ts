import type { Transaction } from '../../transaction/types.ts';
import type { DmlOperation, WorkingRecord } from '../types.ts';

/**
 * What the platform itself sets when records of some objects change. Before triggers have run by then: fields that are
 * derived show their old values in them.
 */
export interface DerivedRule {
  readonly objects: readonly string[];
  /** Sets fields of the record in `values`, in stored form, or adds an error. Values that were given are valid. */
  beforeSave?(record: WorkingRecord, tx: Transaction): void;
  /** Writes what follows to other records, or to this one, without triggers. The record itself is written. */
  afterWrite?(operation: DmlOperation, record: WorkingRecord, tx: Transaction): void;
}
