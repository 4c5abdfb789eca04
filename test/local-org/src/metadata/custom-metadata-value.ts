import type { CustomMetadataValue, FieldDef, FieldType, Value } from '../schema/types.ts';

/** A value in stored form, or what is wrong with it. */
export type ReadValue = { readonly value: Value; readonly message: null } | { readonly value: null; readonly message: string };

/** The `xsi:type`s that a value of each field type may carry. */
const XSI_TYPES: Readonly<Partial<Record<FieldType, readonly string[]>>> = {
  boolean: ['boolean'],
  date: ['date'],
  datetime: ['dateTime'],
  double: ['double', 'int'],
  percent: ['double', 'int'],
};

/** What a record of a custom metadata type holds in a field. @see https://www.w3.org/TR/xmlschema-2/ for the forms of values */
export function customMetadataValue(field: FieldDef, { text, xsiType }: CustomMetadataValue): ReadValue {
  if (text === null) return field.type === 'boolean' ? ok(false) : ok(null);
  const allowed = XSI_TYPES[field.type] ?? ['string'];
  if (xsiType === null) return wrong(field, `needs an xsi:type: xsd:${allowed[0] ?? ''}`);
  if (!allowed.includes(xsiType)) return wrong(field, `is of type ${field.type} and takes no xsd:${xsiType}`);
  switch (field.type) {
    case 'boolean':
      if (/^(?:true|1)$/.test(text)) return ok(true);
      return /^(?:false|0)$/.test(text) ? ok(false) : wrong(field, `takes true or false, not ${text}`);
    case 'double':
    case 'percent':
      return readNumber(field, text);
    case 'date':
      return isDay(text) ? ok(text) : wrong(field, `takes a date, YYYY-MM-DD, not ${text}`);
    case 'datetime': {
      const [day = '', time = ''] = text.split('T');
      const milliseconds = /^\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(time) && isDay(day) ? Date.parse(text) : Number.NaN;
      return Number.isNaN(milliseconds)
        ? wrong(field, `takes a date and time with its zone, not ${text}`)
        : ok(Math.floor(milliseconds / 1000) * 1000);
    }
    default:
      return readText(field, text.trim());
  }
}

function readNumber(field: FieldDef, text: string): ReadValue {
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) return wrong(field, `takes a number, not ${text}`);
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const digits = whole.replace(/^0+(?=\d)/, '').length;
  if (digits > field.precision - field.scale) return wrong(field, `has ${field.precision - field.scale} digits before the point at most`);
  if (fraction.replace(/0+$/, '').length > field.scale) return wrong(field, `has ${field.scale} digits after the point at most`);
  return ok(Number(text));
}

function readText(field: FieldDef, text: string): ReadValue {
  if (text === '') return ok(null);
  if (text.length > field.length) return wrong(field, `has ${field.length} characters at most, not ${text.length}`);
  const isListed = field.picklistValues.some(({ value, active }) => active && value === text);
  if (field.type === 'picklist' && field.restrictedPicklist && !isListed)
    return wrong(field, `bad value for restricted picklist field: ${text}`);
  return ok(text);
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function ok(value: Value): ReadValue {
  return { value, message: null };
}

function wrong(field: FieldDef, what: string): ReadValue {
  return { value: null, message: `The field ${field.name} ${what}` };
}
