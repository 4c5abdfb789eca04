import type { UserAccess } from '../../access/types.ts';
import { userAccess } from '../../access/user-access.ts';
import { visibleSchema } from '../../access/visible-schema.ts';
import type { LocalOrg } from '../../org-types.ts';
import type { FieldDef, ObjectDef, Schema } from '../../schema/types.ts';
import type { RunningUser } from '../../transaction/types.ts';

/** What the running user may do over REST; everything that the API says of objects and fields is narrowed to it. */
export function accessOf(user: RunningUser, org: LocalOrg): UserAccess {
  return userAccess({ schema: org.schema, store: org.store, user });
}

/** The org's objects and fields as far as the user may read them. */
export function schemaFor(user: RunningUser, org: LocalOrg): Schema {
  return visibleSchema(org.schema, accessOf(user, org));
}

/** The fields of an object that the user may read, in describe order. */
export function visibleFields(object: ObjectDef, access: UserAccess): FieldDef[] {
  return [...object.fields.values()].filter((field) => access.field(object, field).read);
}
