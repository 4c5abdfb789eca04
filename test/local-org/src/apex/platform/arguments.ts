import { T } from '../types.ts';
import { ApexBlob } from '../values/apex-blob.ts';
import { ApexDate } from '../values/apex-date.ts';
import { ApexDatetime } from '../values/apex-datetime.ts';
import type { ApexDecimal } from '../values/apex-decimal.ts';
import { ApexEnumValue } from '../values/apex-enum-value.ts';
import { ApexId } from '../values/apex-id.ts';
import { ApexList } from '../values/apex-list.ts';
import { ApexMap } from '../values/apex-map.ts';
import { ApexSet } from '../values/apex-set.ts';
import { ApexTime } from '../values/apex-time.ts';
import { coerce, InvalidId } from '../values/coerce.ts';
import { NativeObject } from '../values/native-object.ts';
import { isNumeric, toDecimal, toDouble, type NumericValue } from '../values/numbers.ts';
import { TypeValue } from '../values/type-value.ts';
import type { ApexType, ApexValue } from '../values/values.ts';
import type { Runtime } from './types.ts';

/**
 * Reading the arguments of a platform method. The checker has made sure of the static types, so that all that can be
 * wrong at run time is null; a value of another type is a defect of the local org and ends the request.
 */

type Args = readonly ApexValue[];

/** An argument that the platform refuses to be null. */
export function notNull(runtime: Runtime, args: Args, i: number): NonNullable<ApexValue> {
  const value = args[i] ?? null;
  return value === null ? runtime.throwApex('NullPointerException', 'Argument cannot be null.') : value;
}

export function textArg(runtime: Runtime, args: Args, i: number): string {
  const value = notNull(runtime, args, i);
  if (typeof value === 'string') return value;
  return value instanceof ApexId ? value.value : defect('String', value);
}

/** A text that may be null. */
export function textOrNull(args: Args, i: number): string | null {
  const value = args[i] ?? null;
  if (value === null || typeof value === 'string') return value;
  return value instanceof ApexId ? value.value : defect('String', value);
}

export function intArg(runtime: Runtime, args: Args, i: number): number {
  const value = notNull(runtime, args, i);
  return typeof value === 'number' ? value : defect('Integer', value);
}

export function longArg(runtime: Runtime, args: Args, i: number): bigint {
  const value = notNull(runtime, args, i);
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' ? BigInt(value) : defect('Long', value);
}

export function doubleArg(runtime: Runtime, args: Args, i: number): number {
  return toDouble(numberArg(runtime, args, i));
}

export function decimalArg(runtime: Runtime, args: Args, i: number): ApexDecimal {
  return toDecimal(numberArg(runtime, args, i));
}

export function numberArg(runtime: Runtime, args: Args, i: number): NumericValue {
  const value = notNull(runtime, args, i);
  return isNumeric(value) ? value : defect('number', value);
}

export function booleanArg(runtime: Runtime, args: Args, i: number): boolean {
  const value = notNull(runtime, args, i);
  return typeof value === 'boolean' ? value : defect('Boolean', value);
}

/** An id; a text that is none is refused as an assignment refuses it. */
export function idArg(runtime: Runtime, args: Args, i: number): ApexId {
  const value = converted(runtime, notNull(runtime, args, i), T.Id);
  return value instanceof ApexId ? value : defect('Id', value);
}

type Class<T> = abstract new (...args: never[]) => T;

/** An argument of one of the value classes: `instanceArg(runtime, args, 0, ApexDate)`. */
export function instanceArg<T>(runtime: Runtime, args: Args, i: number, type: Class<T>): T {
  const value: unknown = notNull(runtime, args, i);
  return value instanceof type ? value : defect(type.name, value);
}

export const blobArg = (runtime: Runtime, args: Args, i: number): ApexBlob => instanceArg(runtime, args, i, ApexBlob);
export const dateArg = (runtime: Runtime, args: Args, i: number): ApexDate => instanceArg(runtime, args, i, ApexDate);
export const timeArg = (runtime: Runtime, args: Args, i: number): ApexTime => instanceArg(runtime, args, i, ApexTime);
export const listArg = (runtime: Runtime, args: Args, i: number): ApexList => instanceArg(runtime, args, i, ApexList);
export const mapArg = (runtime: Runtime, args: Args, i: number): ApexMap => instanceArg(runtime, args, i, ApexMap);
export const nativeArg = (runtime: Runtime, args: Args, i: number): NativeObject => instanceArg(runtime, args, i, NativeObject);
export const typeArg = (runtime: Runtime, args: Args, i: number): ApexType => instanceArg(runtime, args, i, TypeValue).type;

/** A Datetime; a Date counts as its midnight in GMT. */
export function datetimeArg(runtime: Runtime, args: Args, i: number): ApexDatetime {
  const value = notNull(runtime, args, i);
  if (value instanceof ApexDate) return new ApexDatetime(value.epochMs);
  return value instanceof ApexDatetime ? value : defect('Datetime', value);
}

/** The constant's name. */
export function enumArg(runtime: Runtime, args: Args, i: number): string {
  return instanceArg(runtime, args, i, ApexEnumValue).name;
}

/** The members of a List or Set. */
export function membersArg(runtime: Runtime, args: Args, i: number): readonly ApexValue[] {
  const value = notNull(runtime, args, i);
  if (value instanceof ApexList) return value.items;
  return value instanceof ApexSet ? [...value.members.values()] : defect('List or Set', value);
}

/** `coerce`, with the platform's exception for a text that is no id. */
export function converted(runtime: Runtime, value: ApexValue, type: ApexType): ApexValue {
  try {
    return coerce(value, type);
  } catch (error) {
    if (error instanceof InvalidId) return runtime.throwApex('StringException', error.message);
    throw error;
  }
}

function defect(expected: string, value: unknown): never {
  const found = typeof value === 'object' && value !== null ? value.constructor.name : typeof value;
  throw new TypeError(`A platform method was given a ${found} where its signature has ${expected}`);
}
