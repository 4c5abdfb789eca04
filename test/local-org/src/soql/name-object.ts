import { plainField } from '../schema/standard/fields.ts';
import type { FieldDef, FieldType, ObjectDef } from '../schema/types.ts';

const field = (name: string, type: FieldType, label = name): FieldDef =>
  plainField(name, label, type, { createable: false, updateable: false, nameField: name === 'Name' });

const FIELDS: readonly FieldDef[] = [
  field('Id', 'id', 'Record ID'),
  field('Name', 'string'),
  field('Type', 'picklist'),
  field('FirstName', 'string', 'First Name'),
  field('LastName', 'string', 'Last Name'),
  field('Alias', 'string'),
  field('Email', 'email'),
  field('Phone', 'phone'),
  field('Title', 'string'),
  field('Username', 'string'),
  field('IsActive', 'boolean', 'Active'),
  field('ProfileId', 'reference', 'Profile ID'),
  field('UserRoleId', 'reference', 'Role ID'),
  field('RecordTypeId', 'reference', 'Record Type ID'),
];

/**
 * What a polymorphic reference leads to: a view of whatever object the record is of, with the fields that all may have.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_name.htm
 */
export const NAME_OBJECT: ObjectDef = {
  name: 'Name',
  label: 'Name',
  labelPlural: 'Name',
  keyPrefix: '',
  custom: false,
  createable: false,
  updateable: false,
  deletable: false,
  queryable: false,
  sharingModel: 'ReadWrite',
  fields: new Map(FIELDS.map((each) => [each.name.toLowerCase(), each])),
  childRelationships: [],
};
