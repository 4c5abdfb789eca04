import type { ObjectDef } from '../schema/types.ts';
import { quoted } from '../store/columns.ts';
import type { AccessRequest } from './user-access.ts';
import { sharingCondition, type SharingSql } from './sharing-condition.ts';
import { sharingOf, type RecordRight } from './sharing.ts';

/**
 * Which of the records the running user has a right to, by sharing alone. Ids of records that are not there are left out
 * for those whom sharing concerns.
 */
export function sharedIds(request: AccessRequest, object: ObjectDef, ids: readonly string[], right: RecordRight): ReadonlySet<string> {
  const sharing = sharingOf(request);
  if (!sharing) return new Set(ids);
  const json = JSON.stringify(ids);
  const sql: SharingSql = {
    owners: () => '?2',
    user: () => '?3',
    unless: (test, condition) => (test(sharing) ? '1' : condition),
  };
  const condition = sharingCondition(request.schema, object, 't', right, sql) ?? '1';
  // All three are named once, so that SQLite takes them all, whatever the condition needs.
  const given = 'WITH given(ids, owners, me) AS (SELECT ?1, ?2, ?3)';
  const text = `${given} SELECT t."Id" FROM ${quoted(object.name)} AS t, given WHERE t."Id" IN (SELECT value FROM json_each(given.ids)) AND ${condition}`;
  return new Set(request.store.select(text, [json, sharing.owners, sharing.userId]).map(([id]) => String(id)));
}

export function mayReadRecord(request: AccessRequest, object: ObjectDef, id: string): boolean {
  return sharedIds(request, object, [id], 'read').size > 0;
}
