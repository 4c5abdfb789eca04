import type { ObjectDef } from '../schema/types.ts';
import type { Store } from '../store/types.ts';
import type { AccessRequest } from './user-access.ts';
import { userAccess } from './user-access.ts';
import type { UserAccess } from './types.ts';

/** What somebody wants to do with a record. Owners and those above them in the role hierarchy may do all three. */
export type RecordRight = 'read' | 'edit' | 'delete';

/** Whose records one user shares, at the time of one query or DML statement. */
export interface Sharing {
  readonly userId: string;
  readonly access: UserAccess;
  /** JSON list of the ids of those whose records count as the user's own: the user and everybody in a role below. */
  readonly owners: string;
}

/** The sharing that holds for the running user; null where every record is shared with them. */
export function sharingOf(request: AccessRequest): Sharing | null {
  const access = userAccess(request);
  if (access.isFull) return null;
  return { userId: access.userId, access, owners: JSON.stringify(ownersFor(request.store, access.userId)) };
}

/** Whether View All or Modify All make sharing irrelevant for the records of an object. */
export function sharesAll(sharing: Sharing, object: ObjectDef, right: RecordRight): boolean {
  const { viewAll, modifyAll } = sharing.access.object(object);
  return right === 'read' ? viewAll || modifyAll : modifyAll;
}

/**
 * Role hierarchy: UserRole.ParentRoleId alone, not the manager of a user.
 * @see https://help.salesforce.com/s/articleView?id=platform.security_controlling_access_using_hierarchies.htm
 */
const OWNERS = `
  WITH RECURSIVE below(id) AS (
    SELECT r."Id" FROM "UserRole" AS r WHERE r."ParentRoleId" = (SELECT u."UserRoleId" FROM "User" AS u WHERE u."Id" = ?1)
    UNION SELECT r."Id" FROM "UserRole" AS r JOIN below ON r."ParentRoleId" = below.id
  )
  SELECT u."Id" FROM "User" AS u WHERE u."Id" = ?1 OR u."UserRoleId" IN (SELECT id FROM below) ORDER BY 1`;

function ownersFor(store: Store, userId: string): string[] {
  return store.select(OWNERS, [userId]).map(([id]) => String(id));
}
