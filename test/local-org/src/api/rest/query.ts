import { NotSupported } from '../../errors.ts';
import { aggregateJson, recordJson } from './record-json.ts';
import { queryColumns } from './query-columns.ts';
import { RestError } from './rest-error.ts';
import { compileSoql, runSoql } from './run-soql.ts';
import { pathParameter, type Operation, type RestRequest } from './operation.ts';
import type { LocalOrg } from '../../org-types.ts';

const MAX_BATCH = 2000;
const MIN_BATCH = 200;
const MAX_SOQL = 100_000;

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm */
export const query: Operation = {
  method: 'GET',
  path: '/query',
  queryParameters: ['q', 'columns'],
  composite: 'yes',
  run(request, org) {
    const soql = request.query.get('q');
    if (soql === null || soql.trim() === '') throw new RestError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
    if (soql.length > MAX_SOQL) throw new RestError(400, 'MALFORMED_QUERY', 'SOQL statements cannot be longer than 100000 characters.');
    if (request.query.has('columns')) return { status: 200, body: columnsOf(soql, request, org) };
    const batchSize = batchSizeOf(request);
    const { query: parsed, result } = org.transaction(request.user, (tx) => runSoql(soql, tx, org.formulas));
    if (result.kind === 'count') return { status: 200, body: { totalSize: result.count, done: true, records: [] } };
    if (result.kind === 'aggregate') {
      if (result.rows.length > MAX_BATCH) {
        throw new RestError(
          400,
          'EXCEEDED_ID_LIMIT',
          'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
        );
      }
      const records = result.rows.map((row) => aggregateJson(result.columns, row));
      return { status: 200, body: { totalSize: records.length, done: true, records } };
    }
    const records = result.records.map((record) => recordJson(parsed, record, request.version));
    if (records.length <= batchSize) return { status: 200, body: { totalSize: records.length, done: true, records } };
    const cursor = { totalSize: records.length, records, batchSize };
    return { status: 200, body: batch(request, org.cursors.open(request.user.id, cursor), cursor, 0) };
  },
};

function columnsOf(soql: string, request: RestRequest, org: LocalOrg): Record<string, unknown> {
  const columns = request.query.get('columns');
  if (columns !== 'true') throw new NotSupported(`GET /query with columns=${columns}`);
  return org.transaction(request.user, (tx) => {
    const { plan, schema } = compileSoql(soql, tx, org.formulas);
    return queryColumns(plan, schema);
  });
}

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query_more_results.htm */
export const queryMore: Operation = {
  method: 'GET',
  path: '/query/:locator',
  queryParameters: [],
  composite: 'yes',
  run(request, org) {
    const match = /^(01g\w+)-(\d+)$/.exec(pathParameter(request, 'locator'));
    const [, id = '', offset = ''] = match ?? [];
    const cursor = match ? org.cursors.find(request.user.id, id) : undefined;
    if (!cursor || Number(offset) >= cursor.records.length) throw new RestError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    return { status: 200, body: batch(request, id, cursor, Number(offset)) };
  },
};

function batch(request: RestRequest, id: string, cursor: NonNullable<ReturnType<LocalOrg['cursors']['find']>>, from: number): unknown {
  const to = from + cursor.batchSize;
  const records = cursor.records.slice(from, to);
  if (to >= cursor.records.length) return { totalSize: cursor.totalSize, done: true, records };
  return { totalSize: cursor.totalSize, done: false, nextRecordsUrl: `/services/data/${request.version}/query/${id}-${to}`, records };
}

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_queryoptions.htm */
function batchSizeOf(request: RestRequest): number {
  const header = request.headers.get('sforce-query-options');
  if (header === null) return MAX_BATCH;
  const match = /^\s*batchSize\s*=\s*(\d+)\s*$/i.exec(header);
  if (!match) throw new NotSupported(`Sforce-Query-Options: ${header}`);
  const size = Number(match[1]);
  if (size < MIN_BATCH || size > MAX_BATCH) {
    throw new RestError(400, 'INVALID_BATCH_SIZE', `batch size must be between ${MIN_BATCH} and ${MAX_BATCH}`);
  }
  return size;
}
