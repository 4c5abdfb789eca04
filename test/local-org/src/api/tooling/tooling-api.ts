import type { Context } from 'hono';
import { z } from 'zod';
import type { TestReport } from '../../apex/engine-types.ts';
import { NotSupported } from '../../errors.ts';
import type { LocalOrg } from '../../org-types.ts';
import type { RunningUser } from '../../transaction/types.ts';
import { runTestResult } from '../metadata/deploy-result.ts';
import { authenticate } from '../oauth/authenticate.ts';
import { aggregateJson, recordJson, type RecordJson } from '../rest/record-json.ts';
import { notFound, RestError, toRestError } from '../rest/rest-error.ts';
import { versionState } from '../rest/versions.ts';
import { accessOf } from '../rest/visible-objects.ts';
import type { ToolingRecords } from './tooling-records.ts';

const testsSchema = z.looseObject({
  tests: z.array(z.looseObject({ className: z.string().optional(), testMethods: z.array(z.string()).optional() })).optional(),
  testLevel: z.enum(['RunLocalTests', 'RunAllTestsInOrg', 'RunSpecifiedTests']).optional(),
  classNames: z.string().optional(),
  skipCodeCoverage: z.boolean().optional(),
});

/**
 * What the local org answers below `/services/data/vNN.0/tooling`.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/intro_rest_resources.htm
 */
export async function answerTooling(context: Context, org: LocalOrg, records: ToolingRecords): Promise<Response> {
  try {
    const [, version = '', path = ''] = /^\/services\/data\/([^/]+)\/tooling\/?(.*)$/.exec(context.req.path) ?? [];
    if (versionState(version) !== 'served') throw notFound();
    const user = authenticate(context.req.header('authorization'), org);
    if (!org.apiUsage.count()) throw new RestError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    const body = await answer(context, `${context.req.method} ${path}`, { version, user, org, records });
    return Response.json(body, { headers: { 'Sforce-Limit-Info': org.apiUsage.header() } });
  } catch (error) {
    const shown = toRestError(error, org.log);
    return Response.json(shown.body(), { status: shown.status, headers: { 'Sforce-Limit-Info': org.apiUsage.header() } });
  }
}

interface Call {
  readonly version: string;
  readonly user: RunningUser;
  readonly org: LocalOrg;
  readonly records: ToolingRecords;
}

async function answer(context: Context, request: string, call: Call): Promise<unknown> {
  switch (request) {
    case 'GET query':
    case 'GET query/':
      return query(context.req.query('q') ?? '', call);
    case 'POST runTestsSynchronous':
      return runSynchronously(await testRequest(context), call);
    case 'POST runTestsAsynchronous':
      return runAsynchronously(await testRequest(context), call);
    case 'GET sobjects/SourceMember/describe':
      throw notFound(); // an org without source tracking has no such object
    default:
      throw new NotSupported(`the Tooling API resource ${request}`);
  }
}

function query(soql: string, { version, user, records: tooling }: Call): unknown {
  if (soql.trim() === '') throw new RestError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
  const { query: parsed, result } = tooling.query(soql, user);
  if (result.kind === 'count')
    return { size: result.count, totalSize: result.count, done: true, queryLocator: null, entityTypeName: null, records: [] };
  const records =
    result.kind === 'aggregate'
      ? result.rows.map((row) => aggregateJson(result.columns, row))
      : result.records.map((record) => withCoverage(recordJson(parsed, record, `${version}/tooling`)));
  return { size: records.length, totalSize: records.length, done: true, queryLocator: null, entityTypeName: result.object.name, records };
}

/** Coverage is an object in the API, and text in the database. */
function withCoverage(record: RecordJson): RecordJson {
  const { Coverage: coverage } = record;
  return typeof coverage === 'string' ? { ...record, Coverage: JSON.parse(coverage) as unknown } : record;
}

interface TestRequest {
  /** Empty = all. */
  readonly classes: readonly string[];
  /** `Class.method`; empty = all. */
  readonly methods: readonly string[];
}

async function testRequest(context: Context): Promise<TestRequest> {
  const parsed = testsSchema.safeParse(await context.req.json().catch(() => undefined));
  if (!parsed.success) throw new RestError(400, 'JSON_PARSER_ERROR', z.prettifyError(parsed.error));
  const { tests = [], classNames } = parsed.data;
  const named = tests.flatMap(({ className }) => className ?? []);
  const classes = [...named, ...(classNames === undefined ? [] : classNames.split(',').map((name) => name.trim()))];
  if (tests.length > named.length) throw new NotSupported('a test run that names classes by id');
  const methods = tests.flatMap(({ className = '', testMethods = [] }) => testMethods.map((method) => `${className}.${method}`));
  const whole = tests.filter(({ testMethods = [] }) => testMethods.length === 0);
  if (methods.length > 0 && whole.length > 0) throw new NotSupported('a test run of some classes whole and of others in part');
  return { classes, methods };
}

function run({ classes, methods }: TestRequest, { user, org }: Call): TestReport {
  if (!accessOf(user, org).hasUserPermission('ModifyAllData'))
    throw new RestError(403, 'INSUFFICIENT_ACCESS', 'Running tests needs the permission Author Apex');
  const tests = org.engine.testMethods().map((name) => name.toLowerCase());
  const unknown = classes.find((name) => !tests.some((test) => test.startsWith(`${name.toLowerCase()}.`)));
  if (unknown !== undefined)
    throw new RestError(
      400,
      'INVALID_INPUT',
      `This class name's value is invalid: ${unknown}. Provide the name of an Apex class that has test methods.`,
    );
  const missing = methods.find((name) => !tests.includes(name.toLowerCase()));
  if (missing !== undefined)
    throw new RestError(400, 'INVALID_INPUT', `There is no test method ${missing}. Name a method that is annotated with @IsTest.`);
  return org.runTests({ classes, methods });
}

function runSynchronously(request: TestRequest, call: Call): unknown {
  const startedAt = call.org.now();
  const report = run(request, call);
  call.records.addTestRun(report, { user: call.user, startedAt, isAll: request.classes.length === 0 });
  return { apexLogId: null, ...runTestResult({ ...report, warnings: [], passed: true }, call.records.ids) };
}

/** The run has ended when its id is known. */
function runAsynchronously(request: TestRequest, call: Call): unknown {
  const startedAt = call.org.now();
  return call.records.addTestRun(run(request, call), { user: call.user, startedAt, isAll: request.classes.length === 0 });
}
