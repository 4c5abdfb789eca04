import { NotSupported } from '../errors.ts';
import type { FieldDef, ObjectDef, Value } from '../schema/types.ts';
import { quoted } from '../store/columns.ts';
import type { Row } from '../store/types.ts';
import type { Transaction } from '../transaction/types.ts';

/** Records that go to the recycle bin with their parent and come back with it, without triggers of their own. */
const CASCADES: ReadonlySet<string> = new Set([
  'OpportunityHistory.OpportunityId',
  'OpportunityContactRole.OpportunityId',
  'CaseComment.ParentId',
  'ContentDocumentLink.LinkedEntityId',
  'ContentDocumentLink.ContentDocumentId',
]);

/**
 * Deletes the records that cannot be without this one.
 * @throws NotSupported where any other live record refers to it: what the platform then does differs from field to field
 */
export function deleteDependents(object: ObjectDef, id: string, tx: Transaction): void {
  const stamp = Math.floor(tx.now() / 1000) * 1000;
  for (const [child, field] of referencesTo(object, tx)) {
    const ids = tx.store.findIds(child, field.name, id).filter((one) => one !== id);
    if (ids.length === 0) continue;
    if (!CASCADES.has(`${child.name}.${field.name}`)) {
      throw new NotSupported(`deleting a ${object.name} that a ${child.name} refers to (${child.name}.${field.name})`);
    }
    const gone: Row = new Map<string, Value>([
      ['IsDeleted', true],
      ['SystemModstamp', stamp],
    ]);
    for (const one of ids) tx.store.update(child, one, gone);
  }
}

/**
 * Brings back the dependents that were deleted together with a record: at its time. One that was deleted by itself within
 * the same second comes back too.
 * @param deleted the record's row as it stood in the recycle bin
 */
export function restoreDependents(object: ObjectDef, deleted: Row, tx: Transaction): void {
  const id = deleted.get('Id');
  const stamp = deleted.get('SystemModstamp');
  if (typeof id !== 'string' || typeof stamp !== 'number') throw new Error(`a ${object.name} in the recycle bin has no id or time`);
  for (const [child, field] of referencesTo(object, tx)) {
    if (!CASCADES.has(`${child.name}.${field.name}`)) continue;
    const sql = `SELECT "Id" FROM ${quoted(child.name)} WHERE ${quoted(field.name)} = ? AND "IsDeleted" = 1 AND "SystemModstamp" = ?`;
    for (const [one] of tx.store.select(sql, [id, stamp])) tx.store.update(child, String(one), new Map([['IsDeleted', false]]));
  }
}

function referencesTo(object: ObjectDef, tx: Transaction): [ObjectDef, FieldDef][] {
  const found: [ObjectDef, FieldDef][] = [];
  for (const child of tx.schema.objects()) {
    for (const field of child.fields.values()) {
      if (field.type === 'reference' && field.referenceTo.includes(object.name)) found.push([child, field]);
    }
  }
  return found;
}
