import { idField, modifiedFields, reference, stampField, text } from './fields.ts';
import type { StandardTable } from './table.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_userrole.htm */
export const USER_ROLE: StandardTable = {
  name: 'UserRole',
  label: 'Role',
  labelPlural: 'Role',
  keyPrefix: '00E',
  fields: [
    ...idField(),
    text('Name', 80, { required: true, nameField: true }),
    reference('ParentRoleId', 'UserRole', { label: 'Parent Role ID' }),
    text('RollupDescription', 80, { label: 'Description' }),
    text('DeveloperName', 80, { filled: true }),
    ...modifiedFields(),
    stampField(),
  ],
};
