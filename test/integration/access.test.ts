// @module-tag people
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { person as newPerson } from './support/people.ts';
import type { Person } from './support/people.ts';
import type { PlainRecord } from './support/rest-client.ts';
import { createDeal } from './support/sample-deal.ts';
import { fixture, FORCE_APP, startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** What a write that somebody may not make, or that the org refuses, leaves behind: as the table of the Apex API says. */
const CUSTOMER = join(import.meta.dirname, '../local-org/fixtures/customer');
const BEFORE = 'Call the buyer';
const EVERYTHING = ['RevOps_MCP_User', 'Deal_Editor'];

let org: TestOrg;
let requests = 0;
beforeAll(async () => {
  const packageDirectories = [FORCE_APP, CUSTOMER, fixture('customer'), fixture('audit-outage'), fixture('access')];
  org = await startTestOrg({ packageDirectories });
});
afterAll(() => org.close());

const person = (permissionSets: readonly string[]): Promise<Person> => newPerson(org, permissionSets);
const dealOf = async (owner: Person, fields: PlainRecord = {}): Promise<string> =>
  (await createDeal(org, { OwnerId: owner.id, NextStep: BEFORE, Type: 'New Customer', ...fields })).dealId;

const FIELDS = 'NextStep, Amount, Type, StageName, IsDeleted';
const dealNow = async (dealId: string): Promise<unknown> =>
  (await org.rest.query(`SELECT ${FIELDS} FROM Opportunity WHERE Id = '${dealId}'`))[0];

const ROW = 'Field_Name__c, Old_Value__c, New_Value__c, Changed__c, Failed__c, Error_Code__c, Performed_By_Id__c';

interface Refused {
  readonly status: number;
  readonly code: string;
  readonly details: Record<string, unknown>;
}

/** Sends one write that must be refused. */
async function refused(by: Person, dealId: string, field: string, value: unknown, over: PlainRecord = {}): Promise<Refused> {
  const { status, body } = await by.rest.write('update_field', request(dealId, field, value, over));
  const { error } = body as { error: { code: string; details?: Record<string, unknown> } };
  return { status, code: error.code, details: error.details ?? {} };
}

function request(dealId: string, field: string, value: unknown, over: PlainRecord = {}): PlainRecord {
  return {
    request_id: `00000000-0000-4000-8000-${String(++requests).padStart(12, '0')}`,
    mode: 'commit',
    justification: 'Agreed with the account owner',
    client: 'access-test',
    confirmation: 'console',
    input: { object_type: 'Opportunity', object_id: dealId, field_name: field, new_value: value },
    ...over,
  };
}

let editor: Person;
let dealId: string;
beforeEach(async () => {
  editor ??= await person(EVERYTHING);
  dealId = await dealOf(editor);
});

test('who may edit the record and the field changes it, and the row says who', async () => {
  const { status, body } = await editor.rest.write('update_field', request(dealId, 'NextStep', 'Send the order form'));
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { changes: [{ field: 'NextStep', old: BEFORE, new: 'Send the order form', requested: true }] },
  });
  expect(await dealNow(dealId)).toMatchObject({ NextStep: 'Send the order form' });
  expect(await org.auditRows(ROW, dealId)).toEqual([
    {
      Field_Name__c: 'NextStep',
      Old_Value__c: BEFORE,
      New_Value__c: 'Send the order form',
      Changed__c: true,
      Failed__c: false,
      Error_Code__c: null,
      Performed_By_Id__c: editor.id,
    },
  ]);
});

describe('nothing is changed and there is no row', () => {
  let before: unknown;
  beforeEach(async () => (before = await dealNow(dealId)));
  const leavesNothing = async (): Promise<void> => {
    expect(await dealNow(dealId)).toEqual(before);
    expect(await org.auditRows(ROW, dealId)).toEqual([]);
  };

  test('a field that the user may not read is no field [revops-032]', async () => {
    expect(await refused(editor, dealId, 'Amount', 1)).toMatchObject({ status: 400, code: 'INVALID_INPUT' });
    const [hidden, missing] = await Promise.all([
      editor.rest.write('update_field', request(dealId, 'Amount', 1)),
      editor.rest.write('update_field', request(dealId, 'Nothing__c', 1)),
    ]);
    const message = ({ body }: { body: unknown }): string => (body as { error: { message: string } }).error.message;
    expect(message(hidden)).toBe(message(missing).replaceAll('Nothing__c', 'Amount'));
    await leavesNothing();
  });

  test('a record that is not shared with the user is not there', async () => {
    const other = await person(EVERYTHING);
    expect(await refused(other, dealId, 'NextStep', 'Mine')).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    await leavesNothing();
  });

  test('a user without the custom permission', async () => {
    const nobody = await person(['Deal_Editor']);
    const { status, body } = await nobody.rest.write('update_field', request(dealId, 'NextStep', 'Mine'));
    expect({ status, body }).toMatchObject({
      status: 403,
      body: [{ errorCode: 'FORBIDDEN', message: 'You do not have access to the Apex class named: RevOpsWriteResource' }],
    });
    await leavesNothing();
  });

  test('a locked row', async () => {
    const release = org.local.hold(dealId);
    expect(await refused(editor, dealId, 'NextStep', 'Mine')).toMatchObject({ status: 409, code: 'ROW_LOCKED' });
    release();
    await leavesNothing();
    expect((await editor.rest.write('update_field', request(dealId, 'NextStep', 'Mine'))).status).toBe(200);
  });

  test('a record that was deleted after its preview', async () => {
    const previewed = request(dealId, 'NextStep', 'Mine', { mode: 'preview' });
    expect((await editor.rest.write('update_field', previewed)).status).toBe(200);
    await leavesNothing();
    await org.rest.delete('Opportunity', dealId);
    expect(await refused(editor, dealId, 'NextStep', 'Mine')).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(await org.rest.query(`SELECT Id FROM Opportunity WHERE Id = '${dealId}'`)).toEqual([]);
    expect(await org.auditRows(ROW, dealId)).toEqual([]);
  });

  test.each(['There is no audit insert today', 'There is no audit completion today'])('%s', async (justification) => {
    expect(await refused(editor, dealId, 'NextStep', 'Mine', { justification })).toMatchObject({ status: 500, code: 'AUDIT_UNAVAILABLE' });
    await leavesNothing();
  });
});

describe('nothing is changed and a failed row says why', () => {
  test.each<[what: string, field: string, value: string, over: PlainRecord, status: number, code: string, details: PlainRecord]>([
    ['a field that may only be read', 'Type', 'Existing Customer - Upgrade', {}, 403, 'PERMISSION_DENIED', { fields: ['Type'] }],
    [
      "the customer's validation rule",
      'NextStep',
      'Soon',
      {},
      400,
      'WRITE_REJECTED',
      { sf_code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: ['NextStep'] },
    ],
    [
      "the customer's trigger",
      'NextStep',
      'TBD: somebody calls',
      {},
      400,
      'WRITE_REJECTED',
      { sf_code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: ['NextStep'] },
    ],
    [
      'a trigger that fails',
      'NextStep',
      'Break the automation',
      {},
      400,
      'WRITE_REJECTED',
      { sf_code: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' },
    ],
    [
      'a stale value',
      'NextStep',
      'Sign the order form',
      { expected: { NextStep: 'Nothing yet' } },
      409,
      'CONFLICT',
      { fields: ['NextStep'] },
    ],
  ])('%s', async (_what, field, value, over, status, code, details) => {
    const risky = await dealOf(editor, { Forecast_Risk__c: 'High' });
    const before = await dealNow(risky);
    for (const mode of ['preview', 'commit']) {
      const answer = await refused(editor, risky, field, value, { ...over, mode });
      expect(answer).toMatchObject({ status, code, details });
      const rows = await org.auditRows(`Id, ${ROW}`, risky);
      expect(rows.at(-1)).toEqual({
        Id: answer.details['audit_id'],
        Field_Name__c: field,
        Old_Value__c: field === 'Type' ? null : BEFORE,
        New_Value__c: value,
        Changed__c: false,
        Failed__c: true,
        Error_Code__c: code,
        Performed_By_Id__c: editor.id,
      });
      expect(await dealNow(risky)).toEqual(before);
    }
    expect(await org.auditRows('Failed__c', risky)).toHaveLength(2);
  });

  test('a user without edit on the object', async () => {
    const reader = await person(['RevOps_MCP_User', 'Deal_Reader']);
    const before = await dealNow(dealId);
    expect(await refused(reader, dealId, 'NextStep', 'Mine')).toMatchObject({ status: 403, code: 'PERMISSION_DENIED' });
    expect(await dealNow(dealId)).toEqual(before);
    expect(await org.auditRows('Failed__c, Error_Code__c, Performed_By_Id__c', dealId)).toEqual([
      { Failed__c: true, Error_Code__c: 'PERMISSION_DENIED', Performed_By_Id__c: reader.id },
    ]);
  });

  test('a record that is shared with the user for reading only', async () => {
    const colleague = await person([...EVERYTHING, 'Deal_Reader']);
    const before = await dealNow(dealId);
    expect(await refused(colleague, dealId, 'NextStep', 'Mine')).toMatchObject({
      status: 403,
      code: 'PERMISSION_DENIED',
      details: { sf_code: 'INSUFFICIENT_ACCESS_OR_READONLY' },
    });
    expect(await dealNow(dealId)).toEqual(before);
    expect(await org.auditRows('Old_Value__c, Failed__c, Error_Code__c, Performed_By_Id__c', dealId)).toEqual([
      { Old_Value__c: BEFORE, Failed__c: true, Error_Code__c: 'PERMISSION_DENIED', Performed_By_Id__c: colleague.id },
    ]);
  });
});

test('a user sees their own rows, without the values, and writes none', async () => {
  await refused(editor, dealId, 'Type', 'Existing Customer - Upgrade');
  expect(await editor.rest.query(`SELECT Field_Name__c, Failed__c FROM Cleanup_Audit__c WHERE Record_Id__c = '${dealId}'`)).toEqual([
    { Field_Name__c: 'Type', Failed__c: true },
  ]);
  await expect(editor.rest.query('SELECT New_Value__c FROM Cleanup_Audit__c')).rejects.toThrow("No such column 'New_Value__c'");
  await expect(editor.rest.create('Cleanup_Audit__c', { Field_Name__c: 'Type' })).rejects.toThrow('INSUFFICIENT_ACCESS_OR_READONLY');
  const other = await person(EVERYTHING);
  expect(await other.rest.query('SELECT Id FROM Cleanup_Audit__c')).toEqual([]);
});
