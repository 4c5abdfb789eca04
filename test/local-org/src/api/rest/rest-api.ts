import type { Context } from 'hono';
import type { LocalOrg } from '../../org-types.ts';
import { authenticate } from '../oauth/authenticate.ts';
import { route, run } from './dispatch.ts';
import type { RestMethod } from './operation.ts';
import { notFound, RestError, toRestError } from './rest-error.ts';
import { versionState } from './versions.ts';

/** Answers everything below `/services/data/vNN.0`. */
export async function answerRest(context: Context, org: LocalOrg): Promise<Response> {
  try {
    const url = new URL(context.req.url);
    const [, version = '', path = ''] = /^\/services\/data\/([^/]+)(.*)$/.exec(context.req.path) ?? [];
    const state = versionState(version);
    if (state === 'retired')
      throw new RestError(
        410,
        'UNSUPPORTED_API_VERSION',
        `API version ${version.slice(1)} is retired. Use a version of GET /services/data.`,
      );
    if (state === 'unknown') throw notFound();
    const user = authenticate(context.req.header('authorization'), org);
    if (!org.apiUsage.count()) throw new RestError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    const method = context.req.method === 'HEAD' ? 'GET' : (context.req.method as RestMethod);
    const body = await context.req.text();
    const answer = run(
      route(method, path === '' ? '/' : path),
      { method, version, path, query: url.searchParams, headers: context.req.raw.headers, body, user },
      org,
    );
    return send(context, answer.status, answer.body, org);
  } catch (error) {
    const shown = toRestError(error, org.log);
    return send(context, shown.status, shown.body(), org);
  }
}

function send(context: Context, status: number, body: unknown, org: LocalOrg): Response {
  const headers = { 'Sforce-Limit-Info': org.apiUsage.header(), 'Cache-Control': 'no-cache,must-revalidate,max-age=0,no-store,private' };
  if (body === undefined) return context.newResponse(null, status as 204, headers);
  return context.newResponse(JSON.stringify(body), status as 200, { ...headers, 'Content-Type': 'application/json;charset=UTF-8' });
}
