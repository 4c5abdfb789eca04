import { NotSupported } from '../../errors.ts';
import type { FieldDef, ObjectDef, Schema, Value } from '../../schema/types.ts';
import type { Row } from '../../store/types.ts';
import { RestError } from './rest-error.ts';

/**
 * The JSON of a record as field values. Strings are converted to what the field holds, as the platform does.
 * @throws RestError for a field that does not exist or a value that does not fit its type
 */
export function jsonToRow(schema: Schema, object: ObjectDef, json: Record<string, unknown>): Row {
  const row: Row = new Map();
  for (const [name, value] of Object.entries(json)) {
    if (name === 'attributes') continue;
    if (name.toLowerCase() === 'id') throw new RestError(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
    const found = schema.field(object, name);
    if (found.kind === 'unsupported') throw new NotSupported(`the field ${object.name}.${name}`);
    if (found.kind === 'unknown') {
      if (schema.parentRelationship(object, name).kind === 'known')
        throw new NotSupported(`setting ${object.name}.${name} by a nested record`);
      throw new RestError(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
    }
    row.set(found.def.name, fieldValue(found.def, value));
  }
  return row;
}

type Scalar = string | number | boolean;

function fieldValue(field: FieldDef, value: unknown): Value {
  if (value === null || value === '') return null;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw unreadable(field, Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT');
  }
  switch (field.type) {
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (value === 'true' || value === 'false') return value === 'true';
      throw unreadable(field, kindOf(value), value);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return numberValue(field, value);
    case 'date':
      return dateValue(field, value);
    case 'datetime':
      return datetimeValue(field, value);
    case 'time':
      return timeValue(field, value);
    case 'address':
    case 'location':
    case 'base64':
      throw new NotSupported(`writing a ${field.type} field (${field.name}) over REST`);
    default:
      return String(value);
  }
}

function numberValue(field: FieldDef, value: Scalar): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw unreadable(field, kindOf(value), value);
  if (field.type === 'int' && !Number.isInteger(number)) throw unreadable(field, kindOf(value), value);
  return number;
}

function dateValue(field: FieldDef, value: Scalar): string {
  const [, date = ''] = (typeof value === 'string' && /^(\d{4}-\d{2}-\d{2})(?:T.*)?$/.exec(value)) || [];
  const time = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date) throw unreadable(field, kindOf(value), value);
  return date;
}

function datetimeValue(field: FieldDef, value: Scalar): number {
  const form = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
  const time = typeof value === 'string' && form.test(value) ? Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')) : Number.NaN;
  if (Number.isNaN(time)) throw unreadable(field, kindOf(value), value);
  return time;
}

function timeValue(field: FieldDef, value: Scalar): number {
  const time =
    typeof value === 'string' && /^\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z?$/.test(value)
      ? Date.parse(`1970-01-01T${value.replace(/Z?$/, 'Z')}`)
      : Number.NaN;
  if (Number.isNaN(time)) throw unreadable(field, kindOf(value), value);
  return time;
}

function kindOf(value: Scalar): string {
  if (typeof value === 'string') return 'VALUE_STRING';
  if (typeof value === 'number') return Number.isInteger(value) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT';
  return value === true ? 'VALUE_TRUE' : 'VALUE_FALSE';
}

/** The platform ends this message with the position in the body, which the local org does not know. */
function unreadable(field: FieldDef, kind: string, value?: Scalar): RestError {
  const shown = value === undefined ? '' : ` value ${value}`;
  return new RestError(
    400,
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${field.type} from ${kind}${shown} or request may be missing a required field`,
    [field.name],
  );
}
