import { TrieRouter } from 'hono/router/trie-router';
import { NotSupported } from '../../errors.ts';
import type { LocalOrg } from '../../org-types.ts';
import { apexAction } from './apex-action.ts';
import { composite } from './composite.ts';
import { describeGlobal } from './describe-global.ts';
import { describeObject } from './describe-object.ts';
import { limits } from './limits.ts';
import type { Operation, RestMethod, RestRequest, RestResponse } from './operation.ts';
import { query, queryMore } from './query.ts';
import { createRecord, deleteRecord, updateRecord } from './record-dml.ts';
import { getRecord } from './record.ts';
import { resources, UNSUPPORTED_RESOURCES } from './resources.ts';
import { notFound, RestError } from './rest-error.ts';
import { sobjectTree } from './sobject-tree.ts';
import { objectInfo } from './object-info.ts';

export const OPERATIONS: readonly Operation[] = [
  resources,
  limits,
  query,
  queryMore,
  describeGlobal,
  objectInfo,
  describeObject,
  getRecord,
  createRecord,
  updateRecord,
  deleteRecord,
  composite,
  sobjectTree,
  apexAction,
];

const METHODS: readonly RestMethod[] = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

const router = new TrieRouter<Operation>();
for (const operation of OPERATIONS) router.add(operation.method, operation.path, operation);

export interface Match {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
}

/** The operation of a method and path below the version, or the error that the platform answers. */
export function route(method: string, path: string): Match {
  const found = lookUp(method, path);
  if (found) return found;
  const allowed = METHODS.filter((other) => lookUp(other, path));
  if (allowed.length > 0) {
    const list = allowed.includes('GET') ? ['HEAD', ...allowed] : allowed;
    throw new RestError(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${list.join(',')}`);
  }
  const [, first = '', second] = path.split('/');
  if (UNSUPPORTED_RESOURCES.has(first)) throw new NotSupported(`the REST resource /${first}`);
  if ((first === 'sobjects' || first === 'composite') && second) throw new NotSupported(`the REST resource ${path}`);
  throw notFound();
}

function lookUp(method: string, path: string): Match | null {
  const [entries] = router.match(method, path.length > 1 ? path.replace(/\/$/, '') : path);
  const first = entries[0];
  if (!first) return null;
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(first[1])) if (typeof value === 'string') params[name] = decode(value);
  return { operation: first[0], params };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw notFound();
  }
}

/** Runs a routed request; throws what goes wrong. */
export function run(match: Match, request: Omit<RestRequest, 'params'>, org: LocalOrg): RestResponse {
  for (const name of request.query.keys()) {
    if (!match.operation.queryParameters.includes(name)) {
      throw new NotSupported(`the query parameter ${name} of ${request.method} ${match.operation.path}`);
    }
  }
  refuseHeaders(request.headers);
  return match.operation.run({ ...request, params: match.params }, org);
}

/** Headers that would change what an operation does. */
const UNSUPPORTED_HEADERS = [
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'sforce-mru',
  'sforce-locale-options',
];

function refuseHeaders(headers: Headers): void {
  for (const name of UNSUPPORTED_HEADERS) if (headers.has(name)) throw new NotSupported(`the request header ${name}`);
  if (/defaultNamespace/i.test(headers.get('sforce-call-options') ?? '')) throw new NotSupported('Sforce-Call-Options: defaultNamespace');
  const accept = headers.get('accept');
  if (accept !== null && !/(application|\*)\/(json|\*)/i.test(accept)) throw new NotSupported(`a response of type ${accept}`);
}
