import type { TestTagDefinition } from 'vitest';

/** Set: the suites run against this org that the sf CLI knows, and no local org is started. */
export const targetAlias: string | undefined = process.env['TARGET_ORG'] || undefined;

const REASONS = {
  clock: 'needs the clock that stands still at a known moment',
  deploys: 'deploys fixtures, changes settings or leaves force-app out',
  faults: 'breaks connections, sessions or limits on purpose',
  instants: 'runs something in the middle of a request, or holds a lock',
  people: 'needs users of its own, with permissions and logins of their own',
  'whole-org': 'looks at all records of the org, or all of its settings, and must be the only one there',
  'own-process': 'starts processes of its own and shows nothing of an org',
} as const;

/** Why a test with one of these tags is skipped where `TARGET_ORG` is set; undefined for any other tag. */
export function reasonOf(tag: string): string | undefined {
  return (REASONS as Readonly<Record<string, string>>)[tag];
}

/**
 * For the configuration of vitest: a test says `{ tags: 'clock' }`, a file `@module-tag clock` in its first comment, and both are
 * skipped where another org is meant.
 */
export const localOrgTags: TestTagDefinition[] = Object.entries(REASONS).map(([name, reason]) => ({
  name,
  description: `Local org only: ${reason}`,
  ...(targetAlias === undefined ? {} : { skip: true }),
}));
