import { bool, int, setupFields, text } from './fields.ts';
import type { StandardTable } from './table.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_leadstatus.htm */
export const LEAD_STATUS: StandardTable = {
  name: 'LeadStatus',
  label: 'Lead Status Value',
  labelPlural: 'Lead Status Value',
  keyPrefix: '01J',
  createable: false,
  updateable: false,
  deletable: false,
  fields: [
    ...setupFields(),
    text('MasterLabel', 255, { filled: true, write: 'none' }),
    text('ApiName', 255, { label: 'API Name', filled: true, write: 'none', nameField: true }),
    int('SortOrder', 9, { write: 'none' }),
    bool('IsDefault', { label: 'Is Default', write: 'none' }),
    bool('IsConverted', { write: 'none' }),
  ],
};
