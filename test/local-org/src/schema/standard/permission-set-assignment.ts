import { bool, datetime, idField, reference, stampField } from './fields.ts';
import type { StandardTable } from './table.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_permissionsetassignment.htm */
export const PERMISSION_SET_ASSIGNMENT: StandardTable = {
  name: 'PermissionSetAssignment',
  label: 'Permission Set Assignment',
  labelPlural: 'Permission Set Assignments',
  keyPrefix: '0Pa',
  fields: [
    ...idField(),
    reference('PermissionSetId', 'PermissionSet', { write: 'create', children: 'Assignments' }),
    reference('AssigneeId', 'User', { label: 'Assignee ID', required: true, write: 'create', children: 'PermissionSetAssignments' }),
    stampField(),
    datetime('ExpirationDate'),
    bool('IsActive', { label: 'Is Active', write: 'none', defaultValue: true }),
  ],
};
