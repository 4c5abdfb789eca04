import type { ObjectDef, Schema, Value } from '../src/schema/types.ts';
import { storedFields } from '../src/store/columns.ts';
import type { Row, Store } from '../src/store/types.ts';

/** When and by whom a loaded record was made and last changed; epoch milliseconds. */
export interface Stamp {
  readonly createdAt: number;
  readonly changedAt: number;
  readonly by: string;
}

/**
 * Writes a record as it stands, by the store alone: no triggers, no validation. What the platform fills in by itself
 * (checkboxes, defaults, auto-numbers, audit fields) is filled in here.
 * @throws Error for an object or field that the schema does not have
 */
export function loadRecord(store: Store, schema: Schema, object: string, values: Readonly<Record<string, Value>>, stamp: Stamp): string {
  const found = schema.object(object);
  if (found.kind !== 'known') throw new Error(`cannot load a record of ${object}: the schema says ${found.kind}`);
  const { def } = found;
  const row: Row = defaults(store, def, stamp);
  for (const [name, value] of Object.entries(values)) {
    const field = schema.field(def, name);
    if (field.kind !== 'known') throw new Error(`cannot load ${object}.${name}: the schema says ${field.kind}`);
    row.set(field.def.name, value);
  }
  const given = row.get('Id');
  const id = typeof given === 'string' ? given : store.nextId(def);
  row.set('Id', id);
  store.insert(def, row);
  return id;
}

function defaults(store: Store, object: ObjectDef, stamp: Stamp): Row {
  const row: Row = new Map();
  const system: Readonly<Record<string, Value>> = {
    CreatedDate: stamp.createdAt,
    CreatedById: stamp.by,
    LastModifiedDate: stamp.changedAt,
    LastModifiedById: stamp.by,
    SystemModstamp: stamp.changedAt,
  };
  for (const field of storedFields(object)) {
    if (field.autoNumber) row.set(field.name, autoNumber(store.nextAutoNumber(object, field.name), field.displayFormat ?? '{0}'));
    else row.set(field.name, system[field.name] ?? field.defaultValue ?? (field.type === 'boolean' ? false : null));
  }
  return row;
}

/** `CA-{000000}` and 7 → `CA-000007` */
function autoNumber(number: number, format: string): string {
  return format.replace(/\{(0+)\}/, (_whole, digits: string) => String(number).padStart(digits.length, '0'));
}
