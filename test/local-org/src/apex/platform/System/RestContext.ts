import type { RestAnswer, RestCall } from '../../engine-types.ts';
import { ApexBlob } from '../../values/apex-blob.ts';
import { ApexMap } from '../../values/apex-map.ts';
import { NativeObject } from '../../values/native-object.ts';
import type { ApexValue } from '../../values/values.ts';
import { makeStringMap } from '../collections.ts';
import { T } from '../../types.ts';
import type { PlatformClass, Runtime } from '../types.ts';
import { newRestRequest } from './RestRequest.ts';
import { newRestResponse } from './RestResponse.ts';

/** The statuses that an Apex REST method may send; any other becomes 500. See the page of RestResponse. */
const STATUSES = new Set([
  200, 201, 202, 204, 206, 300, 301, 302, 304, 400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 414, 415, 417, 500, 503,
]);

const REQUEST = 'RestContext.request';
const RESPONSE = 'RestContext.response';

const property = (key: string): { get: (runtime: Runtime) => ApexValue; set: (runtime: Runtime, value: ApexValue) => void } => ({
  get: (runtime) => (runtime.state.get(key) as ApexValue | undefined) ?? null,
  set: (runtime, value) => {
    runtime.state.set(key, value);
  },
});

/** Null outside of an Apex REST method, until a test sets them. */
export const RestContextClass: PlatformClass = {
  name: 'RestContext',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_restcontext.htm',
  staticProperties: { request: property(REQUEST), response: property(RESPONSE) },
};

/**
 * Fills RestContext for one call.
 * @param resourcePath `/services/apexrest/revops/v1/*`
 * @returns the answer, to be asked for when the method has returned
 */
export function openRestContext(runtime: Runtime, call: RestCall, resourcePath: string): { answer(): RestAnswer } {
  const request = newRestRequest();
  request.properties.set('headers', makeStringMap(runtime, T.String, call.headers, true));
  request.properties.set('params', makeStringMap(runtime, T.String, call.query));
  request.properties.set('httpMethod', call.method);
  request.properties.set('requestURI', call.path);
  request.properties.set('resourcePath', resourcePath);
  request.properties.set('requestBody', new ApexBlob(call.body));
  runtime.state.set(REQUEST, request);
  runtime.state.set(RESPONSE, newRestResponse());
  return { answer: () => answerOf(runtime.state.get(RESPONSE)) };
}

function answerOf(response: unknown): RestAnswer {
  if (!(response instanceof NativeObject)) return { status: 200, headers: new Map(), body: Buffer.alloc(0) };
  const status = response.properties.get('statusCode') ?? 200;
  if (typeof status !== 'number' || !STATUSES.has(status)) {
    const errors = [{ errorCode: 'APEX_ERROR', message: `Invalid status code for HTTP response: ${String(status)}` }];
    return { status: 500, headers: new Map([['content-type', 'application/json']]), body: Buffer.from(JSON.stringify(errors)) };
  }
  const headers = new Map<string, string>();
  const given = response.properties.get('headers');
  if (given instanceof ApexMap)
    for (const { key, value } of given.entries.values()) if (value !== null) headers.set(String(key), String(value));
  const body = response.properties.get('responseBody');
  return { status, headers, body: body instanceof ApexBlob ? body.bytes : Buffer.alloc(0) };
}
