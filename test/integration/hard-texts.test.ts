// @module-tag deploys
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeSettings } from './support/administrator.ts';
import { RestClient } from './support/rest-client.ts';
import type { PlainRecord } from './support/rest-client.ts';
import { createDeal, justification } from './support/sample-deal.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** Texts that are hard to carry, bodies that are too large, and targets that are never written, at the service itself. */
let org: TestOrg;
let caller: RestClient;
let dealId: string;
let caseId: string;
beforeAll(async () => {
  org = await startTestOrg();
  changeSettings(org, { Max_Writes_Per_Hour__c: 100_000 });
  caller = new RestClient(org.url, org.token);
});
beforeEach(async () => {
  ({ dealId } = await createDeal(org));
  caseId = await org.rest.create('Case', { Subject: 'Broken' });
});
afterAll(() => org.close());

const EMOJI = '😀';

const bodyOf = (input: PlainRecord, over: PlainRecord = {}): PlainRecord => ({
  request_id: randomUUID(),
  mode: 'commit',
  justification,
  client: 'hard-texts.test',
  confirmation: 'console',
  input,
  ...over,
});
const deal = (field: string, value: unknown): PlainRecord => ({ object_type: 'Opportunity', object_id: dealId, field_name: field, new_value: value }); // prettier-ignore
const invalid = (message: string) => ({ status: 400, body: { error: { code: 'INVALID_INPUT', message, details: {} } } });

describe('a text comes out as it went in, in the record, the row, the answer and its replay', () => {
  test.each([
    ['emoji up to the limit', `${EMOJI.repeat(127)}x`],
    ['from right to left, with marks that turn the direction', 'שלום \u202eabc\u202c مرحبا'],
    ['control characters', 'a\u0007b\u001bc\u0085d'],
    ['accents in two forms', 'e\u0301 é'],
    ['what looks like markup, SOQL and a formula', `<b>&"' OR Name != '' --{!x} =1+1`],
    ['blanks that are no blanks to Apex', '\u00a0x\u3000'],
  ])('%s', async (_what, text) => {
    const request = bodyOf(deal('NextStep', text));
    const first = await caller.write('update_field', request);
    expect(first).toMatchObject({ status: 200, body: { changes: [{ field: 'NextStep', new: text }] } });
    expect(await caller.write('update_field', request)).toEqual({ status: 200, body: { ...(first.body as object), replayed: true } });
    expect(await org.rest.query(`SELECT NextStep FROM Opportunity WHERE Id = '${dealId}'`)).toEqual([{ NextStep: text }]);
    expect(await org.auditRows('New_Value__c, Requested_Value__c', dealId)).toEqual([{ New_Value__c: text, Requested_Value__c: null }]);
  });

  test('kinds of line ends are one: the same text with another kind is already so', async () => {
    expect(await caller.write('update_field', bodyOf(deal('Description', 'one\r\ntwo\rthree')))).toMatchObject({ body: { changed: true } });
    for (const text of ['one\ntwo\nthree', ' one\r\ntwo\r\nthree\r\n'])
      expect(await caller.write('update_field', bodyOf(deal('Description', text)))).toMatchObject({
        status: 200,
        body: { changed: false },
      });
  });
});

describe('a text of one too many is refused, by how the platform counts', () => {
  test.each<[what: string, operation: string, input: () => PlainRecord, message: string]>([
    ['an emoji is two characters', 'update_field', () => deal('NextStep', EMOJI.repeat(128)), 'NextStep takes at most 255 characters; this text has 256.'],
    ['of a title too', 'add_note', () => ({ object_type: 'Opportunity', object_id: dealId, body: 'x', title: EMOJI.repeat(128) }), 'Title takes at most 255 characters; this text has 256.'],
    ['an emoji is four bytes of a comment', 'update_case', () => ({ case_id: caseId, comment: `${EMOJI.repeat(1000)}x` }), 'A comment takes at most 4000 bytes; this text has 4001.'],
    ['of a subject', 'create_task', () => ({ subject: 'x'.repeat(256) }), 'Subject takes at most 255 characters; this text has 256.'],
    ['of a case', 'create_case', () => ({ subject: 'x', description: 'x'.repeat(32_001) }), 'Description takes at most 32000 characters; this text has 32001.'],
  ])('%s', async (_what, operation, input, message) => {
    const before = await org.state();
    expect(await caller.write(operation, bodyOf(input()))).toMatchObject(invalid(message));
    expect(await org.state()).toEqual(before);
  }); // prettier-ignore

  test('and one that just fits is taken', async () => {
    expect(await caller.write('update_case', bodyOf({ case_id: caseId, comment: EMOJI.repeat(1000) }))).toMatchObject({ status: 200 });
    const [comment] = await org.rest.query(`SELECT CommentBody FROM CaseComment WHERE ParentId = '${caseId}'`);
    expect(comment).toEqual({ CommentBody: EMOJI.repeat(1000) });
    const note = { object_type: 'Opportunity', object_id: dealId, body: 'x', title: `${EMOJI.repeat(127)}x` };
    expect(await caller.write('add_note', bodyOf(note))).toMatchObject({ status: 200 });
  });
});

describe('blanks around any text are no part of it', () => {
  const padded = (values: PlainRecord): PlainRecord =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, ` \t${String(value)}\r\n `]));

  test.each<[operation: string, input: () => PlainRecord]>([
    ['update_field', () => deal('NextStep', 'Sign')],
    ['add_note', () => ({ object_type: 'Opportunity', object_id: dealId, body: 'They want to sign', title: 'News' })],
    ['update_case', () => ({ case_id: caseId, priority: 'High', status: 'Working', type: 'Other', comment: 'It smokes' })],
    ['create_case', () => ({ subject: 'Broken', description: 'It smokes', priority: 'High', type: 'Other' })],
    ['create_task', () => ({ subject: 'Call', description: 'Soon', due_date: '2027-01-01', related_to_id: dealId, priority: 'High' })],
  ])('%s', async (operation, input) => {
    const answer = await caller.write(operation, bodyOf(padded(input()), { justification: ` ${justification}\n`, client: ' hard-texts ' }));
    expect(answer.status).toBeLessThan(300);
    const { changes, audit_ids } = answer.body as {
      changes: readonly { new: unknown; requested: boolean }[];
      audit_ids: readonly string[];
    };
    for (const change of changes.filter((each) => each.requested)) expect(change.new).toBe(String(change.new).trim());
    const ids = audit_ids.map((id) => `'${id}'`).join(', ');
    const rows = await org.rest.query(
      `SELECT New_Value__c, Requested_Value__c, Justification__c, Client__c FROM Cleanup_Audit__c WHERE Id IN (${ids})`,
    );
    for (const row of rows)
      expect(row).toEqual({
        New_Value__c: String(row['New_Value__c']).trim(),
        Requested_Value__c: null,
        Justification__c: justification,
        Client__c: 'hard-texts',
      });
    expect(rows.length).toBe(
      Object.keys(input()).filter((key) => !['object_type', 'object_id', 'field_name', 'case_id', 'title'].includes(key)).length,
    );
  });

  test.each<[what: string, operation: string, input: PlainRecord, message: string]>([
    ['a subject', 'create_task', { subject: ' \r\n\t ' }, 'input.subject is missing or blank.'],
    ['a description', 'create_case', { subject: 'Broken', description: '  ' }, 'input.description is missing or blank.'],
    ['a status', 'update_lead_status', { lead_id: '00Q000000000001', status: ' ' }, 'input.status is missing or blank.'],
    ['an id', 'update_case', { case_id: '   ' }, 'input.case_id is missing or blank.'],
    ['the id of a row', 'revert_change', { audit_id: '\n' }, 'input.audit_id is missing or blank.'],
  ])('and of nothing but blanks nothing is left: %s', async (_what, operation, input, message) => {
    expect(await caller.write(operation, bodyOf(input))).toMatchObject(invalid(message));
  });
});

describe('a body has at most 100,000 bytes', () => {
  const sized = (bytes: number, filler: string): string => {
    const empty = JSON.stringify(bodyOf({ ...deal('Description', ''), object_id: dealId }));
    const room = bytes - Buffer.byteLength(empty);
    const text = filler.repeat(Math.floor(room / Buffer.byteLength(filler)));
    return empty.replace('"new_value":""', `"new_value":"${text}${'x'.repeat(room - Buffer.byteLength(text))}"`);
  };

  test.each([
    ['letters', 'x'],
    ['emoji, which are fewer', EMOJI],
  ])('%s', async (_what, filler) => {
    const before = await org.state();
    expect(await caller.write('update_field', sized(100_001, filler))).toEqual({
      status: 400,
      body: {
        request_id: null,
        error: { code: 'INVALID_INPUT', message: 'The body has 100001 bytes; at most 100000 are allowed.', details: {} },
      },
    });
    const { status, body } = await caller.write('update_field', sized(100_000, filler));
    expect(status).toBe(400);
    expect((body as { error: { message: string } }).error.message).toMatch(
      /^Description takes at most 32000 characters; this text has \d+\.$/,
    );
    expect(await org.state()).toEqual(before);
  });
});

describe('what is never written, whatever the policy says', () => {
  const idOf = async (soql: string): Promise<string> => String((await org.rest.query(soql))[0]?.['Id']);
  const TARGETS: readonly [object: string, field: string, id: () => Promise<string> | string][] = [
    ['User', 'Title', () => org.local.user('dana.whitfield@larkfield.example').id],
    ['Group', 'Name', () => '00G000000000001'],
    ['Organization', 'Name', () => org.local.id],
    ['PermissionSet', 'Label', () => idOf("SELECT Id FROM PermissionSet WHERE Name = 'RevOps_MCP_User'")],
    ['Write_Setting__mdt', 'MasterLabel', () => idOf('SELECT Id FROM Write_Setting__mdt')],
    ['Write_Policy__mdt', 'MasterLabel', () => idOf('SELECT Id FROM Write_Policy__mdt LIMIT 1')],
    ['Cleanup_Audit__c', 'Justification__c', () => idOf('SELECT Id FROM Cleanup_Audit__c LIMIT 1')],
  ];

  test.each(TARGETS)('%s', async (object, field, id) => {
    await caller.write('update_field', bodyOf(deal('NextStep', 'Sign')));
    const target = { object_type: object, object_id: await id() };
    const denied = (name: string) => ({
      status: 403,
      body: {
        error: {
          code: 'POLICY_DENIED',
          message:
            `The policy of this org does not let this service write ${name} of ${object}: ` +
            'This kind of object can never be written through this service. Change it in Salesforce, or ask your administrator.',
          details: { fields: [name], audit_id: expect.stringMatching(/^a\w{17}$/) as unknown },
        },
      },
    });
    for (const mode of ['commit', 'preview']) {
      const over = mode === 'preview' ? { mode, confirmation: null } : {};
      expect(await caller.write('update_field', bodyOf({ ...target, field_name: field, new_value: 'x' }, over))).toMatchObject(
        denied(field),
      );
      expect(await caller.write('add_note', bodyOf({ ...target, body: 'x' }, over))).toMatchObject(denied('$Note'));
    }
    expect(await caller.read(`objects/${object}`)).toMatchObject({ status: 200, body: { writable_fields: [], writable_additions: [] } });
  });

  test.todo('a custom setting: the local org deploys none; ProtectedObjects asks describe, which WritePolicyTest shows');
});
