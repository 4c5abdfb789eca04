import type { DeployedPermissionSet } from '../schema/deployed-permissions.ts';
import { isPermissionable, permissionKey } from '../schema/field-security.ts';
import { hasFieldPermissions } from '../schema/object-permissions.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import type { Store } from '../store/types.ts';
import type { RunningUser } from '../transaction/types.ts';
import { derivedAccess, securityOfOther } from './derived-object-access.ts';
import { profileGrants, type ProfileGrants } from './profiles.ts';
import type { FieldAccess, ObjectAccess, UserAccess } from './types.ts';

/** Whose access is asked for, and where; a Transaction is one. */
export interface AccessRequest {
  readonly schema: Schema;
  readonly store: Store;
  readonly user: Pick<RunningUser, 'id'>;
}

const cached = new WeakMap<Schema, Map<string, UserAccess>>();

/**
 * What the running user may do. Profile and assignments are read again each time, so that a change of them holds at once
 * and a rollback takes it back; the same answer is the same object for as long as they and the schema stay.
 * @throws NotSupported for a profile that the local org has not learned
 */
export function userAccess({ schema, store, user }: AccessRequest): UserAccess {
  const profile = profileName(store, user.id);
  const assigned = assignedNames(store, user.id);
  const known = cached.get(schema) ?? new Map<string, UserAccess>();
  cached.set(schema, known);
  const key = JSON.stringify([user.id, profile, assigned]);
  let access = known.get(key);
  if (!access) {
    const sets = schema.permissions.permissionSets.filter(({ name }) => assigned.includes(name.toLowerCase()));
    known.set(key, (access = new GrantedAccess(user.id, schema, profileGrants(profile), sets)));
  }
  return access;
}

function profileName(store: Store, userId: string): string {
  const [row] = store.select('SELECT p."Name" FROM "User" AS u JOIN "Profile" AS p ON p."Id" = u."ProfileId" WHERE u."Id" = ?', [userId]);
  if (typeof row?.[0] !== 'string') throw new Error(`the user ${userId} has no profile`);
  return row[0];
}

function assignedNames(store: Store, userId: string): string[] {
  const sql =
    'SELECT DISTINCT lower(s."Name") FROM "PermissionSetAssignment" AS a JOIN "PermissionSet" AS s ON s."Id" = a."PermissionSetId" WHERE a."AssigneeId" = ? ORDER BY 1';
  return store.select(sql, [userId]).map(([name]) => String(name));
}

const NOTHING: ObjectAccess = { read: false, create: false, edit: false, delete: false, viewAll: false, modifyAll: false };
const EVERYTHING: ObjectAccess = { read: true, create: true, edit: true, delete: true, viewAll: true, modifyAll: true };

/** Permissions that take something away: nobody has them for being an administrator. */
const RESTRICTING = new Set(['apiuseronly']);

class GrantedAccess implements UserAccess {
  readonly userId: string;
  readonly isFull: boolean;
  readonly #schema: Schema;
  readonly #profile: ProfileGrants;
  readonly #sets: readonly DeployedPermissionSet[];
  readonly #objects = new Map<ObjectDef, ObjectAccess>();
  readonly #fields = new Map<FieldDef, Map<ObjectDef, FieldAccess>>();

  constructor(userId: string, schema: Schema, profile: ProfileGrants, sets: readonly DeployedPermissionSet[]) {
    this.userId = userId;
    this.isFull = profile.full;
    this.#schema = schema;
    this.#profile = profile;
    this.#sets = sets;
  }

  object(object: ObjectDef): ObjectAccess {
    let access = this.#objects.get(object);
    if (!access) this.#objects.set(object, (access = this.#objectAccess(object)));
    return access;
  }

  field(object: ObjectDef, field: FieldDef): FieldAccess {
    const ofField = this.#fields.get(field) ?? new Map<ObjectDef, FieldAccess>();
    this.#fields.set(field, ofField);
    let access = ofField.get(object);
    if (!access) ofField.set(object, (access = this.#fieldAccess(object, field)));
    return access;
  }

  mayRunClass(className: string): boolean {
    return this.hasUserPermission('AuthorApex') || this.#sets.some(({ classes }) => classes.has(className.toLowerCase()));
  }

  /** Administrators too have only those that a permission set gives them. */
  hasCustomPermission(name: string): boolean {
    return this.#sets.some(({ customPermissions }) => customPermissions.has(name.toLowerCase()));
  }

  hasUserPermission(name: string): boolean {
    const key = name.toLowerCase();
    if (this.isFull) return !RESTRICTING.has(key);
    return this.#profile.userPermissions.has(key) || this.#sets.some(({ userPermissions }) => userPermissions.has(key));
  }

  #objectAccess(object: ObjectDef): ObjectAccess {
    if (this.isFull) return EVERYTHING;
    const derived = derivedAccess(object);
    if (derived) {
      return derived({
        object: (name) => this.#named(name),
        hasUserPermission: (name) => this.hasUserPermission(name),
        readsCustomMetadata: (name) => this.#sets.some(({ customMetadataTypes }) => customMetadataTypes.has(name.toLowerCase())),
      });
    }
    if (this.hasUserPermission('ModifyAllData')) return EVERYTHING;
    const key = object.name.toLowerCase();
    const grants = this.#sets.flatMap(({ objects }) => objects.get(key) ?? []);
    const ofProfile = this.#profile.objects.has(key);
    const viewAllData = this.hasUserPermission('ViewAllData');
    return {
      read: ofProfile || viewAllData || grants.some(({ read }) => read),
      create: ofProfile || grants.some(({ create }) => create),
      edit: ofProfile || grants.some(({ edit }) => edit),
      delete: ofProfile || grants.some((grant) => grant.delete),
      viewAll: viewAllData || grants.some(({ viewAll, modifyAll }) => viewAll || modifyAll),
      modifyAll: grants.some(({ modifyAll }) => modifyAll),
    };
  }

  #named(name: string): ObjectAccess {
    const found = this.#schema.object(name);
    return found.kind === 'known' ? this.object(found.def) : NOTHING;
  }

  #fieldAccess(object: ObjectDef, field: FieldDef): FieldAccess {
    const { read, create, edit } = this.object(object);
    const writable = (field.createable && create) || (field.updateable && edit);
    const other = securityOfOther(object, field.name);
    if (other) return { read: read && this.#readsOther(other), edit: false };
    if (this.isFull || !hasFieldPermissions(object) || !isPermissionable(object, field)) return { read, edit: writable };
    const ofProfile = !field.custom && this.#profile.objects.has(object.name.toLowerCase());
    const key = permissionKey(object, field);
    const grants = this.#sets.flatMap(({ fields }) => fields.get(key) ?? []);
    const all = this.#sets.some(({ objects }) => objects.get(object.name.toLowerCase())?.viewAllFields === true);
    return {
      read: read && (ofProfile || all || grants.some((grant) => grant.read || grant.edit)),
      edit: writable && (ofProfile || grants.some((grant) => grant.edit)),
    };
  }

  #readsOther(other: { readonly object: string; readonly field: string }): boolean {
    const object = this.#schema.object(other.object);
    const field = object.kind === 'known' ? this.#schema.field(object.def, other.field) : object;
    return object.kind === 'known' && field.kind === 'known' && this.field(object.def, field.def).read;
  }
}
