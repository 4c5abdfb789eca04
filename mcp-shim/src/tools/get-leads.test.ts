import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeAs } from '../testing/sample-describe.ts';
import { startSampleOrg } from '../testing/sample-org.ts';
import { fault } from '../testing/scripted-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

let org: ScriptedOrg;
let shim: ShimClient;

const texts = ['Name', 'Company', 'Title', 'Email', 'Phone', 'Status', 'Rating', 'CreatedDate', 'LastActivityDate', 'IsConverted'];
const fields = {
  ...Object.fromEntries(texts.map((name) => [name, {}])),
  LeadSource: { values: ['Web', 'Old', 'Phone Inquiry'] },
  OwnerId: { referenceTo: ['Group', 'User'] },
};
const row = {
  Id: '00Q000000000001EAA',
  Name: 'Al',
  Company: 'Acme',
  Title: null,
  Email: null,
  Phone: null,
  Status: 'open',
  LeadSource: 'Web',
  Rating: 'Hot',
  OwnerId: '00G000000000001EAA',
  Owner: { Name: 'Inbound' },
  CreatedDate: '2026-11-01T10:00:00.000+0000',
  LastActivityDate: '2026-11-02',
  IsConverted: false,
};

beforeEach(async () => {
  org = await startSampleOrg();
  describeAs(org, 'Lead', fields);
  org.onQuery(/^SELECT Id, Name.* FROM Lead/, [row]);
  org.onQuery(/^SELECT COUNT\(Id\) total FROM Lead/, [{ total: 1 }]);
  org.onQuery(/FROM LeadStatus/, [
    { MasterLabel: 'Open', ApiName: 'open', IsConverted: false },
    { MasterLabel: 'Qualified', ApiName: 'Closed - Converted', IsConverted: true },
  ]);
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

const list = (args: Record<string, unknown> = {}) => shim.call('get_leads', args);
/** WHERE and what follows, of the rows. */
const rowsQuery = () => org.requests.map(({ soql }) => /^SELECT Id, .* FROM Lead (.*)$/.exec(soql ?? '')?.[1]).findLast((soql) => soql);

it('lists unconverted leads, newest first, with their owners, queues among them', async () => {
  expect(await list({ status: null })).toEqual({
    leads: [
      {
        id: '00Q000000000001EAA',
        name: 'Al',
        company: 'Acme',
        title: null,
        email: null,
        phone: null,
        status: 'open',
        lead_source: 'Web',
        rating: 'Hot',
        owner_id: '00G000000000001EAA',
        owner_name: 'Inbound',
        created_date: '2026-11-01T10:00:00.000Z',
        last_activity_date: '2026-11-02',
        is_converted: false,
      },
    ],
    total_count: 1,
    has_more: false,
    meta: { record_url: `${org.url}/{id}` },
  });
  expect(org.wire).toEqual(['GET /services/data/v60.0/sobjects/Lead/describe', 'POST /services/data/v60.0/composite']);
  expect(rowsQuery()).toBe('WHERE IsConverted = false ORDER BY CreatedDate DESC, Id LIMIT 25');
});

it.each([
  [{ status: 'OPEN' }, "Status IN ('open')"],
  // A status is asked for: then converted leads are meant too.
  [{ status: 'closed - converted' }, "Status IN ('Closed - Converted')"],
  [{ lead_source: 'web' }, "IsConverted = false AND LeadSource = 'Web'"],
  [{ owner_id: '005000000000002' }, "IsConverted = false AND OwnerId = '005000000000002AAA'"],
  [{ owner_id: 'me' }, "IsConverted = false AND OwnerId = '005000000000001AAA'"],
  [{ name: "100%_o'\\\n💥" }, "IsConverted = false AND Name LIKE '%100\\%\\_o\\'\\\\\\n💥%'"],
])('%j [crm-083]', async (args, condition) => {
  await list(args);
  expect(rowsQuery()).toBe(`WHERE ${condition} ORDER BY CreatedDate DESC, Id LIMIT 25`);
  expect(org.requests.at(-1)?.soql).toBe(`SELECT COUNT(Id) total FROM Lead WHERE ${condition}`);
});

it('goes from page to page', async () => {
  org.onQuery(/^SELECT COUNT\(Id\) total FROM Lead/, [{ total: 2 }]);
  const { next_cursor: cursor, has_more } = await list({ limit: 1 });
  expect(has_more).toBe(true);
  expect(await list({ limit: 1, cursor })).toMatchObject({ has_more: false, total_count: 2 });
  expect(rowsQuery()).toBe('WHERE IsConverted = false ORDER BY CreatedDate DESC, Id LIMIT 1 OFFSET 1');
  expect(await list({ status: 'Open', cursor })).toMatchObject({ error: { details: { cause: 'INVALID_CURSOR' } } });
});

it('leaves out what the user may not see, and refuses to filter by it', async () => {
  const { LeadSource: _source, Rating: _rating, ...visible } = fields as Record<string, object>;
  describeAs(org, 'Lead', visible);
  expect(await list()).toMatchObject({ meta: { fields_not_visible: ['LeadSource', 'Rating'] } });
  expect(await list({ lead_source: 'Web' })).toMatchObject({
    error: { code: 'PERMISSION_DENIED', message: expect.stringContaining('Lead.LeadSource') as unknown },
  });
});

it('unknown values are refused with the active ones', async () => {
  expect(await list({ status: "x'" })).toMatchObject({
    error: { code: 'INVALID_INPUT', message: 'status: "x\'" is no active lead status. Active ones: Open, Qualified.' },
  });
  expect(await list({ lead_source: 'Old' })).toMatchObject({
    error: { code: 'INVALID_INPUT', message: 'lead_source: "Old" is no active value. Active values: Web, Phone Inquiry.' },
  });
});

it('an owner that there is not, and an object that is not visible', async () => {
  org.onQuery(/FROM User/, []);
  expect(await list({ owner_id: 'nobody@example.com' })).toMatchObject({ error: { code: 'NOT_FOUND' } });
  await shim.close();
  org.onPath('/services/data/v60.0/sobjects/Lead/describe', fault(404, 'NOT_FOUND', 'The requested resource does not exist'));
  shim = await connectShim(org.url);
  expect(await list()).toMatchObject({ error: { code: 'PERMISSION_DENIED', details: { cause: 'OBJECT_NOT_VISIBLE' } } });
});

describe('refuses, before any request', () => {
  it.each([
    [{ status: '' }, 'status must have at least 1 character'],
    [{ name: 'x' }, 'name must have at least 2 characters'],
    [{ name: 'x'.repeat(10_000) }, 'name must have at most 255 characters'],
    [{ name: 'a\udc00b' }, 'half of a character'],
    [{ owner_id: 'Ada' }, "owner_id must be a user's id, username or e-mail, or me"],
    [{ limit: 1.5 }, 'limit'],
    [{ limit: 51 }, 'limit'],
    [{ rating: 'Hot' }, 'unknown argument "rating"'],
  ])('case %#', async (args, reason) => {
    expect(await list(args)).toMatchObject({ error: { code: 'INVALID_INPUT', message: expect.stringContaining(reason) as unknown } });
    expect(org.requests).toEqual([]);
  });
});

it('dry_run shows the requests and sends nothing', async () => {
  const { meta } = (await list({ status: 'Open', owner_id: 'ada@example.com', dry_run: true })) as {
    meta: { dry_run: { path: string; body?: { compositeRequest: { referenceId: string }[] } }[] };
  };
  expect(meta.dry_run.map(({ path, body }) => body?.compositeRequest.map(({ referenceId }) => referenceId) ?? path)).toEqual([
    '/services/data/v60.0/sobjects/Lead/describe',
    ['owner'],
    ['lead_statuses'],
    ['rows', 'count'],
  ]);
  expect(org.requests).toEqual([]);
});
