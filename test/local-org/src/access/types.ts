import type { FieldDef, ObjectDef } from '../schema/types.ts';

export interface ObjectAccess {
  readonly read: boolean;
  readonly create: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly viewAll: boolean;
  readonly modifyAll: boolean;
}

export interface FieldAccess {
  readonly read: boolean;
  readonly edit: boolean;
}

/**
 * What one user may do: profile and assigned permission sets, added up.
 * @see https://developer.salesforce.com/docs/atlas.en-us.securityImplGuide.meta/securityImplGuide/salesforce_security_guide.htm
 */
export interface UserAccess {
  readonly userId: string;
  /** True where nothing is ever hidden or refused: no check needs to run. */
  readonly isFull: boolean;
  object(object: ObjectDef): ObjectAccess;
  field(object: ObjectDef, field: FieldDef): FieldAccess;
  mayRunClass(className: string): boolean;
  hasCustomPermission(name: string): boolean;
  /** `ApiEnabled`, `ViewAllData`, `ModifyAllData`, `EditTask`, … */
  hasUserPermission(name: string): boolean;
}

/** What a query or DML statement must respect. User mode: both. System mode: sharing as the class says. */
export interface Enforcement {
  /** Object and field permissions. */
  readonly permissions: boolean;
  readonly sharing: boolean;
}

/** Permissions and sharing of the running user, as the APIs and Apex in user mode respect them. */
export const USER_MODE: Enforcement = { permissions: true, sharing: true };
