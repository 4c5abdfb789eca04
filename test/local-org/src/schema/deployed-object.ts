import type { CustomMetadataRecord, SharingModel, ValidationRule } from './types.ts';

/** An object or an extension of a standard object as its metadata declares it. What is left out there is null or its default here. */
export interface DeployedObject {
  /** `Cleanup_Audit__c`, or `Account` where a package adds fields to it. */
  readonly name: string;
  /**
   * Its number among the custom objects, or custom metadata types, that the org ever had, from 0: its key prefix follows from
   * it. Left out: its place in the list.
   */
  readonly ordinal?: number;
  readonly label: string;
  readonly labelPlural: string;
  /** Null on standard objects, whose name field is given, and on custom metadata types, which have none. */
  readonly nameField: DeployedNameField | null;
  readonly fields: readonly DeployedField[];
  readonly validationRules?: readonly ValidationRule[];
  /** The records of a custom metadata type; left out on every other object, and where only a part of one is deployed. */
  readonly metadataRecords?: readonly CustomMetadataRecord[];
  /** Left out where the metadata leaves it out: then it stays what it is. */
  readonly sharingModel?: SharingModel;
}

export interface DeployedNameField {
  readonly label: string;
  readonly type: 'Text' | 'AutoNumber';
  /** `CA-{000000}`; null for text. */
  readonly displayFormat: string | null;
}

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customfield.htm */
export interface DeployedField {
  readonly name: string;
  readonly label: string;
  /** The metadata type: `Text`, `LongTextArea`, `Checkbox`, … */
  readonly type: string;
  readonly length: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
  readonly required: boolean;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  readonly externalId: boolean;
  /** A formula; only literals can be computed so far. */
  readonly defaultValue: string | null;
  readonly formula: string | null;
  readonly displayFormat: string | null;
  readonly picklist: DeployedPicklist | null;
  readonly referenceTo: string | null;
  readonly relationshipName: string | null;
  readonly inlineHelpText: string | null;
}

export interface DeployedPicklist {
  readonly restricted: boolean;
  readonly values: readonly { readonly value: string; readonly label: string; readonly active: boolean; readonly isDefault: boolean }[];
}
