import type { DeployedPermissions } from './deployed-permissions.ts';

/**
 * What the rest of the local org knows about objects and fields: the shape of describe, reduced to what we use.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_describesobjects_describesobjectresult.htm
 */

/** Field types under the names that REST describe uses. */
export type FieldType =
  | 'id'
  | 'reference'
  | 'string'
  | 'textarea'
  | 'picklist'
  | 'multipicklist'
  | 'combobox'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'time'
  | 'email'
  | 'phone'
  | 'url'
  | 'base64'
  | 'address'
  | 'location'
  | 'encryptedstring';

/**
 * A field value as the store, SOQL and DML pass it on: ids 18 characters, dates `YYYY-MM-DD`, datetimes and times as
 * epoch (or day) milliseconds, every number a JavaScript number, empty text is null.
 */
export type Value = string | number | boolean | null;

export interface PicklistEntry {
  readonly value: string;
  readonly label: string;
  readonly active: boolean;
  readonly defaultValue: boolean;
}

export interface FieldDef {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Characters, for text; 0 where it has no meaning. */
  readonly length: number;
  /** All digits, and digits right of the point, for numbers; 0 where they have no meaning. */
  readonly precision: number;
  readonly scale: number;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly filterable: boolean;
  readonly sortable: boolean;
  readonly groupable: boolean;
  readonly custom: boolean;
  readonly calculated: boolean;
  readonly formula: string | null;
  readonly autoNumber: boolean;
  /** `CA-{000000}` */
  readonly displayFormat: string | null;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  readonly externalId: boolean;
  readonly nameField: boolean;
  readonly htmlFormatted: boolean;
  /** Literal default in stored form, or null. */
  readonly defaultValue: Value;
  /** True where the platform fills it on create when it is left out (owner, status, a checkbox). */
  readonly defaultedOnCreate: boolean;
  readonly picklistValues: readonly PicklistEntry[];
  readonly restrictedPicklist: boolean;
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  readonly inlineHelpText: string | null;
}

export interface ChildRelationship {
  readonly relationshipName: string;
  readonly childObject: string;
  readonly field: string;
}

/**
 * Org-wide default: who has access to records that they do not own. `Private`: nobody; `Read`: everybody reads; `ReadWrite`:
 * everybody reads and edits; `ControlledByParent`: whoever has it to the record that its parent field leads to.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customobject.htm
 */
export type SharingModel = 'Private' | 'Read' | 'ReadWrite' | 'ReadWriteTransfer' | 'FullAccess' | 'ControlledByParent';

export interface ObjectDef {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string;
  readonly custom: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly queryable: boolean;
  readonly sharingModel: SharingModel;
  /** By lower-case name, in describe order. */
  readonly fields: ReadonlyMap<string, FieldDef>;
  readonly childRelationships: readonly ChildRelationship[];
  /** Left out where it has none. */
  readonly validationRules?: readonly ValidationRule[];
  /** The deployed records of a custom metadata type; left out on every other object. */
  readonly metadataRecords?: readonly CustomMetadataRecord[];
}

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_custommetadata.htm */
export interface CustomMetadataRecord {
  /** The developer name: `Default`. */
  readonly name: string;
  readonly label: string;
  readonly values: readonly CustomMetadataValue[];
}

export interface CustomMetadataValue {
  readonly field: string;
  /** As written; null where it is `xsi:nil` or empty. */
  readonly text: string | null;
  /** `boolean`, `string`, `double`, …: the local part of `xsi:type`; null where it has none. */
  readonly xsiType: string | null;
}

/**
 * A record for which the condition is true is not saved.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_validationformulas.htm
 */
export interface ValidationRule {
  readonly name: string;
  readonly active: boolean;
  /** A formula. */
  readonly condition: string;
  readonly message: string;
  /** Where the page shows the message: a field of the object, or null for the top of the page. */
  readonly displayField: string | null;
}

/** What a look-up by name can answer: the platform has no such name, or it has one that the local org has not learned. */
export type Lookup<T> = { readonly kind: 'known'; readonly def: T } | { readonly kind: 'unsupported' } | { readonly kind: 'unknown' };

/** One org's objects. Names are looked up without regard to case. */
export interface Schema {
  object(name: string): Lookup<ObjectDef>;
  field(object: ObjectDef, name: string): Lookup<FieldDef>;
  /** The field whose relationship name is `name` (`Account` → AccountId, `Parent__r` → Parent__c). */
  parentRelationship(object: ObjectDef, name: string): Lookup<FieldDef>;
  childRelationship(object: ObjectDef, name: string): Lookup<ChildRelationship>;
  objectByPrefix(keyPrefix: string): ObjectDef | undefined;
  objects(): Iterable<ObjectDef>;
  /** What permission sets and custom permissions the org has. */
  readonly permissions: DeployedPermissions;
}
