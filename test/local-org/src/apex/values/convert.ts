import type { FieldDef, FieldType, Value } from '../../schema/types.ts';
import { NotSupported } from '../../errors.ts';
import { T, type ApexType } from '../types.ts';
import { ApexBlob } from './apex-blob.ts';
import { ApexDate } from './apex-date.ts';
import { ApexDatetime } from './apex-datetime.ts';
import { ApexDecimal } from './apex-decimal.ts';
import { ApexDouble } from './apex-double.ts';
import { ApexId } from './apex-id.ts';
import { ApexTime } from './apex-time.ts';
import type { ApexValue } from './values.ts';

/**
 * The Apex type of a field.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_primitives.htm numbers and currencies are Decimal
 */
export function typeOfField(field: FieldDef): ApexType {
  return typeOfFieldType(field.type, field.name);
}

/** As `typeOfField`, where only the type of the field is known. */
export function typeOfFieldType(type: FieldType, name = ''): ApexType {
  switch (type) {
    case 'id':
    case 'reference':
      return T.Id;
    case 'boolean':
      return T.Boolean;
    case 'int':
      return T.Integer;
    case 'double':
    case 'currency':
    case 'percent':
      return T.Decimal;
    case 'date':
      return T.Date;
    case 'datetime':
      return T.Datetime;
    case 'time':
      return T.Time;
    case 'base64':
      return T.Blob;
    case 'address':
    case 'location':
      throw new NotSupported(`the compound field ${name}`);
    default:
      return T.String;
  }
}

/** A stored value as Apex reads it. Numbers get the field's scale. */
export function fromStored(field: FieldDef, value: Value): ApexValue {
  if (value === null) return null;
  switch (field.type) {
    case 'id':
    case 'reference':
      return ApexId.of(textOf(field, value));
    case 'boolean':
      return value === true;
    case 'int':
      return numberOf(field, value);
    case 'double':
    case 'currency':
    case 'percent':
      return ApexDecimal.ofDouble(numberOf(field, value)).setScale(field.scale, 'HALF_UP');
    case 'date': {
      const date = ApexDate.parse(textOf(field, value));
      return date ?? mismatch(field, value);
    }
    case 'datetime':
      return new ApexDatetime(numberOf(field, value));
    case 'time':
      return new ApexTime(numberOf(field, value));
    case 'base64':
      return new ApexBlob(Buffer.from(textOf(field, value), 'base64'));
    case 'address':
    case 'location':
      throw new NotSupported(`the compound field ${field.name}`);
    default:
      return textOf(field, value);
  }
}

/** An Apex value as the store keeps it: empty text is null, datetimes lose their milliseconds. The type must fit the field. */
export function toStored(field: FieldDef, value: ApexValue): Value {
  if (value === null) return null;
  const stored = toBind(value);
  if (stored === undefined) return mismatch(field, value);
  const expected = jsTypeOf(field);
  if (typeof stored !== expected) return mismatch(field, value);
  if (field.type === 'datetime' && typeof stored === 'number') return Math.floor(stored / 1000) * 1000;
  return stored === '' ? null : stored;
}

/** An Apex primitive as a value that SOQL can be bound to; undefined for anything else. */
export function toBind(value: ApexValue): Value | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof ApexDecimal) return value.toNumber();
  if (value instanceof ApexDouble) return value.n;
  if (value instanceof ApexId) return value.value;
  if (value instanceof ApexDate) return value.toString();
  if (value instanceof ApexDatetime || value instanceof ApexTime) return value.ms;
  if (value instanceof ApexBlob) return value.bytes.toString('base64');
  return undefined;
}

function jsTypeOf(field: FieldDef): 'string' | 'number' | 'boolean' {
  switch (field.type) {
    case 'boolean':
      return 'boolean';
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
    case 'datetime':
    case 'time':
      return 'number';
    default:
      return 'string';
  }
}

function textOf(field: FieldDef, value: Value): string {
  return typeof value === 'string' ? value : mismatch(field, value);
}

function numberOf(field: FieldDef, value: Value): number {
  return typeof value === 'number' ? value : mismatch(field, value);
}

function mismatch(field: FieldDef, value: unknown): never {
  throw new TypeError(`${field.name} is a ${field.type} field and cannot hold ${String(value)}`);
}
