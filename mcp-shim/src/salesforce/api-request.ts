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

/** One record of a composite request, with all fields that the user can see. */
export interface NamedRecord {
  ref: string;
  objectType: string;
  id: string;
}

/** At most 5 of the 25 subrequests of a composite may be queries (REST API Developer Guide, "Composite"). */
export const maxCompositeQueries = 5;

/** Salesforce refuses URIs and headers above 16,384 bytes with 414 or 431; the rest is room for host and headers. */
const maxPathBytes = 12_000;

export function queryRequest(apiVersion: string, soql: string): ApiRequest {
  return { method: 'GET', path: queryPath(apiVersion, soql) };
}

/** Several reads in one round trip. Each fails alone (`allOrNone: false`). */
export function compositeRequest(apiVersion: string, reads: readonly (NamedQuery | NamedRecord)[]): ApiRequest {
  const queries = reads.filter((read) => 'soql' in read).length;
  if (reads.length === 0 || queries > maxCompositeQueries) {
    throw new RangeError(`a composite takes at least one read and at most ${maxCompositeQueries} queries, not ${queries}`);
  }
  return {
    method: 'POST',
    path: `/services/data/${apiVersion}/composite`,
    body: {
      allOrNone: false,
      compositeRequest: reads.map((read) => ({ method: 'GET', url: readPath(apiVersion, read), referenceId: read.ref })),
    },
  };
}

export function describeRequest(apiVersion: string, objectType: string): ApiRequest {
  return { method: 'GET', path: `/services/data/${apiVersion}/sobjects/${encodeURIComponent(objectType)}/describe` };
}

export function userInfoRequest(): ApiRequest {
  return { method: 'GET', path: '/services/oauth2/userinfo' };
}

/** Version, user and problems of the Apex write service. */
export function serviceStatusRequest(namespace: string | undefined): ApiRequest {
  return { method: 'GET', path: `${servicePath(namespace)}/status` };
}

/** Which fields of an object the user may write, by access and by the policy of the org. */
export function serviceObjectRequest(namespace: string | undefined, objectType: string): ApiRequest {
  return { method: 'GET', path: `${servicePath(namespace)}/objects/${encodeURIComponent(objectType)}` };
}

/** The only request that changes data: the Apex write service, under the namespace of a packaged install. */
export function writeRequest(namespace: string | undefined, operation: string, body: unknown): ApiRequest {
  return { method: 'POST', path: `${servicePath(namespace)}/writes/${encodeURIComponent(operation)}`, body };
}

function servicePath(namespace: string | undefined): string {
  return `/services/apexrest/${namespace === undefined ? '' : `${namespace}/`}revops/v1`;
}

function readPath(apiVersion: string, read: NamedQuery | NamedRecord): string {
  return 'soql' in read
    ? queryPath(apiVersion, read.soql)
    : `/services/data/${apiVersion}/sobjects/${encodeURIComponent(read.objectType)}/${encodeURIComponent(read.id)}`;
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
