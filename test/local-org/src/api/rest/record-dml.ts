import { USER_MODE } from '../../access/types.ts';
import { executeDml } from '../../dml/execute-dml.ts';
import type { DmlOperation, DmlResult } from '../../dml/types.ts';
import type { LocalOrg } from '../../org-types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { Row } from '../../store/types.ts';
import type { Transaction } from '../../transaction/types.ts';
import { findObject } from './find-object.ts';
import { jsonToRow } from './json-to-row.ts';
import { jsonObject, pathParameter, type Operation } from './operation.ts';
import { recordId } from './record-id.ts';
import { RestError } from './rest-error.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_basic_info_post.htm */
export const createRecord: Operation = {
  method: 'POST',
  path: '/sobjects/:object',
  queryParameters: [],
  composite: 'not yet',
  run(request, org) {
    const object = findObject(request, org);
    const values = jsonToRow(org.schema, object, jsonObject(request));
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
    const values = jsonToRow(org.schema, object, jsonObject(request));
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
  const [result] = executeDml(operation, [{ object, id, values }], options, tx);
  if (!result) throw new Error('DML answered nothing for a record');
  const [error] = result.errors;
  if (error) throw new RestError(400, error.statusCode, error.message, error.fields);
  return result;
}
