import type { ObjectDef, Value } from '../../schema/types.ts';
import type { Row } from '../../store/types.ts';
import type { Transaction } from '../../transaction/types.ts';

/** An object that the schema always has. */
export function knownObject(tx: Transaction, name: string): ObjectDef {
  const found = tx.schema.object(name);
  if (found.kind !== 'known') throw new Error(`the schema has no ${name} object`);
  return found.def;
}

/** The set-up record that gives a picklist value its meaning (an OpportunityStage, a CaseStatus), or undefined. */
export function valueRow(tx: Transaction, object: string, value: Value): Row | undefined {
  const def = knownObject(tx, object);
  for (const id of tx.store.findIds(def, 'ApiName', value)) {
    const row = tx.store.get(def, id);
    if (row?.get('ApiName') === value) return row;
  }
  return undefined;
}

/** The row of the record that a reference leads to, or undefined where it is empty. */
export function referenced(tx: Transaction, id: Value): { readonly object: ObjectDef; readonly row: Row } | undefined {
  if (typeof id !== 'string') return undefined;
  const object = tx.schema.objectByPrefix(id.slice(0, 3));
  const row = object && tx.store.get(object, id);
  return object && row && { object, row };
}
