// @module-tag clock
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { withNames } from './support/named-ids.ts';
import type { PlainRecord } from './support/rest-client.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** What the tools say of accounts, people, cases and activities, against what stands in the org. Today is 21 November 2026 in New York. */
let org: TestOrg;
let shim: ShimClient;
/** Id → what it is called here. */
const names: Record<string, string> = {};
const ids: Record<string, string> = {};

async function create(name: string, object: string, fields: PlainRecord): Promise<string> {
  const id = await org.rest.create(object, fields);
  names[id] = name;
  ids[name] = id;
  return id;
}

const idOf = (name: string): string => ids[name] ?? '';
const call = async (tool: string, args: PlainRecord): Promise<unknown> =>
  withNames(await shim.call(tool, args), { ...names, [org.url]: 'org' });

beforeAll(async () => {
  org = await startTestOrg();
  shim = await org.connect();
  const users = await org.rest.query("SELECT Id, Username FROM User WHERE Username IN ('marcus.oyelaran@larkfield.example')");
  names[String(users[0]?.['Id'])] = 'Marcus';
  ids['Marcus'] = String(users[0]?.['Id']);
  const OwnerId = idOf('Marcus');
  await create('acme', 'Account', {
    Name: 'Acme',
    Industry: 'Energy',
    BillingCity: 'Oslo',
    AnnualRevenue: 5_000_000,
    Description: 'Old',
    OwnerId,
  });
  await create('acme labs', 'Account', { Name: 'Acme Labs' });
  await create('1 acme', 'Account', { Name: '1 acme 100%', Industry: 'Energy' });
  await create('other', 'Account', { Name: "O'Neil \\ Sons" });
  const AccountId = idOf('acme');
  await create('deal', 'Opportunity', { Name: 'Renewal', AccountId, StageName: 'Qualification', CloseDate: '2026-12-18' });
  await create('ann', 'Contact', { FirstName: 'Ann', LastName: 'Young', AccountId, Email: 'ann@acme.example', Title: 'CFO' });
  await create('bob', 'Contact', { FirstName: 'Bob', LastName: 'Adams', AccountId });
  await create('cai', 'Contact', { FirstName: 'Cai', LastName: 'Abbot', AccountId: idOf('other') });
  await create('no role', 'Contact', { LastName: 'Nobody', AccountId: idOf('other') });
  await create('r1', 'OpportunityContactRole', { OpportunityId: idOf('deal'), ContactId: idOf('cai'), Role: 'Evaluator' });
  await create('r2', 'OpportunityContactRole', {
    OpportunityId: idOf('deal'),
    ContactId: idOf('ann'),
    Role: 'Decision Maker',
    IsPrimary: true,
  });
});
afterAll(() => org.close());

describe('get_account', () => {
  const acme = {
    id: '<acme>',
    name: 'Acme',
    industry: 'Energy',
    type: null,
    annual_revenue: 5_000_000,
    billing_city: 'Oslo',
    billing_state: null,
    owner_name: 'Marcus Oyelaran',
    description: 'Old',
  };

  test('by id [crm-004]', async () => {
    expect(await call('get_account', { account_id: idOf('acme').slice(0, 15), detail: 'summary' })).toEqual({
      account: acme,
      match_count: 1,
      url: '<org>/<acme>',
    });
    expect(await call('get_account', { account_id: idOf('acme') })).toMatchObject({ fields: { OwnerId: '<Marcus>', IsDeleted: false } });
  });

  test('by name: one, several with the exact name first, none [crm-009, crm-010, crm-014, crm-015]', async () => {
    expect(await call('get_account', { account_name: "o'neil \\", detail: 'summary' })).toMatchObject({
      account: { id: '<other>', name: "O'Neil \\ Sons" },
      match_count: 1,
    });
    expect(await call('get_account', { account_name: '100%' })).toMatchObject({ account: { id: '<1 acme>' }, match_count: 1 });
    expect(await call('get_account', { account_name: 'ACME' })).toEqual({
      account: null,
      match_count: 3,
      matches: [
        { id: '<acme>', name: 'Acme' },
        { id: '<1 acme>', name: '1 acme 100%' },
        { id: '<acme labs>', name: 'Acme Labs' },
      ],
    });
    for (const account_name of ['A_me', "Acme' OR Name != '", 'Ac\nme', 'Acmé💥', '%%']) {
      expect(await call('get_account', { account_name })).toMatchObject({ error: { code: 'NOT_FOUND', details: { cause: 'NO_MATCH' } } });
    }
  });

  test('an account that is not there, and one that was deleted [crm-011]', async () => {
    const gone = await org.rest.create('Account', { Name: 'Gone' });
    await org.rest.delete('Account', gone);
    for (const account_id of [gone, '001000000000099AAA']) {
      expect(await shim.call('get_account', { account_id })).toMatchObject({
        error: { code: 'NOT_FOUND', message: `Account ${account_id} does not exist, is deleted, or is not visible to you. Check the id.` },
      });
    }
  });
});

describe('search_accounts', () => {
  const found = async (args: PlainRecord): Promise<unknown> => {
    const answer = (await call('search_accounts', args)) as { accounts: { id: string }[] };
    return { ...answer, accounts: answer.accounts.map(({ id }) => id) };
  };
  const meta = { record_url: '<org>/{id}' };

  test('exact name first, then by name; the whole row [crm-016, crm-018, crm-019, crm-022, crm-023]', async () => {
    expect(await call('search_accounts', { query: 'Acme', industry: 'energy', limit: 1 })).toEqual({
      accounts: [
        {
          id: '<acme>',
          name: 'Acme',
          industry: 'Energy',
          type: null,
          annual_revenue: 5_000_000,
          billing_city: 'Oslo',
          billing_state: null,
          owner_name: 'Marcus Oyelaran',
        },
      ],
      total_count: 2,
      has_more: true,
      next_cursor: expect.any(String) as unknown,
      meta,
    });
    expect(await found({ query: 'acme' })).toEqual({
      accounts: ['<acme>', '<1 acme>', '<acme labs>'],
      total_count: 3,
      has_more: false,
      meta,
    });
    expect(await found({ query: 'acme', owner_id: 'marcus.oyelaran@larkfield.example' })).toMatchObject({
      accounts: ['<acme>'],
      total_count: 1,
    });
    expect(await found({ query: 'acme', owner_id: 'me' })).toMatchObject({ accounts: [], total_count: 0 });
    expect(await found({ query: '_' })).toMatchObject({ total_count: 0 });
  });

  test('pages never repeat and never leave out', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const answer = (await found({ query: 'acme', limit: 1, cursor })) as { accounts: string[]; next_cursor?: string };
      seen.push(...answer.accounts);
      cursor = answer.next_cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['<acme>', '<1 acme>', '<acme labs>']);
  });

  test('an industry and an owner that there are not', async () => {
    expect(await shim.call('search_accounts', { query: 'Acme', industry: 'Enrgy' })).toMatchObject({
      error: {
        code: 'INVALID_INPUT',
        message: expect.stringContaining('industry: "Enrgy" is no active value. Active values: ') as unknown,
      },
    });
    expect(await shim.call('search_accounts', { query: 'Acme', owner_id: 'nobody@larkfield.example' })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
  });
});

describe('contacts', () => {
  test('get_contact', async () => {
    expect(await call('get_contact', { contact_id: idOf('ann'), detail: 'summary' })).toEqual({
      contact: { id: '<ann>', name: 'Ann Young', title: 'CFO', email: 'ann@acme.example', phone: null, account_name: 'Acme' },
      url: '<org>/<ann>',
    });
    expect(await call('get_contact', { contact_id: idOf('ann') })).toMatchObject({ fields: { AccountId: '<acme>', LastName: 'Young' } });
  });

  test("get_contacts_for_account: the account's own by last name, then those with a role on its deals [crm-024, crm-028]", async () => {
    const contact = { title: null, email: null, phone: null };
    const role = { opportunity_id: '<deal>', opportunity_name: 'Renewal', is_primary: false };
    expect(await call('get_contacts_for_account', { account_id: idOf('acme') })).toEqual({
      contacts: [
        { ...contact, id: '<bob>', name: 'Bob Adams', account_name: 'Acme', roles: [] },
        {
          id: '<ann>',
          name: 'Ann Young',
          title: 'CFO',
          email: 'ann@acme.example',
          phone: null,
          account_name: 'Acme',
          roles: [{ ...role, role: 'Decision Maker', is_primary: true }],
        },
        {
          ...contact,
          id: '<cai>',
          name: 'Cai Abbot',
          account_name: "O'Neil \\ Sons",
          via: 'opportunity_role',
          roles: [{ ...role, role: 'Evaluator' }],
        },
      ],
      total_count: 3,
      has_more: false,
      meta: { record_url: '<org>/{id}' },
    });
  });

  test('get_contacts_for_account: pages go over from one part into the other', async () => {
    const first = (await call('get_contacts_for_account', { account_id: idOf('acme'), limit: 1 })) as { next_cursor: string };
    const second = await call('get_contacts_for_account', { account_id: idOf('acme'), limit: 2, cursor: first.next_cursor });
    expect(first).toMatchObject({ contacts: [{ id: '<bob>' }], total_count: 3, has_more: true });
    expect(second).toMatchObject({
      contacts: [{ id: '<ann>' }, { id: '<cai>', via: 'opportunity_role' }],
      total_count: 3,
      has_more: false,
    });
    expect(await call('get_contacts_for_account', { account_id: '001000000000099AAA' })).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});

test('get_team_members: active direct reports by name [crm-094, crm-097]', async () => {
  const answer = await shim.call('get_team_members', { manager_id: 'marcus.oyelaran@larkfield.example' });
  const members = (answer['team_members'] as { name: string }[]).map(({ name }) => name);
  expect(members).toEqual(['Caleb Hastings', 'Jonas Lindqvist', 'Mei Tran', 'Tamara Nowak']);
  expect(answer).toMatchObject({ count: 4 });
  expect((answer['team_members'] as unknown[])[0]).toEqual({
    id: expect.stringMatching(/^005/) as unknown,
    name: 'Caleb Hastings',
    email: expect.stringContaining('@') as unknown,
    title: 'Senior Account Executive',
    role_name: 'Account Executive East',
    is_active: true,
  });
  expect(await shim.call('get_team_members', { manager_id: 'me' })).toEqual({ team_members: [], count: 0 });
  expect(await shim.call('get_team_members', { manager_id: '005000000000099AAA' })).toMatchObject({ error: { code: 'NOT_FOUND' } });
});

describe('leads', () => {
  beforeAll(async () => {
    await create('lead 1', 'Lead', {
      FirstName: 'Al',
      LastName: "100%_o'hara",
      Company: 'Acme',
      LeadSource: 'Web',
      OwnerId: idOf('Marcus'),
    });
    await create('lead 2', 'Lead', { LastName: 'Zed', Company: 'Zed Inc', Status: 'Working - Contacted' });
  });
  const found = async (args: PlainRecord): Promise<unknown> => {
    const answer = (await call('get_leads', args)) as { leads?: { id: string }[] };
    return answer.leads === undefined ? answer : { ...answer, leads: answer.leads.map(({ id }) => id).sort() };
  };

  test('get_lead', async () => {
    expect(await call('get_lead', { lead_id: idOf('lead 1'), detail: 'summary' })).toEqual({
      lead: {
        id: '<lead 1>',
        name: "Al 100%_o'hara",
        company: 'Acme',
        title: null,
        email: null,
        phone: null,
        status: 'Open - Not Contacted',
        lead_source: 'Web',
        rating: null,
        owner_id: '<Marcus>',
        owner_name: 'Marcus Oyelaran',
        created_date: '2026-11-21T09:00:00.000Z',
        last_activity_date: null,
        is_converted: false,
      },
      url: '<org>/<lead 1>',
    });
  });

  test('get_leads: by each filter [crm-083, crm-084, crm-085, crm-086, crm-088]', async () => {
    const meta = { record_url: '<org>/{id}' };
    expect(await found({})).toEqual({ leads: ['<lead 1>', '<lead 2>'], total_count: 2, has_more: false, meta });
    expect(await found({ status: 'working - contacted' })).toMatchObject({ leads: ['<lead 2>'], total_count: 1 });
    expect(await found({ owner_id: idOf('Marcus') })).toMatchObject({ leads: ['<lead 1>'] });
    expect(await found({ lead_source: 'web' })).toMatchObject({ leads: ['<lead 1>'] });
    expect(await found({ name: "%_o'" })).toMatchObject({ leads: ['<lead 1>'] });
    expect(await found({ name: '__' })).toMatchObject({ leads: [] });
    expect(await found({ status: 'Wrking' })).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining('Open - Not Contacted') as unknown },
    });
    expect(await found({ lead_source: 'Wb' })).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining('Web') as unknown },
    });
  });
});

describe('get_case', () => {
  test('by id and by number, with comments newest first [crm-045, crm-049]', async () => {
    await create('case', 'Case', {
      Subject: 'Broken',
      Description: 'Does not start',
      Priority: 'High',
      Origin: 'Web',
      AccountId: idOf('acme'),
      ContactId: idOf('ann'),
      OwnerId: idOf('Marcus'),
    });
    const [row] = await org.rest.query(`SELECT CaseNumber FROM Case WHERE Id = '${idOf('case')}'`);
    const number = String(row?.['CaseNumber']);
    for (let index = 1; index <= 11; index += 1) {
      await org.rest.create('CaseComment', { ParentId: idOf('case'), CommentBody: `Comment ${index}`, IsPublished: index === 11 });
    }
    const one = (await call('get_case', { case_id: idOf('case') })) as { case: { comments: unknown[] } };
    expect(one.case.comments).toHaveLength(10);
    expect(one).toEqual({
      case: {
        id: '<case>',
        case_number: number,
        subject: 'Broken',
        description: 'Does not start',
        status: 'New',
        priority: 'High',
        type: null,
        origin: 'Web',
        account_id: '<acme>',
        account_name: 'Acme',
        contact_id: '<ann>',
        contact_name: 'Ann Young',
        owner_name: 'Marcus Oyelaran',
        created_date: '2026-11-21T09:00:00.000Z',
        closed_date: null,
        comments: expect.arrayContaining([
          {
            id: expect.stringMatching(/^00a/) as unknown,
            body: 'Comment 5',
            is_published: false,
            created_date: '2026-11-21T09:00:00.000Z',
            created_by_name: 'Sam Okafor',
          },
        ]) as unknown,
      },
      url: '<org>/<case>',
    });
    expect(await call('get_case', { case_number: number })).toEqual(one);
    expect(await call('get_case', { case_number: String(Number(number)) })).toEqual(one);
    expect(await call('get_case', { case_number: '99999' })).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(await call('get_case', { case_id: '500000000000099AAA' })).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});

test('get_recent_activities: what was, newest first; what lies ahead is counted [crm-068, crm-070, crm-073]', async () => {
  const on = { WhatId: idOf('deal'), WhoId: idOf('ann'), OwnerId: idOf('Marcus') };
  await create('call', 'Task', { ...on, Subject: 'Call', ActivityDate: '2026-11-21', Status: 'Completed', Description: 'Went well' });
  await create('undated', 'Task', { ...on, Subject: 'Undated' });
  await create('first day', 'Task', { ...on, Subject: 'First', ActivityDate: '2026-11-11' });
  await create('too old', 'Task', { ...on, Subject: 'Old', ActivityDate: '2026-11-10' });
  await create('tomorrow', 'Task', { ...on, Subject: 'Tomorrow', ActivityDate: '2026-11-22' });
  const event = { ...on, DurationInMinutes: 30 };
  // Midnight in New York is 05:00 UTC.
  await create('meeting', 'Event', { ...event, Subject: 'Meeting', StartDateTime: '2026-11-11T05:00:00Z' });
  await create('early', 'Event', { ...event, Subject: 'Early', StartDateTime: '2026-11-11T04:59:00Z' });
  await create('later', 'Event', { ...event, Subject: 'Later', StartDateTime: '2026-11-21T09:01:00Z' });
  type Answer = { activities: { id: string }[]; total_count: number; upcoming_count: number };
  const answer = (await call('get_recent_activities', { related_to_id: idOf('deal'), days: 10 })) as Answer;
  expect(answer).toMatchObject({ total_count: 4, upcoming_count: 2, meta: { record_url: '<org>/{id}' } });
  expect(
    answer.activities
      .map(({ id }) => id)
      .slice(0, 2)
      .sort(),
  ).toEqual(['<call>', '<undated>']);
  expect(answer.activities.map(({ id }) => id).slice(2)).toEqual(['<first day>', '<meeting>']);
  expect(answer.activities.find(({ id }) => id === '<call>')).toEqual({
    id: '<call>',
    kind: 'task',
    subject: 'Call',
    status: 'Completed',
    priority: 'Normal',
    date: '2026-11-21',
    owner_name: 'Marcus Oyelaran',
    who_id: '<ann>',
    who_name: 'Ann Young',
    what_id: '<deal>',
    what_name: 'Renewal',
    description: 'Went well',
  });
  expect(answer.activities[3]).toMatchObject({ kind: 'event', status: null, date: '2026-11-11' });
  for (const related_to_id of ['acme', 'ann'].map(idOf)) {
    expect(await call('get_recent_activities', { related_to_id, days: 10, limit: 1 })).toMatchObject({ total_count: 4, upcoming_count: 2 });
  }
  expect(await call('get_recent_activities', { related_to_id: '006000000000099AAA' })).toMatchObject({ error: { code: 'NOT_FOUND' } });
});

describe('records that are not visible answer as absent ones do', () => {
  let stranger: ShimClient;
  beforeAll(async () => {
    // Accounts, their contacts and deals, and cases are private here; she is in another branch of the role hierarchy than their owners.
    stranger = await org.connect({ SFDC_ACCESS_TOKEN: org.local.sessions.issue('sofie.madsen@larkfield.example') });
  });
  const errorOf = async (tool: string, args: PlainRecord, id: string): Promise<unknown> => {
    const { error } = withNames(await stranger.call(tool, args), { [id]: 'id' }) as { error?: { code: string; message: string } };
    return error && { code: error.code, message: error.message };
  };

  test.each([
    ['get_account', 'account_id', 'acme', '001000000000099AAA'],
    ['get_contacts_for_account', 'account_id', 'acme', '001000000000099AAA'],
    ['get_contact', 'contact_id', 'ann', '003000000000099AAA'],
    ['get_opportunity', 'opp_id', 'deal', '006000000000099AAA'],
    ['get_case', 'case_id', 'case', '500000000000099AAA'],
    ['get_recent_activities', 'related_to_id', 'deal', '006000000000099AAA'],
    ['get_recent_activities', 'related_to_id', 'acme', '001000000000099AAA'],
  ])('%s by %s of %s', async (tool, argument, name, absent) => {
    const hidden = idOf(name);
    const said = await errorOf(tool, { [argument]: hidden }, hidden);
    expect(said).toMatchObject({ code: 'NOT_FOUND' });
    expect(said).toEqual(await errorOf(tool, { [argument]: absent }, absent));
    expect(await shim.call(tool, { [argument]: hidden })).not.toHaveProperty('error');
  });

  test('by name and number, and in lists', async () => {
    expect(await stranger.call('get_account', { account_name: 'Acme' })).toMatchObject({ error: { details: { cause: 'NO_MATCH' } } });
    expect(await stranger.call('search_accounts', { query: 'Acme' })).toMatchObject({ accounts: [], total_count: 0 });
    const [row] = await org.rest.query(`SELECT CaseNumber FROM Case WHERE Id = '${idOf('case')}'`);
    expect(await stranger.call('get_case', { case_number: row?.['CaseNumber'] })).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});
