import { ApexRestFailure } from '../../apex/engine.ts';
import type { JsonNode } from '../../apex/platform/json/parse-json.ts';
import { parseJson } from '../../apex/platform/json/parse-json.ts';
import { InvalidAction } from '../../apex/run/invocable.ts';
import type { ActionInput, ActionOutput } from '../../apex/run/invocable.ts';
import { jsonObject, pathParameter, type Operation, type RestRequest, type RestResponse } from './operation.ts';
import { RestError } from './rest-error.ts';

/**
 * `POST /actions/custom/apex/<class>`: calls the invocable method of an Apex class with all inputs in one transaction. An
 * exception that leaves it undoes all of them. Codes and texts of errors: own.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_actions_invocable_custom.htm
 */
export const apexAction: Operation = {
  method: 'POST',
  path: '/actions/custom/apex/:name',
  queryParameters: [],
  composite: 'not yet',
  run(request, org) {
    const inputs = inputsOf(request);
    const name = pathParameter(request, 'name');
    try {
      const outputs = org.transaction(request.user, (tx) => org.engine.invoke(name, inputs, tx));
      return { status: 200, body: outputs.map((output) => result(name, output, null)) };
    } catch (error) {
      return failed(error, name, inputs);
    }
  },
};

/** The discovery of actions is not learned: only calling one is. */
function inputsOf(request: RestRequest): ActionInput[] {
  jsonObject(request);
  const body = parseJson(request.body);
  const inputs = body.kind === 'object' ? body.members.get('inputs') : undefined;
  const other = body.kind === 'object' ? [...body.members.keys()].find((name) => name !== 'inputs') : undefined;
  if (other !== undefined) throw new RestError(400, 'JSON_PARSER_ERROR', `Unrecognized field "${other}"`);
  if (inputs?.kind !== 'array' || inputs.items.length === 0)
    throw new RestError(400, 'INVALID_API_INPUT', 'The request body must hold the list "inputs" with at least one input');
  return inputs.items.map(membersOf);
}

function membersOf(node: JsonNode): ActionInput {
  if (node.kind !== 'object') throw new RestError(400, 'INVALID_API_INPUT', 'Each input must be a JSON object');
  return node.members;
}

function failed(error: unknown, name: string, inputs: readonly ActionInput[]): RestResponse {
  if (error instanceof ApexRestFailure) {
    const shown = { statusCode: 'UNKNOWN_EXCEPTION', message: `An Apex error occurred: ${error.message}`, fields: [] };
    return { status: 400, body: inputs.map(() => result(name, null, [shown])) };
  }
  if (!(error instanceof InvalidAction)) throw error;
  if (error.reason === 'not found') throw new RestError(404, 'NOT_FOUND', error.message);
  if (error.reason === 'no access') throw new RestError(403, 'FORBIDDEN', error.message);
  throw new RestError(400, 'INVALID_API_INPUT', error.message);
}

function result(actionName: string, outputValues: ActionOutput, errors: readonly unknown[] | null): unknown {
  return { actionName, errors, invocationId: null, isSuccess: errors === null, outcome: null, outputValues, sortOrder: -1, version: 1 };
}
