import { bool, combobox, date, datetime, int, longText, picklist, reference, systemFields, text } from './fields.ts';
import { EVENT_SUBJECTS } from './picklists.ts';
import type { StandardTable } from './table.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_event.htm */
export const EVENT: StandardTable = {
  name: 'Event',
  label: 'Event',
  labelPlural: 'Events',
  keyPrefix: '00U',
  sharingModel: 'ControlledByParent',
  fields: [
    ...systemFields(),
    reference('WhoId', ['Contact', 'Lead'], { label: 'Name ID', children: 'Events' }),
    reference('WhatId', ['Account', 'Opportunity', 'Case'], { label: 'Related To ID', children: 'Events' }),
    combobox('Subject', 255, EVENT_SUBJECTS, { nameField: true }),
    text('Location', 255),
    bool('IsAllDayEvent', { label: 'All-Day Event' }),
    datetime('ActivityDateTime', { label: 'Due Date Time' }),
    date('ActivityDate', { label: 'Due Date Only' }),
    int('DurationInMinutes', 8, { label: 'Duration' }),
    datetime('StartDateTime', { label: 'Start Date Time' }),
    datetime('EndDateTime', { label: 'End Date Time' }),
    date('EndDate', { write: 'none' }),
    longText('Description', 32000),
    reference('AccountId', 'Account', { write: 'none' }),
    reference('OwnerId', 'User', { label: 'Assigned To ID', filled: true }),
    picklist('Type', ['Email', 'Meeting', 'Other', 'Call']),
    bool('IsPrivate', { label: 'Private' }),
    picklist('ShowAs', ['*Busy', 'OutOfOffice', 'Free'], { label: 'Show Time As', restricted: true }),
    bool('IsChild', { label: 'Is Child', write: 'none' }),
    bool('IsGroupEvent', { label: 'Is Group Event', write: 'none' }),
    bool('IsArchived', { write: 'none' }),
    bool('IsRecurrence', { label: 'Create Recurring Series of Events', write: 'none' }),
    datetime('ReminderDateTime', { label: 'Reminder Date/Time' }),
    bool('IsReminderSet', { label: 'Reminder Set' }),
    picklist('EventSubtype', ['*Event'], { write: 'create', restricted: true }),
  ],
};
