import { T } from '../types.ts';
import type { ApexType } from '../types.ts';
import { coerce } from '../values/coerce.ts';
import { ApexId } from '../values/apex-id.ts';
import { isNumeric, toDouble } from '../values/numbers.ts';
import type { ApexValue } from '../values/values.ts';
import type { Interpreter } from './interpreter.ts';

/** The implicit numeric conversion to a type; null stays null. */
export function widenNumber(to: ApexType): (value: ApexValue) => ApexValue {
  return (value) => coerce(value, to);
}

export function toNumber(value: ApexValue): number {
  if (!isNumeric(value)) throw new TypeError('the checker lets only numbers through');
  return toDouble(value);
}

export function stringToId(value: ApexValue, rt: Interpreter): ApexValue {
  if (typeof value !== 'string') return value;
  return ApexId.parse(value) ?? rt.throwApex('StringException', `Invalid id: ${value}`);
}

/** Midnight GMT of the day. @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_primitives.htm */
export function dateToDatetime(value: ApexValue): ApexValue {
  return coerce(value, T.Datetime);
}
