import { T, type ApexType } from '../types.ts';
import { ApexDate } from './apex-date.ts';
import { ApexDatetime } from './apex-datetime.ts';
import { ApexDecimal } from './apex-decimal.ts';
import { ApexDouble } from './apex-double.ts';
import { ApexId } from './apex-id.ts';
import { toDecimal, toDouble } from './numbers.ts';
import type { ApexValue } from './values.ts';

/** A String that was assigned to an Id and is none. */
export class InvalidId extends Error {
  constructor(text: string) {
    super(`Invalid id: ${text}`);
    this.name = 'InvalidId';
  }
}

/**
 * The conversions that an assignment makes by itself: Integer → Long → Double → Decimal, String ↔ Id, Date → Datetime
 * (midnight GMT). Any other value is returned as it is; whether it fits is the checker's business.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_type_conversions_rules.htm
 */
export function coerce(value: ApexValue, type: ApexType): ApexValue {
  switch (type) {
    case T.Id: {
      if (typeof value !== 'string') return value;
      const id = ApexId.parse(value);
      if (!id) throw new InvalidId(value);
      return id;
    }
    case T.String:
      return value instanceof ApexId ? value.value : value;
    case T.Long:
      return typeof value === 'number' ? BigInt(value) : value;
    case T.Double:
      return typeof value === 'number' || typeof value === 'bigint' || value instanceof ApexDecimal
        ? new ApexDouble(toDouble(value))
        : value;
    case T.Decimal:
      return typeof value === 'number' || typeof value === 'bigint' || value instanceof ApexDouble ? toDecimal(value) : value;
    case T.Datetime:
      return value instanceof ApexDate ? new ApexDatetime(value.epochMs) : value;
    default:
      return value;
  }
}
