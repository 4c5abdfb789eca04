import { z } from 'zod';
import { NotSupported } from '../../errors.ts';
import type { LocalOrg } from '../../org-types.ts';
import { substituteReferences, UnresolvedReference } from './composite-references.ts';
import { route, run } from './dispatch.ts';
import { jsonObject, type Operation, type RestRequest } from './operation.ts';
import { RestError, toRestError } from './rest-error.ts';
import { versionState } from './versions.ts';

const MAX_SUBREQUESTS = 25;
const MAX_QUERIES = 5;

const compositeBody = z.strictObject({
  allOrNone: z.boolean().default(false),
  /** Only lets the platform run DML subrequests of one kind together; reads are the same with and without. */
  collateSubrequests: z.boolean().default(false),
  compositeRequest: z.array(
    z.strictObject({
      method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']),
      url: z.string(),
      referenceId: z.string().regex(/^[A-Za-z]\w*$/, 'must start with a letter and hold only letters, digits and underscores'),
      body: z.unknown().optional(),
      httpHeaders: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

type Subrequest = z.infer<typeof compositeBody>['compositeRequest'][number];

interface Subresponse {
  readonly body: unknown;
  readonly httpHeaders: Record<string, string>;
  readonly httpStatusCode: number;
  readonly referenceId: string | null;
}

/**
 * Up to 25 subrequests in one call, at most 5 of them queries; one may use what an earlier one answered. In this org they
 * only read so far.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite_post.htm
 */
export const composite: Operation = {
  method: 'POST',
  path: '/composite',
  queryParameters: [],
  composite: 'never',
  run(request, org) {
    const parsed = compositeBody.safeParse(jsonObject(request));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new RestError(400, 'JSON_PARSER_ERROR', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid request'}`);
    }
    const { allOrNone, compositeRequest } = parsed.data;
    refuseDuplicates(compositeRequest);
    if (compositeRequest.length > MAX_SUBREQUESTS)
      return limitExceeded(`The request can’t contain more than ${MAX_SUBREQUESTS} operations.`);
    const queries = compositeRequest.filter((sub) => /^\/services\/data\/[^/]+\/query(All)?\b/.test(sub.url));
    if (queries.length > MAX_QUERIES) return limitExceeded(`The request can’t contain more than ${MAX_QUERIES} query operations.`);

    const answers: Subresponse[] = [];
    const results = new Map<string, Subresponse>();
    for (const sub of compositeRequest) {
      const halted = allOrNone && answers.some((answer) => answer.httpStatusCode >= 400);
      const answer = halted ? haltedResponse(sub) : runSubrequest(sub, request, org, results);
      answers.push(answer);
      results.set(sub.referenceId, answer);
    }
    const failed = allOrNone && answers.some((answer) => answer.httpStatusCode >= 400);
    const shown = failed
      ? answers.map((answer, index) => (answer.httpStatusCode < 400 ? haltedResponse(compositeRequest[index]) : answer))
      : answers;
    return { status: 200, body: { compositeResponse: shown } };
  },
};

function refuseDuplicates(subrequests: readonly Subrequest[]): void {
  const seen = new Set<string>();
  for (const { referenceId } of subrequests) {
    if (seen.has(referenceId)) throw new RestError(400, 'INVALID_INPUT', `Duplicate ReferenceId provided in the request: ${referenceId}`);
    seen.add(referenceId);
  }
}

/** The form in which an org was seen to refuse a 26th subrequest: as the only response, without a reference. */
function limitExceeded(message: string): { status: number; body: unknown } {
  const body = new RestError(400, 'LIMIT_EXCEEDED', message).body();
  return { status: 400, body: { compositeResponse: [{ body, httpHeaders: {}, httpStatusCode: 400, referenceId: null }] } };
}

function haltedResponse(sub: Subrequest | undefined): Subresponse {
  const message = 'The transaction was rolled back since another operation in the same transaction failed.';
  const body = new RestError(400, 'PROCESSING_HALTED', message).body();
  return { body, httpHeaders: {}, httpStatusCode: 400, referenceId: sub?.referenceId ?? null };
}

function runSubrequest(sub: Subrequest, request: RestRequest, org: LocalOrg, results: ReadonlyMap<string, Subresponse>): Subresponse {
  try {
    const bodies = new Map([...results].map(([id, answer]) => [id, answer.httpStatusCode < 400 ? answer.body : undefined]));
    const url = substituteReferences(sub.url, bodies);
    const match = /^\/services\/data\/([^/?]+)([^?]*)(?:\?(.*))?$/.exec(url);
    const [, version = '', rest = '', search = ''] = match ?? [];
    const path = rest === '' ? '/' : rest;
    if (!match || versionState(version) !== 'served') {
      throw new RestError(400, 'INVALID_INPUT', `Invalid subrequest URL: ${url}. It starts with /services/data/vNN.0/.`);
    }
    const routed = route(sub.method, path);
    if (routed.operation.composite === 'never') {
      throw new RestError(400, 'INVALID_INPUT', `The resource ${path} can’t be called by a composite request.`);
    }
    if (routed.operation.composite === 'not yet') throw new NotSupported(`${sub.method} ${routed.operation.path} in a composite request`);
    const answer = run(
      routed,
      {
        method: sub.method,
        version,
        path,
        query: new URLSearchParams(search),
        headers: new Headers(sub.httpHeaders ?? {}),
        body: sub.body === undefined ? '' : JSON.stringify(sub.body),
        user: request.user,
      },
      org,
    );
    return { body: answer.body ?? null, httpHeaders: {}, httpStatusCode: answer.status, referenceId: sub.referenceId };
  } catch (error) {
    const shown =
      error instanceof UnresolvedReference ? new RestError(400, 'PROCESSING_HALTED', error.message) : toRestError(error, org.log);
    return { body: shown.body(), httpHeaders: {}, httpStatusCode: shown.status, referenceId: sub.referenceId };
  }
}
