import { bool, combobox, date, datetime, int, longText, picklist, reference, systemFields, text } from './fields.ts';
import { TASK_SUBJECTS } from './picklists.ts';
import { pickNames, TASK_PRIORITIES, TASK_STATUSES } from './stages.ts';
import type { StandardTable } from './table.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_task.htm */
export const TASK: StandardTable = {
  name: 'Task',
  label: 'Task',
  labelPlural: 'Tasks',
  keyPrefix: '00T',
  sharingModel: 'ControlledByParent',
  fields: [
    ...systemFields(),
    reference('WhoId', ['Contact', 'Lead'], { label: 'Name ID', children: 'Tasks' }),
    reference('WhatId', ['Account', 'Opportunity', 'Case'], { label: 'Related To ID', children: 'Tasks' }),
    combobox('Subject', 255, TASK_SUBJECTS, { nameField: true }),
    date('ActivityDate', { label: 'Due Date Only' }),
    picklist('Status', pickNames(TASK_STATUSES), { filled: true }),
    picklist('Priority', pickNames(TASK_PRIORITIES), { filled: true }),
    bool('IsHighPriority', { label: 'High Priority', write: 'none' }),
    reference('OwnerId', ['Group', 'User'], { label: 'Assigned To ID', filled: true }),
    longText('Description', 32000),
    picklist('Type', ['Call', 'Meeting', 'Other', 'Email']),
    reference('AccountId', 'Account', { write: 'none' }),
    bool('IsClosed', { write: 'none' }),
    int('CallDurationInSeconds', 8, { label: 'Call Duration' }),
    picklist('CallType', ['Internal', 'Inbound', 'Outbound']),
    text('CallDisposition', 255, { label: 'Call Result' }),
    text('CallObject', 255, { label: 'Call Object Identifier' }),
    datetime('ReminderDateTime', { label: 'Reminder Date/Time' }),
    bool('IsReminderSet', { label: 'Reminder Set' }),
    bool('IsArchived', { write: 'none' }),
    picklist('TaskSubtype', ['*Task', 'Email', 'ListEmail', 'Cadence', 'Call', 'LinkedIn'], { write: 'create', restricted: true }),
    datetime('CompletedDateTime', { label: 'Completed Date/Time', write: 'none' }),
  ],
};
