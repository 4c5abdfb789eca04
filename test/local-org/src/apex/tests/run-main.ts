import type { LocalOrg } from '../../org-types.ts';
import type { StaticRun } from '../engine-types.ts';

/** Runs `main()` of a class as the org's first user, in a transaction that is committed. */
export function runMain(org: LocalOrg, className: string): StaticRun {
  const username = org.tokens[0]?.username;
  if (username === undefined) throw new Error('the org has no user');
  return org.transaction(org.user(username), (tx) => org.engine.runStatic(className, 'main', tx));
}
