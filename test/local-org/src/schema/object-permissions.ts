import { standardObject } from '../catalog/standard-objects.ts';
import { isCustomMetadata } from './custom-metadata.ts';
import type { ObjectDef } from './types.ts';

/**
 * Standard objects whose access follows from something else than object permissions: user permissions (activities, set-up)
 * or the object above them. Custom metadata types have a permission of their own.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_objectpermissions.htm
 */
const WITHOUT = new Set([
  'CaseComment',
  'CaseStatus',
  'ContentDocument',
  'ContentDocumentLink',
  'ContentNote',
  'CurrencyType',
  'Event',
  'FiscalYearSettings',
  'Group',
  'LeadStatus',
  'OpportunityContactRole',
  'OpportunityHistory',
  'OpportunityStage',
  'Organization',
  'Period',
  'PermissionSet',
  'PermissionSetAssignment',
  'Profile',
  'RecordType',
  'Task',
  'TaskPriority',
  'TaskStatus',
  'User',
  'UserLicense',
  'UserRecordAccess',
  'UserRole',
]);

/** Whether permission sets give object permissions for an object. */
export function hasObjectPermissions(object: ObjectDef): boolean {
  return !isCustomMetadata(object) && (object.custom || !WITHOUT.has(object.name));
}

/** Whether they give field permissions for its fields; where not, who may read the object reads them all. */
export function hasFieldPermissions(object: ObjectDef): boolean {
  return hasObjectPermissions(object) || object.name === 'Task' || object.name === 'Event';
}

/** Whether the platform has a user permission of a name such as `ApiEnabled`: PermissionSet has a field for each. */
export function isUserPermission(name: string): boolean {
  return standardObject('PermissionSet')?.fields.has(`permissions${name}`.toLowerCase()) === true;
}
