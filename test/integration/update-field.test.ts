import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { preview, refusalOf } from './support/calls.ts';
import { withNames } from './support/named-ids.ts';
import { change, createDeal, justification } from './support/sample-deal.ts';
import { fixture, FORCE_APP, startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

let org: TestOrg;
let shim: ShimClient;
beforeAll(async () => {
  org = await startTestOrg({ packageDirectories: [FORCE_APP, fixture('customer')] });
  shim = await org.connect();
});
afterAll(() => org.close());

/** Where the clock of the org stands still, that moment. */
const performedOn = ({ isTarget }: TestOrg): unknown =>
  isTarget ? expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.000\+0000$/) : '2026-11-21T09:00:00.000+0000';

test('preview, confirm, record and audit row, each as a whole [revops-020, revops-028, revops-031]', async () => {
  const { dealId, accountId } = await createDeal(org);
  const previewed = await shim.call('update_field', change(dealId, 'nextstep', ' Send the order form '));
  const names: Record<string, string> = {
    [dealId]: 'deal',
    [accountId]: 'account',
    [org.url]: 'org',
    [String(previewed['request_id'])]: 'request',
  };
  expect(withNames(org.plain(previewed), names)).toEqual({
    status: 'confirmation_required',
    change: `${org.facts.orgType} · Acme renewal · Next Step Call the buyer → Send the order form`,
    changes: [{ field: 'NextStep', old: 'Call the buyer', new: 'Send the order form', requested: true }],
    confirmation_token: expect.stringMatching(/^[0-9A-Z]{10}$/) as unknown,
    expires_at: new Date(org.now + 10 * 60_000).toISOString(),
    request_id: '<request>',
    record_id: '<deal>',
    record_label: 'Acme renewal',
    url: '<org>/<deal>',
  });
  expect(await org.auditRows('Id', dealId)).toEqual([]);

  const committed = await shim.call('confirm_write', { change: previewed['change'], confirmation_token: previewed['confirmation_token'] });
  names[String(committed['audit_id'])] = 'audit row';
  expect(withNames(org.plain(committed), names)).toEqual({
    status: 'committed',
    success: true,
    message: 'Next Step was updated. Audit row <audit row>.',
    changes: [{ field: 'NextStep', old: 'Call the buyer', new: 'Send the order form', requested: true }],
    audit_id: '<audit row>',
    request_id: '<request>',
    record_id: '<deal>',
    record_label: 'Acme renewal',
    url: '<org>/<deal>',
  });
  expect(await org.rest.query(`SELECT NextStep, LastModifiedBy.Username FROM Opportunity WHERE Id = '${dealId}'`)).toEqual([
    { NextStep: 'Send the order form', LastModifiedBy: { Username: org.facts.username } },
  ]);
  const fields =
    'Id, Operation__c, Object_Name__c, Record_Id__c, Record_Label__c, Field_Name__c, Old_Value__c, New_Value__c, Requested_Value__c, Changed__c, ' +
    'Failed__c, Error_Code__c, Error_Message__c, Justification__c, Performed_By__c, Performed_On__c, Client__c, Confirmation__c, Request_Id__c, Ordinal__c, Review_Status__c';
  expect(withNames(org.plain(await org.auditRows(fields, dealId)), names)).toEqual([
    {
      Id: '<audit row>',
      Operation__c: 'update_field',
      Object_Name__c: 'Opportunity',
      Record_Id__c: '<deal>',
      Record_Label__c: 'Acme renewal',
      Field_Name__c: 'NextStep',
      Old_Value__c: 'Call the buyer',
      New_Value__c: 'Send the order form',
      Requested_Value__c: null,
      Changed__c: true,
      Failed__c: false,
      Error_Code__c: null,
      Error_Message__c: null,
      Justification__c: justification,
      Performed_By__c: org.facts.username,
      Performed_On__c: performedOn(org),
      Client__c: 'test-client/1.2.3',
      Confirmation__c: 'token',
      Request_Id__c: '<request>',
      Ordinal__c: 0,
      Review_Status__c: 'Unreviewed',
    },
  ]);
});

describe('each type of field is stored, answered and audited as what it is', () => {
  const own = 'https://example.com/order?a=1&b=<2>';
  // field, before, asked for, stored (as REST returns it), old and new in the answer, old and new in the audit row
  type Case = readonly [
    field: string,
    before: unknown,
    asked: unknown,
    stored: unknown,
    answered: readonly unknown[],
    audited: readonly unknown[],
  ];
  const standard: readonly Case[] = [
    [
      'NextStep',
      'Call',
      'Sign 契約 🎉\nthen "ship"',
      'Sign 契約 🎉\nthen "ship"',
      ['Call', 'Sign 契約 🎉\nthen "ship"'],
      ['Call', 'Sign 契約 🎉\nthen "ship"'],
    ],
    ['NextStep', 'Call', null, null, ['Call', null], ['Call', null]],
    ['Description', null, own, own, [null, own], [null, own]],
    ['CloseDate', '2026-12-18', '2028-02-29', '2028-02-29', ['2026-12-18', '2028-02-29'], ['2026-12-18', '2028-02-29']],
    ['Amount', 1200.5, 99999.99, 99999.99, [1200.5, 99999.99], ['1200.5', '99999.99']],
    ['Amount', 1200.5, 0, 0, [1200.5, 0], ['1200.5', '0']],
    ['Amount', 1200.5, null, null, [1200.5, null], ['1200.5', null]],
    ['Probability', 60, 75, 75, [60, 75], ['60', '75']],
    ['TotalOpportunityQuantity', null, 12.25, 12.25, [null, 12.25], [null, '12.25']],
    ['Type', null, 'New Customer', 'New Customer', [null, 'New Customer'], [null, 'New Customer']],
  ];
  const customers: readonly Case[] = [
    ['Legal_Done__c', false, true, true, [false, true], ['false', 'true']],
    ['Regions__c', 'East', 'East;South', 'East;South', ['East', 'East;South'], ['East', 'East;South']],
    [
      'Kick_Off__c',
      '2026-12-01T08:00:00Z',
      '2026-12-02T09:30:00+02:00',
      '2026-12-02T07:30:00.000+0000',
      ['2026-12-01T08:00:00Z', '2026-12-02T07:30:00Z'],
      ['2026-12-01T08:00:00Z', '2026-12-02T07:30:00Z'],
    ],
  ];
  const isStored = async (...[field, before, asked, stored, answered, audited]: Case): Promise<void> => {
    const { dealId } = await createDeal(org, { [field]: before });
    const { confirm } = await preview(shim, change(dealId, field, asked));
    const requested = { field, old: answered[0], new: answered[1], requested: true };
    expect(await shim.call('confirm_write', confirm)).toMatchObject({
      status: 'committed',
      changes: expect.arrayContaining([requested]) as unknown,
    });
    expect(await org.rest.query(`SELECT ${field} FROM Opportunity WHERE Id = '${dealId}'`)).toEqual([{ [field]: stored }]);
    expect(await org.auditRows('Field_Name__c, Old_Value__c, New_Value__c, Changed__c, Failed__c', dealId)).toEqual([
      { Field_Name__c: field, Old_Value__c: audited[0], New_Value__c: audited[1], Changed__c: true, Failed__c: false },
    ]);
  };
  test.each(standard)('%s: %j → %j', isStored);
  test.each(customers)('%s: %j → %j', { tags: 'deploys' }, isStored);

  test('AccountId: a reference takes the id of the right kind of record, and the shipped policy denies it all the same', async () => {
    const { dealId, accountId } = await createDeal(org);
    const other = await org.rest.create('Account', { Name: org.own('Globex') });
    expect(await refusalOf(shim, 'update_field', change(dealId, 'AccountId', dealId))).toMatchObject({
      code: 'INVALID_INPUT',
      message: `AccountId takes the id of another kind of record than ${dealId}. Nothing was written: correct it and call update_field again.`,
    });
    expect(await org.auditRows('New_Value__c', dealId)).toEqual([]);

    expect(await refusalOf(shim, 'update_field', change(dealId, 'AccountId', other.slice(0, 15)))).toMatchObject({
      code: 'PERMISSION_DENIED',
      message: expect.stringContaining('A lookup field needs a row of the policy that names its object and the field itself.') as unknown,
    });
    expect(await org.rest.query(`SELECT AccountId FROM Opportunity WHERE Id = '${dealId}'`)).toEqual([{ AccountId: accountId }]);
    expect(await org.auditRows('New_Value__c, Failed__c, Error_Code__c', dealId)).toEqual([
      { New_Value__c: other, Failed__c: true, Error_Code__c: 'POLICY_DENIED' },
    ]);
  });
});

test('a value that is already there is audited, and nothing is written', async () => {
  const { dealId } = await createDeal(org);
  const stamp = `SELECT SystemModstamp, LastModifiedById FROM Opportunity WHERE Id = '${dealId}'`;
  const before = await org.rest.query(stamp);
  const previewed = await shim.call('update_field', change(dealId, 'Amount', 1200.5));
  expect(previewed['meta']).toEqual({ warnings: ['The field already holds this value.'] });
  const committed = await shim.call('confirm_write', { change: previewed['change'], confirmation_token: previewed['confirmation_token'] });
  expect(committed['message']).toBe(`Amount already held this value; the request was audited. Audit row ${String(committed['audit_id'])}.`);
  expect(await org.rest.query(stamp)).toEqual(before);
  expect(await org.auditRows('Changed__c, Failed__c, Old_Value__c, New_Value__c', dealId)).toEqual([
    { Changed__c: false, Failed__c: false, Old_Value__c: '1200.5', New_Value__c: '1200.5' },
  ]);
});

test('what a trigger stored instead is what the answer says; the audit row keeps both', { tags: 'deploys' }, async () => {
  const { dealId } = await createDeal(org);
  const { confirm } = await preview(shim, change(dealId, 'NextStep', 'Sign today!'));
  expect(await shim.call('confirm_write', confirm)).toMatchObject({
    changes: [{ field: 'NextStep', old: 'Call the buyer', new: 'Sign today' }],
  });
  expect(await org.auditRows('New_Value__c, Requested_Value__c, Changed__c', dealId)).toEqual([
    { New_Value__c: 'Sign today', Requested_Value__c: 'Sign today!', Changed__c: true },
  ]);
});

test('a long text is cut for the reader, and stored and audited whole', async () => {
  const { dealId } = await createDeal(org);
  const text = 'x'.repeat(32_000);
  const { confirm } = await preview(shim, change(dealId, 'Description', text));
  expect(await shim.call('confirm_write', confirm)).toMatchObject({ changes: [{ new: `${'x'.repeat(2000)}… [+30,000 chars]` }] });
  expect(await org.rest.query(`SELECT Description FROM Opportunity WHERE Id = '${dealId}'`)).toEqual([{ Description: text }]);
  expect(await org.auditRows('New_Value__c', dealId)).toEqual([{ New_Value__c: text }]);
});

test('other objects: a contact, and a record without a Name of its own', async () => {
  const contactId = await org.rest.create('Contact', { LastName: org.own('Lee') });
  const taskId = await org.rest.create('Task', { Subject: org.own('Call back'), Status: 'Not Started', Priority: 'Normal' });
  const caseId = await org.rest.create('Case', { Subject: 'Broken', Status: 'New', Origin: 'Web' });
  for (const [object, id, field, value, line] of [
    ['Contact', contactId, 'Email', 'lee@example.com', 'Lee · Email (empty) → lee@example.com'],
    ['Task', taskId, 'Priority', 'High', 'Call back · Priority Normal → High'],
    ['Case', caseId, 'Subject', 'Broken since May', expect.stringMatching(/ · \d{8} · Subject Broken → Broken since May$/) as unknown],
  ] as const) {
    const { confirm } = await preview(shim, { object_type: object, object_id: id, field_name: field, new_value: value, justification });
    expect(org.plain(confirm.change)).toEqual(typeof line === 'string' ? `${org.facts.orgType} · ${line}` : line);
    const requested = expect.objectContaining({ field, new: value, requested: true }) as unknown;
    expect(await shim.call('confirm_write', confirm)).toMatchObject({
      status: 'committed',
      changes: expect.arrayContaining([requested]) as unknown,
    });
    expect(await org.rest.query(`SELECT ${field} FROM ${object} WHERE Id = '${id}'`)).toEqual([{ [field]: value }]);
    expect(await org.auditRows('Object_Name__c, New_Value__c', id)).toEqual([{ Object_Name__c: object, New_Value__c: value }]);
  }
});
