import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeAs } from '../testing/sample-describe.ts';
import { startSampleOrg } from '../testing/sample-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

let org: ScriptedOrg;
let shim: ShimClient;

const shared = {
  Subject: {},
  OwnerId: { referenceTo: ['Group', 'User'] },
  WhoId: { referenceTo: ['Contact', 'Lead'] },
  WhatId: { referenceTo: ['Account', 'Opportunity', 'Solution__c'] },
  Description: {},
};
const taskFields = { ...shared, Status: {}, Priority: {}, ActivityDate: { type: 'date' }, CreatedDate: { type: 'datetime' } };
const eventFields = { ...shared, StartDateTime: { type: 'datetime' }, IsAllDayEvent: { type: 'boolean' } };

const of = { Owner: { Name: 'Ada' }, WhoId: null, Who: null, WhatId: '006000000000001AAA', What: { Name: 'Renewal' } };
const task = (index: number, ActivityDate: string | null, CreatedDate: string) => ({
  ...of,
  Id: `00T00000000000${index}EAA`,
  Subject: `Task ${index}`,
  Status: 'Open',
  Priority: 'High',
  Description: 'z'.repeat(301),
  ActivityDate,
  CreatedDate,
});
const event = (index: number, StartDateTime: string, IsAllDayEvent = false) => ({
  ...of,
  Id: `00U00000000000${index}EAA`,
  Subject: `Event ${index}`,
  Description: null,
  StartDateTime,
  IsAllDayEvent,
});

beforeEach(async () => {
  org = await startSampleOrg();
  describeAs(org, 'Task', taskFields);
  describeAs(org, 'Event', eventFields);
  org.onQuery(/^SELECT Id FROM \w+ WHERE Id = '/, [{ Id: 'x' }]);
  org.onQuery(/FROM Task .*ActivityDate >= .*LIMIT/, [task(1, '2026-11-20', '2026-11-01T00:00:00.000+0000')]);
  // In Los Angeles, where the user is, this was still the 19th.
  org.onQuery(/FROM Task .*ActivityDate = null .*LIMIT/, [task(2, null, '2026-11-20T07:59:00.000+0000')]);
  org.onQuery(/FROM Event .*LIMIT/, [event(1, '2026-11-20T20:00:00.000+0000'), event(2, '2026-11-21T00:00:00.000+0000', true)]);
  const count = (pattern: RegExp, total: number) => org.onQuery(pattern, [{ total }]);
  count(/^SELECT COUNT\(Id\) total FROM Task .*ActivityDate >= /, 10);
  count(/^SELECT COUNT\(Id\) total FROM Task .*ActivityDate > /, 3);
  count(/^SELECT COUNT\(Id\) total FROM Event .*StartDateTime >= /, 20);
  count(/^SELECT COUNT\(Id\) total FROM Event .*AND StartDateTime > 2026-11-21T09:00:00Z/, 4);
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

const list = (args: Record<string, unknown>) => shim.call('get_recent_activities', args);

it('tasks and events, newest first, dated as the user has them; what lies ahead is only counted [crm-068]', async () => {
  const rest = { owner_name: 'Ada', who_id: null, who_name: null, what_id: '006000000000001AAA', what_name: 'Renewal' };
  const taskRest = { ...rest, kind: 'task', status: 'Open', priority: 'High', description: `${'z'.repeat(300)}… [+1 chars]` };
  const eventRest = { ...rest, kind: 'event', status: null, priority: null, description: null };
  expect(await list({ related_to_id: '006000000000001' })).toEqual({
    activities: [
      { ...eventRest, id: '00U000000000002EAA', subject: 'Event 2', date: '2026-11-21' },
      { ...eventRest, id: '00U000000000001EAA', subject: 'Event 1', date: '2026-11-20' },
      { ...taskRest, id: '00T000000000001EAA', subject: 'Task 1', date: '2026-11-20' },
      { ...taskRest, id: '00T000000000002EAA', subject: 'Task 2', date: '2026-11-19' },
    ],
    total_count: 30,
    upcoming_count: 7,
    meta: { record_url: `${org.url}/{id}` },
  });
  // None of the objects that a task may belong to is described.
  expect(org.wire.filter((request) => request.includes('describe'))).toHaveLength(2);
  expect(org.wire.filter((request) => request.includes('composite'))).toHaveLength(2);
});

it('the window is in days of the user, all-day events go by dates', async () => {
  await list({ related_to_id: '006000000000001AAA', days: 10, limit: 5 });
  const conditions = org.requests.flatMap(({ soql }) => (/^SELECT COUNT/.test(soql ?? '') ? [soql?.slice(soql.indexOf('WHERE'))] : []));
  const deal = "WHERE WhatId = '006000000000001AAA' AND";
  expect(conditions).toEqual([
    `${deal} ((ActivityDate >= 2026-11-11 AND ActivityDate <= 2026-11-21) OR (ActivityDate = null AND CreatedDate >= 2026-11-11T08:00:00Z))`,
    `${deal} ((IsAllDayEvent = false AND StartDateTime >= 2026-11-11T08:00:00Z AND StartDateTime <= 2026-11-21T09:00:00Z) OR (IsAllDayEvent = true AND StartDateTime >= 2026-11-11T00:00:00Z AND StartDateTime <= 2026-11-21T00:00:00Z))`,
    `${deal} ActivityDate > 2026-11-21`,
    `${deal} ((IsAllDayEvent = false AND StartDateTime > 2026-11-21T09:00:00Z) OR (IsAllDayEvent = true AND StartDateTime > 2026-11-21T00:00:00Z))`,
  ]);
});

it('limit cuts after all have been put in order', async () => {
  const answer = (await list({ related_to_id: '006000000000001AAA', limit: 1 })) as { activities: { id: string }[] };
  expect(answer.activities.map(({ id }) => id)).toEqual(['00U000000000002EAA']);
  expect(answer).toMatchObject({ total_count: 30 });
});

it.each([
  ['001000000000001AAA', 'Account', 'AccountId'],
  ['003000000000001AAA', 'Contact', 'WhoId'],
  ['006000000000001AAA', 'Opportunity', 'WhatId'],
  ['00Q000000000001EAA', 'Lead', 'WhoId'],
  ['500000000000001AAA', 'Case', 'WhatId'],
])('%s is of %s: by %s, and NOT_FOUND where it is not visible [crm-069]', async (id, object, field) => {
  await list({ related_to_id: id });
  const queries = org.requests.flatMap(({ soql }) => soql ?? []);
  expect(queries[0]).toBe(`SELECT Id FROM ${object} WHERE Id = '${id}' LIMIT 1`);
  expect(queries.slice(1).every((soql) => soql.includes(`WHERE ${field} = '${id}' AND `))).toBe(true);
  org.onQuery(/^SELECT Id FROM \w+ WHERE Id = '/, []);
  expect(await list({ related_to_id: id })).toMatchObject({
    error: { code: 'NOT_FOUND', message: `${object} ${id} does not exist, is deleted, or is not visible to you. Check the id.` },
  });
});

it('names what the user may not see, and cannot do without dates', async () => {
  const { Description: _description, ...visible } = taskFields;
  describeAs(org, 'Task', visible);
  expect(await list({ related_to_id: '006000000000001AAA' })).toMatchObject({ meta: { fields_not_visible: ['Description'] } });
  await shim.close();
  shim = await connectShim(org.url);
  const { StartDateTime: _start, ...undated } = eventFields;
  describeAs(org, 'Event', undated);
  expect(await list({ related_to_id: '006000000000001AAA' })).toMatchObject({
    error: { code: 'PERMISSION_DENIED', message: expect.stringContaining('Event.StartDateTime') as unknown },
  });
});

it('works with UTC days, and says so, where the user info is forbidden', async () => {
  org.onPath('/services/oauth2/userinfo', { status: 403, body: 'insufficient scope' });
  expect(await list({ related_to_id: '006000000000001AAA' })).toMatchObject({
    meta: { notes: ['Your time zone is not known to this connection: dates are those of UTC.'] },
  });
});

describe('refuses, before any request', () => {
  const related_to_id = '006000000000001AAA';
  it.each([
    [{}, 'related_to_id is missing'],
    [
      { related_to_id: '005000000000001AAA' },
      'related_to_id is not the id of an account (001), contact (003), opportunity (006), lead (00Q)',
    ],
    [{ related_to_id: '006000000000001AAB' }, 'must be a 15- or 18-character Salesforce record id'],
    [{ related_to_id, days: 0 }, 'days'],
    [{ related_to_id, days: 91 }, 'days'],
    [{ related_to_id, limit: 51 }, 'limit'],
    [{ related_to_id, days: '30' }, 'days'],
    [{ related_to_id, cursor: 'x' }, 'unknown argument "cursor"'],
  ])('case %#', async (args, reason) => {
    expect(await list(args)).toMatchObject({ error: { code: 'INVALID_INPUT', message: expect.stringContaining(reason) as unknown } });
    expect(org.requests).toEqual([]);
  });
});

it('dry_run shows the requests and sends nothing', async () => {
  const { meta } = (await list({ related_to_id: '001000000000001AAA', dry_run: true })) as { meta: { dry_run: { path: string }[] } };
  expect(meta.dry_run.map(({ path }) => path.replace('/services/data/v60.0/', ''))).toEqual([
    'sobjects/Task/describe',
    'sobjects/Event/describe',
    '/services/oauth2/userinfo',
    'composite',
    'composite',
  ]);
  expect(org.requests).toEqual([]);
});
