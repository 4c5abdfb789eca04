import type { FieldDef, FieldType, PicklistEntry, Value } from '../types.ts';

/**
 * The small language in which the tables of standard objects are written. What a table does not say is what most fields
 * of that type are; a table says what the Object Reference says otherwise.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm
 */

export interface Traits {
  readonly label?: string;
  /** Not nillable and without default: an insert has to give it. */
  readonly required?: true;
  /** Not nillable, because the platform fills it when it is left out. */
  readonly filled?: true;
  /** `none`: neither createable nor updateable; `create`: only createable. Both, if left out. */
  readonly write?: 'none' | 'create' | 'update';
  readonly defaultValue?: Value;
  readonly filterable?: false;
  readonly sortable?: false;
  readonly groupable?: false;
  readonly nameField?: true;
  readonly autoNumber?: string;
  /** Computed when a record is read (`ExpectedRevenue` is not: DML stores it). */
  readonly calculated?: true;
  readonly unique?: true;
}

export interface ReferenceTraits extends Traits {
  /** Relationship name; default: the field's name without `Id`. */
  readonly relationship?: string | null;
  /** Child relationship name on every target object (`Contacts` on Account). */
  readonly children?: string;
  /** Child relationship names where they differ from target to target. */
  readonly childrenOf?: Readonly<Record<string, string>>;
}

/** A field of a table, with the child relationships that it gives its targets. */
export interface TableField {
  readonly def: FieldDef;
  readonly children: ReadonlyMap<string, string>;
}

const PLAIN: Omit<FieldDef, 'name' | 'label' | 'type'> = {
  length: 0,
  precision: 0,
  scale: 0,
  nillable: true,
  createable: true,
  updateable: true,
  filterable: true,
  sortable: true,
  groupable: true,
  custom: false,
  calculated: false,
  formula: null,
  autoNumber: false,
  displayFormat: null,
  unique: false,
  caseSensitive: false,
  externalId: false,
  nameField: false,
  htmlFormatted: false,
  defaultValue: null,
  defaultedOnCreate: false,
  picklistValues: [],
  restrictedPicklist: false,
  referenceTo: [],
  relationshipName: null,
  inlineHelpText: null,
};

const NO_CHILDREN: ReadonlyMap<string, string> = new Map();

/** A definition with the traits that most fields have. Also the base of custom fields. */
export function plainField(name: string, label: string, type: FieldType, over: Partial<FieldDef> = {}): FieldDef {
  return { ...PLAIN, name, label, type, ...over };
}

export const text = (name: string, length: number, traits: Traits = {}): TableField => field(name, 'string', traits, { length });
export const email = (name: string, traits: Traits = {}): TableField => field(name, 'email', traits, { length: 80 });
export const phone = (name: string, traits: Traits = {}): TableField => field(name, 'phone', traits, { length: 40 });
export const url = (name: string, length: number, traits: Traits = {}): TableField => field(name, 'url', traits, { length });
/** Text of at most 255 characters with line breaks: can be filtered, unlike long text. */
const textArea = (name: string, length: number, traits: Traits = {}): TableField => field(name, 'textarea', traits, { length });
export const longText = (name: string, length: number, traits: Traits = {}): TableField =>
  field(name, 'textarea', traits, { length, filterable: false, sortable: false, groupable: false });
/** A file: neither filtered nor sorted. */
export const base64 = (name: string, traits: Traits = {}): TableField =>
  field(name, 'base64', traits, { filterable: false, sortable: false, groupable: false });
export const bool = (name: string, traits: Traits = {}): TableField =>
  field(name, 'boolean', { filled: true, ...traits }, { defaultValue: traits.defaultValue ?? false });
export const int = (name: string, digits: number, traits: Traits = {}): TableField => field(name, 'int', traits, { precision: digits });
export const double = (name: string, precision: number, scale: number, traits: Traits = {}): TableField =>
  field(name, 'double', traits, { precision, scale, groupable: false });
export const percent = (name: string, precision: number, scale: number, traits: Traits = {}): TableField =>
  field(name, 'percent', traits, { precision, scale, groupable: false });
export const currency = (name: string, precision: number, scale: number, traits: Traits = {}): TableField =>
  field(name, 'currency', traits, { precision, scale, groupable: false });
export const date = (name: string, traits: Traits = {}): TableField => field(name, 'date', traits, {});
export const datetime = (name: string, traits: Traits = {}): TableField => field(name, 'datetime', traits, { groupable: false });
/**
 * A compound of other fields, read-only. The store holds its parts only. Described by the platform as filterable, which
 * holds for DISTANCE alone: here it is not.
 */
const address = (name: string, traits: Traits = {}): TableField =>
  field(name, 'address', { write: 'none', filterable: false, sortable: false, groupable: false, ...traits }, {});

/** A picklist; `*` before a value marks the default. */
export function picklist(name: string, values: readonly string[], traits: Traits & { restricted?: true } = {}): TableField {
  return field(name, 'picklist', traits, { length: 255, ...choices(values), restrictedPicklist: traits.restricted === true });
}

/** A picklist that also takes free text, such as the subject of a task. */
export function combobox(name: string, length: number, values: readonly string[], traits: Traits = {}): TableField {
  return field(name, 'combobox', traits, { length, ...choices(values) });
}

export function reference(name: string, targets: string | readonly string[], traits: ReferenceTraits = {}): TableField {
  const referenceTo = typeof targets === 'string' ? [targets] : targets;
  const children = new Map(Object.entries(traits.childrenOf ?? {}));
  if (traits.children !== undefined) for (const target of referenceTo) children.set(target, traits.children);
  const relationshipName = traits.relationship === undefined ? name.replace(/Id$/, '') : traits.relationship;
  return { ...field(name, 'reference', traits, { length: 18, referenceTo, relationshipName }), children };
}

/** Id and the audit fields that nearly every object has. */
export function systemFields(): readonly TableField[] {
  return [...idField(), deletedField(), ...createdFields(), ...modifiedFields(), stampField()];
}

/** Set-up objects are not deleted to the recycle bin and so have no IsDeleted. */
export function setupFields(): readonly TableField[] {
  return [...idField(), ...createdFields(), ...modifiedFields(), stampField()];
}

export function idField(): readonly TableField[] {
  const label = 'Record ID';
  return [field('Id', 'id', { label, filled: true, write: 'none' }, { length: 18 })];
}

export const deletedField = (): TableField => bool('IsDeleted', { label: 'Deleted', write: 'none' });
export const stampField = (): TableField => datetime('SystemModstamp', { filled: true, write: 'none' });

export function createdFields(): readonly TableField[] {
  return [
    datetime('CreatedDate', { filled: true, write: 'none' }),
    reference('CreatedById', 'User', { label: 'Created By ID', filled: true, write: 'none' }),
  ];
}

export function modifiedFields(): readonly TableField[] {
  return [
    datetime('LastModifiedDate', { filled: true, write: 'none' }),
    reference('LastModifiedById', 'User', { label: 'Last Modified By ID', filled: true, write: 'none' }),
  ];
}

/** When the running user last saw the record. The local org never fills them. */
export function viewedFields(): readonly TableField[] {
  return [datetime('LastViewedDate', { write: 'none' }), datetime('LastReferencedDate', { write: 'none' })];
}

/** Street, city, state, postal code, country and the compound of them. `prefix` is `Billing`, `Mailing`, … or empty. */
export function addressFields(prefix: string): readonly TableField[] {
  return [
    textArea(`${prefix}Street`, 255),
    text(`${prefix}City`, 40),
    text(`${prefix}State`, 80, { label: labelOf(`${prefix}State/Province`) }),
    text(`${prefix}PostalCode`, 20, { label: labelOf(`${prefix}Zip/Postal Code`) }),
    text(`${prefix}Country`, 80),
    double(`${prefix}Latitude`, 18, 15),
    double(`${prefix}Longitude`, 18, 15),
    picklist(`${prefix}GeocodeAccuracy`, GEOCODE_ACCURACY, { restricted: true }),
    address(`${prefix}Address`),
  ];
}

const GEOCODE_ACCURACY = [
  'Address',
  'NearAddress',
  'Block',
  'Street',
  'ExtendedZip',
  'Zip',
  'Neighborhood',
  'City',
  'County',
  'State',
  'Unknown',
] as const;

/** `NumberOfEmployees` → `Number Of Employees`, `AccountId` → `Account ID`, `IsClosed` → `Closed`. */
function labelOf(name: string): string {
  return name
    .replace(/^Is(?=[A-Z])/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/ Id$/, ' ID');
}

function field(name: string, type: FieldType, traits: Traits, own: Partial<FieldDef>): TableField {
  const defaultValue = traits.defaultValue ?? own.defaultValue ?? null;
  const def = plainField(name, traits.label ?? labelOf(name), type, {
    ...own,
    nillable: traits.required !== true && traits.filled !== true,
    createable: traits.write === undefined || traits.write === 'create',
    updateable: traits.write === undefined || traits.write === 'update',
    filterable: traits.filterable ?? own.filterable ?? true,
    sortable: traits.sortable ?? own.sortable ?? true,
    groupable: traits.groupable ?? own.groupable ?? true,
    defaultValue,
    defaultedOnCreate: traits.filled === true || defaultValue !== null,
    nameField: traits.nameField === true,
    autoNumber: traits.autoNumber !== undefined,
    displayFormat: traits.autoNumber ?? null,
    calculated: traits.calculated === true,
    unique: traits.unique === true,
  });
  return { def, children: NO_CHILDREN };
}

function choices(values: readonly string[]): { picklistValues: readonly PicklistEntry[]; defaultValue: Value } {
  const entries = values.map((written) => {
    const isDefault = written.startsWith('*');
    const value = isDefault ? written.slice(1) : written;
    return { value, label: value, active: true, defaultValue: isDefault };
  });
  return { picklistValues: entries, defaultValue: entries.find((entry) => entry.defaultValue)?.value ?? null };
}
