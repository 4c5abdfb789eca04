import { picklist, reference, setupFields, text, viewedFields } from './fields.ts';
import type { StandardTable } from './table.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_profile.htm */
export const PROFILE: StandardTable = {
  name: 'Profile',
  label: 'Profile',
  labelPlural: 'Profile',
  keyPrefix: '00e',
  fields: [
    ...setupFields(),
    text('Name', 255, { required: true, nameField: true }),
    text('Description', 255),
    reference('UserLicenseId', 'UserLicense', { label: 'User License ID', filled: true, write: 'create' }),
    picklist('UserType', ['Standard', 'Guest', 'CsnOnly', 'PowerPartner', 'PowerCustomerSuccess', 'CspLitePortal'], {
      write: 'none',
      restricted: true,
    }),
    ...viewedFields(),
  ],
};
