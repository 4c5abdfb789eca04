import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fault, ok, ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

let org: ScriptedOrg;
let shim: ShimClient;

const leadId = '00Q000000000001EAA';
const recordPath = `/services/data/v60.0/sobjects/Lead/${leadId}`;
const record = {
  attributes: { type: 'Lead', url: recordPath },
  Id: leadId,
  Name: 'Alan Turing',
  Company: 'Bletchley',
  Title: null,
  Email: 'alan@example.com',
  Phone: '555',
  Status: 'Working - Contacted',
  LeadSource: 'Web',
  Rating: null,
  OwnerId: '00G000000000001EAA',
  CreatedDate: '2026-11-01T10:00:00.000+0000',
  LastActivityDate: null,
  IsConverted: false,
  Industry: 'Research',
};

beforeEach(async () => {
  org = await ScriptedOrg.start();
  org.onPath(recordPath, ok(record));
  org.onQuery(/^SELECT Owner.Name FROM Lead/, [{ Owner: { Name: 'Inbound queue' } }]);
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

it('answers with a summary, the owning queue, and every other filled field, in one request [revops-007]', async () => {
  expect(await shim.call('get_lead', { lead_id: leadId })).toEqual({
    lead: {
      id: leadId,
      name: 'Alan Turing',
      company: 'Bletchley',
      title: null,
      email: 'alan@example.com',
      phone: '555',
      status: 'Working - Contacted',
      lead_source: 'Web',
      rating: null,
      owner_id: '00G000000000001EAA',
      owner_name: 'Inbound queue',
      created_date: '2026-11-01T10:00:00.000Z',
      last_activity_date: null,
      is_converted: false,
    },
    fields: { Industry: 'Research' },
    url: `${org.url}/${leadId}`,
  });
  expect(org.wire).toEqual(['POST /services/data/v60.0/composite']);
});

it('names what the user may not see', async () => {
  const visible: Record<string, unknown> = { ...record };
  delete visible['Rating'];
  org.onPath(recordPath, ok(visible));
  const answer = await shim.call('get_lead', { lead_id: leadId, detail: 'summary' });
  expect(answer['lead']).not.toHaveProperty('rating');
  expect(answer).not.toHaveProperty('fields');
  expect(answer['meta']).toEqual({ fields_not_visible: ['Rating'] });
});

it('says NOT_FOUND with what to check', async () => {
  org.onPath(recordPath, fault(404, 'NOT_FOUND', 'The requested resource does not exist'));
  expect(await shim.call('get_lead', { lead_id: leadId })).toMatchObject({
    error: { code: 'NOT_FOUND', message: `Lead ${leadId} does not exist, is deleted, or is not visible to you. Check the id.` },
  });
});

describe('refuses, before any request', () => {
  it.each([
    [{ lead_id: '003000000000001AAA' }, 'lead_id is not the id of a lead: those start with 00Q'],
    [{ lead_id: 'x'.repeat(10_000) }, 'must be a 15- or 18-character Salesforce record id'],
    [{ lead_id: leadId, detail: 5 }, 'detail must be full or summary'],
    [{}, 'lead_id is missing'],
  ])('case %#', async (args, reason) => {
    expect(await shim.call('get_lead', args)).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining(reason) as string },
    });
    expect(org.requests).toEqual([]);
  });
});

it('dry_run shows the composite and sends nothing', async () => {
  expect(await shim.call('get_lead', { lead_id: leadId, dry_run: true })).toMatchObject({
    meta: {
      dry_run: [{ path: '/services/data/v60.0/composite', body: { compositeRequest: [{ url: recordPath }, { referenceId: 'owner' }] } }],
    },
  });
  expect(org.requests).toEqual([]);
});
