import type { Scope } from './scope.ts';

/** The condition that hides the recycle bin, for objects that have one. */
export function notDeletedSql(scope: Scope): string[] {
  return scope.object.fields.has('isdeleted') ? [`${scope.table}."IsDeleted" = 0`] : [];
}
