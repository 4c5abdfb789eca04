// @module-tag deploys
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { refusalOf } from './support/calls.ts';
import { change, createDeal } from './support/sample-deal.ts';
import { fixture, FORCE_APP, startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** What every refusal in this file has in common: a code, a next step, and an org that is as it was. */
let org: TestOrg;
let shim: ShimClient;
let dealId: string;
let before: unknown;
beforeAll(async () => {
  org = await startTestOrg({ packageDirectories: [FORCE_APP, fixture('customer')] });
  shim = await org.connect();
  ({ dealId } = await createDeal(org));
});
beforeEach(async () => {
  before = await org.state();
  org.wire.take();
});
afterEach(async () => expect(await org.state()).toEqual(before));
afterAll(() => org.close());

const invalid = (message: string, cause = 'INVALID_ARGUMENTS'): unknown => ({ code: 'INVALID_INPUT', message, details: { cause } });

describe('update_field: arguments', () => {
  const all = 'Arguments: object_type, object_id, field_name, new_value, justification, dry_run.';
  const shortReason = `update_field: justification must say why, in at least 10 characters after trimming. ${all}`;
  test.each([
    ['no justification', { justification: undefined }, `update_field: justification is missing. ${all}`],
    ['an empty justification', { justification: '' }, shortReason],
    ['a blank justification', { justification: ' \t\n        ' }, shortReason],
    ['a justification of 9 characters', { justification: '  too short ' }, shortReason],
    [
      'a justification that is too long',
      { justification: 'x'.repeat(32_001) },
      `update_field: justification must be at most 32,000 characters. ${all}`,
    ],
    ['an unknown argument', { priority: 'high' }, `update_field: unknown argument "priority". ${all}`],
    [
      'an object that is no name',
      { object_type: 'Opportunity; DROP' },
      `update_field: object_type must be an API name: letters, digits and underscores, starting with a letter. ${all}`,
    ],
    [
      'a path as field',
      { field_name: 'Account.Name' },
      `update_field: field_name must be an API name: letters, digits and underscores, starting with a letter. ${all}`,
    ],
    [
      'an id that is too short',
      { object_id: '006xx' },
      `update_field: object_id must be a 15- or 18-character Salesforce record id. ${all}`,
    ],
    [
      'an id with a wrong checksum',
      { object_id: '006000000000001AAB' },
      `update_field: object_id must be a 15- or 18-character Salesforce record id. ${all}`,
    ],
    [
      'an id of another object',
      { object_id: '001000000000001' },
      `update_field: object_id is not the id of a record of that object_type. ${all}`,
    ],
    ['an object as value', { new_value: { amount: 5 } }, `update_field: new_value must be a string, a number, true, false or null. ${all}`],
    ['a list as value', { new_value: ['Sign'] }, `update_field: new_value must be a string, a number, true, false or null. ${all}`],
    ['no value', { new_value: undefined }, `update_field: new_value must be a string, a number, true, false or null. ${all}`],
    [
      'several at once',
      { object_id: 5, dry_run: 'yes' },
      `update_field: object_id must be a string, not 5; dry_run must be true or false, not a string. ${all}`,
    ],
  ])('%s is refused before a request', async (_what, wrong, message) => {
    expect(await refusalOf(shim, 'update_field', { ...change(dealId, 'NextStep', 'Sign'), ...wrong })).toMatchObject(
      invalid(message) as object,
    );
    expect(org.wire.take()).toEqual([]);
  });

  const invisible = (what: string): string =>
    `${what} does not exist or is not visible to you. Check the API name, or ask an administrator for access.`;
  test.each([
    ['an unknown object', { object_type: 'Oportunity' }, 'INVALID_INPUT', invisible('The object Oportunity')],
    ['an unknown field', { field_name: 'Next_Step__c' }, 'INVALID_INPUT', invisible('The field Opportunity.Next_Step__c')],
    [
      'an id of another custom object',
      { object_type: 'Cleanup_Audit__c' },
      'INVALID_INPUT',
      'object_id is not the id of a Cleanup_Audit__c: those start with a00. Check both.',
    ],
    [
      'a record that is not there',
      { object_id: '006000000000001' },
      'NOT_FOUND',
      'There is no Opportunity with the id 006000000000001AAA that you can see. It may have been deleted. Nothing was written: check the id and call update_field again.',
    ],
    [
      'a compound field',
      { object_type: 'Account', object_id: '001000000000001', field_name: 'BillingAddress' },
      'INVALID_INPUT',
      'BillingAddress is of type address and cannot be set as one value. Update one of its parts, such as BillingCity of BillingAddress.',
    ],
    [
      'a change larger than the service takes',
      { new_value: 'x'.repeat(100_000) },
      'INVALID_INPUT',
      expect.stringMatching(
        /^The change takes 100,\d{3} bytes, and the write service accepts 100,000\. Shorten the texts or the justification\.$/,
      ),
    ],
  ])('%s is refused by what the org says, before a write', async (_what, wrong, code, message) => {
    expect(await refusalOf(shim, 'update_field', { ...change(dealId, 'NextStep', 'Sign'), ...wrong })).toMatchObject({
      code,
      message: message as string,
    });
    expect(org.wire.take().filter(({ body }) => body.includes('"commit"'))).toEqual([]);
  });
});

describe('update_field: values that the field does not take, refused by the service without an audit row', () => {
  const types = 'Existing Customer - Upgrade, Existing Customer - Replacement, Existing Customer - Downgrade, New Customer';
  const money = 'Amount takes at most 16 digits before and 2 after the decimal point.';
  const date = 'CloseDate takes a date, YYYY-MM-DD, from the year 1700 to 4000.';
  test.each<[field: string, value: unknown, message: string]>([
    ['NextStep', 'x'.repeat(256), 'NextStep takes at most 255 characters; this text has 256.'],
    ['Description', 'x'.repeat(32_001), 'Description takes at most 32000 characters; this text has 32001.'],
    ['NextStep', 5, 'NextStep takes a text.'],
    ['NextStep', true, 'NextStep takes a text.'],
    ['Name', null, 'Name cannot be empty.'],
    ['Name', '   ', 'Name cannot be empty.'],
    ['Amount', '12', 'Amount takes a number, not a text.'],
    ['Amount', false, 'Amount takes a number, not a text.'],
    ['Amount', 1.234, money],
    ['Amount', 1e17, money],
    ['CloseDate', '18.12.2026', date],
    ['CloseDate', '2026-02-30', date],
    ['CloseDate', '2026-12-18T00:00:00Z', date],
    ['CloseDate', null, 'CloseDate cannot be empty.'],
    ['CloseDate', 20261218, 'CloseDate takes a date as text, YYYY-MM-DD.'],
    [
      'Kick_Off__c',
      '2026-12-02T09:30:00',
      'Kick_Off__c takes a date and time with its offset, such as 2026-03-31T17:30:00Z or 2026-03-31T17:30:00+02:00.',
    ],
    ['Type', 'Nonsense', `Type has no active value "Nonsense". Its values are: ${types}.`],
    ['Type', 'new customer', `Type has no active value "new customer". Its values are: ${types}.`],
    ['Regions__c', 'East;North', 'Regions__c has no active value "North". Its values are: East, West, South.'],
    ['Legal_Done__c', 'true', 'Legal_Done__c takes true or false.'],
    ['Legal_Done__c', null, 'Legal_Done__c cannot be empty.'],
    ['AccountId', 'Acme', 'AccountId takes the id of a record, with 15 or 18 letters and digits.'],
  ])('case %#: %s', async (field, value, message) => {
    expect(await refusalOf(shim, 'update_field', change(dealId, field, value))).toEqual({
      code: 'INVALID_INPUT',
      message: `${message} Nothing was written: correct it and call update_field again.`,
      details: { cause: 'INVALID_INPUT', request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown },
    });
  });
});

describe('query', () => {
  const oneSelect = 'this tool runs exactly one SOQL SELECT.';
  const updateField = 'To change a field use update_field, if it is offered: it audits the change.';
  const semicolon = 'There is more than one statement. Send exactly one SELECT per call.';
  test.each([
    ['SELECT Id FROM Opportunity; SELECT Id FROM Account', semicolon],
    ['SELECT Id FROM Opportunity; DELETE FROM Account', semicolon],
    ['SELECT Id FROM Opportunity;', 'Remove the semicolon: the query must be one SELECT and nothing after it.'],
    ['SELECT Id FROM Opportunity SELECT Id FROM Account', 'There is more than one SELECT. Send exactly one statement per call.'],
    ['DELETE FROM Opportunity', `DELETE deletes records; ${oneSelect} ${updateField}`],
    ["UPDATE Opportunity SET NextStep = 'x'", `UPDATE changes records; ${oneSelect} ${updateField}`],
    ["INSERT INTO Account (Name) VALUES ('x')", `INSERT creates records; ${oneSelect} ${updateField}`],
    ['FIND {Acme} IN ALL FIELDS', `FIND is SOSL, a text search; ${oneSelect} Write a SELECT with LIKE instead.`],
    ['SELECT Id FROM Opportunity DELETE', '"DELETE" after the query: this tool runs exactly one SELECT and never changes data. Remove it.'],
    ['SELECT Id FROM Opportunity -- all', 'SOQL has no comments. Remove the comment.'],
    ['SELECT Id FROM Opportunity /* all */', 'SOQL has no comments. Remove the comment.'],
    ['SELECT Id FROM Opportunity ALL ROWS', 'ALL ROWS reads deleted records and is not offered here. Remove it.'],
  ])('%s [revops-010]', async (soql, message) => {
    expect(await refusalOf(shim, 'query', { soql })).toEqual(invalid(message, 'NOT_A_SINGLE_SELECT'));
    expect(org.wire.take()).toEqual([]);
  });

  test.each([
    [
      'SELECT Id FROM Opportunity FOR UPDATE',
      'FOR UPDATE locks the records, and this tool only reads. Remove the clause.',
      'NOT_READ_ONLY',
    ],
    [
      'SELECT Id, (SELECT Id FROM Contacts FOR VIEW) FROM Account',
      'FOR VIEW changes when the records were last viewed, and this tool only reads. Remove the clause.',
      'NOT_READ_ONLY',
    ],
    [
      'SELECT Id FROM Opportunity UPDATE TRACKING',
      'UPDATE TRACKING changes article statistics, and this tool only reads. Remove the clause.',
      'NOT_READ_ONLY',
    ],
    [
      'SELECT Id FROM Opportunity WITH SYSTEM_MODE',
      'WITH SYSTEM_MODE asks to bypass permissions. Queries run with the permissions of the connected user: remove the clause.',
      'BYPASS_REFUSED',
    ],
  ])('%s', async (soql, message, cause) => {
    expect(await refusalOf(shim, 'query', { soql })).toEqual(invalid(message, cause));
    expect(org.wire.take()).toEqual([]);
  });

  test('bypass_sharing [revops-011]', async () => {
    const message = 'bypass_sharing is not available: queries always run with the sharing rules of the connected user. Leave it out.';
    expect(await refusalOf(shim, 'query', { soql: 'SELECT Id FROM Opportunity', bypass_sharing: true })).toEqual(
      invalid(message, 'BYPASS_REFUSED'),
    );
    expect(org.wire.take()).toEqual([]);
    expect(await shim.call('query', { soql: 'SELECT Id FROM Opportunity LIMIT 1', bypass_sharing: false })).toMatchObject({ returned: 1 });
  });

  const args = 'Arguments: soql, bypass_sharing, dry_run.';
  test.each([
    [{}, `query: soql is missing. ${args}`],
    [{ soql: ' ' }, `query: soql must not be empty. ${args}`],
    [{ soql: ['SELECT Id FROM Account'] }, `query: soql must be a string, not a list. ${args}`],
    [{ soql: 'x'.repeat(20_001) }, `query: soql must be at most 20,000 characters. ${args}`],
    [{ soql: 'SELECT Id FROM Account', limit: 5 }, `query: unknown argument "limit". ${args}`],
    [{ soql: 'SELECT Id FROM Account', bypass_sharing: 'true' }, `query: bypass_sharing must be true or false, not a string. ${args}`],
  ])('arguments, case %#', async (wrong, message) => {
    expect(await refusalOf(shim, 'query', wrong)).toMatchObject(invalid(message) as object);
    expect(org.wire.take()).toEqual([]);
  });

  const invisible = 'The object or field does not exist or is not visible to you: check the API name and your access to it.';
  test.each([
    ['SELECT Id FROM Oportunity LIMIT 1', 'INVALID_TYPE', "sObject type 'Oportunity' is not supported.", invisible],
    ['SELECT Nme FROM Opportunity LIMIT 1', 'INVALID_FIELD', "No such column 'Nme' on entity 'Opportunity'.", invisible],
    ['SELECT Owner.Nme FROM Opportunity LIMIT 1', 'INVALID_FIELD', "No such column 'Nme' on entity", invisible],
    [
      "SELECT Id FROM Opportunity WHERE Amount = 'x' LIMIT 1",
      'INVALID_FIELD',
      "value of filter criterion for field 'Amount' must be of type double",
      'Correct the SOQL and call again.',
    ],
    [
      "SELECT Id FROM Opportunity WHERE Id = 'nonsense' LIMIT 1",
      'INVALID_QUERY_FILTER_OPERATOR',
      'invalid ID field: nonsense.',
      'Use an operator that fits the type of the field.',
    ],
    [
      'SELECT StageName, COUNT(Id) FROM Opportunity GROUP BY Name LIMIT 1',
      'MALFORMED_QUERY',
      'Field must be grouped or aggregated: StageName',
      'Correct the SOQL and call again.',
    ],
    [
      'SELECT Id FROM Opportunity LIMIT 1 OFFSET 2001',
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Maximum SOQL offset allowed is 2000.',
      'Correct the number and call again.',
    ],
  ])('%s is refused by the org [revops-035]', async (soql, sfCode, said, next) => {
    const { code, message, details } = await refusalOf(shim, 'query', { soql });
    expect({ code, details }).toEqual({ code: 'INVALID_INPUT', details: { http_status: 400, sf_code: sfCode } });
    expect(message).toContain(said);
    expect(message.endsWith(` ${next}`)).toBe(true);
    expect(org.wire.take()).toHaveLength(1);
  });
});

test('a tool that there is not', async () => {
  await expect(shim.client.callTool({ name: 'delete_record', arguments: {} })).rejects.toThrow('unknown tool "delete_record"');
  expect(org.wire.take()).toEqual([]);
});
