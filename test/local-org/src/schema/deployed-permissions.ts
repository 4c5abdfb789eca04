/** What a permission set lets its users do with the records of one object. */
export interface ObjectGrant {
  readonly read: boolean;
  readonly create: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly viewAll: boolean;
  readonly modifyAll: boolean;
  /** Read access to every field of the object, whatever the field permissions say. */
  readonly viewAllFields: boolean;
}

export interface FieldGrant {
  readonly read: boolean;
  readonly edit: boolean;
}

/**
 * A permission set as deployed. Names of objects, fields (`account.industry`), classes and permissions are in lower case.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_permissionset.htm
 */
export interface DeployedPermissionSet {
  /** API name, as written. */
  readonly name: string;
  readonly label: string;
  readonly description: string | null;
  readonly objects: ReadonlyMap<string, ObjectGrant>;
  readonly fields: ReadonlyMap<string, FieldGrant>;
  readonly classes: ReadonlySet<string>;
  readonly customPermissions: ReadonlySet<string>;
  /** Custom metadata types whose records may be read. */
  readonly customMetadataTypes: ReadonlySet<string>;
  readonly userPermissions: ReadonlySet<string>;
}

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_custompermission.htm */
export interface DeployedCustomPermission {
  readonly name: string;
  readonly label: string;
}

export interface DeployedPermissions {
  readonly permissionSets: readonly DeployedPermissionSet[];
  readonly customPermissions: readonly DeployedCustomPermission[];
}

export const NO_PERMISSIONS: DeployedPermissions = { permissionSets: [], customPermissions: [] };
