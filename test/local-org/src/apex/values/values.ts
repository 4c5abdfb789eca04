import type { ApexType } from '../types.ts';
import type { ApexBlob } from './apex-blob.ts';
import type { ApexDate } from './apex-date.ts';
import type { ApexDatetime } from './apex-datetime.ts';
import type { ApexDecimal } from './apex-decimal.ts';
import type { ApexDouble } from './apex-double.ts';
import type { ApexEnumValue } from './apex-enum-value.ts';
import type { ApexId } from './apex-id.ts';
import type { ApexList } from './apex-list.ts';
import type { ApexMap } from './apex-map.ts';
import type { ApexObject } from './apex-object.ts';
import type { ApexSet } from './apex-set.ts';
import type { ApexTime } from './apex-time.ts';
import type { NativeObject } from './native-object.ts';
import type { SObjectValue } from './sobject-value.ts';
import type { TypeValue } from './type-value.ts';

/**
 * A value of guest code. Integer is a JavaScript number (always an int32), Long a bigint, String a string; everything
 * else is a class of its own, because `Object` variables must remember what they hold.
 */
export type ApexValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | ApexDouble
  | ApexDecimal
  | ApexId
  | ApexDate
  | ApexDatetime
  | ApexTime
  | ApexBlob
  | ApexEnumValue
  | ApexList
  | ApexSet
  | ApexMap
  | SObjectValue
  | ApexObject
  | NativeObject
  | TypeValue;

export type { ApexType };
