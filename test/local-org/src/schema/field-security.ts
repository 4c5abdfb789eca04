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
 * Standard fields that can be written, may be empty and have no field permissions: profiles that an org gives out name every field
 * that has some, and none of 106 that were looked at names these.
 */
const NEVER_GRANTED = new Set([
  'case.status',
  'contact.emailbounceddate',
  'contact.emailbouncedreason',
  'event.activitydate',
  'event.activitydatetime',
  'event.durationinminutes',
  'event.enddatetime',
  'event.eventsubtype',
  'event.isprivate',
  'event.isreminderset',
  'event.reminderdatetime',
  'event.showas',
  'event.startdatetime',
  'lead.emailbounceddate',
  'lead.emailbouncedreason',
  'lead.isunreadbyowner',
  'opportunity.contactid',
  'opportunity.forecastcategoryname',
  'task.calldisposition',
  'task.calldurationinseconds',
  'task.callobject',
  'task.calltype',
  'task.isreminderset',
  'task.reminderdatetime',
  'task.tasksubtype',
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
  const key = `${object.name}.${field.name}`.toLowerCase();
  if (NEVER_GRANTED.has(key)) return false;
  if (field.type === 'address' || GRANTED_THOUGH_READ_ONLY.has(key)) return true;
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
