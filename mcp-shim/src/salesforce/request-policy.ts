import * as z from 'zod';

/** A request as it would go over the wire. */
export interface WireRequest {
  method: string;
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

/** A preview runs in the org and is rolled back there; a write is a commit. */
export type RequestKind = 'read' | 'preview' | 'write';

/** Thrown when code of this server tries to send what it must never send. A defect, not a user's mistake. */
export class RequestRefused extends Error {
  constructor(reason: string) {
    super(`request refused before it was sent: ${reason}`);
    this.name = 'RequestRefused';
  }
}

/**
 * GET is not harmless by itself: `tooling/executeAnonymous` runs Apex by GET, and another package's Apex REST may write on GET.
 * So reads are an allow-list of resources that only read.
 */
const readPaths = [
  /^\/services\/data\/v\d{2}\.0\/(query|limits)$/,
  /^\/services\/data\/v\d{2}\.0\/sobjects\/\w+\/describe$/,
  /^\/services\/oauth2\/userinfo$/,
];
const compositePath = /^\/services\/data\/v\d{2}\.0\/composite$/;
const compositeReadPath = /^\/services\/data\/v\d{2}\.0\/(query|sobjects\/\w+\/[A-Za-z0-9]{15,18})$/;

const compositeBody = z.strictObject({
  allOrNone: z.boolean(),
  compositeRequest: z
    .array(z.strictObject({ method: z.literal('GET'), url: z.string(), referenceId: z.string() }))
    .min(1)
    .max(25),
});

const previewBody = z.object({ mode: z.literal('preview') });

/**
 * Decides what may leave the process: reads, and POST to our own Apex service. Nothing else changes data.
 * @returns what the request is
 * @throws RequestRefused for everything else
 */
export function classifyRequest(request: WireRequest, options: { origin: string; namespace?: string | undefined }): RequestKind {
  const url = new URL(request.url);
  if (url.origin !== options.origin) throw new RequestRefused(`${url.origin} is not the configured org`);
  // Salesforce takes the method from `_HttpMethod` or an override header for clients that cannot send PATCH.
  if (hasMethodOverride(url, request.headers)) throw new RequestRefused('it overrides its method');
  if (request.method === 'GET') {
    if (
      request.body === undefined &&
      [...readPaths, servicePath(options.namespace, 'status|objects/\\w+')].some((path) => path.test(url.pathname))
    )
      return 'read';
  } else if (request.method === 'POST' && url.search === '') {
    if (compositePath.test(url.pathname)) return classifyComposite(request.body, url);
    if (servicePath(options.namespace, 'writes/[a-z_]+').test(url.pathname)) return isPreview(request.body) ? 'preview' : 'write';
  }
  throw new RequestRefused(`${request.method} ${url.pathname} is neither a known read nor a call of the Apex write service`);
}

function classifyComposite(body: string | undefined, base: URL): RequestKind {
  const parsed = compositeBody.safeParse(parseJson(body));
  if (!parsed.success) throw new RequestRefused('a composite may hold GET subrequests only');
  for (const subrequest of parsed.data.compositeRequest) {
    const url = new URL(subrequest.url, base);
    if (url.origin !== base.origin || hasMethodOverride(url) || !compositeReadPath.test(url.pathname)) {
      throw new RequestRefused(`composite subrequest ${url.pathname} is not a read`);
    }
  }
  return 'read';
}

/** Only what says so itself: anything doubtful counts as a commit. */
function isPreview(body: string | undefined): boolean {
  return previewBody.safeParse(parseJson(body)).success;
}

function servicePath(namespace: string | undefined, resource: string): RegExp {
  const prefix = namespace === undefined ? '' : `${namespace}/`;
  return new RegExp(`^/services/apexrest/${prefix}revops/v1/(?:${resource})$`);
}

function hasMethodOverride(url: URL, headers: Readonly<Record<string, string>> = {}): boolean {
  return (
    [...url.searchParams.keys()].some((name) => name.toLowerCase() === '_httpmethod') ||
    Object.keys(headers).some((name) => /^x-http-method/i.test(name))
  );
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined; // fails the schema above, which refuses the request
  }
}
