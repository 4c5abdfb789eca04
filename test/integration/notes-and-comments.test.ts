// @module-tag people
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { profileId } from '../local-org/data/setup-records.ts';
import { RestClient } from './support/rest-client.ts';
import type { PlainRecord } from './support/rest-client.ts';
import { FORCE_APP, startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** Texts that are added beside a record, by somebody who owns a case and may read, not edit, the account above it. */
const CRM_ACCESS = join(FORCE_APP, '..', 'crm-access');
const BODY = 'They renew in May.';

let org: TestOrg;
let agent: RestClient;
let accountId: string;
let caseId: string;

async function start(notes: boolean): Promise<void> {
  org = await startTestOrg({ packageDirectories: [FORCE_APP, CRM_ACCESS], notes });
  const username = 'agent@larkfield.example';
  const agentId = await org.rest.create('User', {
    LastName: 'Agent',
    Username: username,
    Email: username,
    Alias: 'agent',
    TimeZoneSidKey: 'Europe/Paris',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    ProfileId: profileId('Minimum Access - Salesforce'),
  });
  for (const { Id } of await org.rest.query("SELECT Id FROM PermissionSet WHERE Name IN ('RevOps_MCP_User', 'RevOps_CRM_Access')"))
    await org.rest.create('PermissionSetAssignment', { AssigneeId: agentId, PermissionSetId: Id });
  agent = new RestClient(org.url, org.local.sessions.issue(username));
  accountId = await org.rest.create('Account', { Name: 'Acme' });
  const issue = { Subject: 'Printer on fire', Status: 'New', Priority: 'Medium', Origin: 'Web', AccountId: accountId };
  caseId = await org.rest.create('Case', { ...issue, OwnerId: agentId });
}

interface Answer {
  readonly status: number;
  readonly result?: unknown;
  readonly error?: { code: string; message: string };
}

async function write(operation: string, input: PlainRecord): Promise<Answer> {
  const { status, body } = await agent.write(operation, {
    request_id: randomUUID(),
    mode: 'commit',
    justification: 'Said on the phone today',
    client: 'notes-test',
    confirmation: 'console',
    input,
  });
  const { result, error } = body as Omit<Answer, 'status'>;
  return { status, ...(result === undefined ? {} : { result }), ...(error === undefined ? {} : { error }) };
}

const note = (object_type: string, object_id: string): Promise<Answer> => write('add_note', { object_type, object_id, body: BODY });
const linksTo = (id: string): Promise<PlainRecord[]> =>
  org.rest.query(`SELECT ContentDocumentId FROM ContentDocumentLink WHERE LinkedEntityId = '${id}'`);
const comments = (): Promise<PlainRecord[]> =>
  org.rest.query(`SELECT CommentBody, IsPublished FROM CaseComment WHERE ParentId = '${caseId}' ORDER BY Id`);
const ROW = 'Field_Name__c, New_Value__c, Changed__c, Failed__c, Error_Code__c';
const newRows = async (seen: number): Promise<PlainRecord[]> => (await org.auditRows(ROW)).slice(seen);

describe('where notes are switched on', () => {
  let seen: number;
  beforeAll(() => start(true));
  beforeEach(async () => (seen = (await org.auditRows('Id')).length));
  afterAll(() => org.close());

  test("the owner's note is attached to the case", async () => {
    const { status, result } = await note('Case', caseId);
    expect([status, result]).toEqual([200, { note_id: expect.any(String) as string }]);
    expect(await linksTo(caseId)).toEqual([{ ContentDocumentId: (result as PlainRecord)['note_id'] }]);
    expect(await newRows(seen)).toEqual([
      { Field_Name__c: '$Note', New_Value__c: BODY, Changed__c: true, Failed__c: false, Error_Code__c: null },
    ]);
  });

  test('whoever may only read the account attaches no note to it', async () => {
    expect(await agent.query('SELECT Name FROM Account')).toEqual([{ Name: 'Acme' }]);
    const { status, error } = await note('Account', accountId);
    expect([status, error?.code]).toEqual([403, 'PERMISSION_DENIED']);
    expect(error?.message).toContain('edit access to this record');
    expect(await linksTo(accountId)).toEqual([]);
    expect(await newRows(seen)).toEqual([
      { Field_Name__c: '$Note', New_Value__c: BODY, Changed__c: false, Failed__c: true, Error_Code__c: 'PERMISSION_DENIED' },
    ]);
  });

  test('a case takes fields and a comment at once, or neither', async () => {
    const both = await write('update_case', { case_id: caseId, priority: 'High', comment: BODY });
    expect([both.status, both.result]).toEqual([200, { updated_fields: ['Priority', '$Comment'] }]);
    expect(await comments()).toEqual([{ CommentBody: BODY, IsPublished: false }]);
    const neither = await write('update_case', { case_id: caseId, priority: 'Dire', comment: BODY });
    expect([neither.status, neither.error?.code]).toEqual([400, 'INVALID_INPUT']);
    expect(await comments()).toHaveLength(1);
    expect(await newRows(seen)).toHaveLength(2);
  });
});

describe('where notes are switched off', () => {
  beforeAll(() => start(false));
  afterAll(() => org.close());

  test('the package is there, and the answer names the setting', async () => {
    const { status, error } = await note('Case', caseId);
    expect([status, error?.code]).toEqual([400, 'INVALID_INPUT']);
    expect(error?.message).toContain('Enable Notes (Setup, Notes Settings)');
    expect(await org.auditRows('Id')).toEqual([]);
  });

  test('comments do without', async () => {
    expect((await write('update_case', { case_id: caseId, comment: BODY })).status).toBe(200);
    expect(await comments()).toEqual([{ CommentBody: BODY, IsPublished: false }]);
  });
});
