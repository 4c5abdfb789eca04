import { sharingCondition } from '../access/sharing-condition.ts';
import { wholeSchema } from '../access/visible-schema.ts';
import type { Scope } from './scope.ts';

/** The condition that hides what is not shared with the user, where a run respects sharing; for FROM, never for parents. */
export function sharedSql(scope: Scope): string[] {
  const { statement, compilation, object, table } = scope;
  const condition = sharingCondition(wholeSchema(compilation.schema), object, table, 'read', {
    owners: () => statement.param(({ sharing }) => sharing?.owners ?? null),
    user: () => statement.param(({ sharing }) => sharing?.userId ?? null),
    unless: (test, hidden) => statement.choice(({ sharing }) => sharing === null || test(sharing), '1', hidden),
  });
  return condition === null ? [] : [condition];
}
