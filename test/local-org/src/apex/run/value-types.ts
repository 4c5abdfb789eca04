import { T } from '../types.ts';
import type { ApexType } from '../types.ts';
import { ApexBlob } from '../values/apex-blob.ts';
import { ApexDate } from '../values/apex-date.ts';
import { ApexDatetime } from '../values/apex-datetime.ts';
import { ApexDecimal } from '../values/apex-decimal.ts';
import { ApexDouble } from '../values/apex-double.ts';
import { ApexEnumValue } from '../values/apex-enum-value.ts';
import { ApexId } from '../values/apex-id.ts';
import { ApexList } from '../values/apex-list.ts';
import { ApexMap } from '../values/apex-map.ts';
import { ApexObject } from '../values/apex-object.ts';
import { ApexSet } from '../values/apex-set.ts';
import { ApexTime } from '../values/apex-time.ts';
import { coerce } from '../values/coerce.ts';
import { compare } from '../values/compare.ts';
import type { ObjectOrder } from '../values/compare.ts';
import { NativeObject } from '../values/native-object.ts';
import { isNumeric } from '../values/numbers.ts';
import { SObjectValue } from '../values/sobject-value.ts';
import type { ApexValue } from '../values/values.ts';

/** What a value is at run time. */
export function runtimeTypeOf(value: ApexValue): ApexType {
  if (value === null) return T.null;
  switch (typeof value) {
    case 'string':
      return T.String;
    case 'number':
      return T.Integer;
    case 'bigint':
      return T.Long;
    case 'boolean':
      return T.Boolean;
    default:
      return objectType(value);
  }
}

function objectType(value: Extract<ApexValue, object>): ApexType {
  if (value instanceof ApexObject) return value.class.type;
  if (value instanceof SObjectValue) return T.sobject(value.object.name);
  if (value instanceof ApexList) return T.list(value.elementType);
  if (value instanceof ApexSet) return T.set(value.elementType);
  if (value instanceof ApexMap) return T.map(value.keyType, value.valueType);
  if (value instanceof ApexDecimal) return T.Decimal;
  if (value instanceof ApexDouble) return T.Double;
  if (value instanceof ApexId) return T.Id;
  if (value instanceof ApexDate) return T.Date;
  if (value instanceof ApexDatetime) return T.Datetime;
  if (value instanceof ApexTime) return T.Time;
  if (value instanceof ApexBlob) return T.Blob;
  if (value instanceof ApexEnumValue || value instanceof NativeObject) return value.type;
  return T.Type;
}

/** `===`: the same object; for primitives the same value, strings with case. */
export function isIdentical(a: ApexValue, b: ApexValue): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (isNumeric(a) && isNumeric(b)) return numericOrder(a, b) === 0;
  if (a instanceof ApexId || b instanceof ApexId) return String(coerceId(a)) === String(coerceId(b));
  if (a instanceof ApexDate && b instanceof ApexDate) return a.epochDay === b.epochDay;
  if ((a instanceof ApexDatetime && b instanceof ApexDatetime) || (a instanceof ApexTime && b instanceof ApexTime)) return a.ms === b.ms;
  if (a instanceof ApexEnumValue && b instanceof ApexEnumValue) return a.type === b.type && a.ordinal === b.ordinal;
  return false;
}

function coerceId(value: ApexValue): string {
  if (value instanceof ApexId) return value.value;
  return typeof value === 'string' ? (ApexId.parse(value)?.value ?? value) : '';
}

function numericOrder(a: ApexValue, b: ApexValue): number {
  return compare(a, b, {
    compareObjects: () => 0,
    incomparable: () => {
      throw new TypeError('numbers compare');
    },
  });
}

/** The order of `<`; a Date and a Datetime compare at midnight GMT. */
export function orderOf(a: ApexValue, b: ApexValue, objects: ObjectOrder): number {
  if (a instanceof ApexDate && b instanceof ApexDatetime) return compare(coerce(a, T.Datetime), b, objects);
  if (a instanceof ApexDatetime && b instanceof ApexDate) return compare(a, coerce(b, T.Datetime), objects);
  return compare(a, b, objects);
}
