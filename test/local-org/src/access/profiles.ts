import { NotSupported } from '../errors.ts';

/** What a profile gives to all its users. */
export interface ProfileGrants {
  /** Every object, field and permission. */
  readonly full: boolean;
  /** Standard objects, in lower case, whose records may be read, created, edited and deleted, with all their standard fields. */
  readonly objects: ReadonlySet<string>;
  /** In lower case. */
  readonly userPermissions: ReadonlySet<string>;
}

/** The standard profile that holds every permission. */
const ADMINISTRATOR_PROFILE = 'System Administrator';

const profile = (objects: readonly string[], userPermissions: readonly string[]): ProfileGrants => ({
  full: false,
  objects: new Set(objects.map((name) => name.toLowerCase())),
  userPermissions: new Set(userPermissions.map((name) => name.toLowerCase())),
});

/**
 * The standard profiles that this org has, as far as the local org has learned their permissions.
 * @see https://help.salesforce.com/s/articleView?id=platform.standard_profiles.htm
 */
const PROFILES: Readonly<Record<string, ProfileGrants>> = {
  [ADMINISTRATOR_PROFILE]: { ...profile([], []), full: true },
  'Standard User': profile(
    ['Account', 'Contact', 'Opportunity', 'Lead', 'Case', 'Task', 'Event'],
    ['ApiEnabled', 'ActivitiesAccess', 'EditTask', 'EditEvent', 'RunReports', 'ViewHelpLink', 'ViewRoles'],
  ),
  'Minimum Access - Salesforce': profile([], ['ActivitiesAccess', 'ViewHelpLink']),
  'Minimum Access - API Only Integrations': profile([], ['ApiEnabled', 'ApiUserOnly']),
};

/** @throws NotSupported for a profile whose permissions the local org has not learned */
export function profileGrants(name: string): ProfileGrants {
  const grants = PROFILES[name];
  if (!grants) throw new NotSupported(`the profile ${name}: it knows ${Object.keys(PROFILES).join(', ')}`);
  return grants;
}
