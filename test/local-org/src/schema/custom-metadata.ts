import type { DeployedObject } from './deployed-object.ts';
import { idField, picklist, stampField, text } from './standard/fields.ts';
import type { FieldDef, ObjectDef } from './types.ts';

/** Whether a name is that of a custom metadata type: `Write_Policy__mdt`. */
export function isCustomMetadataName(name: string): boolean {
  return /__mdt$/i.test(name);
}

/** Whether its records are metadata: deployed, read by every query, changed by no DML. */
export function isCustomMetadata(object: ObjectDef): boolean {
  return object.metadataRecords !== undefined;
}

/**
 * The fields that every custom metadata type has.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_custommetadatatype__mdt.htm
 */
function standardFields(): FieldDef[] {
  const name = { filled: true, write: 'none' } as const;
  return [
    ...idField(),
    text('DeveloperName', 40, { label: 'Custom Metadata Record Name', unique: true }),
    text('MasterLabel', 40, { label: 'Label' }),
    picklist('Language', ['*en_US'], { label: 'Master Language', write: 'none' }),
    text('NamespacePrefix', 15, { write: 'none' }),
    text('Label', 40, name),
    text('QualifiedApiName', 70, { label: 'Qualified API Name', ...name }),
    stampField(),
  ].map(({ def }) => def);
}

/**
 * A custom metadata type without its own fields. DML and the API change no record of one; Apex makes records of it in memory.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_metadata_types.htm
 */
export function customMetadataObject(
  object: DeployedObject,
  keyPrefix: string,
): Omit<ObjectDef, 'fields' | 'childRelationships'> & {
  fields: Map<string, FieldDef>;
} {
  return {
    name: object.name,
    label: object.label,
    labelPlural: object.labelPlural,
    keyPrefix,
    custom: true,
    createable: false,
    updateable: false,
    deletable: false,
    queryable: true,
    sharingModel: 'ReadWrite',
    fields: new Map(standardFields().map((field) => [field.name.toLowerCase(), field])),
  };
}
