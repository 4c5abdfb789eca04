import type { FieldDef, ObjectDef, Value } from '../schema/types.ts';
import { storedFields } from '../store/columns.ts';
import type { Row } from '../store/types.ts';
import type { Transaction } from '../transaction/types.ts';
import type { WorkingRecord } from './types.ts';

/**
 * Fills what an insert leaves out: the owner, checkboxes, literal defaults and default picklist values. A null that was
 * given stays null where the field may be empty.
 */
export function applyDefaults(record: WorkingRecord, tx: Transaction): void {
  for (const field of storedFields(record.object)) {
    if (field.autoNumber || field.type === 'id') continue;
    const given = record.values.get(field.name);
    if (given !== undefined && (given !== null || field.nillable)) continue;
    const value = defaultOf(field, tx);
    if (value !== null) record.values.set(field.name, value);
  }
}

function defaultOf(field: FieldDef, tx: Transaction): Value {
  if (field.name === 'OwnerId') return tx.user.id;
  if (field.name === 'CurrencyIsoCode') return userCurrency(tx) ?? field.defaultValue;
  if (field.defaultValue !== null) return field.defaultValue;
  return field.type === 'boolean' ? false : null;
}

/** The currency that records get from the user who makes them. */
function userCurrency(tx: Transaction): Value {
  const user = tx.schema.object('User');
  return (user.kind === 'known' && tx.store.get(user.def, tx.user.id)?.get('DefaultCurrencyIsoCode')) || null;
}

/** Who made and who last changed a record, and when: as far as the object has these fields. */
export function auditFields(operation: 'create' | 'change', object: ObjectDef, tx: Transaction): Row {
  const now = Math.floor(tx.now() / 1000) * 1000;
  const row: Row = new Map<string, Value>();
  const set = (name: string, value: Value): void => {
    if (object.fields.has(name.toLowerCase())) row.set(name, value);
  };
  if (operation === 'create') {
    set('CreatedDate', now);
    set('CreatedById', tx.user.id);
    set('IsDeleted', false);
  }
  set('LastModifiedDate', now);
  set('LastModifiedById', tx.user.id);
  set('SystemModstamp', now);
  return row;
}
