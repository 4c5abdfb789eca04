import { hasStandardObject, standardObject } from '../catalog/standard-objects.ts';
import { isAbsentField, isAbsentObject } from './absent-features.ts';
import { customField, customNameField } from './custom-fields.ts';
import { customMetadataObject } from './custom-metadata.ts';
import type { DeployedObject } from './deployed-object.ts';
import { NO_PERMISSIONS, type DeployedPermissions } from './deployed-permissions.ts';
import { currencyFields, type OrgCurrency } from './org-currencies.ts';
import { CONTENT_NOTE, UNLEARNED_NOTE_FIELDS } from './standard/content.ts';
import { currencyType } from './standard/currency-type.ts';
import { reference, systemFields } from './standard/fields.ts';
import { STANDARD_TABLES } from './standard/standard-tables.ts';
import type { StandardTable } from './standard/table.ts';
import type {
  ChildRelationship,
  CustomMetadataRecord,
  FieldDef,
  Lookup,
  ObjectDef,
  Schema,
  SharingModel,
  ValidationRule,
} from './types.ts';

/** An object while the schema is put together: its parents' child relationships are known only once all objects are. */
type Draft = Omit<ObjectDef, 'fields' | 'childRelationships' | 'sharingModel'> & {
  sharingModel: SharingModel;
  readonly fields: Map<string, FieldDef>;
  readonly childRelationships: ChildRelationship[];
  validationRules?: readonly ValidationRule[];
  metadataRecords?: readonly CustomMetadataRecord[];
};

/** Settings that decide which objects an org has. */
export interface OrgFeatures {
  /** Enhanced notes: without them there is no ContentNote. Default true, as in new orgs. */
  readonly notes?: boolean;
  /** The currencies of an org with several, the corporate one first. Left out: one currency, and no field that says so. */
  readonly currencies?: readonly OrgCurrency[];
}

/**
 * The objects of an org: the standard ones that the local org has learned and what its deployed metadata adds.
 * @param deployed custom objects, and custom fields of standard objects, in deployment order; names are unique
 * @param permissions permission sets and custom permissions, which name only what is there
 * @param features what is switched on in the org
 * @throws NotSupported for a field type that it has not learned, Error for an extension of an object it has not learned
 */
export function createSchema(
  deployed: readonly DeployedObject[],
  permissions: DeployedPermissions = NO_PERMISSIONS,
  { notes = true, currencies }: OrgFeatures = {},
): Schema {
  const drafts = new Map<string, Draft>();
  addStandardObjects(drafts, currencies ? [...STANDARD_TABLES, currencyType(currencies)] : STANDARD_TABLES);
  if (!notes) drafts.delete('contentnote');
  let customObjects = 0;
  let metadataTypes = 0;
  for (const object of deployed) {
    const existing = drafts.get(object.name.toLowerCase());
    const draft =
      existing ??
      (object.metadataRecords === undefined
        ? customObject(object, customKeyPrefix('a', object.ordinal ?? customObjects++))
        : { ...customMetadataObject(object, customKeyPrefix('m', object.ordinal ?? metadataTypes++)), childRelationships: [] });
    if (!existing) drafts.set(object.name.toLowerCase(), draft);
    for (const field of object.fields) draft.fields.set(field.name.toLowerCase(), customField(object.name, field));
    if (object.validationRules !== undefined) draft.validationRules = object.validationRules;
    if (object.metadataRecords !== undefined) draft.metadataRecords = object.metadataRecords;
    if (object.sharingModel !== undefined) draft.sharingModel = object.sharingModel;
  }
  for (const object of deployed) addCustomChildren(drafts, object);
  if (currencies) addCurrencyFields(drafts, currencies);
  return schemaOf(new Map(drafts), permissions);
}

function addStandardObjects(drafts: Map<string, Draft>, tables: readonly StandardTable[]): void {
  for (const table of tables) {
    drafts.set(table.name.toLowerCase(), {
      name: table.name,
      label: table.label,
      labelPlural: table.labelPlural,
      keyPrefix: table.keyPrefix,
      custom: false,
      createable: table.createable ?? true,
      updateable: table.updateable ?? true,
      deletable: table.deletable ?? true,
      queryable: true,
      sharingModel: table.sharingModel ?? 'ReadWrite',
      fields: new Map(table.fields.map(({ def }) => [def.name.toLowerCase(), def])),
      childRelationships: [],
    });
  }
  for (const table of tables) {
    for (const { def, children } of table.fields) {
      for (const [parent, relationshipName] of children) {
        drafts.get(parent.toLowerCase())?.childRelationships.push({ relationshipName, childObject: table.name, field: def.name });
      }
    }
  }
}

function addCurrencyFields(drafts: ReadonlyMap<string, Draft>, currencies: readonly OrgCurrency[]): void {
  for (const draft of drafts.values()) {
    if (draft.metadataRecords !== undefined) continue;
    for (const field of currencyFields(draft, currencies)) draft.fields.set(field.name.toLowerCase(), field);
  }
}

function customObject(object: DeployedObject, keyPrefix: string): Draft {
  if (object.nameField === null) throw new Error(`${object.name} is no custom object and the local org has not learned it`);
  const owner = reference('OwnerId', ['Group', 'User'], { label: 'Owner ID', filled: true }).def;
  const [id, ...audit] = systemFields().map(({ def }) => def);
  if (id === undefined) throw new Error('The system fields start with Id');
  const fields = [id, owner, customNameField(object.nameField), ...audit];
  return {
    name: object.name,
    label: object.label,
    labelPlural: object.labelPlural,
    keyPrefix,
    custom: true,
    createable: true,
    updateable: true,
    deletable: true,
    queryable: true,
    sharingModel: 'ReadWrite',
    fields: new Map(fields.map((field) => [field.name.toLowerCase(), field])),
    childRelationships: [],
  };
}

function addCustomChildren(drafts: Map<string, Draft>, object: DeployedObject): void {
  for (const field of object.fields) {
    if (field.referenceTo === null || field.relationshipName === null) continue;
    const parent = drafts.get(field.referenceTo.toLowerCase());
    parent?.childRelationships.push({ relationshipName: `${field.relationshipName}__r`, childObject: object.name, field: field.name });
  }
}

/** `a00`, `a01`, … `a0Z`, `a10`, …: two digits to the base of 62, in ASCII order; `m00` of the first custom metadata type. */
function customKeyPrefix(letter: 'a' | 'm', index: number): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  if (index >= digits.length ** 2) throw new RangeError('No key prefix is left for another custom object');
  return `${letter}${digits.charAt(Math.floor(index / digits.length))}${digits.charAt(index % digits.length)}`;
}

function schemaOf(objects: ReadonlyMap<string, ObjectDef>, permissions: DeployedPermissions): Schema {
  const byPrefix = new Map<string, ObjectDef>();
  for (const object of objects.values()) if (!byPrefix.has(object.keyPrefix)) byPrefix.set(object.keyPrefix, object);
  return {
    object(name) {
      const def = objects.get(name.toLowerCase());
      return found(def, () => hasStandardObject(name) && !isAbsentObject(name));
    },
    field(object, name) {
      return found(object.fields.get(name.toLowerCase()), () => inCatalogue(object, name, 'fields') || isCompound(object, name));
    },
    parentRelationship(object, name) {
      return found(
        parentOf(object, name),
        () => isRecordAccess(name) || (inCatalogue(object, name, 'parents') && !isCompound(object, name)),
      );
    },
    childRelationship(object, name) {
      const key = name.toLowerCase();
      const def = object.childRelationships.find((child) => child.relationshipName.toLowerCase() === key);
      return found(def, () => inCatalogue(object, name, 'children'));
    },
    objectByPrefix: (keyPrefix) => byPrefix.get(keyPrefix),
    objects: () => objects.values(),
    permissions,
  };
}

/** Every record has a relationship to what its reader may do with it. */
function isRecordAccess(name: string): boolean {
  return name.toLowerCase() === 'userrecordaccess';
}

function found<T>(def: T | undefined, isKnownToThePlatform: () => boolean): Lookup<T> {
  if (def !== undefined) return { kind: 'known', def };
  return { kind: isKnownToThePlatform() ? 'unsupported' : 'unknown' };
}

function parentOf(object: ObjectDef, name: string): FieldDef | undefined {
  const key = name.toLowerCase();
  for (const field of object.fields.values()) if (field.relationshipName?.toLowerCase() === key) return field;
  return undefined;
}

function inCatalogue(object: ObjectDef, name: string, part: 'fields' | 'parents' | 'children'): boolean {
  if (object.custom || isAbsentField(object.name, name)) return false;
  if (object.name === CONTENT_NOTE.name) return part === 'fields' && UNLEARNED_NOTE_FIELDS.has(name.toLowerCase());
  return standardObject(object.name)?.[part].has(name.toLowerCase()) ?? false;
}

/** The catalogue lists compound fields (`BillingAddress`) among the parents, with the type Address. */
function isCompound(object: ObjectDef, name: string): boolean {
  const parent = object.custom ? undefined : standardObject(object.name)?.parents.get(name.toLowerCase());
  return parent !== undefined && /^(?:Address|Location)$/.test(parent.object) && !isAbsentField(object.name, name);
}
