import { bool, email, picklist, reference, setupFields, text } from './fields.ts';
import type { StandardTable } from './table.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_group.htm */
export const GROUP: StandardTable = {
  name: 'Group',
  label: 'Group',
  labelPlural: 'Group',
  keyPrefix: '00G',
  fields: [
    ...setupFields(),
    text('Name', 40, { required: true, nameField: true }),
    text('DeveloperName', 80, { filled: true }),
    picklist('Type', ['Regular', 'Queue', 'Role', 'RoleAndSubordinates', 'Organization'], {
      filled: true,
      write: 'create',
      restricted: true,
    }),
    email('Email'),
    reference('OwnerId', 'User', { filled: true, write: 'none' }),
    bool('DoesSendEmailToMembers', { label: 'Send Email to Members' }),
    bool('DoesIncludeBosses', { label: 'Include Bosses', defaultValue: true }),
  ],
};
