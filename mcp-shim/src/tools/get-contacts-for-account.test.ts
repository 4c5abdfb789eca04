import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeAs } from '../testing/sample-describe.ts';
import { fault, ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

let org: ScriptedOrg;
let shim: ShimClient;

const accountId = '001000000000001AAA';
const own = /^SELECT Id, .* FROM Contact WHERE AccountId = '001000000000001AAA'/;
const others =
  /^SELECT Id, .* FROM Contact WHERE AccountId != '001000000000001AAA' AND Id IN \(SELECT ContactId FROM OpportunityContactRole /;
const row = (index: number, Name: string) => ({
  Id: `00300000000000${index}AAA`,
  Name,
  Title: null,
  Email: 'a@example.com',
  Phone: null,
  Account: { Name: 'Acme' },
});
const contact = (index: number, name: string) => ({
  id: `00300000000000${index}AAA`,
  name,
  title: null,
  email: 'a@example.com',
  phone: null,
  account_name: 'Acme',
});

beforeEach(async () => {
  org = await ScriptedOrg.start();
  describeAs(org, 'Contact', { Name: {}, Title: {}, Email: {}, Phone: {}, AccountId: { referenceTo: ['Account'] } });
  describeAs(org, 'Account', { Name: {} });
  org.onQuery(/^SELECT Id FROM Account WHERE Id = /, [{ Id: accountId }]);
  org.onQuery(own, [row(1, 'Ann Abe')]);
  org.onQuery(others, [row(2, 'Bo Aaron')]);
  org.onQuery(/^SELECT COUNT\(Id\) total FROM Contact WHERE AccountId = /, [{ total: 1 }]);
  org.onQuery(/^SELECT COUNT\(Id\) total FROM Contact WHERE AccountId != /, [{ total: 1 }]);
  const role = { OpportunityId: '006000000000001AAA', Opportunity: { Name: 'Renewal' }, IsPrimary: true };
  org.onQuery(/FROM OpportunityContactRole WHERE ContactId IN /, [{ ...role, ContactId: '003000000000002AAA', Role: 'Evaluator' }]);
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

const call = (args: Record<string, unknown> = {}) => shim.call('get_contacts_for_account', { account_id: accountId, ...args });

it("the account's own, then those with a role on its deals, with their roles; two requests", async () => {
  expect(await call({ limit: null })).toEqual({
    contacts: [
      { ...contact(1, 'Ann Abe'), roles: [] },
      {
        ...contact(2, 'Bo Aaron'),
        via: 'opportunity_role',
        roles: [{ opportunity_id: '006000000000001AAA', opportunity_name: 'Renewal', role: 'Evaluator', is_primary: true }],
      },
    ],
    total_count: 2,
    has_more: false,
    meta: { record_url: `${org.url}/{id}` },
  });
  expect(org.wire.filter((request) => request.startsWith('POST'))).toHaveLength(2);
  expect(org.requests.at(-1)?.soql).toBe(
    "SELECT ContactId, OpportunityId, Opportunity.Name, Role, IsPrimary FROM OpportunityContactRole WHERE ContactId IN ('003000000000001AAA', '003000000000002AAA') AND Opportunity.AccountId = '001000000000001AAA' ORDER BY Opportunity.CloseDate DESC, Id LIMIT 200",
  );
});

it('does without roles where the user may not see deals', async () => {
  org.on(({ soql }) =>
    soql?.includes('OpportunityContactRole')
      ? fault(400, 'INVALID_TYPE', "sObject type 'OpportunityContactRole' is not supported.")
      : undefined,
  );
  expect(await call()).toEqual({
    contacts: [contact(1, 'Ann Abe')],
    total_count: 1,
    has_more: false,
    meta: { fields_not_visible: ['OpportunityContactRole'], record_url: `${org.url}/{id}` },
  });
});

it('does not take another error for that', async () => {
  org.on(({ soql }) => (soql?.includes('OpportunityContactRole') ? fault(400, 'QUERY_TIMEOUT', 'Your query took too long.') : undefined));
  expect(await call()).toMatchObject({ error: { code: 'SF_API_ERROR', details: { sf_code: 'QUERY_TIMEOUT' } } });
});

it('names what the user may not see', async () => {
  describeAs(org, 'Contact', { Name: {}, AccountId: { referenceTo: ['Account'] } });
  expect(await call()).toMatchObject({ meta: { fields_not_visible: ['Title', 'Email', 'Phone'] } });
  describeAs(org, 'Contact', { Name: {} });
  await shim.close();
  shim = await connectShim(org.url);
  expect(await call()).toMatchObject({
    error: { code: 'PERMISSION_DENIED', message: expect.stringContaining('Contact.AccountId') as unknown },
  });
});

it('says when roles are cut', async () => {
  const roles = Array.from({ length: 200 }, (_, index) => ({
    ContactId: '003000000000001AAA',
    OpportunityId: `${index}`,
    Opportunity: { Name: 'x' },
    Role: null,
    IsPrimary: false,
  }));
  org.onQuery(/FROM OpportunityContactRole WHERE ContactId IN /, roles);
  expect(await call()).toMatchObject({ meta: { notes: ['Only the 200 newest roles of these contacts are shown.'] } });
});

it('an account that is not visible is NOT_FOUND, not an empty list', async () => {
  org.onQuery(/^SELECT Id FROM Account WHERE Id = /, []);
  expect(await call()).toMatchObject({
    error: { code: 'NOT_FOUND', message: `Account ${accountId} does not exist, is deleted, or is not visible to you. Check the id.` },
  });
});

describe('refuses, before any request', () => {
  it.each([
    [{ account_id: '003000000000001AAA' }, 'account_id is not the id of an account: those start with 001'],
    [{ account_id: null }, 'account_id'],
    [{ limit: 51 }, 'limit'],
    [{ limit: '5' }, 'limit'],
    [{ cursor: 'x'.repeat(201) }, 'cursor is no cursor of this server'],
    [{ cursor: 'AAAA' }, 'cursor is not one that this server gave'],
  ])('case %#', async (args, reason) => {
    expect(await call(args)).toMatchObject({ error: { code: 'INVALID_INPUT', message: expect.stringContaining(reason) as unknown } });
    expect(org.requests).toEqual([]);
  });
});

it('dry_run shows the requests and sends nothing', async () => {
  const { meta } = (await call({ dry_run: true })) as { meta: { dry_run: { path: string }[] } };
  expect(meta.dry_run.map(({ path }) => path.replace('/services/data/v60.0/', ''))).toEqual([
    'sobjects/Contact/describe',
    'sobjects/Account/describe',
    'composite',
  ]);
  expect(org.requests).toEqual([]);
});
