import { NotSupported } from '../../errors.ts';
import type { LocalOrg } from '../../org-types.ts';
import type { RunningUser } from '../../transaction/types.ts';
import { RestError } from './rest-error.ts';

export type RestMethod = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** A request below `/services/data/vNN.0`, or a subrequest of a composite one. */
export interface RestRequest {
  readonly method: RestMethod;
  /** `v67.0` */
  readonly version: string;
  /** After the version: `/sobjects/Account`. */
  readonly path: string;
  /** Values of the operation's `:name` segments, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** The body as sent; empty where there is none. */
  readonly body: string;
  readonly user: RunningUser;
}

export interface RestResponse {
  readonly status: number;
  /** Sent as JSON; undefined sends no body. */
  readonly body: unknown;
}

/** One operation of the REST API. */
export interface Operation {
  readonly method: RestMethod;
  /** `/sobjects/:object/:id` */
  readonly path: string;
  /** Query parameters that it takes; any other is refused rather than ignored. */
  readonly queryParameters: readonly string[];
  /** Whether the composite resource may carry it, on the platform and here. */
  readonly composite: 'yes' | 'never' | 'not yet';
  run(request: RestRequest, org: LocalOrg): RestResponse;
}

/** A path parameter that the operation's pattern guarantees. */
export function pathParameter(request: RestRequest, name: string): string {
  const value = request.params[name];
  if (value === undefined) throw new Error(`operation has no path parameter ${name}`);
  return value;
}

/** The body as a JSON object. */
export function jsonObject(request: RestRequest): Record<string, unknown> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\b/i.test(type)) {
    if (/^(application\/xml|text\/xml|multipart\/)/i.test(type)) throw new NotSupported(`request body of type ${type}`);
    throw new RestError(415, 'UNSUPPORTED_MEDIA_TYPE', `Content type not supported: ${type || '(none)'}. Send application/json.`);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(request.body);
  } catch (error) {
    throw new RestError(400, 'JSON_PARSER_ERROR', error instanceof Error ? error.message : String(error));
  }
  if (!isObject(parsed)) throw new RestError(400, 'JSON_PARSER_ERROR', 'The request body must be a JSON object');
  return parsed;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
