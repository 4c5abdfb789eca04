import { bool, idField, picklist, reference, text } from './fields.ts';
import type { StandardTable } from './table.ts';

/**
 * What a user may do with a record, worked out when it is asked: nothing of it is stored.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_userrecordaccess.htm
 */
export const USER_RECORD_ACCESS: StandardTable = {
  name: 'UserRecordAccess',
  label: 'User Record Access',
  labelPlural: 'User Record Access',
  keyPrefix: '0J0',
  createable: false,
  updateable: false,
  deletable: false,
  fields: [
    ...idField(),
    reference('UserId', 'User', { write: 'none' }),
    text('RecordId', 18, { label: 'Record ID', write: 'none' }),
    bool('HasReadAccess', { write: 'none' }),
    bool('HasEditAccess', { write: 'none' }),
    bool('HasDeleteAccess', { write: 'none' }),
    picklist('MaxAccessLevel', ['None', 'Read', 'Edit', 'Delete', 'Transfer', 'All'], { write: 'none', restricted: true }),
  ],
};
