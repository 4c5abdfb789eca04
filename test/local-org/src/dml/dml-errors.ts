import type { FieldDef, ObjectDef, ValidationRule, Value } from '../schema/types.ts';
import type { DmlError } from './types.ts';

/**
 * The errors of single records, in the platform's words. Status codes:
 * @see https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm
 */

/** Given to the records that had no error of their own in a statement that another record undid. */
export const ROLLED_BACK: DmlError = {
  statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  fields: [],
};

/** @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_dml_bulk_exceptions.htm */
export const TOO_MANY_RETRIES: DmlError = {
  statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
  message: 'Too many batch retries in the presence of Apex triggers and partial failures.',
  fields: [],
};

export const ENTITY_IS_DELETED: DmlError = { statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] };
export const INVALID_CROSS_REFERENCE: DmlError = {
  statusCode: 'INVALID_CROSS_REFERENCE_KEY',
  message: 'invalid cross reference id',
  fields: [],
};
export const NOT_IN_RECYCLE_BIN: DmlError = { statusCode: 'UNDELETE_FAILED', message: 'Entity is not in the recycle bin', fields: [] };
export const CONVERTED_LEAD: DmlError = {
  statusCode: 'CANNOT_UPDATE_CONVERTED_LEAD',
  message: 'cannot reference converted lead',
  fields: [],
};
export const ID_IN_INSERT: DmlError = {
  statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
  message: 'cannot specify Id in an insert call',
  fields: ['Id'],
};

export const INSUFFICIENT_ACCESS: DmlError = {
  statusCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
  message: 'insufficient access rights on object id',
  fields: [],
};

/** Of a reference to a record that the user may not see. */
export const INSUFFICIENT_ACCESS_TO_PARENT: DmlError = {
  statusCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
  message: 'insufficient access rights on cross-reference id',
  fields: [],
};

/** @param id the record, or a parent of it, that another transaction holds */
export function lockedByAnother(id: string): DmlError {
  return {
    statusCode: 'UNABLE_TO_LOCK_ROW',
    message: `unable to obtain exclusive access to this record or 1 records: ${id}`,
    fields: [],
  };
}

export function idMissing(verb: string): DmlError {
  const article = /^[aeiou]/.test(verb) ? 'an' : 'a';
  return { statusCode: 'MISSING_ARGUMENT', message: `Id not specified in ${article} ${verb} call`, fields: [] };
}

export function operationNotAllowed(object: ObjectDef, verb: 'create' | 'update' | 'delete' | 'undelete'): DmlError {
  return { statusCode: 'INVALID_TYPE_FOR_OPERATION', message: `entity type ${object.name} does not support ${verb}`, fields: [] };
}

export function unknownField(object: ObjectDef, name: string): DmlError {
  return { statusCode: 'INVALID_FIELD', message: `No such column '${name}' on sobject of type ${object.name}`, fields: [name] };
}

export function notWritable(fields: readonly string[]): DmlError {
  return {
    statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    message:
      `Unable to create/update fields: ${fields.join(', ')}. Please check the security settings of this field and verify ` +
      'that it is read/write for your profile or permission set.',
    fields,
  };
}

export function requiredMissing(fields: readonly string[]): DmlError {
  return { statusCode: 'REQUIRED_FIELD_MISSING', message: `Required fields are missing: [${fields.join(', ')}]`, fields };
}

export function wrongType(field: FieldDef, value: Value): DmlError {
  return onField('INVALID_TYPE_ON_FIELD_IN_RECORD', field, `value not of required type: ${String(value)}`);
}

export function tooLong(field: FieldDef, value: string): DmlError {
  return onField('STRING_TOO_LONG', field, `data value too large: ${value} (max length=${field.length})`);
}

export function notInPicklist(field: FieldDef, value: string): DmlError {
  return onField('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', field, `bad value for restricted picklist field: ${value}`);
}

export function outOfRange(field: FieldDef, value: number): DmlError {
  return onField('NUMBER_OUTSIDE_VALID_RANGE', field, `value outside of valid range on numeric field: ${value}`);
}

export function invalidEmail(field: FieldDef, value: string): DmlError {
  return onField('INVALID_EMAIL_ADDRESS', field, `invalid email address: ${value}`);
}

export function malformedId(field: FieldDef, value: string): DmlError {
  return onField('MALFORMED_ID', field, `id value of incorrect type: ${value}`);
}

export function idOfOtherObject(field: FieldDef, value: string): DmlError {
  return onField('FIELD_INTEGRITY_EXCEPTION', field, `id value of incorrect type: ${value}`);
}

export function ownerBlank(field: FieldDef): DmlError {
  return onField('INVALID_CROSS_REFERENCE_KEY', field, 'owner cannot be blank');
}

export function inactiveOwner(id: string): DmlError {
  return { statusCode: 'INACTIVE_OWNER_OR_USER', message: `operation performed with inactive user [${id}]`, fields: [] };
}

/** @param id the record that holds the value, or null where it is one of the same statement */
export function duplicateValue(field: FieldDef, id: string | null): DmlError {
  const message =
    id === null
      ? 'duplicate value found: <unknown> duplicates value on record with id: <unknown>'
      : `duplicate value found: ${field.name} duplicates value on record with id: ${id.slice(0, 15)}`;
  return { statusCode: 'DUPLICATE_VALUE', message, fields: [] };
}

export function duplicateExternalId(field: FieldDef, value: Value, ids: readonly string[]): DmlError {
  if (ids.length === 0)
    return { statusCode: 'DUPLICATE_VALUE', message: `Duplicate external id specified: ${String(value)}`, fields: [field.name] };
  const list = ids.map((id) => id.slice(0, 15)).join(', ');
  return {
    statusCode: 'DUPLICATE_EXTERNAL_ID',
    message: `${field.name}: more than one record found for external id field: [${list}]`,
    fields: [field.name],
  };
}

export function externalIdMissing(field: FieldDef): DmlError {
  return { statusCode: 'MISSING_ARGUMENT', message: `${field.name} not specified`, fields: [field.name] };
}

/** The message stands alone: the rule's author wrote it for people. */
export function brokenRule(object: ObjectDef, { displayField, message }: ValidationRule): DmlError {
  const field = displayField === null ? undefined : object.fields.get(displayField.toLowerCase());
  return { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message, fields: field ? [field.name] : [] };
}

export function triggerFailed(message: string): DmlError {
  return { statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message, fields: [] };
}

/** The platform begins such a message with the field's label. */
function onField(statusCode: string, field: FieldDef, message: string): DmlError {
  return { statusCode, message: `${field.label}: ${message}`, fields: [field.name] };
}
