import { NotSupported } from '../../errors.ts';
import { currentValue } from '../working-record.ts';
import type { DerivedRule } from './derived-rule.ts';

/**
 * A permission set is assigned to a user once, and for good.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_permissionsetassignment.htm
 */
export const permissionSetAssignments: DerivedRule = {
  objects: ['PermissionSetAssignment'],
  beforeSave(record, tx) {
    const { object, old, values } = record;
    if ((values.get('ExpirationDate') ?? null) !== null) throw new NotSupported('assignments of permission sets that expire');
    const user = currentValue(record, 'AssigneeId');
    const permissionSet = currentValue(record, 'PermissionSetId');
    if (old !== null || typeof user !== 'string') return;
    const others = tx.store.findIds(object, 'AssigneeId', user);
    if (others.some((id) => tx.store.get(object, id)?.get('PermissionSetId') === permissionSet)) {
      const message = `Duplicate PermissionSetAssignment. Assignee: ${user.slice(0, 15)}; Permission Set: ${String(permissionSet).slice(0, 15)}`;
      record.errors.push({ statusCode: 'DUPLICATE_VALUE', message, fields: ['AssigneeId', 'PermissionSetId'] });
    }
  },
};
