import type { Problem } from '../errors.ts';
import { unsupported } from './check-elements.ts';
import type { Component, PermissionSetComponent } from './package.ts';
import { childrenNamed, flagOf, textOf, type XmlElement } from './xml-element.ts';

const READ = new Set([
  'applicationVisibilities',
  'classAccesses',
  'customMetadataTypeAccesses',
  'customPermissions',
  'description',
  'fieldPermissions',
  'fullName',
  'hasActivationRequired',
  'label',
  'objectPermissions',
  'tabSettings',
  'userPermissions',
]);

/** A permission set from its element, which has passed `checkElements`. */
export function readPermissionSet(
  component: Component,
  element: XmlElement,
): { permissionSet: PermissionSetComponent; problems: Problem[] } {
  const problems = element.children.filter((each) => !READ.has(each.name)).map((each) => unsupported(`PermissionSet.${each.name}`, each));
  if (flagOf(element, 'hasActivationRequired')) problems.push(unsupported('PermissionSet.hasActivationRequired', element));
  const named = (group: string, name: string): PermissionSetComponent['classAccesses'] =>
    childrenNamed(element, group).map((each) => ({ name: textOf(each, name) ?? '', enabled: flagOf(each, 'enabled'), at: each.at }));
  const permissionSet: PermissionSetComponent = {
    ...component,
    label: textOf(element, 'label') ?? component.name,
    description: textOf(element, 'description'),
    classAccesses: named('classAccesses', 'apexClass'),
    customMetadataTypes: named('customMetadataTypeAccesses', 'name'),
    customPermissions: named('customPermissions', 'name'),
    tabs: childrenNamed(element, 'tabSettings').map((each) => ({
      name: textOf(each, 'tab') ?? '',
      enabled: textOf(each, 'visibility') !== 'None',
      at: each.at,
    })),
    applications: childrenNamed(element, 'applicationVisibilities').map((each) => ({
      name: textOf(each, 'application') ?? '',
      enabled: flagOf(each, 'visible'),
      at: each.at,
    })),
    userPermissions: named('userPermissions', 'name'),
    fieldPermissions: childrenNamed(element, 'fieldPermissions').map((each) => ({
      field: textOf(each, 'field') ?? '',
      readable: flagOf(each, 'readable'),
      editable: flagOf(each, 'editable'),
      at: each.at,
    })),
    objectPermissions: childrenNamed(element, 'objectPermissions').map((each) => ({
      object: textOf(each, 'object') ?? '',
      allowCreate: flagOf(each, 'allowCreate'),
      allowRead: flagOf(each, 'allowRead'),
      allowEdit: flagOf(each, 'allowEdit'),
      allowDelete: flagOf(each, 'allowDelete'),
      viewAllRecords: flagOf(each, 'viewAllRecords'),
      modifyAllRecords: flagOf(each, 'modifyAllRecords'),
      viewAllFields: flagOf(each, 'viewAllFields'),
      at: each.at,
    })),
  };
  return { permissionSet, problems };
}
