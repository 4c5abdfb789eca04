import type { Context } from 'hono';
import { ApexRestFailure } from '../../apex/engine.ts';
import { NoRestMethod } from '../../apex/run/rest.ts';
import type { RestCall } from '../../apex/engine-types.ts';
import type { LocalOrg } from '../../org-types.ts';
import { authenticate } from '../oauth/authenticate.ts';
import { RestError, toRestError } from '../rest/rest-error.ts';

const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']);

/**
 * Hands a request to the Apex class that is mapped to its URL, in one transaction: an exception that leaves the method
 * rolls everything back and answers 500 APEX_ERROR; an error status that the method sets does not.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_rest_methods.htm
 */
export async function answerApexRest(context: Context, org: LocalOrg): Promise<Response> {
  try {
    const user = authenticate(context.req.header('authorization'), org);
    if (!org.apiUsage.count()) throw new RestError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    const { method } = context.req;
    if (!METHODS.has(method))
      throw new RestError(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${[...METHODS].join(',')}`);
    const url = new URL(context.req.url);
    const call: RestCall = {
      method: method as RestCall['method'],
      path: context.req.path.slice('/services/apexrest'.length),
      query: new Map(url.searchParams),
      headers: headersOf(context.req.raw.headers),
      body: Buffer.from(await context.req.arrayBuffer()),
    };
    const answer = org.transaction(user, (tx) => org.engine.rest(call, tx));
    const headers = new Headers([...answer.headers]);
    headers.set('Sforce-Limit-Info', org.apiUsage.header());
    const empty = answer.status === 204 || answer.status === 304 || answer.body.length === 0;
    return new Response(empty ? null : new Uint8Array(answer.body), { status: answer.status, headers });
  } catch (error) {
    const shown = apexError(error) ?? toRestError(error, org.log);
    return context.newResponse(JSON.stringify(shown.body()), shown.status as 500, {
      'Content-Type': 'application/json;charset=UTF-8',
      'Sforce-Limit-Info': org.apiUsage.header(),
    });
  }
}

const NO_METHOD = { 403: 'FORBIDDEN', 404: 'NOT_FOUND', 405: 'METHOD_NOT_ALLOWED' } as const;

/**
 * What left the Apex method, a governor limit included: message, blank line, Apex stack trace. The platform gives the stack
 * away to the client just so.
 */
function apexError(error: unknown): RestError | undefined {
  if (error instanceof NoRestMethod) return new RestError(error.status, NO_METHOD[error.status], error.message);
  if (!(error instanceof ApexRestFailure)) return undefined;
  return new RestError(500, 'APEX_ERROR', error.stackTrace === '' ? error.message : `${error.message}\n\n${error.stackTrace}`);
}

/** Header names as HTTP/1.1 clients write them: `content-type` → `Content-Type`. */
function headersOf(headers: Headers): Map<string, string> {
  return new Map([...headers].map(([name, value]) => [name.replace(/(^|-)[a-z]/g, (first) => first.toUpperCase()), value]));
}
