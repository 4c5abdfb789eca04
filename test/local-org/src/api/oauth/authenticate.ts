import type { LocalOrg } from '../../org-types.ts';
import type { RunningUser } from '../../transaction/types.ts';
import { accessOf } from '../rest/visible-objects.ts';
import { RestError } from '../rest/rest-error.ts';

/** The user of an `Authorization: Bearer` header. 401 where there is none, as after a session's end; 403 without `ApiEnabled`. */
export function authenticate(authorization: string | undefined, org: LocalOrg): RunningUser {
  const user = userOf(authorization, org);
  if (!user) throw new RestError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  if (!accessOf(user, org).hasUserPermission('ApiEnabled'))
    throw new RestError(403, 'API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.');
  return user;
}

/** The user of an `Authorization` header (`Bearer` or, as the platform also takes it, `OAuth`); null where none is active. */
export function userOf(authorization: string | undefined, org: LocalOrg): RunningUser | null {
  const [, token = ''] = /^(?:Bearer|OAuth)\s+(\S+)\s*$/i.exec(authorization ?? '') ?? [];
  const username = org.sessions.usernameOf(token);
  return username === undefined ? null : org.findUser(username);
}
