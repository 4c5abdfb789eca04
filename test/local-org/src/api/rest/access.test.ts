import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { profileId } from '../../../data/setup-records.ts';
import { startTestOrg, type Answer, type TestClient } from '../test-client.ts';

const CORPUS = join(import.meta.dirname, '../../../corpus/access');
const DATA = '/services/data/v67.0';
const SOBJECTS = `${DATA}/sobjects`;
const NOT_FOUND = { status: 404, body: [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }] };
const READ_ONLY = {
  status: 403,
  body: [{ message: 'insufficient access rights on object id', errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY', fields: [] }],
};
const DEAL = { Name: 'Renewal', StageName: 'Qualification', CloseDate: '2026-12-18' };

let admin: TestClient;
beforeAll(async () => {
  admin = await startTestOrg({ root: CORPUS, packageDirectories: [join(CORPUS, 'package')] });
});
afterAll(() => admin.started.close());

type Send = (method: string, path: string, body?: unknown) => Promise<Answer>;
let people = 0;

/** Somebody who has these permission sets and nothing else, and what they send. */
async function somebody(...permissionSets: string[]): Promise<{ id: string; username: string; send: Send }> {
  const username = `somebody${++people}@larkfield.example`;
  const id = await admin.create('User', {
    LastName: 'Somebody',
    Username: username,
    Email: username,
    Alias: `some${people}`,
    TimeZoneSidKey: 'Europe/Paris',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    ProfileId: profileId('Minimum Access - Salesforce'),
  });
  for (const name of permissionSets) await grant(id, name);
  const Authorization = `Bearer ${admin.started.org.sessions.issue(username)}`;
  return { id, username, send: (method, path, body) => admin.send(method, path, body, { Authorization }) };
}

async function grant(userId: string, permissionSet: string): Promise<void> {
  const { body } = await admin.query(`SELECT Id FROM PermissionSet WHERE Name = '${permissionSet}'`);
  const [found] = (body as { records: { Id: string }[] }).records;
  await admin.create('PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: found?.Id ?? '' });
}

const query = (soql: string): string => `${DATA}/query?q=${encodeURIComponent(soql)}`;
const rows = ({ body }: Answer): unknown[] =>
  (body as { records: Record<string, unknown>[] }).records.map((row) => {
    const plain = { ...row };
    delete plain['attributes'];
    return plain;
  });

test('without the permission to use the API every resource is closed, until it is granted', async () => {
  const person = await somebody('Own_Deals');
  const closed = {
    status: 403,
    body: [{ message: 'The REST API is not enabled for this Organization.', errorCode: 'API_DISABLED_FOR_ORG' }],
  };
  expect(await person.send('GET', `${DATA}/limits`)).toMatchObject(closed);
  expect(await person.send('GET', '/services/apexrest/any')).toMatchObject(closed);
  expect((await person.send('GET', '/services/oauth2/userinfo')).body).toMatchObject({ user_id: person.id, user_type: 'STANDARD' });
  await grant(person.id, 'Api_Access');
  expect((await person.send('GET', `${DATA}/limits`)).status).toBe(200);
});

describe('objects and fields that the user may not read do not exist', () => {
  test('in describe', async () => {
    const { send } = await somebody('Api_Access', 'Own_Deals');
    const names = ((await send('GET', SOBJECTS)).body as { sobjects: { name: string }[] }).sobjects.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Account', 'Opportunity', 'User']));
    expect(names).not.toEqual(expect.arrayContaining(['Lead']));
    expect(await send('GET', `${SOBJECTS}/Lead/describe`)).toMatchObject(NOT_FOUND);
    expect(await send('GET', `${SOBJECTS}/Lead`)).toMatchObject(NOT_FOUND);
    const { body } = await send('GET', `${SOBJECTS}/Opportunity/describe`);
    const described = body as {
      fields: { name: string; createable: boolean; updateable: boolean }[];
      childRelationships: { childSObject: string }[];
    };
    expect(described).toMatchObject({ createable: true, updateable: true, deletable: false, undeletable: false, queryable: true });
    const fields = new Map(described.fields.map(({ name, createable, updateable }) => [name, [createable, updateable]]));
    expect([fields.get('Name'), fields.get('Description'), fields.get('Amount'), fields.get('NextStep')]).toEqual([
      [true, true],
      [true, true],
      [false, false],
      undefined,
    ]);
    expect(described.childRelationships.map(({ childSObject }) => childSObject)).not.toContain('Task');
  });

  test('in queries and record reads', async () => {
    const person = await somebody('Api_Access', 'Own_Deals');
    const id = await admin.create('Opportunity', { ...DEAL, Amount: 5, NextStep: 'Call', OwnerId: person.id });
    expect(await person.send('GET', query('SELECT NextStep FROM Opportunity'))).toMatchObject({
      status: 400,
      body: [
        { errorCode: 'INVALID_FIELD', message: expect.stringContaining("No such column 'NextStep' on entity 'Opportunity'") as unknown },
      ],
    });
    expect(await person.send('GET', query('SELECT Id FROM Lead'))).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_TYPE' }] });
    const { body } = await person.send('GET', `${SOBJECTS}/Opportunity/${id}`);
    expect(body).toMatchObject({ Id: id, Name: 'Renewal', Amount: 5, OwnerId: person.id });
    expect(body).not.toHaveProperty('NextStep');
    expect(await person.send('GET', `${SOBJECTS}/Opportunity/${id}?fields=NextStep`)).toMatchObject({
      status: 400,
      body: [{ message: "No such column 'NextStep' on sobject of type Opportunity", errorCode: 'INVALID_FIELD' }],
    });
  });
});

describe('what is wrong with the use of a hidden name is not told', () => {
  test.each([
    ["SELECT Id FROM Opportunity WHERE NextStep INCLUDES ('x')", 'INVALID_FIELD'],
    ['SELECT Id FROM Opportunity WHERE NextStep = 5', 'INVALID_FIELD'],
    ['SELECT Id FROM Opportunity WHERE CALENDAR_YEAR(NextStep) = 2026', 'INVALID_FIELD'],
    ['SELECT StageName FROM Opportunity GROUP BY StageName HAVING NextStep = null', 'INVALID_FIELD'],
    ['SELECT Nope FROM Lead', 'INVALID_TYPE'],
    ["SELECT Id FROM Lead WHERE Id LIKE 'x'", 'INVALID_TYPE'],
  ])('%s', async (soql, errorCode) => {
    const { send } = await somebody('Api_Access', 'Own_Deals');
    const renamed = (text: string): string => text.replaceAll('NextStep', 'NextStop').replaceAll('Lead', 'Leap');
    const hidden = await send('GET', query(soql));
    expect(hidden).toMatchObject({ status: 400, body: [{ errorCode }] });
    const missing = await send('GET', query(renamed(soql)));
    expect([missing.status, missing.body]).toEqual([hidden.status, JSON.parse(renamed(JSON.stringify(hidden.body)))]);
  });
});

describe('records that are not shared with the user do not exist', () => {
  test('for reads and writes by id, and in queries', async () => {
    const { send } = await somebody('Api_Access', 'Own_Deals');
    const id = await admin.create('Opportunity', { ...DEAL, Name: 'Not shared' });
    expect(rows(await send('GET', query("SELECT Id FROM Opportunity WHERE Name = 'Not shared'")))).toEqual([]);
    for (const method of ['GET', 'PATCH', 'DELETE'])
      expect(await send(method, `${SOBJECTS}/Opportunity/${id}`, method === 'PATCH' ? { Name: 'Mine' } : undefined)).toMatchObject(
        NOT_FOUND,
      );
    expect(rows(await admin.query(`SELECT Name FROM Opportunity WHERE Id = '${id}'`))).toEqual([{ Name: 'Not shared' }]);
  });

  test('as a parent of what is written', async () => {
    const { send } = await somebody('Api_Access', 'Own_Deals');
    const accountId = await admin.create('Account', { Name: 'Not shared' });
    expect(await send('POST', `${SOBJECTS}/Opportunity`, { ...DEAL, AccountId: accountId })).toMatchObject({
      status: 400,
      body: [
        {
          message: 'insufficient access rights on cross-reference id',
          errorCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
          fields: [],
        },
      ],
    });
  });
});

describe('what may be read and not written is refused, and stays as it was', () => {
  test('a field', async () => {
    const person = await somebody('Api_Access', 'Own_Deals');
    const id = await admin.create('Opportunity', { ...DEAL, Amount: 5, OwnerId: person.id });
    const message =
      'Unable to create/update fields: Amount. Please check the security settings of this field and verify that it is read/write for your ' +
      'profile or permission set.';
    const refused = { status: 400, body: [{ message, errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['Amount'] }] };
    expect(await person.send('PATCH', `${SOBJECTS}/Opportunity/${id}`, { Description: 'Mine', Amount: null })).toMatchObject(refused);
    expect(await person.send('POST', `${SOBJECTS}/Opportunity`, { ...DEAL, Amount: 6 })).toMatchObject(refused);
    expect(rows(await admin.query(`SELECT Amount, Description FROM Opportunity WHERE Id = '${id}'`))).toEqual([
      { Amount: 5, Description: null },
    ]);
    expect(await person.send('PATCH', `${SOBJECTS}/Opportunity/${id}`, { Description: 'Mine' })).toMatchObject({ status: 204 });
    expect(await person.send('PATCH', `${SOBJECTS}/Opportunity/${id}`, { NextStep: 'Mine' })).toMatchObject({
      status: 400,
      body: [{ message: "No such column 'NextStep' on sobject of type Opportunity", errorCode: 'INVALID_FIELD' }],
    });
  });

  test('an object', async () => {
    const { send } = await somebody('Api_Access', 'All_Deals_Read');
    const id = await admin.create('Opportunity', DEAL);
    expect((await send('GET', `${SOBJECTS}/Opportunity/${id}?fields=Name`)).body).toMatchObject({ Name: 'Renewal' });
    expect(await send('POST', `${SOBJECTS}/Opportunity`, DEAL)).toMatchObject(READ_ONLY);
    expect(await send('PATCH', `${SOBJECTS}/Opportunity/${id}`, { Name: 'Mine' })).toMatchObject(READ_ONLY);
    expect(await send('DELETE', `${SOBJECTS}/Opportunity/${id}`)).toMatchObject(READ_ONLY);
    expect(rows(await admin.query(`SELECT Name, IsDeleted FROM Opportunity WHERE Id = '${id}'`))).toEqual([
      { Name: 'Renewal', IsDeleted: false },
    ]);
  });

  test('a record that is only shared for reading', async () => {
    const { send } = await somebody('Api_Access', 'Own_Deals', 'All_Deals_Read');
    const id = await admin.create('Opportunity', DEAL);
    expect(await send('PATCH', `${SOBJECTS}/Opportunity/${id}`, { Name: 'Mine' })).toMatchObject(READ_ONLY);
    expect(rows(await admin.query(`SELECT Name FROM Opportunity WHERE Id = '${id}'`))).toEqual([{ Name: 'Renewal' }]);
  });
});

test('who inserts a record owns it', async () => {
  const person = await somebody('Api_Access', 'Own_Deals');
  const { body } = await person.send('POST', `${SOBJECTS}/Opportunity`, DEAL);
  const { id } = body as { id: string };
  expect(rows(await person.send('GET', query(`SELECT OwnerId, CreatedById FROM Opportunity WHERE Id = '${id}'`)))).toEqual([
    { OwnerId: person.id, CreatedById: person.id },
  ]);
});

test('an Apex class is closed to whom no permission set gives it', async () => {
  admin.started.org.engine.deploy([
    {
      file: 'Hello.cls',
      name: 'Hello',
      kind: 'class',
      apiVersion: 67,
      source:
        "@RestResource(urlMapping='/hello') global with sharing class Hello { @HttpGet global static void get() { RestContext.response.statusCode = 204; } }",
    },
  ]);
  const { send } = await somebody('Api_Access');
  expect(await send('GET', '/services/apexrest/hello')).toMatchObject({
    status: 403,
    body: [{ errorCode: 'FORBIDDEN', message: 'You do not have access to the Apex class named: Hello' }],
  });
  expect((await admin.get('/services/apexrest/hello')).status).toBe(204);
});
