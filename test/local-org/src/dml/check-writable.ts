import type { Enforcement } from '../access/types.ts';
import { NotSupported } from '../errors.ts';
import type { Value } from '../schema/types.ts';
import type { Row } from '../store/types.ts';
import type { Transaction } from '../transaction/types.ts';
import { fieldSecurity } from './check-access.ts';
import { notWritable, unknownField, wrongType } from './dml-errors.ts';
import { storedValue } from './stored-value.ts';
import type { WorkingRecord } from './types.ts';

/**
 * Fills the working record with what was given, under the schema's names; refuses what cannot be written.
 * @throws NotSupported for a standard field whose traits the local org has not learned
 */
export function takeGiven(record: WorkingRecord, given: Row, enforcement: Enforcement, tx: Transaction): void {
  const refused: string[] = [];
  const maySet = fieldSecurity(enforcement, tx);
  for (const [name, value] of given) {
    const found = tx.schema.field(record.object, name);
    if (found.kind === 'unsupported') throw new NotSupported(`writing ${record.object.name}.${name}`);
    if (found.kind === 'unknown') {
      record.errors.push(unknownField(record.object, name));
      continue;
    }
    const { def } = found;
    if (def.type === 'id') continue;
    const writable = record.old === null ? def.createable : def.updateable;
    if (writable && maySet(record.object, def)) record.values.set(def.name, value);
    else refused.push(def.name);
  }
  if (refused.length > 0) record.errors.push(notWritable(refused));
}

/** Brings every value into the form in which it is stored; a value of another type is an error. */
export function toStoredForm(record: WorkingRecord): void {
  for (const [name, value] of record.values) {
    const field = record.object.fields.get(name.toLowerCase());
    if (!field) throw new Error(`${record.object.name} has no field ${name}`);
    const stored: Value | undefined = storedValue(field, value);
    if (stored === undefined) record.errors.push(wrongType(field, value));
    else record.values.set(name, stored);
  }
}
