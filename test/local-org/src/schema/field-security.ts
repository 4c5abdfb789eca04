import type { FieldDef, ObjectDef } from './types.ts';

const SYSTEM_FIELDS = /^(?:Id|OwnerId|RecordTypeId|IsDeleted|CreatedDate|CreatedById|LastModifiedDate|LastModifiedById|SystemModstamp)$/;

/** Parts of the compound field Name of people, which everybody sees who sees the person. */
const NAME_PARTS = /^(?:FirstName|LastName|Salutation)$/;

/** Standard fields that nobody writes and that field permissions are given for all the same. */
const GRANTED_THOUGH_READ_ONLY = new Set([
  'opportunity.expectedrevenue',
  'contact.lastcurequestdate',
  'contact.lastcuupdatedate',
  'case.contactphone',
  'case.contactmobile',
  'case.contactfax',
  'case.contactemail',
  'case.closeddate',
  'case.isclosedoncreate',
  'lead.lasttransferdate',
]);

/**
 * Standard fields that no profile or permission set retrieved from an org lists, though they may be empty and can be
 * written: a permission set that names one cannot be deployed.
 */
const NEVER_GRANTED = new Set([
  'case.status',
  'contact.emailbounceddate',
  'contact.emailbouncedreason',
  'lead.emailbounceddate',
  'lead.emailbouncedreason',
  'lead.isunreadbyowner',
  'opportunity.contactid',
  'opportunity.forecastcategoryname',
]);

/** All that field permissions are given for of an activity's standard fields; its dates and times go with the activity. */
const GRANTED_OF_ACTIVITIES = new Set([
  'event.description',
  'event.isalldayevent',
  'event.location',
  'event.type',
  'event.whatid',
  'event.whoid',
  'task.activitydate',
  'task.description',
  'task.type',
  'task.whatid',
  'task.whoid',
]);

/**
 * Whether field permissions can be given for a field. The others (required fields, the record's name, what the platform
 * keeps by itself) are visible to whoever may read the object, and editable as the object is: describe says `permissionable`
 * false of them.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_fieldpermissions.htm
 */
export function isPermissionable(object: ObjectDef, field: FieldDef): boolean {
  if (SYSTEM_FIELDS.test(field.name) || field.nameField) return false;
  if (field.calculated && field.formula !== null) return true;
  if (field.custom) return field.nillable || field.type === 'boolean' || field.autoNumber;
  if (object.fields.has('lastname') && NAME_PARTS.test(field.name)) return false;
  const path = `${object.name}.${field.name}`.toLowerCase();
  if (object.name === 'Task' || object.name === 'Event') return GRANTED_OF_ACTIVITIES.has(path);
  if (NEVER_GRANTED.has(path)) return false;
  if (field.type === 'address' || GRANTED_THOUGH_READ_ONLY.has(path)) return true;
  if (!field.createable && !field.updateable) return false;
  return field.nillable || field.type === 'boolean';
}

/** The name under which a field's permissions are given, in lower case: a part of an address goes by its compound. */
export function permissionKey(object: ObjectDef, field: FieldDef): string {
  return `${object.name}.${compoundOf(object, field) ?? field.name}`.toLowerCase();
}

/** The compound field that a field is a part of, as describe names it: an address, or a person's name. */
export function compoundFieldName(object: ObjectDef, field: FieldDef): string | null {
  if (!field.custom && object.fields.has('lastname') && NAME_PARTS.test(field.name)) return 'Name';
  return compoundOf(object, field);
}

const ADDRESS_PART = /^(.*?)(?:Street|City|State|PostalCode|Country|Latitude|Longitude|GeocodeAccuracy)$/;

function compoundOf(object: ObjectDef, field: FieldDef): string | null {
  if (field.custom) return null;
  const prefix = ADDRESS_PART.exec(field.name)?.[1];
  const compound = prefix === undefined ? undefined : object.fields.get(`${prefix}address`.toLowerCase());
  return compound?.type === 'address' ? compound.name : null;
}
