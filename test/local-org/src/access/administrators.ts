import { NotSupported } from '../errors.ts';
import type { Schema } from '../schema/types.ts';
import type { Store } from '../store/types.ts';
import type { RunningUser } from '../transaction/types.ts';

/** The standard profile that holds every permission. */
const ADMINISTRATOR_PROFILE = 'System Administrator';

/** An org's set-up, as far as access depends on it. */
export interface AccessSource {
  readonly schema: Schema;
  readonly store: Store;
}

/** Whether a user may read and change everything: one with the profile System Administrator. */
export function isAdministrator(source: AccessSource, user: Pick<RunningUser, 'profileId'>): boolean {
  const profile = source.schema.object('Profile');
  if (profile.kind !== 'known') throw new Error('the schema has no Profile object');
  return source.store.get(profile.def, user.profileId)?.get('Name') === ADMINISTRATOR_PROFILE;
}

/**
 * Permissions of other users are not worked out so far; code must not run as one of them as if it had them all.
 * @throws NotSupported for a user who is no administrator
 */
export function assertSupportedUser(source: AccessSource, user: RunningUser): void {
  if (isAdministrator(source, user)) return;
  throw new NotSupported(`users without the System Administrator profile (System.runAs ${user.username})`);
}
