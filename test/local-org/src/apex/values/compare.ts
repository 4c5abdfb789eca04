import { ApexDate } from './apex-date.ts';
import { ApexDatetime } from './apex-datetime.ts';
import { ApexEnumValue } from './apex-enum-value.ts';
import { ApexId } from './apex-id.ts';
import { ApexObject } from './apex-object.ts';
import { ApexTime } from './apex-time.ts';
import { compareNumbers, isNumeric } from './numbers.ts';
import type { ApexValue } from './values.ts';

/** What the runtime does for the orderings that are not built in. */
export interface ObjectOrder {
  /** `compareTo` of a Comparable. */
  compareObjects(a: ApexObject, b: ApexValue): number;
  /** Values without an order: throws. */
  incomparable(a: ApexValue, b: ApexValue): never;
}

/**
 * The order of List.sort: null first, strings with case by UTF-16, enums as declared, Comparable by `compareTo`.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_list.htm#apex_System_List_sort
 */
export function compare(a: ApexValue, b: ApexValue, order: ObjectOrder): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  if (a instanceof ApexObject) return order.compareObjects(a, b);
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b);
  const left = text(a);
  const right = text(b);
  if (left !== null && right !== null) return left < right ? -1 : left > right ? 1 : 0;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (a instanceof ApexDate && b instanceof ApexDate) return a.epochDay - b.epochDay;
  if (a instanceof ApexDatetime && b instanceof ApexDatetime) return a.ms - b.ms;
  if (a instanceof ApexTime && b instanceof ApexTime) return a.ms - b.ms;
  if (a instanceof ApexEnumValue && b instanceof ApexEnumValue && a.type === b.type) return a.ordinal - b.ordinal;
  return order.incomparable(a, b);
}

function text(value: ApexValue): string | null {
  if (typeof value === 'string') return value;
  return value instanceof ApexId ? value.value : null;
}
