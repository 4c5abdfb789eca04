import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountDescribePath, dealRow, describeDeals } from '../testing/sample-deals.ts';
import { describePath, startSampleOrg } from '../testing/sample-org.ts';
import { fault } from '../testing/scripted-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';
import { ThresholdsFile } from '../testing/thresholds-file.ts';

let org: ScriptedOrg;
let shim: ShimClient;

beforeEach(async () => {
  org = await startSampleOrg();
  describeDeals(org);
  org.onQuery(/^SELECT Id, Name, .* FROM Opportunity/, [dealRow()]);
  org.onQuery(/GROUP BY IsClosed/, [{ IsClosed: false, deals: 1, total: 5000.5 }]);
  org.onQuery(/FROM Event/, [{ AccountId: '001000000000001AAA', next: '2026-12-01T10:00:00.000+0000' }]);
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

const deal = {
  id: '006000000000001AAA',
  name: 'Acme renewal',
  account_id: '001000000000001AAA',
  account_name: 'Acme',
  owner_id: '005000000000001AAA',
  owner_name: 'Ada Ops',
  stage: 'Commit',
  amount: 5000.5,
  close_date: '2026-11-30',
  probability: 90,
  forecast_category: 'Commit',
  next_step: 'Call',
  last_activity_date: '2026-11-19',
  days_in_stage: 12,
  risk_flags: [],
};

function list(args: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  return shim.call('get_opportunities', args);
}

/** WHERE and what follows, of the rows. */
function rowsQuery(): string | undefined {
  return org.requests.map(({ soql }) => /^SELECT Id, Name, .* FROM Opportunity (WHERE .*)$/.exec(soql ?? '')?.[1]).findLast((soql) => soql);
}

it('lists open deals by close date, with the totals of all of them [crm-029, crm-037]', async () => {
  expect(await list()).toEqual({
    opportunities: [deal],
    total_count: 1,
    total_value: 5000.5,
    has_more: false,
    meta: { record_url: `${org.url}/{id}` },
  });
  expect(org.wire).toEqual([
    `GET ${describePath}`,
    `GET ${accountDescribePath}`,
    'GET /services/oauth2/userinfo',
    'GET /services/data/v60.0/sobjects/OpportunityContactRole/describe',
    'GET /services/data/v60.0/sobjects/Event/describe',
    'POST /services/data/v60.0/composite',
    // Only an event ahead can clear a commit that closes soon.
    'POST /services/data/v60.0/composite',
  ]);
  expect(org.requests.filter(({ inComposite }) => inComposite).map(({ soql }) => soql)).toEqual([
    'SELECT Id, Name, AccountId, Account.Name, OwnerId, Owner.Name, StageName, Amount, CloseDate, Probability, ForecastCategoryName, NextStep, LastActivityDate, LastStageChangeDate, CreatedDate, Account.LastActivityDate, PushCount, Owner.IsActive, IsClosed, (SELECT Id FROM OpportunityContactRoles LIMIT 1) FROM Opportunity WHERE IsClosed = false ORDER BY CloseDate, Id LIMIT 25',
    'SELECT IsClosed, COUNT(Id) deals, SUM(Amount) total FROM Opportunity WHERE IsClosed = false GROUP BY IsClosed',
    'SELECT MasterLabel, ApiName, IsClosed, ForecastCategoryName FROM OpportunityStage WHERE IsActive = true ORDER BY SortOrder LIMIT 200',
    "SELECT AccountId FROM Event WHERE AccountId IN ('001000000000001AAA') AND StartDateTime > 2026-11-21T09:00:00Z GROUP BY AccountId",
  ]);
  org.onQuery(/^SELECT Id, Name, .* FROM Opportunity/, [dealRow({ StageName: 'Prospecting' })]);
  await list();
  expect(org.wire).toHaveLength(8);
});

it('every filter becomes a condition, of the rows and of the totals [crm-030, crm-031, crm-032, crm-033, crm-034]', async () => {
  await list({
    owner_id: 'me',
    account_id: '001000000000002',
    stage: 'commit',
    name: "50%_o'clock",
    close_date_from: '2026-01-01',
    close_date_to: '2026-12-31',
    include_closed: true,
    limit: 10,
  });
  const where =
    "WHERE OwnerId = '005000000000001AAA' AND AccountId = '001000000000002AAA' AND StageName IN ('Commit') AND " +
    "Name LIKE '%50\\%\\_o\\'clock%' AND CloseDate >= 2026-01-01 AND CloseDate <= 2026-12-31";
  expect(rowsQuery()).toBe(`${where} ORDER BY CloseDate, Id LIMIT 10`);
  expect(org.requests.findLast(({ soql }) => soql?.includes('GROUP BY IsClosed'))?.soql).toBe(
    `SELECT IsClosed, COUNT(Id) deals, SUM(Amount) total FROM Opportunity ${where} GROUP BY IsClosed`,
  );
});

it('null counts as absent', async () => {
  await list({ owner_id: null, account_id: null, stage: null, name: null, close_date_from: null, include_closed: null, limit: null });
  expect(rowsQuery()).toBe('WHERE IsClosed = false ORDER BY CloseDate, Id LIMIT 25');
});

it('won and lost add up with the open ones [crm-035]', async () => {
  org.onQuery(/GROUP BY IsClosed/, [
    { IsClosed: false, deals: 1, total: 0.1 },
    { IsClosed: true, deals: 2, total: 0.2 },
  ]);
  expect(await list({ include_closed: true })).toMatchObject({ total_count: 3, total_value: 0.3 });
});

describe('stage', () => {
  it('unknown: the active ones are named, and no deal is asked for', async () => {
    expect(await list({ stage: 'Comit' })).toMatchObject({
      error: {
        code: 'INVALID_INPUT',
        message: 'stage: "Comit" is no active opportunity stage. Active stages: Prospecting, Qualification, Commit, Closed Won.',
        details: { cause: 'UNKNOWN_STAGE' },
      },
    });
    expect(org.requests.some(({ soql }) => soql?.includes('FROM Opportunity '))).toBe(false);
  });

  it('a label finds its API name', async () => {
    org.onQuery(/FROM OpportunityStage/, [{ MasterLabel: 'Zusage', ApiName: 'Commit', IsClosed: false }]);
    await list({ stage: 'ZUSAGE' });
    expect(rowsQuery()).toMatch(/^WHERE IsClosed = false AND StageName IN \('Commit'\)/);
  });

  it('of closed deals, among open ones: a note says why there are none', async () => {
    expect(await list({ stage: 'Closed Won' })).toMatchObject({
      meta: { notes: ['Closed Won is a stage of closed deals: pass include_closed: true to list them.'] },
    });
    expect(await list({ stage: 'Closed Won', include_closed: true })).not.toHaveProperty('meta.notes');
  });
});

it('pages by a cursor that belongs to the filters', async () => {
  org.onQuery(/GROUP BY IsClosed/, [{ IsClosed: false, deals: 3, total: 1 }]);
  const first = await list({ name: 'Acme', limit: 1 });
  expect(first).toMatchObject({ has_more: true, next_cursor: expect.any(String) as unknown });
  expect(await list({ name: 'Acme', limit: 2, cursor: first['next_cursor'] })).toMatchObject({ has_more: true });
  expect(rowsQuery()).toMatch(/LIMIT 2 OFFSET 1$/);
  const sent = org.requests.length;
  expect(await list({ name: 'Other', cursor: first['next_cursor'] })).toMatchObject({
    error: { code: 'INVALID_INPUT', details: { cause: 'INVALID_CURSOR' } },
  });
  expect(org.requests).toHaveLength(sent);
});

describe('what the user may not see', () => {
  it('Amount and the account: counts stay, values go', async () => {
    describeDeals(org, ['Amount', 'Account']);
    org.onQuery(/GROUP BY IsClosed/, [{ IsClosed: false, deals: 1 }]);
    const answer = await list();
    expect(answer).toMatchObject({
      total_count: 1,
      meta: {
        notes: ['large_deal_without_next_step', 'no_amount'].map(
          (rule) => expect.stringContaining(`Risk rule ${rule} was left out`) as unknown,
        ),
        fields_not_visible: ['Account.Name', 'Amount'],
      },
    });
    expect(answer).not.toHaveProperty('total_value');
    expect(org.requests.some(({ soql }) => /Amount|Account\.Name/.test(soql ?? ''))).toBe(false);
  });

  it('what the list rests on: PERMISSION_DENIED names it', async () => {
    describeDeals(org, ['CloseDate']);
    expect(await list()).toMatchObject({ error: { code: 'PERMISSION_DENIED', details: { fields: ['CloseDate'] } } });
  });

  it('the user info: days of UTC, with a note', async () => {
    org.onPath('/services/oauth2/userinfo', { status: 403, body: 'insufficient scope' });
    expect(await list()).toMatchObject({
      opportunities: [{ days_in_stage: 11 }],
      meta: { notes: ['Your time zone is not known to this connection: dates are those of UTC.'] },
    });
  });
});

it('names currencies where the org has several', async () => {
  describeDeals(org, [], ['CurrencyIsoCode']);
  org.onQuery(/^SELECT Id, Name, .* FROM Opportunity/, [dealRow({ CurrencyIsoCode: 'USD' })]);
  org.onQuery(/FROM CurrencyType/, [
    { IsoCode: 'USD', ConversionRate: 1.1, IsCorporate: false, IsActive: true },
    { IsoCode: 'EUR', ConversionRate: 1, IsCorporate: true, IsActive: true },
  ]);
  expect(await list()).toMatchObject({ currency: 'EUR', opportunities: [{ amount: 5000.5, currency: 'USD' }] });
  expect(org.wire).toHaveLength(7);
});

describe('risk_flags', () => {
  const flagsOf = async (env: NodeJS.ProcessEnv = {}): Promise<unknown> => {
    const other = await connectShim(org.url, { env });
    const { opportunities } = (await other.call('get_opportunities', { include_closed: true })) as {
      opportunities: { risk_flags: { rule: string; severity: string; reason: string }[] }[];
    };
    await other.close();
    return opportunities.map(({ risk_flags: flags }) => flags.map(({ rule, reason }) => `${rule}: ${reason}`));
  };
  const commit = (account: string, fields: Record<string, unknown> = {}): Record<string, unknown> =>
    dealRow({ AccountId: account, CloseDate: '2026-11-29', ...fields });

  it('of each row by its own fields, roles and events; none of a closed deal', async () => {
    org.onQuery(/^SELECT Id, Name, .* FROM Opportunity/, [
      dealRow({ StageName: 'Prospecting', OpportunityContactRoles: null, Owner: { Name: 'Bo', IsActive: false } }),
      commit('001000000000001AAA'),
      commit('001000000000002AAA', { PushCount: 2 }),
      commit('001000000000003AAA', { Account: { Name: 'Idle', LastActivityDate: '2026-11-01' } }),
      commit('001000000000002AAA', { IsClosed: true, Amount: null }),
    ]);
    const noEvent = 'commit_closing_soon: Commit that closes in 8 days (limit 14), and no event ahead on the account';
    expect(await flagsOf()).toEqual([
      ['inactive_owner: Its owner is inactive', 'no_contact_role: No contact has a role in this deal'],
      [],
      ['pushed: Close date pushed 2 times (from 2 on)', noEvent],
      [noEvent],
      [],
    ]);
    // An account without recent activity has nothing planned either.
    expect(org.requests.find(({ soql }) => soql?.includes('FROM Event'))?.soql).toContain(
      "IN ('001000000000001AAA', '001000000000002AAA')",
    );
  });

  it("by thresholds of one's own; rules that are off ask for nothing", async () => {
    using file = new ThresholdsFile('days_in_stage: { severity: low, default: 11 }');
    expect(await flagsOf({ REVOPS_RISK_THRESHOLDS: file.path })).toEqual([['days_in_stage: 12 days in Commit (limit 11)']]);
    expect(org.requests.some(({ soql }) => /FROM Event|OpportunityContactRoles|PushCount/.test(soql ?? ''))).toBe(false);
  });

  it('by a field of their own for activity, in any spelling: then nothing is said of LastActivityDate', async () => {
    using file = new ThresholdsFile('days_since_activity: { severity: low, days: 5, field: last_touch__c }');
    describeDeals(org, [], [{ name: 'Last_Touch__c', type: 'date' }]);
    org.onQuery(/^SELECT Id, Name, .* FROM Opportunity/, [
      dealRow({ Last_Touch__c: '2026-11-20', LastActivityDate: null }),
      dealRow({ Last_Touch__c: '2026-11-15', LastActivityDate: '2026-11-20' }),
    ]);
    expect(await flagsOf({ REVOPS_RISK_THRESHOLDS: file.path })).toEqual([[], ['days_since_activity: No activity for 6 days (limit 5)']]);
    expect(org.requests.some(({ soql }) => soql?.includes('Last_Touch__c'))).toBe(true);
    const other = await connectShim(org.url, { env: { REVOPS_RISK_THRESHOLDS: file.path } });
    expect(await other.call('get_opportunities')).not.toHaveProperty('meta.notes');
    await other.close();
  });

  it('stages that are not visible leave the list as it is', async () => {
    org.on(({ soql }) => (soql?.includes('FROM OpportunityStage') ? fault(400, 'INVALID_TYPE', 'not supported') : undefined));
    expect(await list()).toMatchObject({ opportunities: [{ risk_flags: [] }] });
  });

  it('roles and events that are not visible leave their rules out, with notes', async () => {
    describeDeals(org, ['OpportunityContactRole', 'Event']);
    expect(await list()).toMatchObject({
      opportunities: [{ risk_flags: [] }],
      meta: {
        notes: [expect.stringContaining('commit_closing_soon was left out'), expect.stringContaining('no_contact_role was left out')],
      },
    });
    expect(org.requests.some(({ soql }) => /FROM Event|OpportunityContactRoles/.test(soql ?? ''))).toBe(false);
  });
});

it.each(['GROUP BY IsClosed', 'ORDER BY CloseDate'])('a query that fails is the error of the call: %s', async (part) => {
  org.on(({ soql }) => (soql?.includes(part) ? fault(400, 'QUERY_TIMEOUT', 'too slow') : undefined));
  expect(await list()).toMatchObject({ error: { code: 'SF_API_ERROR', details: { sf_code: 'QUERY_TIMEOUT' } } });
});

it.each([
  [{ owner_id: '006000000000001AAA' }, 'owner_id must be'],
  [{ owner_id: 7 }, 'owner_id'],
  [{ account_id: '006000000000001AAA' }, 'those start with 001'],
  [{ account_id: '001000000000001AAB' }, 'account_id must be a 15- or 18-character Salesforce record id'],
  [{ account_id: '' }, 'account_id must be'],
  [{ stage: ' ' }, 'stage must have at least 1 character'],
  [{ stage: ['Commit'] }, 'stage'],
  [{ name: 'a' }, 'name must have at least 2 characters'],
  [{ name: 'x'.repeat(10_000) }, 'name must have at most 255 characters'],
  [{ name: 'a\ud800' }, 'half of a character'],
  [{ close_date_from: '2026-02-30' }, 'close_date_from must be a date that exists'],
  [{ close_date_to: '2026-2-3' }, 'close_date_to must be a date that exists'],
  [{ close_date_to: '9999-01-01' }, 'close_date_to must be a date that exists'],
  [{ close_date_from: '2026-12-02', close_date_to: '2026-12-01' }, 'Swap them'],
  [{ include_closed: 'yes' }, 'include_closed'],
  [{ limit: 0 }, 'limit'],
  [{ limit: 51 }, 'limit'],
  [{ limit: 1.5 }, 'limit'],
  [{ cursor: 'abc' }, 'cursor is not one that this server gave'],
  [{ cursor: 'x'.repeat(10_000) }, 'cursor is no cursor of this server'],
  [{ stages: 'Commit' }, 'unknown argument "stages"'],
])('refuses, before any request: %j', async (args, reason) => {
  expect(await list(args)).toMatchObject({ error: { code: 'INVALID_INPUT', message: expect.stringContaining(reason) as string } });
  expect(org.requests).toEqual([]);
});

it('text to look for never leaves its literal', async () => {
  expect(await list({ name: "x' OR Name != '\n\\ 💥" })).not.toHaveProperty('error');
  expect(rowsQuery()).toContain("Name LIKE '%x\\' OR Name != \\'\\n\\\\ 💥%'");
});

it('dry_run shows what would be sent, and sends nothing', async () => {
  const args = { owner_id: 'o@example.com', stage: 'Commit', dry_run: true };
  const { meta } = (await list(args)) as { meta: { dry_run: { path: string }[] } };
  expect(meta.dry_run.map(({ path }) => path)).toEqual([
    describePath,
    accountDescribePath,
    '/services/oauth2/userinfo',
    '/services/data/v60.0/composite',
    '/services/data/v60.0/sobjects/OpportunityContactRole/describe',
    '/services/data/v60.0/sobjects/Event/describe',
    '/services/data/v60.0/composite',
    '/services/data/v60.0/composite',
  ]);
  expect(org.requests).toEqual([]);
});
