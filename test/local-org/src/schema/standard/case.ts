import { bool, datetime, email, longText, phone, picklist, reference, systemFields, text, viewedFields } from './fields.ts';
import { CASE_ORIGINS, CASE_PRIORITIES, CASE_REASONS, CASE_TYPES } from './picklists.ts';
import { CASE_STATUSES, pickNames } from './stages.ts';
import type { StandardTable } from './table.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_case.htm */
export const CASE: StandardTable = {
  name: 'Case',
  label: 'Case',
  labelPlural: 'Cases',
  keyPrefix: '500',
  sharingModel: 'Private',
  fields: [
    ...systemFields(),
    reference('MasterRecordId', 'Case', { write: 'none' }),
    text('CaseNumber', 30, { filled: true, write: 'none', nameField: true, groupable: false, autoNumber: '{00000000}' }),
    reference('ContactId', 'Contact', { children: 'Cases' }),
    reference('AccountId', 'Account', { children: 'Cases' }),
    reference('ParentId', 'Case', { label: 'Parent Case ID', children: 'Cases' }),
    reference('RecordTypeId', 'RecordType', { label: 'Record Type ID' }),
    text('SuppliedName', 80, { label: 'Name' }),
    email('SuppliedEmail', { label: 'Email Address' }),
    text('SuppliedPhone', 40, { label: 'Phone' }),
    text('SuppliedCompany', 80, { label: 'Company' }),
    picklist('Type', CASE_TYPES, { label: 'Case Type' }),
    picklist('Status', pickNames(CASE_STATUSES)),
    picklist('Reason', CASE_REASONS, { label: 'Case Reason' }),
    picklist('Origin', CASE_ORIGINS, { label: 'Case Origin' }),
    text('Subject', 255),
    picklist('Priority', CASE_PRIORITIES),
    longText('Description', 32000),
    bool('IsClosed', { write: 'none' }),
    datetime('ClosedDate', { write: 'none' }),
    bool('IsEscalated', { label: 'Escalated' }),
    reference('OwnerId', ['Group', 'User'], { label: 'Owner ID', filled: true }),
    bool('IsClosedOnCreate', { label: 'Closed When Created', write: 'none' }),
    phone('ContactPhone', { write: 'none' }),
    phone('ContactMobile', { write: 'none' }),
    email('ContactEmail', { write: 'none' }),
    phone('ContactFax', { write: 'none' }),
    ...viewedFields(),
  ],
};
