import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestOrg, type TestClient } from '../test-client.ts';

const SOURCE = `@RestResource(urlMapping='/demo/v1/*')
global with sharing class DemoResource {
    @HttpGet
    global static void doGet() {
        RestRequest request = RestContext.request;
        RestContext.response.addHeader('Content-Type', 'text/plain');
        RestContext.response.addHeader('Quiddity', System.Request.getCurrent().getQuiddity().name());
        RestContext.response.responseBody = Blob.valueOf(
            request.httpMethod + ' ' + request.requestURI + ' ' + request.params.get('q') + ' ' + UserInfo.getUserName()
        );
    }
    @HttpPost
    global static void doPost() {
        insert new Account(Name = RestContext.request.requestBody.toString());
        String how = RestContext.request.requestURI.substringAfterLast('/');
        if (how == 'throw') {
            Integer nothing = null;
            Integer broken = nothing + 1;
        }
        RestContext.response.statusCode = how == 'refuse' ? 409 : 201;
    }
}
`;
const META = `<?xml version="1.0" encoding="UTF-8"?>
<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>67.0</apiVersion><status>Active</status></ApexClass>
`;

let root: string;
let client: TestClient;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'apex-rest-'));
  mkdirSync(join(root, 'app', 'classes'), { recursive: true });
  writeFileSync(join(root, 'app', 'classes', 'DemoResource.cls'), SOURCE);
  writeFileSync(join(root, 'app', 'classes', 'DemoResource.cls-meta.xml'), META);
  client = await startTestOrg({ root, packageDirectories: [join(root, 'app')] });
});
afterAll(async () => {
  await client.started.close();
  rmSync(root, { recursive: true });
});

const accounts = async (name: string): Promise<unknown> =>
  ((await client.query(`SELECT COUNT() FROM Account WHERE Name = '${name}'`)).body as { totalSize: number }).totalSize;

test('the class mapped to the URL answers with status, headers and body of its own, in the name of the token’s user', async () => {
  client.started.org.apiUsage.used = 0;
  const { status, body, headers } = await client.get('/services/apexrest/demo/v1/a?q=b%20c');
  expect([status, body, headers.get('quiddity'), headers.get('content-type'), headers.get('sforce-limit-info')]).toEqual([
    200,
    'GET /demo/v1/a b c sam.okafor@larkfield.example',
    'REST',
    'text/plain',
    'api-usage=1/15000',
  ]);
});

test('what it wrote stays', async () => {
  expect((await client.send('POST', '/services/apexrest/demo/v1/accept', 'Accepted')).status).toBe(201);
  expect(await accounts('Accepted')).toBe(1);
});

test('an error status that it sets rolls nothing back', async () => {
  expect((await client.send('POST', '/services/apexrest/demo/v1/refuse', 'Refused')).status).toBe(409);
  expect(await accounts('Refused')).toBe(1);
});

test('an exception that leaves it rolls everything back and shows its stack', async () => {
  expect(await client.send('POST', '/services/apexrest/demo/v1/throw', 'Thrown')).toMatchObject({
    status: 500,
    body: [
      {
        errorCode: 'APEX_ERROR',
        message: expect.stringMatching(
          /^System\.NullPointerException: Attempt to de-reference a null object\n\nClass\.DemoResource\.doPost: line 18, column \d+/,
        ) as unknown,
      },
    ],
  });
  expect(await accounts('Thrown')).toBe(0);
});

test('a URL that no class is mapped to', async () => {
  expect(await client.get('/services/apexrest/other')).toMatchObject({
    status: 404,
    body: [{ errorCode: 'NOT_FOUND', message: 'Could not find a match for URL' }],
  });
});

test('a method that the class lacks', async () => {
  expect((await client.send('DELETE', '/services/apexrest/demo/v1/a')).status).toBe(405);
});

test('a method that Apex REST lacks', async () => {
  expect(await client.send('OPTIONS', '/services/apexrest/demo/v1/a')).toMatchObject({
    status: 405,
    body: [{ errorCode: 'METHOD_NOT_ALLOWED' }],
  });
});

test('no session, no Apex', async () => {
  const response = await fetch(`${client.url}/services/apexrest/demo/v1/accept`, { method: 'POST', body: 'Nobody' });
  expect([response.status, await response.json()]).toEqual([
    401,
    [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
  ]);
  expect(await accounts('Nobody')).toBe(0);
});
