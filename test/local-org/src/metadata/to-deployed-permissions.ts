import { NO_PERMISSIONS, type DeployedPermissions, type DeployedPermissionSet } from '../schema/deployed-permissions.ts';
import type { Named, Package, PermissionSetComponent } from './package.ts';

/**
 * The permission sets and custom permissions of an org after a package; those that it declares again are replaced whole.
 * @param before what earlier deploys brought
 */
export function toDeployedPermissions(pkg: Package, before: DeployedPermissions = NO_PERMISSIONS): DeployedPermissions {
  return {
    permissionSets: replaced(before.permissionSets, pkg.permissionSets.map(toDeployed)),
    customPermissions: replaced(
      before.customPermissions,
      pkg.customPermissions.map(({ name, label }) => ({ name, label })),
    ),
  };
}

function replaced<T extends { readonly name: string }>(before: readonly T[], now: readonly T[]): T[] {
  const all = new Map(before.map((each) => [each.name.toLowerCase(), each]));
  for (const each of now) all.set(each.name.toLowerCase(), each);
  return [...all.values()];
}

function toDeployed(permissionSet: PermissionSetComponent): DeployedPermissionSet {
  const { name, label, description, objectPermissions, fieldPermissions } = permissionSet;
  return {
    name,
    label,
    description,
    objects: new Map(
      objectPermissions.map((grant) => [
        grant.object.toLowerCase(),
        {
          read: grant.allowRead,
          create: grant.allowCreate,
          edit: grant.allowEdit,
          delete: grant.allowDelete,
          viewAll: grant.viewAllRecords,
          modifyAll: grant.modifyAllRecords,
          viewAllFields: grant.viewAllFields,
        },
      ]),
    ),
    fields: new Map(fieldPermissions.map(({ field, readable, editable }) => [field.toLowerCase(), { read: readable, edit: editable }])),
    classes: enabledNames(permissionSet.classAccesses),
    customPermissions: enabledNames(permissionSet.customPermissions),
    customMetadataTypes: enabledNames(permissionSet.customMetadataTypes),
    userPermissions: enabledNames(permissionSet.userPermissions),
  };
}

function enabledNames(named: readonly Named[]): Set<string> {
  return new Set(named.filter(({ enabled }) => enabled).map(({ name }) => name.toLowerCase()));
}
