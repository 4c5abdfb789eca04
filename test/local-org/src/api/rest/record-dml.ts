import { USER_MODE } from '../../access/types.ts';
import { INSUFFICIENT_ACCESS } from '../../dml/dml-errors.ts';
import { EntityAccessDenied } from '../../dml/entity-access-denied.ts';
import { executeDml } from '../../dml/execute-dml.ts';
import type { DmlError, DmlOperation, DmlResult } from '../../dml/types.ts';
import type { LocalOrg } from '../../org-types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { Row } from '../../store/types.ts';
import type { Transaction } from '../../transaction/types.ts';
import { findObject } from './find-object.ts';
import { jsonToRow } from './json-to-row.ts';
import { jsonObject, pathParameter, type Operation } from './operation.ts';
import { recordId } from './record-id.ts';
import { RestError } from './rest-error.ts';
import { schemaFor } from './visible-objects.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_basic_info_post.htm */
export const createRecord: Operation = {
  method: 'POST',
  path: '/sobjects/:object',
  queryParameters: [],
  composite: 'not yet',
  run(request, org) {
    const object = findObject(request, org);
    const values = jsonToRow(schemaFor(request.user, org), object, jsonObject(request));
    return org.transaction(request.user, (tx) => {
      const { id } = runDml(tx, org, 'insert', object, null, values);
      return { status: 201, body: { id, success: true, errors: [] } };
    });
  },
};

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_retrieve_patch.htm */
export const updateRecord: Operation = {
  method: 'PATCH',
  path: '/sobjects/:object/:id',
  queryParameters: [],
  composite: 'not yet',
  run(request, org) {
    const object = findObject(request, org);
    const values = jsonToRow(schemaFor(request.user, org), object, jsonObject(request));
    return org.transaction(request.user, (tx) => {
      runDml(tx, org, 'update', object, recordId(tx, object, pathParameter(request, 'id')), values);
      return { status: 204, body: undefined };
    });
  },
};

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_retrieve_delete.htm */
export const deleteRecord: Operation = {
  method: 'DELETE',
  path: '/sobjects/:object/:id',
  queryParameters: [],
  composite: 'not yet',
  run(request, org) {
    const object = findObject(request, org);
    return org.transaction(request.user, (tx) => {
      runDml(tx, org, 'delete', object, recordId(tx, object, pathParameter(request, 'id')), new Map());
      return { status: 204, body: undefined };
    });
  },
};

/** One record through the order of execution, in user mode, triggers included. Throws its first error. */
function runDml(tx: Transaction, org: LocalOrg, operation: DmlOperation, object: ObjectDef, id: string | null, values: Row): DmlResult {
  const options = { enforcement: USER_MODE, allOrNone: true, triggers: org.engine.triggers(tx) } as const;
  const [result] = withObjectAccess(() => executeDml(operation, [{ object, id, values }], options, tx));
  if (!result) throw new Error('DML answered nothing for a record');
  const [error] = result.errors;
  if (error) throw refusal(error);
  return result;
}

/** Object permissions are refused in the words that a record's own access is. */
export function withObjectAccess<R>(work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (error instanceof EntityAccessDenied) throw refusal(INSUFFICIENT_ACCESS);
    throw error;
  }
}

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm 403: the user lacks permissions */
function refusal({ statusCode, message, fields }: DmlError): RestError {
  return new RestError(statusCode === INSUFFICIENT_ACCESS.statusCode ? 403 : 400, statusCode, message, fields);
}
