import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { classFiles, deploy, manifest } from '../metadata/testing.ts';
import { startTestOrg, type Answer, type TestClient } from '../test-client.ts';

let client: TestClient;
beforeAll(async () => {
  client = await startTestOrg();
  const { status, failures } = await deploy(client, {
    'package.xml': manifest({ ApexClass: ['*'] }),
    ...classFiles('Doubler', 'public class Doubler {\n  public static Integer twice(Integer i) {\n    if (i == null) {\n      return 0;\n    }\n    return i * 2;\n  }\n}'),
    ...classFiles('DoublerTest', '@IsTest\nclass DoublerTest {\n  @IsTest\n  static void doubles() {\n    Assert.areEqual(4, Doubler.twice(2));\n  }\n  @IsTest\n  static void fails() {\n    Assert.areEqual(5, Doubler.twice(2));\n  }\n}'),
  }); // prettier-ignore
  expect([status, failures]).toEqual(['Succeeded', []]);
});
afterAll(() => client.started.close());

const TOOLING = '/services/data/v67.0/tooling';
const query = (soql: string): Promise<Answer> => client.get(`${TOOLING}/query?q=${encodeURIComponent(soql)}`);
const records = async (soql: string): Promise<Record<string, unknown>[]> =>
  ((await query(soql)).body as { records: Record<string, unknown>[] }).records;
const shown = ({ status, body }: Answer): unknown => [status, body];
const refusal = (status: number, errorCode: string, message: string): unknown => [status, [{ message, errorCode }]];
const run = (verb: 'runTestsSynchronous' | 'runTestsAsynchronous', body: unknown): Promise<Answer> =>
  client.send('POST', `${TOOLING}/${verb}`, body);
const classId = async (name: string): Promise<unknown> => (await records(`SELECT Id FROM ApexClass WHERE Name = '${name}'`))[0]?.['Id'];

test('classes are queried as they are deployed: the whole answer', async () => {
  const { status, body } = await query(`SELECT Id, Name, ApiVersion, Status FROM ApexClass WHERE Name = 'Doubler'`);
  const id = await classId('Doubler');
  expect([status, body]).toEqual([
    200,
    {
      size: 1,
      totalSize: 1,
      done: true,
      queryLocator: null,
      entityTypeName: 'ApexClass',
      records: [
        {
          attributes: { type: 'ApexClass', url: `${TOOLING}/sobjects/ApexClass/${String(id)}` },
          Id: id,
          Name: 'Doubler',
          ApiVersion: 67,
          Status: 'Active',
        },
      ],
    },
  ]);
  expect((await query('SELECT COUNT() FROM ApexClass')).body).toMatchObject({ totalSize: 2, records: [] });
  expect(await records('SELECT Status, COUNT(Id) classes FROM ApexClass GROUP BY Status')).toEqual([
    expect.objectContaining({ Status: 'Active', classes: 2 }),
  ]);
});

test('a synchronous run answers what passed and failed, and the coverage', async () => {
  const { status, body } = await run('runTestsSynchronous', {
    tests: [{ className: 'DoublerTest' }],
    testLevel: 'RunSpecifiedTests',
    skipCodeCoverage: false,
  });
  const time = expect.any(Number) as number;
  const of = { id: await classId('DoublerTest'), name: 'DoublerTest', namespace: null, seeAllData: false, time };
  expect([status, body]).toEqual([
    200,
    {
      apexLogId: null,
      numTestsRun: 2,
      numFailures: 1,
      totalTime: time,
      successes: [{ ...of, methodName: 'doubles' }],
      failures: [
        {
          ...of,
          methodName: 'fails',
          message: 'System.AssertException: Assertion Failed: Expected: 5, Actual: 4',
          packageName: 'DoublerTest',
          stackTrace: 'Class.DoublerTest.fails: line 9, column 5',
          type: 'Class',
        },
      ],
      codeCoverage: [
        {
          id: await classId('Doubler'),
          name: 'Doubler',
          namespace: null,
          type: 'Class',
          numLocations: 3,
          numLocationsNotCovered: 1,
          locationsNotCovered: [{ column: 0, line: 4, numExecutions: 0, time: -1 }],
        },
      ],
      codeCoverageWarnings: [],
    },
  ]);
});

test('an asynchronous run answers its id, under which its results are queried', async () => {
  const { status, body: job } = await run('runTestsAsynchronous', { tests: [{ className: 'DoublerTest', testMethods: ['fails'] }] });
  expect([status, job]).toEqual([200, expect.stringMatching(/^707[A-Za-z0-9]{15}$/)]);
  expect(
    await records(
      `SELECT Status, ClassesEnqueued, ClassesCompleted, MethodsEnqueued, MethodsFailed, UserId FROM ApexTestRunResult WHERE AsyncApexJobId = '${String(job)}'`,
    ),
  ).toEqual([
    expect.objectContaining({
      Status: 'Completed',
      ClassesEnqueued: 1,
      ClassesCompleted: 1,
      MethodsEnqueued: 1,
      MethodsFailed: 1,
      UserId: client.userId,
    }),
  ]);
  const [item] = await records(`SELECT Id, Status, ApexClassId FROM ApexTestQueueItem WHERE ParentJobId = '${String(job)}'`);
  expect(item).toMatchObject({ Status: 'Completed', ApexClassId: await classId('DoublerTest') });
  expect(
    await records(
      `SELECT MethodName, Outcome, Message, StackTrace, ApexClass.Name FROM ApexTestResult WHERE QueueItemId IN ('${String(item?.['Id'])}')`,
    ),
  ).toEqual([
    expect.objectContaining({
      MethodName: 'fails',
      Outcome: 'Fail',
      Message: 'System.AssertException: Assertion Failed: Expected: 5, Actual: 4',
      StackTrace: 'Class.DoublerTest.fails: line 9, column 5',
      ApexClass: expect.objectContaining({ Name: 'DoublerTest' }) as object,
    }),
  ]);
});

test('the coverage of the latest run is kept, by class and of the whole org', async () => {
  await run('runTestsAsynchronous', { testLevel: 'RunLocalTests' });
  expect(
    await records('SELECT ApexClassOrTrigger.Name, NumLinesCovered, NumLinesUncovered, Coverage FROM ApexCodeCoverageAggregate'),
  ).toEqual([
    expect.objectContaining({ NumLinesCovered: 2, NumLinesUncovered: 1, Coverage: { coveredLines: [3, 6], uncoveredLines: [4] } }),
  ]);
  expect(await records('SELECT PercentCovered FROM ApexOrgWideCoverage')).toEqual([expect.objectContaining({ PercentCovered: 66 })]);
});

describe('refusals', () => {
  test.each([
    ['a class that is not there', { tests: [{ className: 'Nope' }] }, "This class name's value is invalid: Nope. Provide the name of an Apex class that has test methods."],
    ['a class without tests', { classNames: 'Doubler' }, "This class name's value is invalid: Doubler. Provide the name of an Apex class that has test methods."],
    ['a method that is not there', { tests: [{ className: 'DoublerTest', testMethods: ['nope'] }] }, 'There is no test method DoublerTest.nope. Name a method that is annotated with @IsTest.'],
  ])('of %s', async (_name, body, message) => {
    expect(shown(await run('runTestsAsynchronous', body))).toEqual(refusal(400, 'INVALID_INPUT', message));
    expect(shown(await run('runTestsSynchronous', body))).toEqual(refusal(400, 'INVALID_INPUT', message));
  }); // prettier-ignore

  test('of a body that is none, and of runs that the local org has not learned', async () => {
    expect(shown(await run('runTestsSynchronous', '{'))).toEqual(
      refusal(400, 'JSON_PARSER_ERROR', '✖ Invalid input: expected object, received undefined'),
    );
    expect(shown(await run('runTestsSynchronous', { tests: [{ classId: '01p' }] }))).toEqual(
      refusal(501, 'NOT_SUPPORTED_BY_LOCAL_ORG', 'Not supported by the local org: a test run that names classes by id'),
    );
  });

  test('of queries that are none, and of objects and fields that the local org has not learned', async () => {
    expect(shown(await client.get(`${TOOLING}/query`))).toEqual(refusal(400, 'MALFORMED_QUERY', 'A query string has to be specified'));
    expect((await query('SELECT Id FORM ApexClass')).status).toBe(400);
    expect(shown(await query('SELECT Id FROM FlowDefinition'))).toEqual(
      refusal(501, 'NOT_SUPPORTED_BY_LOCAL_ORG', 'Not supported by the local org: FlowDefinition'),
    );
    expect(shown(await query('SELECT SymbolTable FROM ApexClass'))).toEqual(
      refusal(501, 'NOT_SUPPORTED_BY_LOCAL_ORG', 'Not supported by the local org: ApexClass.SymbolTable'),
    );
  });

  test('of source tracking, which this org has not, of other resources and of other versions', async () => {
    const NOT_FOUND = refusal(404, 'NOT_FOUND', 'The requested resource does not exist');
    expect(shown(await client.get(`${TOOLING}/sobjects/SourceMember/describe`))).toEqual(NOT_FOUND);
    expect(shown(await client.get('/services/data/v99.0/tooling/query?q=SELECT+Id+FROM+ApexClass'))).toEqual(NOT_FOUND);
    expect(shown(await client.get(`${TOOLING}/executeAnonymous`))).toEqual(
      refusal(501, 'NOT_SUPPORTED_BY_LOCAL_ORG', 'Not supported by the local org: the Tooling API resource GET executeAnonymous'),
    );
  });

  test('of those who are not signed in, and of tests by those who may not write Apex', async () => {
    const as = (token: string) => ({ Authorization: `Bearer ${token}` });
    const priya = client.started.tokens.find(({ username }) => username.startsWith('priya'))?.token ?? '';
    expect(shown(await client.send('POST', `${TOOLING}/runTestsSynchronous`, {}, as('gone')))).toEqual(
      refusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid'),
    );
    expect(shown(await client.send('POST', `${TOOLING}/runTestsSynchronous`, {}, as(priya)))).toEqual(
      refusal(403, 'INSUFFICIENT_ACCESS', 'Running tests needs the permission Author Apex'),
    );
  });
});
