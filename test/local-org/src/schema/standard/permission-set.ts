import { bool, picklist, reference, setupFields, text } from './fields.ts';
import type { StandardTable } from './table.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_permissionset.htm */
export const PERMISSION_SET: StandardTable = {
  name: 'PermissionSet',
  label: 'Permission Set',
  labelPlural: 'Permission Sets',
  keyPrefix: '0PS',
  fields: [
    ...setupFields(),
    text('Name', 80, { label: 'Permission Set Name', required: true, nameField: true }),
    text('Label', 80, { label: 'Permission Set Label', required: true }),
    text('Description', 255),
    reference('ProfileId', 'Profile', { write: 'none' }),
    bool('IsOwnedByProfile', { write: 'none' }),
    bool('IsCustom', { write: 'none' }),
    text('NamespacePrefix', 15, { write: 'none' }),
    bool('HasActivationRequired', { label: 'Session Activation Required' }),
    picklist('Type', ['Regular', 'Standard', 'Session', 'Group', 'Profile'], { write: 'none', restricted: true }),
  ],
};
