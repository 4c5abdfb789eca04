import { datetime, idField, stampField, text } from './fields.ts';
import type { StandardTable } from './table.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_userlicense.htm */
export const USER_LICENSE: StandardTable = {
  name: 'UserLicense',
  label: 'User License',
  labelPlural: 'User License',
  keyPrefix: '100',
  createable: false,
  updateable: false,
  deletable: false,
  fields: [
    ...idField(),
    text('LicenseDefinitionKey', 40, { label: 'License Def. ID', filled: true, write: 'none' }),
    text('Name', 40, { filled: true, write: 'none', nameField: true }),
    text('MasterLabel', 40, { write: 'none' }),
    datetime('CreatedDate', { filled: true, write: 'none' }),
    datetime('LastModifiedDate', { filled: true, write: 'none' }),
    stampField(),
  ],
};
