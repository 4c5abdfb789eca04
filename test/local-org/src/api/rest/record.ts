import { findObject } from './find-object.ts';
import { pathParameter, type Operation } from './operation.ts';
import { recordId } from './record-id.ts';
import { recordJson, type RecordJson } from './record-json.ts';
import { addressJson } from './compound-address.ts';
import { notFound, RestError } from './rest-error.ts';
import { runSoql } from './run-soql.ts';
import { accessOf, schemaFor, visibleFields } from './visible-objects.ts';
import { NotSupported } from '../../errors.ts';
import type { FieldDef, ObjectDef, Schema } from '../../schema/types.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_retrieve_get.htm */
export const getRecord: Operation = {
  method: 'GET',
  path: '/sobjects/:object/:id',
  queryParameters: ['fields'],
  composite: 'yes',
  run(request, org) {
    const object = findObject(request, org);
    const asked = request.query.get('fields');
    const fields = visibleFields(object, accessOf(request.user, org));
    const names = asked === null ? queryable(fields).map((field) => field.name) : askedFields(schemaFor(request.user, org), object, asked);
    return org.transaction(request.user, (tx) => {
      const id = recordId(tx, object, pathParameter(request, 'id'));
      const { query, result } = runSoql(`SELECT ${names.join(', ')} FROM ${object.name} WHERE Id = '${id}'`, tx, org.formulas);
      const record = result.kind === 'records' ? result.records[0] : undefined;
      if (!record) throw notFound();
      const json = recordJson(query, record, request.version);
      return { status: 200, body: asked === null ? withAddresses(object, fields, json) : json };
    });
  },
};

/** The fields asked for, and Id at the end, which the platform adds. */
function askedFields(schema: Schema, object: ObjectDef, list: string): string[] {
  const names = list.split(',').map((name) => {
    const trimmed = name.trim();
    if (trimmed.includes('.')) throw new NotSupported(`a parent's field in fields=${trimmed}`);
    const found = schema.field(object, trimmed);
    if (found.kind === 'unsupported') throw new NotSupported(`the field ${object.name}.${trimmed}`);
    if (found.kind === 'unknown')
      throw new RestError(400, 'INVALID_FIELD', `No such column '${trimmed}' on sobject of type ${object.name}`);
    return found.def.name;
  });
  return [...new Set([...names.filter((name) => name !== 'Id'), 'Id'])];
}

/** The fields but the compound ones, which a query does not answer. */
function queryable(fields: readonly FieldDef[]): FieldDef[] {
  return fields.filter((field) => field.type !== 'address' && field.type !== 'location');
}

/** All fields in describe order, the compound ones among them. */
function withAddresses(object: ObjectDef, fields: readonly FieldDef[], record: RecordJson): RecordJson {
  const json: RecordJson = { attributes: record['attributes'] };
  for (const field of fields) {
    if (field.type === 'address') json[field.name] = addressJson(object, field, record);
    else if (field.name in record) json[field.name] = record[field.name];
    else throw new NotSupported(`the ${field.type} field ${object.name}.${field.name} in a record read`);
  }
  return json;
}
