import { invalidInput } from '../errors.ts';

/** One request to the org, also what `dry_run` shows. `path` starts with `/services/` and is already percent-encoded. */
export interface ApiRequest {
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
}

/** One query of a composite request; `ref` names its answer. */
export interface NamedQuery {
  ref: string;
  soql: string;
}

/** At most 5 of the 25 subrequests of a composite may be queries (REST API Developer Guide, "Composite"). */
export const maxCompositeQueries = 5;

/** Salesforce refuses URIs and headers above 16,384 bytes with 414 or 431; the rest is room for host and headers. */
const maxPathBytes = 12_000;

export function queryRequest(apiVersion: string, soql: string): ApiRequest {
  return { method: 'GET', path: queryPath(apiVersion, soql) };
}

/** Several queries in one round trip. Each fails alone (`allOrNone: false`). */
export function compositeRequest(apiVersion: string, queries: readonly NamedQuery[]): ApiRequest {
  if (queries.length === 0 || queries.length > maxCompositeQueries) {
    throw new RangeError(`a composite takes 1 to ${maxCompositeQueries} queries, not ${queries.length}`);
  }
  return {
    method: 'POST',
    path: `/services/data/${apiVersion}/composite`,
    body: {
      allOrNone: false,
      compositeRequest: queries.map(({ ref, soql }) => ({ method: 'GET', url: queryPath(apiVersion, soql), referenceId: ref })),
    },
  };
}

export function describeRequest(apiVersion: string, objectType: string): ApiRequest {
  return { method: 'GET', path: `/services/data/${apiVersion}/sobjects/${encodeURIComponent(objectType)}/describe` };
}

export function userInfoRequest(): ApiRequest {
  return { method: 'GET', path: '/services/oauth2/userinfo' };
}

/** The only request that changes data: the Apex write service, under the namespace of a packaged install. */
export function writeRequest(namespace: string | undefined, operation: string, body: unknown): ApiRequest {
  const prefix = namespace === undefined ? '' : `${namespace}/`;
  return { method: 'POST', path: `/services/apexrest/${prefix}revops/v1/writes/${encodeURIComponent(operation)}`, body };
}

function queryPath(apiVersion: string, soql: string): string {
  const path = `/services/data/${apiVersion}/query?q=${encodeURIComponent(soql)}`;
  if (path.length > maxPathBytes) {
    throw invalidInput(
      `The query takes ${path.length.toLocaleString('en-US')} bytes in a URL, and Salesforce accepts about ${maxPathBytes.toLocaleString('en-US')}. Select fewer fields or shorten the lists in WHERE.`,
    );
  }
  return path;
}
