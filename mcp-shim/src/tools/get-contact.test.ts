import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fault, ok, ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

let org: ScriptedOrg;
let shim: ShimClient;

const contactId = '003000000000001AAA';
const recordPath = `/services/data/v60.0/sobjects/Contact/${contactId}`;
const record = {
  attributes: { type: 'Contact', url: recordPath },
  Id: contactId,
  Name: 'Grace\u200b Hopper',
  AccountId: '001000000000001AAA',
  Title: 'VP Sales',
  Email: 'grace@example.com',
  Phone: null,
  MailingCity: 'Boston',
  MailingAddress: { city: 'Boston' },
  Birthdate: null,
};

beforeEach(async () => {
  org = await ScriptedOrg.start();
  org.onPath(recordPath, ok(record));
  org.onQuery(/^SELECT Account.Name FROM Contact/, [{ Account: { Name: 'Acme' } }]);
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

const contact = {
  id: contactId,
  name: 'Grace Hopper',
  title: 'VP Sales',
  email: 'grace@example.com',
  phone: null,
  account_name: 'Acme',
};

it('answers with a summary and every other filled field, in one request [revops-006]', async () => {
  expect(await shim.call('get_contact', { contact_id: contactId.slice(0, 15) })).toEqual({
    contact,
    fields: { AccountId: '001000000000001AAA', MailingCity: 'Boston' },
    url: `${org.url}/${contactId}`,
  });
  expect(org.wire).toEqual(['POST /services/data/v60.0/composite']);
});

it('detail: summary leaves the fields out', async () => {
  expect(await shim.call('get_contact', { contact_id: contactId, detail: 'summary' })).toEqual({ contact, url: `${org.url}/${contactId}` });
});

it('names what the user may not see', async () => {
  const visible: Record<string, unknown> = { ...record };
  delete visible['AccountId'];
  delete visible['Email'];
  org.onPath(recordPath, ok(visible));
  org.on(({ soql }) => (soql === undefined ? undefined : fault(400, 'INVALID_FIELD', 'No such relation')));
  const answer = await shim.call('get_contact', { contact_id: contactId, detail: 'summary' });
  expect(answer['contact']).toEqual({ id: contactId, name: 'Grace Hopper', title: 'VP Sales', phone: null });
  expect(answer['meta']).toEqual({ fields_not_visible: ['Email', 'AccountId'] });
});

it.each([
  ['NOT_FOUND', 'The requested resource does not exist'],
  ['ENTITY_IS_DELETED', 'entity is deleted'],
])('%s is NOT_FOUND with what to check', async (sfCode, said) => {
  org.onPath(recordPath, fault(404, sfCode, said));
  expect(await shim.call('get_contact', { contact_id: contactId })).toMatchObject({
    error: { code: 'NOT_FOUND', message: `Contact ${contactId} does not exist, is deleted, or is not visible to you. Check the id.` },
  });
});

describe('refuses, before any request', () => {
  it.each([
    [{ contact_id: '001000000000001AAA' }, 'contact_id is not the id of a contact: those start with 003'],
    [{ contact_id: '003000000000001AAB' }, 'must be a 15- or 18-character Salesforce record id'],
    [{ contact_id: `${contactId}'` }, 'must be a 15- or 18-character Salesforce record id'],
    [{ contact_id: 5 }, 'contact_id must be a string, not 5'],
    [{ contact_id: null }, 'contact_id'],
    [{ contact_id: contactId, detail: 'all' }, 'detail must be full or summary'],
    [{ contact_id: contactId, fields: [] }, 'unknown argument "fields"'],
    [{}, 'contact_id is missing'],
  ])('%j', async (args, reason) => {
    expect(await shim.call('get_contact', args)).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining(reason) as string },
    });
    expect(org.requests).toEqual([]);
  });
});

it('dry_run shows the composite and sends nothing', async () => {
  expect(await shim.call('get_contact', { contact_id: contactId.slice(0, 15), dry_run: true })).toMatchObject({
    meta: {
      dry_run: [
        {
          method: 'POST',
          path: '/services/data/v60.0/composite',
          body: { compositeRequest: [{ url: recordPath }, { referenceId: 'account' }] },
        },
      ],
    },
  });
  expect(org.requests).toEqual([]);
});
