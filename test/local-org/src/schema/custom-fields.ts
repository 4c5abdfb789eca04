import { NotSupported } from '../errors.ts';
import type { DeployedField, DeployedNameField } from './deployed-object.ts';
import { plainField } from './standard/fields.ts';
import type { FieldDef, FieldType, Value } from './types.ts';

/** How each metadata field type shows in describe. A type that is missing here is refused by name. */
const TYPES: Readonly<Record<string, (field: DeployedField) => Partial<FieldDef> & { readonly type: FieldType }>> = {
  AutoNumber: (f) => ({
    type: 'string',
    length: 30,
    nillable: false,
    createable: false,
    updateable: false,
    autoNumber: true,
    displayFormat: f.displayFormat,
  }),
  Checkbox: () => ({ type: 'boolean', nillable: false, defaultValue: false }),
  Currency: (f) => ({ type: 'currency', ...digits(f), groupable: false }),
  Date: () => ({ type: 'date' }),
  DateTime: () => ({ type: 'datetime', groupable: false }),
  Email: () => ({ type: 'email', length: 80 }),
  Html: (f) => ({ type: 'textarea', length: f.length ?? 0, ...LONG, htmlFormatted: true }),
  LongTextArea: (f) => ({ type: 'textarea', length: f.length ?? 0, ...LONG }),
  Lookup: reference,
  MasterDetail: (f) => ({ ...reference(f), nillable: false, updateable: false }),
  MultiselectPicklist: (f) => ({ type: 'multipicklist', length: 4099, ...choices(f), sortable: false, groupable: false }),
  Number: (f) => ({ type: 'double', ...digits(f), groupable: false }),
  Percent: (f) => ({ type: 'percent', ...digits(f), groupable: false }),
  Phone: () => ({ type: 'phone', length: 40 }),
  Picklist: (f) => ({ type: 'picklist', length: 255, ...choices(f) }),
  Text: (f) => ({ type: 'string', length: f.length ?? 0 }),
  TextArea: () => ({ type: 'textarea', length: 255 }),
  Time: () => ({ type: 'time', groupable: false }),
  Url: () => ({ type: 'url', length: 255 }),
};

const LONG = { filterable: false, sortable: false, groupable: false } as const;

/** Length of a text formula's result. @see https://help.salesforce.com/s/articleView?id=platform.customize_formulas.htm */
const FORMULA_TEXT_LENGTH = 1300;

/**
 * A custom field as describe shows it.
 * @throws NotSupported for a field type or a default that the local org cannot compute
 */
export function customField(objectName: string, field: DeployedField): FieldDef {
  const traits = TYPES[field.type];
  if (traits === undefined) throw new NotSupported(`field type ${field.type} (${objectName}.${field.name})`);
  const own = traits(field);
  const defaultValue = field.defaultValue === null ? (own.defaultValue ?? null) : literalDefault(objectName, field, own.type);
  const common = plainField(field.name, field.label, own.type, {
    ...own,
    custom: true,
    nillable: (own.nillable ?? true) && !field.required,
    unique: field.unique,
    caseSensitive: field.caseSensitive,
    externalId: field.externalId,
    defaultValue,
    defaultedOnCreate: defaultValue !== null || own.autoNumber === true,
    inlineHelpText: field.inlineHelpText,
  });
  return field.formula === null ? common : asFormula(common, field.formula);
}

/** The name field of a custom object. */
export function customNameField(nameField: DeployedNameField): FieldDef {
  if (nameField.type === 'Text') {
    return plainField('Name', nameField.label, 'string', { length: 80, nameField: true, defaultedOnCreate: true });
  }
  return plainField('Name', nameField.label, 'string', {
    length: 80,
    nillable: false,
    createable: false,
    updateable: false,
    nameField: true,
    autoNumber: true,
    displayFormat: nameField.displayFormat,
    defaultedOnCreate: true,
  });
}

function asFormula(field: FieldDef, formula: string): FieldDef {
  const isText = field.type === 'string';
  return {
    ...field,
    length: isText ? FORMULA_TEXT_LENGTH : field.length,
    nillable: field.type !== 'boolean',
    createable: false,
    updateable: false,
    unique: false,
    calculated: true,
    formula,
    htmlFormatted: isText && /\b(?:HYPERLINK|IMAGE)\s*\(/i.test(formula),
    defaultValue: null,
    defaultedOnCreate: false,
  };
}

function digits(field: DeployedField): { precision: number; scale: number } {
  return { precision: field.precision ?? 18, scale: field.scale ?? 0 };
}

function reference(field: DeployedField): Partial<FieldDef> & { readonly type: FieldType } {
  return {
    type: 'reference',
    length: 18,
    referenceTo: field.referenceTo === null ? [] : [field.referenceTo],
    relationshipName: field.name.replace(/__c$/i, '__r'),
  };
}

function choices(field: DeployedField): Partial<FieldDef> {
  const values = field.picklist?.values ?? [];
  return {
    picklistValues: values.map((v) => ({ value: v.value, label: v.label, active: v.active, defaultValue: v.isDefault })),
    restrictedPicklist: field.picklist?.restricted ?? false,
    defaultValue: values.find((v) => v.isDefault)?.value ?? null,
  };
}

function literalDefault(objectName: string, field: DeployedField, type: FieldType): Value {
  const written = (field.defaultValue ?? '').trim();
  if (type === 'boolean' && /^(?:true|false)$/i.test(written)) return written.toLowerCase() === 'true';
  const quoted = /^"([^"\\]*)"$/.exec(written) ?? /^'([^'\\]*)'$/.exec(written);
  if (quoted && (type === 'string' || type === 'textarea' || type === 'picklist')) return quoted[1] ?? '';
  if (/^-?\d+(?:\.\d+)?$/.test(written) && (type === 'double' || type === 'currency' || type === 'percent')) return Number(written);
  throw new NotSupported(`default value ${written} (${objectName}.${field.name})`);
}
