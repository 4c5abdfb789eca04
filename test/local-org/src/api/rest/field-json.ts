import { NotSupported } from '../../errors.ts';
import type { FieldType, Value } from '../../schema/types.ts';

/**
 * A stored value as REST prints it: datetimes in UTC with milliseconds, times with a Z.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/intro_valid_date_formats.htm
 */
export function fieldJson(type: FieldType, value: Value): Value {
  if (value === null) return null;
  switch (type) {
    case 'datetime':
      return new Date(Number(value)).toISOString().replace('Z', '+0000');
    case 'time':
      return new Date(Number(value)).toISOString().slice(11);
    case 'address':
    case 'location':
    case 'base64':
      throw new NotSupported(`a ${type} field in a REST response`);
    default:
      return value;
  }
}
