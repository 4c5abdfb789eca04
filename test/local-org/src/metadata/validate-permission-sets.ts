import type { Location, Problem } from '../errors.ts';
import { isCustomMetadata } from '../schema/custom-metadata.ts';
import { isPermissionable } from '../schema/field-security.ts';
import { hasFieldPermissions, hasObjectPermissions, isUserPermission } from '../schema/object-permissions.ts';
import type { Schema } from '../schema/types.ts';
import type { ObjectPermission, PermissionSetComponent } from './package.ts';
import type { References } from './references.ts';
import { appProblems, tabProblems } from './tab-names.ts';

/**
 * What permission sets name and is not there, or cannot be granted.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_permissionset.htm
 */
export function validatePermissionSets(references: References): Problem[] {
  const { schema, package: pkg } = references;
  return pkg.permissionSets.flatMap((permissionSet) => [
    ...permissionSet.objectPermissions.flatMap((permission) => objectProblems(schema, permission)),
    ...permissionSet.fieldPermissions.flatMap(({ field, editable, readable, at }) => fieldProblems(schema, field, editable, readable, at)),
    ...permissionSet.classAccesses.flatMap(({ name, at }) => references.missing('apexClass', 'ApexClass', name, at)),
    ...permissionSet.customPermissions.flatMap(({ name, at }) => references.missing('customPermission', 'CustomPermission', name, at)),
    ...permissionSet.customMetadataTypes.flatMap(({ name, at }) => metadataTypeProblems(schema, name, at)),
    ...permissionSet.tabs.flatMap(({ name, at }) => tabProblems('tab', name, at, references)),
    ...permissionSet.applications.flatMap(({ name, at }) => appProblems('application', name, at, references)),
    ...userPermissionProblems(permissionSet),
    ...grantedTwice(permissionSet),
  ]);
}

function metadataTypeProblems(schema: Schema, name: string, at: Location): Problem[] {
  const found = schema.object(name);
  if (found.kind === 'known' && isCustomMetadata(found.def)) return [];
  return [problem(`In field: customMetadataType - no CustomObject named ${name} found`, at)];
}

/** What a user permission that the local org acts on needs beside it. */
const NEEDED: Readonly<Record<string, string>> = {
  EditTask: 'ActivitiesAccess',
  EditEvent: 'ActivitiesAccess',
  ModifyAllData: 'ViewAllData',
};

function userPermissionProblems({ userPermissions }: PermissionSetComponent): Problem[] {
  const given = new Set(userPermissions.filter(({ enabled }) => enabled).map(({ name }) => name));
  return userPermissions.flatMap(({ name, at }) => {
    if (!isUserPermission(name)) return [problem(`Unknown user permission: ${name}`, at)];
    const needed = NEEDED[name];
    const lacks = given.has(name) && needed !== undefined && !given.has(needed);
    return lacks ? [problem(`Permission ${name} depends on permission(s): ${needed}`, at)] : [];
  });
}

function objectProblems(schema: Schema, permission: ObjectPermission): Problem[] {
  const { object, at } = permission;
  const found = schema.object(object);
  if (found.kind === 'unknown') return [problem(`In field: object - no CustomObject named ${object} found`, at)];
  if (found.kind === 'known' && !hasObjectPermissions(found.def)) {
    return [problem(`${object} has no object permissions: its access follows from user permissions or from another object`, at)];
  }
  if (found.kind === 'unsupported') return [problem(`Not supported by the local org: object ${object}`, at)];
  const { allowRead, allowCreate, allowEdit, allowDelete, viewAllRecords, modifyAllRecords } = permission;
  const needs: readonly (readonly [string, boolean, string, boolean])[] = [
    ['Create', allowCreate, 'Read', allowRead],
    ['Edit', allowEdit, 'Read', allowRead],
    ['Delete', allowDelete, 'Edit', allowEdit],
    ['View All', viewAllRecords, 'Read', allowRead],
    ['Modify All', modifyAllRecords, 'Delete', allowDelete],
    ['Modify All', modifyAllRecords, 'View All', viewAllRecords],
  ];
  const missing = needs.filter(([, granted, , needed]) => granted && !needed);
  return missing.map(([name, , needed]) => problem(`Permission ${name} ${object} depends on permission(s): ${needed} ${object}`, at));
}

function fieldProblems(schema: Schema, path: string, editable: boolean, readable: boolean, at: Location): Problem[] {
  const [objectName = '', fieldName = ''] = path.split('.');
  const object = schema.object(objectName);
  if (object.kind === 'unsupported') return [problem(`Not supported by the local org: object ${objectName}`, at)];
  const found = object.kind === 'known' ? schema.field(object.def, fieldName) : object;
  if (found.kind === 'unsupported') return [problem(`Not supported by the local org: field ${path}`, at)];
  if (found.kind === 'unknown') return [problem(`In field: field - no CustomField named ${path} found`, at)];
  const field = found.def;
  if (object.kind === 'known' && !(hasFieldPermissions(object.def) && isPermissionable(object.def, field)))
    return [problem(`You cannot deploy to a required field: ${path}`, at)];
  if (editable && !readable) return [problem(`Field ${path} cannot be editable without being readable`, at)];
  const isComputed = field.formula !== null || field.autoNumber || (!field.createable && !field.updateable && field.type !== 'address');
  return editable && isComputed ? [problem(`Field ${path} is not editable: it is computed`, at)] : [];
}

function grantedTwice(permissionSet: PermissionSetComponent): Problem[] {
  const seen = new Set<string>();
  const grants = [
    ...permissionSet.objectPermissions.map(({ object, at }) => ({ name: object, at })),
    ...permissionSet.fieldPermissions.map(({ field, at }) => ({ name: field, at })),
    ...permissionSet.classAccesses.map(({ name, at }) => ({ name: `class ${name}`, at })),
    ...permissionSet.customMetadataTypes.map(({ name, at }) => ({ name: `custom metadata type ${name}`, at })),
    ...permissionSet.customPermissions.map(({ name, at }) => ({ name: `custom permission ${name}`, at })),
    ...permissionSet.tabs.map(({ name, at }) => ({ name: `tab ${name}`, at })),
    ...permissionSet.applications.map(({ name, at }) => ({ name: `application ${name}`, at })),
    ...permissionSet.userPermissions.map(({ name, at }) => ({ name: `user permission ${name}`, at })),
  ];
  return grants.flatMap(({ name, at }) => {
    const key = name.toLowerCase();
    if (seen.has(key)) return [problem(`Duplicate entry for ${name}`, at)];
    seen.add(key);
    return [];
  });
}

function problem(message: string, location: Location): Problem {
  return { message, location };
}
