import type { Code } from '../run/frame.ts';
import { dateToDatetime, stringToId, widenNumber } from '../run/convert.ts';
import { T } from '../types.ts';
import type { ApexType } from '../types.ts';
import { ApexId } from '../values/apex-id.ts';
import type { Program } from './program.ts';
import { isNumeric, isSubtype, numericRank } from './type-relations.ts';

/**
 * How far a conversion is from no conversion; null where there is none. Lower wins in overload resolution.
 * @param asArgument A Decimal may be assigned to a Double, but is no argument for one.
 */
export function conversionCost(from: ApexType, to: ApexType, program: Program, asArgument = false): number | null {
  if (from === to) return 0;
  if (from.kind === 'void' || to.kind === 'void') return null;
  if (from.kind === 'null') return 1;
  if (isNumeric(from) && isNumeric(to)) {
    const distance = numericRank(to) - numericRank(from);
    if (distance > 0) return distance;
    return from === T.Decimal && to === T.Double && !asArgument ? 4 : null;
  }
  if (from === T.Id && to === T.String) return 1;
  if (from === T.String && to === T.Id) return 2;
  if (from === T.Date && to === T.Datetime) return 1;
  if (to === T.Object) return 10;
  return isSubtype(from, to, program) ? 1 + inheritanceDistance(from, to) : null;
}

function inheritanceDistance(from: ApexType, to: ApexType): number {
  return to === T.SObject && from !== T.SObject ? 2 : 1;
}

/** Code of one type as code of another by the implicit conversions of the language, or null. */
export function convert(code: Code, from: ApexType, to: ApexType, program: Program): Code | null {
  if (conversionCost(from, to, program) === null) return null;
  if (from === to || from.kind === 'null') return code;
  if (isNumeric(from) && isNumeric(to)) {
    const widen = widenNumber(to);
    return (f) => widen(code(f));
  }
  if (from === T.Id && to === T.String) {
    return (f) => {
      const value = code(f);
      return value instanceof ApexId ? value.toString() : value;
    };
  }
  if (from === T.String && to === T.Id) return (f) => stringToId(code(f), f.rt);
  if (from === T.Date && to === T.Datetime) return (f) => dateToDatetime(code(f));
  return code;
}
