import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestOrg, type Answer, type TestClient } from '../test-client.ts';
import { classFiles, manifest, zipOf } from './testing.ts';

let client: TestClient;
beforeEach(async () => {
  client = await startTestOrg();
});
afterEach(() => client.started.close());

const REQUEST = '/services/data/v67.0/metadata/deployRequest';
const AT = '2026-11-21T09:04:30.123Z';
const SOUND = { 'package.xml': manifest({ ApexClass: ['Sound'] }), ...classFiles('Sound', 'public class Sound {}') };
const TESTED = {
  'package.xml': manifest({ ApexClass: ['SoundTest'] }),
  ...classFiles('SoundTest', '@IsTest\nclass SoundTest {\n  @IsTest\n  static void sounds() {\n  }\n}'),
};

/** Sends the parts of a deploy as the CLI does. */
async function post(parts: Readonly<Record<string, Blob>>, token = client.token): Promise<Answer> {
  const form = new FormData();
  for (const [name, blob] of Object.entries(parts)) form.append(name, blob, name === 'file' ? 'package.xml' : undefined);
  const response = await fetch(client.url + REQUEST, { method: 'POST', body: form, headers: { Authorization: `Bearer ${token}` } });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const partsOf = (files: Record<string, string>, deployOptions: Record<string, unknown> = {}): Record<string, Blob> => ({
  file: new Blob([zipOf(files)], { type: 'application/zip' }),
  entity_content: new Blob([JSON.stringify({ deployOptions: { singlePackage: true, ...deployOptions } })], { type: 'application/json' }),
});
const idOf = ({ body }: Answer): string => (body as { id: string }).id;
const classNames = (): readonly string[] => client.started.org.engine.classNames();

const OPTIONS = {
  allowMissingFiles: false,
  autoUpdatePackage: false,
  checkOnly: false,
  ignoreWarnings: false,
  performRetrieve: false,
  purgeOnDelete: false,
  rollbackOnError: true,
  runTests: [],
  singlePackage: true,
  testLevel: 'NoTestRun',
};

test('a deploy is taken, and its whole status asked for', async () => {
  const taken = await post(partsOf(SOUND));
  const id = idOf(taken);
  expect([taken.status, taken.body]).toEqual([
    201,
    {
      id: expect.stringMatching(/^0Af/) as string,
      deployOptions: OPTIONS,
      deployResult: expect.objectContaining({ done: false, id, status: 'InProgress' }) as object,
    },
  ]);
  expect(taken.headers.get('sforce-limit-info')).toMatch(/^api-usage=\d+\/15000$/);

  const { status, body } = await client.get(`${REQUEST}/${id}?includeDetails=true`);
  expect([status, body]).toEqual([
    200,
    {
      id,
      deployOptions: OPTIONS,
      deployResult: {
        checkOnly: false,
        completedDate: AT,
        createdBy: client.userId,
        createdByName: 'Sam Okafor',
        createdDate: AT,
        details: {
          componentFailures: [],
          componentSuccesses: [
            {
              changed: true,
              componentType: 'ApexClass',
              created: true,
              createdDate: AT,
              deleted: false,
              fileName: 'classes/Sound.cls',
              fullName: 'Sound',
              id: expect.stringMatching(/^01p/) as string,
              success: true,
            },
          ],
          runTestResult: {
            numTestsRun: 0,
            numFailures: 0,
            totalTime: 0,
            successes: [],
            failures: [],
            codeCoverage: [],
            codeCoverageWarnings: [],
          },
        },
        done: true,
        id,
        ignoreWarnings: false,
        lastModifiedDate: AT,
        numberComponentErrors: 0,
        numberComponentsDeployed: 1,
        numberComponentsTotal: 1,
        numberTestErrors: 0,
        numberTestsCompleted: 0,
        numberTestsTotal: 0,
        rollbackOnError: true,
        runTestsEnabled: false,
        startDate: AT,
        status: 'Succeeded',
        success: true,
      },
    },
  ]);
  expect((await client.get(`${REQUEST}/${id.slice(0, 15)}`)).body).not.toHaveProperty('deployResult.details');
  expect(classNames()).toEqual(['Sound']);
});

test('a deploy that fails is taken all the same: its status tells what is wrong', async () => {
  const { body } = await client.get(
    `${REQUEST}/${idOf(await post(partsOf({ ...SOUND, ...classFiles('Sound', 'public class Sound {') })))}?includeDetails=true`,
  );
  expect(body).toMatchObject({
    deployResult: {
      status: 'Failed',
      success: false,
      details: { componentFailures: [{ fullName: 'Sound', lineNumber: 1, problemType: 'Error' }] },
    },
  });
  expect(classNames()).toEqual([]);
});

test('a validation is deployed by its id', async () => {
  const validation = idOf(await post(partsOf(TESTED, { checkOnly: true, testLevel: 'RunLocalTests' })));
  expect(classNames()).toEqual([]);
  const quick = await client.send('POST', REQUEST, { validatedDeployRequestId: validation });
  expect([quick.status, quick.body]).toMatchObject([201, { deployOptions: { checkOnly: false, testLevel: 'NoTestRun' } }]);
  expect(classNames()).toEqual(['SoundTest']);
});

describe('refusals', () => {
  const refusal = (status: number, errorCode: string, message: string): unknown => [status, [{ message, errorCode }]];
  const shown = ({ status, body }: Answer): unknown => [status, body];

  test('of those who may not deploy, or are not signed in', async () => {
    const priya = client.started.tokens.find(({ username }) => username.startsWith('priya'))?.token ?? '';
    expect(shown(await post(partsOf(SOUND), priya))).toEqual(
      refusal(
        403,
        'INSUFFICIENT_ACCESS',
        'Deploying needs the permission Modify All Data or Modify Metadata Through Metadata API Functions',
      ),
    );
    expect(shown(await post(partsOf(SOUND), 'gone'))).toEqual(refusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid'));
    expect(classNames()).toEqual([]);
  });

  test('of parts that are missing or not what they should be', async () => {
    const MISSING = refusal(400, 'INVALID_MULTIPART_REQUEST', 'A deploy request has the parts file and entity_content');
    const { file = new Blob(), entity_content = new Blob() } = partsOf(SOUND);
    expect(shown(await post({ file }))).toEqual(MISSING);
    expect(shown(await post({ entity_content }))).toEqual(MISSING);
    expect(shown(await post({ file, entity_content: new Blob(['{']) }))).toEqual(
      refusal(400, 'JSON_PARSER_ERROR', '✖ Invalid input: expected object, received undefined'),
    );
    expect(shown(await post(partsOf(SOUND, { surprise: true })))).toEqual(
      refusal(400, 'JSON_PARSER_ERROR', '✖ Unrecognized key: "surprise"\n  → at deployOptions'),
    );
    expect(shown(await client.send('POST', REQUEST, 'zip', { 'Content-Type': 'application/zip' }))).toEqual(
      refusal(501, 'NOT_SUPPORTED_BY_LOCAL_ORG', 'Not supported by the local org: a deploy request of type application/zip'),
    );
  });

  test('of validations that are none', async () => {
    expect(shown(await client.send('POST', REQUEST, { validatedDeployRequestId: '0Af000000000000' }))).toEqual(
      refusal(400, 'INVALID_ID_FIELD', 'Validation Id is not valid for quick deployment.'),
    );
  });

  test('of deploys that are not there, of cancelling one that has ended, and of other methods and versions', async () => {
    const NOT_FOUND = refusal(404, 'NOT_FOUND', 'The requested resource does not exist');
    expect(shown(await client.get(`${REQUEST}/0Af000000000000`))).toEqual(NOT_FOUND);
    expect(shown(await client.get(REQUEST))).toEqual(NOT_FOUND);
    const id = idOf(await post(partsOf(SOUND)));
    expect(shown(await client.send('PATCH', `${REQUEST}/${id}`, { deployResult: { status: 'Canceling' } }))).toEqual(
      refusal(400, 'INVALID_OPERATION', 'Deployment already completed'),
    );
    expect(shown(await client.send('DELETE', `${REQUEST}/${id}`))).toEqual(
      refusal(405, 'METHOD_NOT_ALLOWED', "HTTP Method 'DELETE' not allowed. Allowed are HEAD,GET,PATCH"),
    );
    expect(shown(await client.get(`${REQUEST.replace('67', '99')}/${id}`))).toEqual(NOT_FOUND);
  });

  test('of everything once the daily limit is used up', async () => {
    client.started.org.apiUsage.used = client.started.org.apiUsage.max;
    expect(shown(await post(partsOf(SOUND)))).toEqual(refusal(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'));
  });
});
