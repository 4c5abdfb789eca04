import type { Location } from '../errors.ts';
import type { DeployedField, DeployedNameField } from '../schema/deployed-object.ts';
import type { XmlElement } from './xml-element.ts';
import type { CustomMetadataRecord, SharingModel, ValidationRule } from '../schema/types.ts';

/** One thing of a package directory that a deploy installs. */
export interface Component {
  /** `CustomObject`, `CustomField`, `ApexClass`, … */
  readonly type: string;
  /** `Cleanup_Audit__c`, `Cleanup_Audit__c.Failed__c`, `WriteService`, … */
  readonly name: string;
  /** Relative to the project's root, or to the root of a zip. */
  readonly file: string;
  readonly at: Location;
  /** As written: of Apex the element of its -meta.xml. */
  readonly element: XmlElement;
}

/** The content of package directories or of a zip, read, checked against the metadata types and free of contradictions. */
export interface Package {
  readonly components: readonly Component[];
  readonly objects: readonly ObjectComponent[];
  readonly apex: readonly ApexComponent[];
  readonly permissionSets: readonly PermissionSetComponent[];
  readonly customPermissions: readonly CustomPermissionComponent[];
  /** Component bundles, reports and their folders, layouts, tabs, pages and apps. */
  readonly others: readonly OtherComponent[];
}

/** A component whose element says all that the local org knows of it. */
export interface OtherComponent extends Component {
  /** Of a component bundle the files beside its -meta.xml; none for other types. */
  readonly resources: readonly BundleFile[];
}

export interface BundleFile {
  /** As messages name it. */
  readonly file: string;
  /** Below the bundle's folder: `auditTrail.html`. */
  readonly name: string;
  readonly text: string;
}

/** A folder below `objects`, or one .object file of a zip. */
export interface ObjectComponent {
  readonly name: string;
  /** The object's own file, or null where only parts are added to an object that is already there. */
  readonly declared: DeclaredObject | null;
  readonly fields: readonly FieldComponent[];
  readonly validationRules: readonly ValidationRuleComponent[];
  /** Of a custom metadata type. */
  readonly records: readonly CustomMetadataComponent[];
  /** List views and compact layouts. */
  readonly parts: readonly ObjectPart[];
}

export interface ObjectPart extends Component {
  readonly object: string;
}

export interface CustomMetadataComponent extends Component {
  /** `Write_Policy__mdt` */
  readonly object: string;
  readonly record: CustomMetadataRecord;
  /** Where each value of the record stands, in their order. */
  readonly valuesAt: readonly Location[];
}

export interface ValidationRuleComponent extends Component {
  readonly object: string;
  readonly rule: ValidationRule;
  /** Where the formula begins. */
  readonly conditionAt: Location;
  readonly displayFieldAt: Location;
}

export interface DeclaredObject extends Component {
  readonly label: string | null;
  readonly pluralLabel: string | null;
  readonly isCustomMetadata: boolean;
  readonly nameField: DeployedNameField | null;
  readonly sharingModel: SharingModel | null;
}

export interface FieldComponent extends Component {
  readonly object: string;
  readonly field: DeployedField;
}

export interface ApexComponent extends Component {
  readonly kind: 'class' | 'trigger';
  readonly source: string;
  /** 67 */
  readonly apiVersion: number;
}

export interface PermissionSetComponent extends Component {
  readonly label: string;
  readonly description: string | null;
  readonly objectPermissions: readonly ObjectPermission[];
  readonly fieldPermissions: readonly FieldPermission[];
  /** Names of the classes that it switches on. */
  readonly classAccesses: readonly Named[];
  /** Names of the custom metadata types that it lets its users read. */
  readonly customMetadataTypes: readonly Named[];
  /** Names of the custom permissions that it gives. */
  readonly customPermissions: readonly Named[];
  /** Names of the tabs whose visibility it sets. */
  readonly tabs: readonly Named[];
  /** Names of the apps that it shows or hides. */
  readonly applications: readonly Named[];
  /** Names of the user permissions that it switches on: `ApiEnabled`. */
  readonly userPermissions: readonly Named[];
}

export interface CustomPermissionComponent extends Component {
  readonly label: string;
}

export interface Named {
  readonly name: string;
  readonly enabled: boolean;
  readonly at: Location;
}

export interface ObjectPermission {
  readonly object: string;
  readonly allowCreate: boolean;
  readonly allowRead: boolean;
  readonly allowEdit: boolean;
  readonly allowDelete: boolean;
  readonly viewAllRecords: boolean;
  readonly modifyAllRecords: boolean;
  readonly viewAllFields: boolean;
  readonly at: Location;
}

export interface FieldPermission {
  /** `Cleanup_Audit__c.Failed__c` */
  readonly field: string;
  readonly readable: boolean;
  readonly editable: boolean;
  readonly at: Location;
}
