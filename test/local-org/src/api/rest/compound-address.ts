import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import type { RecordJson } from './record-json.ts';

const PARTS = ['City', 'Country', 'GeocodeAccuracy', 'Latitude', 'Longitude', 'PostalCode', 'State', 'Street'] as const;

/**
 * A compound address as REST prints it, from its parts in the same record; null where all of them are.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/compound_fields_address.htm
 */
export function addressJson(object: ObjectDef, field: FieldDef, record: RecordJson): RecordJson | null {
  const prefix = field.name.replace(/Address$/, '');
  const parts = PARTS.filter((part) => object.fields.has(`${prefix}${part}`.toLowerCase()));
  const json = Object.fromEntries(parts.map((part) => [part.charAt(0).toLowerCase() + part.slice(1), record[prefix + part] ?? null]));
  return Object.values(json).every((value) => value === null) ? null : json;
}
