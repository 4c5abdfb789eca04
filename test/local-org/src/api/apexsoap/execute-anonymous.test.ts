import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountField, deploy, manifest } from '../metadata/testing.ts';
import { startTestOrg, type TestClient } from '../test-client.ts';
import { escaped } from '../soap/soap-envelope.ts';
import { callSoap, type SoapReply } from '../soap/testing.ts';

let client: TestClient;
beforeAll(async () => {
  client = await startTestOrg();
});
afterAll(() => client.started.close());

const DEBUG_ONLY = '<DebuggingHeader><debugLevel>DEBUGONLY</debugLevel></DebuggingHeader>';

function execute(code: string, options: { header?: string; token?: string; version?: string } = {}): Promise<SoapReply> {
  return callSoap(client, 's', `<executeAnonymous><String>${escaped(code)}</String></executeAnonymous>`, options);
}

function logOf({ text }: SoapReply): string | null {
  return /<debugLog>([^]*)<\/debugLog>/.exec(text)?.[1] ?? null;
}

async function accountsNamed(name: string): Promise<number> {
  const { body } = await client.query(`SELECT COUNT() FROM Account WHERE Name = '${name}'`);
  return (body as { totalSize: number }).totalSize;
}

const RESULT = {
  column: '-1',
  compileProblem: '',
  compiled: 'true',
  exceptionMessage: '',
  exceptionStackTrace: '',
  line: '-1',
  success: 'true',
};

test('a block that succeeds is committed, as its user', async () => {
  const code = `Integer count = 2;\nfor (Integer i = 0; i < count; i++) {\n  insert new Account(Name = 'Anonymous');\n}`;
  const reply = await execute(code);
  expect([reply.status, reply.operation, reply.body]).toEqual([200, 'executeAnonymousResponse', { result: RESULT }]);
  expect(await accountsNamed('Anonymous')).toBe(2);
  const { body } = await client.query(`SELECT CreatedById FROM Account WHERE Name = 'Anonymous' LIMIT 1`);
  expect(body).toMatchObject({ records: [{ CreatedById: client.userId }] });
});

test('without a DebuggingHeader there is no log; with one it holds what the code printed, and where', async () => {
  const code = `System.debug('one & two');\nSystem.debug(LoggingLevel.FINE, 'details');`;
  expect(logOf(await execute(code))).toBeNull();
  const expected = (level: string, ...printed: string[]): string =>
    [
      `67.0 APEX_CODE,${level}`,
      `Execute Anonymous: System.debug('one &amp; two');`,
      `Execute Anonymous: System.debug(LoggingLevel.FINE, 'details');`,
      '09:04:30.1 (0)|EXECUTION_STARTED',
      '09:04:30.1 (0)|CODE_UNIT_STARTED|[EXTERNAL]|execute_anonymous_apex',
      ...printed.map((line) => `09:04:30.1 (0)|USER_DEBUG|${line}`),
      '09:04:30.1 (0)|CODE_UNIT_FINISHED|execute_anonymous_apex',
      '09:04:30.1 (0)|EXECUTION_FINISHED',
      '',
    ].join('\n');
  expect(logOf(await execute(code, { header: DEBUG_ONLY }))).toBe(expected('DEBUG', '[1]|DEBUG|one &amp; two'));
  const finest = '<DebuggingHeader><categories><category>Apex_code</category><level>FINEST</level></categories></DebuggingHeader>';
  expect(logOf(await execute(code, { header: finest }))).toBe(expected('FINEST', '[1]|DEBUG|one &amp; two', '[2]|FINE|details'));
  expect(logOf(await execute(code, { header: finest.replace('FINEST', 'NONE') }))).toBeNull();
});

test('a level that does not exist is a fault, and nothing runs', async () => {
  const reply = await execute(`insert new Account(Name = 'Level');`, { header: DEBUG_ONLY.replace('DEBUGONLY', 'LOUD') });
  expect([reply.status, reply.body]).toEqual([
    500,
    { faultcode: 'sf:INVALID_FIELD', faultstring: `INVALID_FIELD: 'loud' is not a valid value for the enum 'LogType'` },
  ]);
  expect(await accountsNamed('Level')).toBe(0);
});

test.each([
  ['a syntax error', `Integer i = 1;\nSystem.debug(i)`, `Missing ';' at '<EOF>'`, 2, 16],
  ['an unknown variable', `Integer i = 1;\n  i = j;`, 'Variable does not exist: j', 2, 7],
  ['the first of several mistakes', `String s = 1;\nString t = 2;`, 'Illegal assignment from Integer to String', 1, 8],
  ['a method', `Integer i = 1;\nvoid go() {}`, 'Not supported by the local org: methods in anonymous Apex (AnonymousBlock:2)', 2, 1],
  ['a class', `class Inner {}`, 'Not supported by the local org: types in anonymous Apex (AnonymousBlock:1)', 1, 1],
])('%s is a compile problem with its place', async (_name, code, compileProblem, line, column) => {
  const { status, body } = await execute(code, { header: DEBUG_ONLY });
  expect([status, body]).toEqual([
    200,
    { result: { ...RESULT, compileProblem, compiled: 'false', line: String(line), column: String(column), success: 'false' } },
  ]);
});

test('an exception takes everything back, and tells its line and stack', async () => {
  const code = `insert new Account(Name = 'Undone');\nAccount a;\nString name = a.Name;`;
  const reply = await execute(code, { header: DEBUG_ONLY });
  expect(reply.body).toEqual({
    result: {
      ...RESULT,
      column: '1',
      exceptionMessage: 'System.NullPointerException: Attempt to de-reference a null object',
      exceptionStackTrace: 'AnonymousBlock: line 3, column 1',
      line: '3',
      success: 'false',
    },
  });
  expect(logOf(reply)).toContain(
    '|FATAL_ERROR|System.NullPointerException: Attempt to de-reference a null object\n\nAnonymousBlock: line 3, column 1\n',
  );
  expect(await accountsNamed('Undone')).toBe(0);
});

test('a limit ends the block and takes everything back', async () => {
  const reply = await execute(`for (Integer i = 0; i < 151; i++) {\n  insert new Account(Name = 'Limit');\n}`);
  expect(reply.body).toMatchObject({
    result: { success: 'false', exceptionMessage: 'System.LimitException: Too many DML statements: 151', line: '2' },
  });
  expect(await accountsNamed('Limit')).toBe(0);
});

test('a block sees no field that its user may not read', async () => {
  const permissions = ['ApiEnabled', 'ModifyAllData', 'ViewAllData'].map(
    (name) => `<userPermissions><enabled>true</enabled><name>${name}</name></userPermissions>`,
  );
  const { status, failures } = await deploy(client, {
    'package.xml': manifest({ CustomField: ['Account.Tier__c'], PermissionSet: ['Developer'] }),
    ...accountField('Tier__c'),
    'permissionsets/Developer.permissionset': `<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata"><label>Developer</label>${permissions.join('')}</PermissionSet>`,
  });
  expect([status, failures]).toEqual(['Succeeded', []]);
  const idOf = async (soql: string): Promise<unknown> => ((await client.query(soql)).body as { records: { Id: string }[] }).records[0]?.Id;
  await client.create('PermissionSetAssignment', {
    AssigneeId: await idOf("SELECT Id FROM User WHERE Username LIKE 'nina%'"),
    PermissionSetId: await idOf("SELECT Id FROM PermissionSet WHERE Name = 'Developer'"),
  });
  const token = client.started.tokens.find(({ username }) => username.startsWith('nina'))?.token ?? '';
  const code = 'Integer count = [SELECT Id, Tier__c FROM Account].size();';
  expect((await execute(code)).body).toEqual({ result: RESULT });
  expect((await execute(code, { token })).body).toMatchObject({
    result: { success: 'false', exceptionMessage: expect.stringContaining('Tier__c') as string },
  });
});

test('users without the permission, ended sessions, other calls and other versions are faults', async () => {
  const priya = client.started.tokens.find(({ username }) => username.startsWith('priya'))?.token ?? '';
  const fault = async (reply: Promise<SoapReply>): Promise<unknown> => [(await reply).status, (await reply).body];
  expect(await fault(execute('Integer i;', { token: priya }))).toEqual([
    500,
    { faultcode: 'sf:INSUFFICIENT_ACCESS', faultstring: 'INSUFFICIENT_ACCESS: Running anonymous Apex needs the permission Author Apex' },
  ]);
  expect(await fault(execute('Integer i;', { token: 'gone' }))).toEqual([
    500,
    {
      faultcode: 'sf:INVALID_SESSION_ID',
      faultstring: 'INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session. Session not found',
    },
  ]);
  expect(await fault(callSoap(client, 's', '<runTests/>'))).toEqual([
    500,
    {
      faultcode: 'sf:NOT_SUPPORTED_BY_LOCAL_ORG',
      faultstring: 'NOT_SUPPORTED_BY_LOCAL_ORG: Not supported by the local org: the Apex API call runTests',
    },
  ]);
  expect(await fault(callSoap(client, 's', '<executeAnonymous/>'))).toEqual([
    500,
    { faultcode: 'sf:INVALID_FIELD', faultstring: 'INVALID_FIELD: executeAnonymous takes one string, the block' },
  ]);
  expect(await fault(execute('Integer i;', { version: '12.0' }))).toEqual([
    500,
    { faultcode: 'sf:UNSUPPORTED_API_VERSION', faultstring: 'UNSUPPORTED_API_VERSION: Invalid Api version specified on URL' },
  ]);
});
