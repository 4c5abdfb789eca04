import { bool, setupFields, text } from './fields.ts';
import type { StandardTable } from './table.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_recordtype.htm */
export const RECORD_TYPE: StandardTable = {
  name: 'RecordType',
  label: 'Record Type',
  labelPlural: 'Record Types',
  keyPrefix: '012',
  fields: [
    ...setupFields(),
    text('Name', 80, { filled: true, nameField: true }),
    text('DeveloperName', 80, { label: 'Record Type Name', filled: true }),
    text('NamespacePrefix', 15, { write: 'none' }),
    text('Description', 255),
    text('SobjectType', 40, { label: 'SObject Type Name', filled: true, write: 'create' }),
    bool('IsActive'),
  ],
};
