import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NOW, startTestOrg, type TestClient } from '../test-client.ts';
import { callSoap, postSoap } from '../soap/testing.ts';
import {
  accountField,
  checkDeployStatus,
  classFiles,
  deploy,
  deployOperation,
  manifest,
  problemsOf,
  zipOf,
  type DeployFiles,
} from './testing.ts';

let client: TestClient;
let now = NOW;
beforeEach(async () => {
  now = NOW;
  client = await startTestOrg({ clock: () => now });
});
afterEach(() => client.started.close());

const AT = '2026-11-21T09:04:30.123Z';
const SOUND: DeployFiles = {
  'package.xml': manifest({ ApexClass: ['Doubler', 'DoublerTest'] }),
  ...classFiles('Doubler', 'public class Doubler {\n  public static Integer twice(Integer i) {\n    return i * 2;\n  }\n}'),
  ...classFiles(
    'DoublerTest',
    '@IsTest\nclass DoublerTest {\n  @IsTest\n  static void doubles() {\n    Assert.areEqual(4, Doubler.twice(2));\n  }\n}',
  ),
};
const TESTED = { testLevel: 'RunLocalTests' };
const fault = (code: string, message: string): unknown => [500, { faultcode: `sf:${code}`, faultstring: `${code}: ${message}` }];
const call = async (operation: string, options: { token?: string; version?: string } = {}): Promise<unknown> => {
  const { status, body } = await callSoap(client, 'm', operation, options);
  return [status, body];
};
const classNames = (): readonly string[] => client.started.org.engine.classNames();

test('a deploy is queued, and has ended when it is asked for: the whole answer', async () => {
  const taken = await callSoap(
    client,
    'm',
    deployOperation(zipOf({ 'package.xml': manifest({ CustomField: ['Account.Tier__c'] }), ...accountField('Tier__c') })),
  );
  expect([taken.status, taken.contentType, taken.operation, taken.body]).toEqual([
    200,
    'text/xml;charset=UTF-8',
    'deployResponse',
    { result: { done: 'false', id: expect.stringMatching(/^0Af[A-Za-z0-9]{15}$/) as string, state: 'Queued' } },
  ]);
  const { id } = (taken.body as { result: { id: string } }).result;
  const { operation, body } = await checkDeployStatus(client, id);
  expect([operation, body]).toEqual([
    'checkDeployStatusResponse',
    {
      result: {
        checkOnly: 'false',
        completedDate: AT,
        createdBy: client.userId,
        createdByName: 'Sam Okafor',
        createdDate: AT,
        details: {
          componentSuccesses: {
            changed: 'true',
            componentType: 'CustomField',
            created: 'true',
            createdDate: AT,
            deleted: 'false',
            fileName: 'objects/Account.object',
            fullName: 'Account.Tier__c',
            id: expect.stringMatching(/^00N[A-Za-z0-9]{15}$/) as string,
            success: 'true',
          },
          runTestResult: { numFailures: '0', numTestsRun: '0', totalTime: '0' },
        },
        done: 'true',
        id,
        ignoreWarnings: 'false',
        lastModifiedDate: AT,
        numberComponentErrors: '0',
        numberComponentsDeployed: '1',
        numberComponentsTotal: '1',
        numberTestErrors: '0',
        numberTestsCompleted: '0',
        numberTestsTotal: '0',
        rollbackOnError: 'true',
        runTestsEnabled: 'false',
        startDate: AT,
        status: 'Succeeded',
        success: 'true',
      },
    },
  ]);
});

test('without details only the counts are told', async () => {
  const { id } = await deploy(client, SOUND);
  const { body } = await checkDeployStatus(client, id, false);
  expect(body).toMatchObject({ result: { numberComponentsTotal: '2', success: 'true' } });
  expect((body as { result: object }).result).not.toHaveProperty('details');
});

test('a mistake is told with its component, line and column, and nothing is deployed', async () => {
  const broken = {
    ...SOUND,
    ...classFiles('Doubler', 'public class Doubler {\n  public static Integer twice(Integer i) {\n    return k * 2;\n  }\n}'),
  };
  const { id, status, failures, successes } = await deploy(client, broken);
  expect([status, successes, classNames()]).toEqual(['Failed', [], []]);
  expect(failures).toEqual([
    {
      changed: 'false',
      columnNumber: '12',
      componentType: 'ApexClass',
      created: 'false',
      createdDate: AT,
      deleted: 'false',
      fileName: 'classes/Doubler.cls',
      fullName: 'Doubler',
      lineNumber: '3',
      problem: 'Variable does not exist: k',
      problemType: 'Error',
      success: 'false',
    },
  ]);
  expect((await checkDeployStatus(client, id)).body).toMatchObject({
    result: { numberComponentErrors: '1', done: 'true', success: 'false' },
  });
});

test('a mistake in the field of an object file is told as the field, not as the object', async () => {
  const files = { 'package.xml': manifest({ CustomField: ['Account.Tier__c'] }), ...accountField('Tier__c', '') };
  expect(problemsOf(await deploy(client, files))).toEqual([
    "objects/Account.object:3:1 CustomField Account.Tier__c: Must specify 'length' for a CustomField of type Text",
  ]);
});

test('tests and coverage are told, and failing tests undo the deploy', async () => {
  const { body } = await checkDeployStatus(client, (await deploy(client, SOUND, TESTED)).id);
  expect(body).toMatchObject({
    result: {
      runTestsEnabled: 'true',
      numberTestsCompleted: '1',
      details: {
        runTestResult: {
          codeCoverage: { name: 'Doubler', numLocations: '1', numLocationsNotCovered: '0', type: 'Class' },
          successes: { name: 'DoublerTest', methodName: 'doubles' },
        },
      },
    },
  });
  const failing = {
    ...SOUND,
    ...classFiles('Doubler', 'public class Doubler {\n  public static Integer twice(Integer i) {\n    return i * 3;\n  }\n}'),
  };
  const { id, status } = await deploy(client, failing, TESTED);
  expect([status, (await checkDeployStatus(client, id)).body]).toEqual([
    'Failed',
    {
      result: expect.objectContaining({
        numberTestErrors: '1',
        details: expect.objectContaining({
          runTestResult: expect.objectContaining({
            failures: expect.objectContaining({
              name: 'DoublerTest',
              methodName: 'doubles',
              message: 'System.AssertException: Assertion Failed: Expected: 4, Actual: 6',
              stackTrace: 'Class.DoublerTest.doubles: line 5, column 5',
              type: 'Class',
            }) as object,
          }) as object,
        }) as object,
      }) as object,
    },
  ]);
  expect(client.started.org.metadata.apex.find(({ name }) => name === 'Doubler')?.source).toContain('i * 2');
});

test('a deploy that names its tests needs them to be there, and to be tests', async () => {
  const named = (...runTests: string[]) => ({ testLevel: 'RunSpecifiedTests', runTests });
  expect(problemsOf(await deploy(client, SOUND, named('NopeTest', 'Doubler')))).toEqual([
    'classes/NopeTest.cls:1:1 ApexClass NopeTest: There is no test class NopeTest, neither in the org nor in the deploy',
    'classes/Doubler.cls:1:1 ApexClass Doubler: There is no test class Doubler, neither in the org nor in the deploy',
  ]);
  expect(classNames()).toEqual([]);
  expect((await deploy(client, SOUND, named('DoublerTest'))).status).toBe('Succeeded');
});

describe('quick deploys', () => {
  const CHECKED = { ...TESTED, checkOnly: 'true' };
  const quick = (id: string): Promise<unknown> =>
    call(`<deployRecentValidation><validationId>${id}</validationId></deployRecentValidation>`);
  const REFUSED = fault('INVALID_ID_FIELD', 'Validation Id is not valid for quick deployment.');

  test('bring what a validation checked, once', async () => {
    const { id } = await deploy(client, SOUND, CHECKED);
    expect(classNames()).toEqual([]);
    expect(await quick(id)).toEqual([200, { result: expect.stringMatching(/^0Af/) as string }]);
    expect(classNames()).toEqual(['Doubler', 'DoublerTest']);
    expect(await quick(id)).toEqual(REFUSED);
  });

  test('do not bring a validation without tests, one that failed, a deploy, or what nobody knows', async () => {
    const unsound = { ...SOUND, ...classFiles('Doubler', 'public class Doubler {') };
    const ids = [
      (await deploy(client, SOUND, { checkOnly: 'true' })).id,
      (await deploy(client, unsound, CHECKED)).id,
      (await deploy(client, SOUND, TESTED)).id,
      '0AfLo00000zzzzzKAA',
    ];
    for (const id of ids) expect(await quick(id)).toEqual(REFUSED);
  });

  test('are over after ten days, and after any deploy', async () => {
    const late = await deploy(client, SOUND, CHECKED);
    now += 10 * 86_400_000 + 1;
    expect(await quick(late.id)).toEqual(REFUSED);
    const voided = await deploy(client, SOUND, CHECKED);
    await deploy(client, { 'package.xml': manifest({ CustomField: ['Account.Tier__c'] }), ...accountField('Tier__c') });
    expect(await quick(voided.id)).toEqual(REFUSED);
    expect(classNames()).toEqual([]);
  });
});

test('a deploy can be made to take some polls', async () => {
  const set = (body: unknown): Promise<Response> =>
    fetch(`${client.url}/local-org/deploys`, { method: 'POST', body: JSON.stringify(body) });
  expect((await set({ pendingPolls: 1 })).status).toBe(204);
  expect((await set({ pendingPolls: -1 })).status).toBe(400);
  const running = await deploy(client, SOUND);
  expect([running.status, running.successes]).toEqual(['InProgress', []]);
  const { body } = await checkDeployStatus(client, running.id);
  expect(body).toMatchObject({ result: { status: 'Succeeded', done: 'true', numberComponentsDeployed: '2' } });
});

test('deletions are told, before or after the rest; what is not there is a warning', async () => {
  await deploy(client, SOUND);
  const { status, successes } = await deploy(client, {
    'package.xml': manifest({}),
    'destructiveChangesPost.xml': manifest({ ApexClass: ['DoublerTest', 'Nope'] }),
  });
  expect([status, successes]).toEqual([
    'Succeeded',
    [
      expect.objectContaining({ deleted: 'true', fullName: 'DoublerTest', fileName: 'destructiveChangesPost.xml' }),
      expect.objectContaining({ deleted: 'false', fullName: 'Nope', problem: 'No ApexClass named: Nope found', problemType: 'Warning' }),
    ],
  ]);
  expect(classNames()).toEqual(['Doubler']);
});

test('a retrieve answers a zip with what is asked for, and names what is not there', async () => {
  await deploy(client, SOUND);
  const types = '<types><members>Doubler</members><members>Nope</members><name>ApexClass</name></types>';
  const asked = `<retrieve><request><apiVersion>67.0</apiVersion><unpackaged>${types}<version>67.0</version></unpackaged></request></retrieve>`;
  const [, taken] = (await call(asked)) as [number, { result: { id: string } }];
  expect(taken).toEqual({ result: { done: 'false', id: expect.stringMatching(/^09S/) as string, state: 'Queued' } });
  const [status, body] = (await call(`<checkRetrieveStatus><asyncProcessId>${taken.result.id}</asyncProcessId></checkRetrieveStatus>`)) as [
    number,
    { result: Record<string, unknown> },
  ];
  expect([status, body]).toEqual([
    200,
    {
      result: {
        done: 'true',
        fileProperties: [
          expect.objectContaining({
            fileName: 'unpackaged/classes/Doubler.cls',
            fullName: 'Doubler',
            type: 'ApexClass',
            manageableState: 'unmanaged',
            lastModifiedByName: 'Sam Okafor',
          }),
          expect.objectContaining({ fileName: 'unpackaged/package.xml', type: 'Package' }),
        ],
        id: taken.result.id,
        messages: { fileName: 'unpackaged/package.xml', problem: "Entity of type 'ApexClass' named 'Nope' cannot be found" },
        status: 'Succeeded',
        success: 'true',
        zipFile: expect.stringMatching(/^UEsD/) as string,
      },
    },
  ]);
});

test('listMetadata and describeMetadata tell what is there and what can be', async () => {
  await deploy(client, SOUND);
  const [, list] = (await call(
    '<listMetadata><queries><type>ApexClass</type></queries><asOfVersion>67.0</asOfVersion></listMetadata>',
  )) as [number, { result: object[] }];
  expect(list.result).toEqual([
    expect.objectContaining({ fullName: 'Doubler', type: 'ApexClass', fileName: 'classes/Doubler.cls' }),
    expect.objectContaining({ fullName: 'DoublerTest' }),
  ]);
  const [, types] = await (call('<describeMetadata><asOfVersion>67.0</asOfVersion></describeMetadata>') as Promise<[number, unknown]>);
  expect(types).toMatchObject({
    result: {
      organizationNamespace: '',
      partialSaveAllowed: 'false',
      metadataObjects: expect.arrayContaining([
        expect.objectContaining({ xmlName: 'ApexClass', suffix: 'cls', metaFile: 'true', inFolder: 'false' }),
        expect.objectContaining({ xmlName: 'PermissionSet', suffix: 'permissionset', metaFile: 'false' }),
      ]) as unknown[],
    },
  });
});

describe('faults', () => {
  const CHECK = '<checkDeployStatus><asyncProcessId>0Af</asyncProcessId></checkDeployStatus>';
  const DEPLOYING = 'Deploying and retrieving needs the permission Modify All Data or Modify Metadata Through Metadata API Functions';

  test('for those who may not deploy, and for ended sessions', async () => {
    const priya = client.started.tokens.find(({ username }) => username.startsWith('priya'))?.token ?? '';
    expect(await call(deployOperation(zipOf(SOUND)), { token: priya })).toEqual(fault('INSUFFICIENT_ACCESS', DEPLOYING));
    expect(await call(CHECK, { token: 'gone' })).toEqual(
      fault('INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session. Session not found'),
    );
    expect(classNames()).toEqual([]);
  });

  test.each([
    ['checkDeployStatus', '<asyncProcessId>0Af1</asyncProcessId>', 'invalid async process id: 0Af1'],
    ['checkRetrieveStatus', '<asyncProcessId>09S1</asyncProcessId>', 'invalid async process id: 09S1'],
    ['cancelDeploy', '<String>0Af1</String>', 'invalid async process id: 0Af1'],
  ])('%s of an id that is none', async (name, argument, message) => {
    expect(await call(`<${name}>${argument}</${name}>`)).toEqual(fault('INVALID_ID_FIELD', message));
  });

  test('once the daily limit is used up', async () => {
    const { apiUsage } = client.started.org;
    const used = apiUsage.used;
    expect(await call(CHECK)).toEqual(fault('INVALID_ID_FIELD', 'invalid async process id: 0Af'));
    expect(apiUsage.used).toBe(used + 1);
    apiUsage.used = apiUsage.max;
    expect(await call(CHECK)).toEqual(fault('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'));
  });

  test('to cancel a deploy is too late: it has ended', async () => {
    const { id } = await deploy(client, SOUND);
    expect(await call(`<cancelDeploy><String>${id}</String></cancelDeploy>`)).toEqual(
      fault('INVALID_OPERATION', 'Deployment already completed'),
    );
  });

  test.each([
    ['an unknown option', { surprise: 'true' }, '✖ Unrecognized key: "surprise"'],
    [
      'an unknown test level',
      { testLevel: 'RunSome' },
      '✖ is one of NoTestRun, RunSpecifiedTests, RunLocalTests, RunAllTestsInOrg\n  → at testLevel',
    ],
    [
      'deploys in part',
      { rollbackOnError: 'false' },
      '✖ is not supported by the local org: its deploys are all or nothing\n  → at rollbackOnError',
    ],
    ['a flag that is none', { checkOnly: 'maybe' }, '✖ Invalid input: expected boolean, received string\n  → at checkOnly'],
  ] as const)('%s', async (_name, options, message) => {
    expect(await call(deployOperation(zipOf(SOUND), options))).toEqual(fault('INVALID_FIELD', message));
    expect(classNames()).toEqual([]);
  });

  test('operations that the local org has not learned, and versions that are none', async () => {
    expect(await call('<renameMetadata/>')).toEqual(
      fault('NOT_SUPPORTED_BY_LOCAL_ORG', 'Not supported by the local org: the Metadata API call renameMetadata'),
    );
    expect(await call('<toString/>')).toEqual(
      fault('NOT_SUPPORTED_BY_LOCAL_ORG', 'Not supported by the local org: the Metadata API call toString'),
    );
    expect(await call('<retrieve/>')).toEqual(
      fault('NOT_SUPPORTED_BY_LOCAL_ORG', 'Not supported by the local org: a retrieve without unpackaged components'),
    );
    expect(await call(CHECK, { version: '99.0' })).toEqual(fault('UNSUPPORTED_API_VERSION', 'Invalid Api version specified on URL'));
  });

  test.each([
    ['nothing', '', 'The SOAP message cannot be read'],
    ['no XML', 'hello', 'The SOAP message cannot be read'],
    ['cut off', '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>', 'The SOAP message cannot be read'],
    ['no envelope', '<Body><deploy/></Body>', 'The SOAP body holds one operation'],
    ['an empty body', '<Envelope><Body/></Envelope>', 'The SOAP body holds one operation'],
    ['two operations', '<Envelope><Body><deploy/><deploy/></Body></Envelope>', 'The SOAP body holds one operation'],
  ])('%s as the envelope', async (_name, text, message) => {
    const { status, operation, body } = await postSoap(client, '/services/Soap/m/67.0', text);
    expect([status, operation, body]).toEqual([
      500,
      'Fault',
      { faultcode: 'sf:UNKNOWN_EXCEPTION', faultstring: expect.stringContaining(`UNKNOWN_EXCEPTION: ${message}`) as string },
    ]);
  });
});
