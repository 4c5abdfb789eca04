import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestOrg, type TestClient } from '../test-client.ts';

const TRIGGER = `trigger AccountRules on Account (before insert, after insert) {
    for (Account account : Trigger.new) {
        if (account.Name == 'Refused') {
            account.Name.addError('Not this one');
        }
        if (Trigger.isBefore && account.Name == 'Tidied') {
            account.Description = 'by the trigger';
        }
        if (Trigger.isAfter && account.Name == 'Broken') {
            insert new Account(Name = 'Companion');
            Integer nothing;
            Integer broken = nothing + 1;
        }
    }
}
`;
const META = `<ApexTrigger xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>67.0</apiVersion><status>Active</status></ApexTrigger>`;

let root: string;
let client: TestClient;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'record-dml-'));
  mkdirSync(join(root, 'app', 'triggers'), { recursive: true });
  writeFileSync(join(root, 'app', 'triggers', 'AccountRules.trigger'), TRIGGER);
  writeFileSync(join(root, 'app', 'triggers', 'AccountRules.trigger-meta.xml'), META);
  client = await startTestOrg({ root, packageDirectories: [join(root, 'app')] });
});
afterAll(async () => {
  await client.started.close();
  rmSync(root, { recursive: true });
});

const create = (name: string): ReturnType<TestClient['send']> =>
  client.send('POST', '/services/data/v67.0/sobjects/Account', { Name: name });
const count = async (where: string): Promise<unknown> =>
  ((await client.query(`SELECT COUNT() FROM Account WHERE ${where}`)).body as { totalSize: number }).totalSize;

test('a before trigger changes what is stored', async () => {
  expect((await create('Tidied')).status).toBe(201);
  expect((await client.query("SELECT Description FROM Account WHERE Name = 'Tidied'")).body).toMatchObject({
    records: [{ Description: 'by the trigger' }],
  });
});

test('addError refuses the record with the field', async () => {
  const { status, body } = await create('Refused');
  expect({ status, body }).toEqual({
    status: 400,
    body: [{ message: 'Not this one', errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: ['Name'] }],
  });
  expect(await count("Name = 'Refused'")).toBe(0);
});

test('an exception that leaves a trigger undoes the record and what the trigger wrote', async () => {
  const { status, body } = await create('Broken');
  expect(status).toBe(400);
  expect(body).toEqual([
    {
      message: expect.stringMatching(
        /^AccountRules: execution of AfterInsert\n\ncaused by: System\.NullPointerException: .+\n\nTrigger\.AccountRules: line 12, column \d+$/,
      ) as unknown,
      errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      fields: [],
    },
  ]);
  expect(await count("Name IN ('Broken', 'Companion')")).toBe(0);
});
