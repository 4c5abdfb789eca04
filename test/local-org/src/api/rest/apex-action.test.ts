import { afterAll, beforeAll, expect, it } from 'vitest';
import { PackageFolder } from '../../metadata/testing.ts';
import { startTestOrg, type TestClient } from '../test-client.ts';

const META = `<?xml version="1.0" encoding="UTF-8"?>
<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>67.0</apiVersion><status>Active</status></ApexClass>
`;
const SOURCE = `global with sharing class NameAction {
  global class Input {
    @InvocableVariable(required=true) global String name;
    @InvocableVariable global Integer size;
  }
  global class Output {
    @InvocableVariable global String said;
    @InvocableVariable global Integer twice;
    global String notShown;
  }
  @InvocableMethod(label='Name')
  global static List<Output> run(List<Input> inputs) {
    List<Output> outputs = new List<Output>();
    for (Input input : inputs) {
      insert new Account(Name = input.name);
      if (input.name == 'throw') { Integer nothing; Integer broken = nothing + 1; }
      if (input.name == 'short') { return outputs; }
      Output output = new Output();
      output.said = input.name + ' ' + Request.getCurrent().getQuiddity().name();
      output.twice = input.size == null ? null : input.size * 2;
      outputs.add(output);
    }
    return outputs;
  }
}`;
const PLAIN = 'public with sharing class Plain { public static void run() {} }';
const QUIDDITY = `@IsTest
private class QuiddityTest {
  @IsTest static void synchronous() { Assert.areEqual(Quiddity.RUNTEST_SYNC, Request.getCurrent().getQuiddity()); }
}`;

let folder: PackageFolder;
let client: TestClient;
beforeAll(async () => {
  const classes = { NameAction: SOURCE, Plain: PLAIN, QuiddityTest: QUIDDITY };
  const files = Object.entries(classes).flatMap(([name, source]) => [
    [`classes/${name}.cls`, source],
    [`classes/${name}.cls-meta.xml`, META],
  ]);
  folder = new PackageFolder(Object.fromEntries(files) as Record<string, string>);
  client = await startTestOrg({ root: folder.root, packageDirectories: [folder.directory] });
});
afterAll(async () => {
  await client.started.close();
  folder[Symbol.dispose]();
});

const call = async (body: unknown, name = 'NameAction'): Promise<readonly [number, unknown]> => {
  const answer = await client.send('POST', `/services/data/v67.0/actions/custom/apex/${name}`, body);
  return [answer.status, answer.body];
};
const accounts = async (name: string): Promise<unknown> =>
  ((await client.query(`SELECT COUNT() FROM Account WHERE Name = '${name}'`)).body as { totalSize: number }).totalSize;

it('answers one result for each input, in their order', async () => {
  const common = { actionName: 'NameAction', errors: null, invocationId: null, isSuccess: true, outcome: null, sortOrder: -1, version: 1 };
  expect(
    await call({
      inputs: [
        { name: 'a', size: 2 },
        { NAME: 'b', size: null },
      ],
    }),
  ).toEqual([
    200,
    [
      { ...common, outputValues: { said: 'a INVOCABLE_ACTION', twice: 4 } },
      { ...common, outputValues: { said: 'b INVOCABLE_ACTION', twice: null } },
    ],
  ]);
  expect(await accounts('a')).toBe(1);
});

it('an exception undoes every input and is told of each', async () => {
  const [status, body] = await call({ inputs: [{ name: 'first' }, { name: 'throw' }] });
  const message = expect.stringContaining(
    'An Apex error occurred: System.NullPointerException: Attempt to de-reference a null object',
  ) as string;
  const failed = { isSuccess: false, outputValues: null, errors: [{ statusCode: 'UNKNOWN_EXCEPTION', message, fields: [] }] };
  expect([status, body]).toMatchObject([400, [failed, failed]]);
  expect(await accounts('first')).toBe(0);
});

it('fewer outputs than inputs are an error', async () => {
  expect(JSON.stringify(await call({ inputs: [{ name: 'x' }, { name: 'short' }] }))).toContain('The number of results does not match');
  expect(await accounts('x')).toBe(0);
});

it.each([
  ['a required input is missing', { inputs: [{ size: 1 }] }, 400, 'Missing required input parameter: name'],
  ['an input is unknown', { inputs: [{ name: 'u', length: 1 }] }, 400, 'The input parameter length is not one of the action'],
  ['an input is of another type', { inputs: [{ name: 'u', size: 'x' }] }, 400, 'An Apex error occurred: System.JSONException'],
  ['there are no inputs', {}, 400, 'the list \\"inputs\\"'],
  ['the list is empty', { inputs: [] }, 400, 'at least one input'],
  ['an input is no object', { inputs: ['x'] }, 400, 'Each input must be a JSON object'],
  ['the body has more', { inputs: [{ name: 'u' }], more: 1 }, 400, 'Unrecognized field \\"more\\"'],
])('nothing runs where %s', async (_what, body, status, message) => {
  const answer = await call(body);
  expect(answer[0]).toBe(status);
  expect(JSON.stringify(answer[1])).toContain(message);
  expect(await accounts('u')).toBe(0);
});

it('only classes with an invocable method are actions, for those who may run them', async () => {
  expect((await call({ inputs: [{}] }, 'Plain'))[0]).toBe(404);
  expect((await call({ inputs: [{}] }, 'Nowhere'))[0]).toBe(404);
  const rep = client.started.tokens.find(({ name }) => name.includes('Lindqvist'));
  const headers = { Authorization: `Bearer ${rep?.token ?? ''}` };
  const answer = await client.send('POST', '/services/data/v67.0/actions/custom/apex/NameAction', { inputs: [{ name: 'no' }] }, headers);
  expect([answer.status, answer.body]).toEqual([
    403,
    [{ errorCode: 'FORBIDDEN', message: 'You do not have access to the Apex class named: NameAction' }],
  ]);
});

it('tests are told as tests', () => {
  expect(client.started.org.runTests().results.map(({ outcome }) => outcome)).toEqual(['Pass']);
});
