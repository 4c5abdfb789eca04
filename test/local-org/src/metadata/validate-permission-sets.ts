import type { Location, Problem } from '../errors.ts';
import type { ObjectDef, Schema } from '../schema/types.ts';
import type { ObjectPermission, Package, PermissionSetComponent } from './package.ts';

/**
 * What the permission sets of a package name and is not there, or cannot be granted.
 * @param schema as it will be after the deploy
 * @param classNames of Apex classes after the deploy
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_permissionset.htm
 */
export function validatePermissionSets(pkg: Package, schema: Schema, classNames: Iterable<string>): Problem[] {
  const classes = new Set([...classNames].map((name) => name.toLowerCase()));
  return pkg.permissionSets.flatMap((permissionSet) => [
    ...permissionSet.objectPermissions.flatMap((permission) => objectProblems(schema, permission)),
    ...permissionSet.fieldPermissions.flatMap(({ field, editable, readable, at }) => fieldProblems(schema, field, editable, readable, at)),
    ...permissionSet.classAccesses
      .filter(({ name }) => !classes.has(name.toLowerCase()))
      .map(({ name, at }) => problem(`In field: apexClass - no ApexClass named ${name} found`, at)),
    ...grantedTwice(permissionSet),
  ]);
}

function objectProblems(schema: Schema, permission: ObjectPermission): Problem[] {
  const { object, at } = permission;
  const kind = schema.object(object).kind;
  if (kind === 'unknown') return [problem(`In field: object - no CustomObject named ${object} found`, at)];
  if (kind === 'unsupported') return [problem(`Not supported by the local org: object ${object}`, at)];
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
  if (object.kind === 'known' && isAlwaysVisible(object.def, fieldName))
    return [problem(`You cannot deploy to a required field: ${path}`, at)];
  if (editable && !readable) return [problem(`Field ${path} cannot be editable without being readable`, at)];
  return editable && (field.calculated || field.autoNumber) ? [problem(`Field ${path} is not editable: it is computed`, at)] : [];
}

/** Required fields, system fields and the name are visible to whoever sees the object: field security does not apply. */
function isAlwaysVisible(object: ObjectDef, fieldName: string): boolean {
  const field = object.fields.get(fieldName.toLowerCase());
  if (!field) return false;
  if (field.custom) return !field.nillable && field.type !== 'boolean' && !field.calculated && !field.autoNumber;
  const isSystem = /^(?:Id|OwnerId|IsDeleted|CreatedDate|CreatedById|LastModifiedDate|LastModifiedById|SystemModstamp)$/.test(field.name);
  return isSystem || field.nameField || (!field.nillable && field.createable && field.type !== 'boolean');
}

function grantedTwice(permissionSet: PermissionSetComponent): Problem[] {
  const seen = new Set<string>();
  const grants = [
    ...permissionSet.objectPermissions.map(({ object, at }) => ({ name: object, at })),
    ...permissionSet.fieldPermissions.map(({ field, at }) => ({ name: field, at })),
    ...permissionSet.classAccesses.map(({ name, at }) => ({ name: `class ${name}`, at })),
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
