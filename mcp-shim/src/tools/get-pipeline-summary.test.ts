import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountDescribePath, dealRow, describeDeals } from '../testing/sample-deals.ts';
import { describePath, startSampleOrg } from '../testing/sample-org.ts';
import { fault } from '../testing/scripted-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

let org: ScriptedOrg;
let shim: ShimClient;

const hour = 3_600_000;
const rolesPath = '/services/data/v60.0/sobjects/OpportunityContactRole/describe';
const eventPath = '/services/data/v60.0/sobjects/Event/describe';
const compositePath = '/services/data/v60.0/composite';

const byFields = /^(?!.* IN \(SELECT).*ORDER BY Amount DESC NULLS LAST, Id LIMIT 50$/;
const byRole = /NOT IN \(SELECT OpportunityId FROM OpportunityContactRole\) ORDER BY/;
const byEvent = / IN \(SELECT OpportunityId FROM OpportunityContactRole\) ORDER BY .* LIMIT 200$/;

beforeEach(async () => {
  org = await startSampleOrg();
  describeDeals(org, [], ['IsWon']);
  org.onQuery(/FROM Organization/, [{ FiscalYearStartMonth: 1 }]);
  org.onQuery(/FROM Opportunity /, []);
  org.onQuery(/FROM Event /, []);
  org.onQuery(/GROUP BY IsClosed$/, [{ IsClosed: false, deals: 0 }]);
  org.onQuery(/IsWon = true.*GROUP BY IsClosed$/, [{ IsClosed: true, deals: 2, total: 300 }]);
  org.onQuery(/GROUP BY StageName, ForecastCategoryName$/, [
    { StageName: 'Commit', ForecastCategoryName: 'Commit', deals: 2, amounts: 1, total: 0.1 },
    { StageName: 'Commit', ForecastCategoryName: 'Best Case', deals: 1, amounts: 1, total: 0.2 },
    { StageName: 'Retired', ForecastCategoryName: 'Commit', deals: 1, amounts: 1, total: 5 },
  ]);
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

function summary(args: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  return shim.call('get_pipeline_summary', args);
}

function asked(): string[] {
  return org.requests.flatMap(({ soql }) => (soql?.includes('FROM Opportunity ') ? [soql] : []));
}

const activityNote = expect.stringContaining('Einstein Activity Capture') as unknown;

it('totals, won this quarter, and what is at risk, in three composites [crm-038, crm-041, crm-042, crm-043]', async () => {
  const quiet = dealRow({ Id: '006000000000002AAA', Amount: 9000, LastActivityDate: '2026-11-01', CloseDate: '2027-06-30' });
  org.onQuery(byFields, [quiet]);
  org.onQuery(/^(?!.* IN \(SELECT).* AND \(\(\(.*GROUP BY IsClosed$/, [{ IsClosed: false, deals: 1 }]);
  org.onQuery(/LastActivityDate < .*GROUP BY IsClosed$/, [{ IsClosed: false, deals: 1 }]);
  expect(await summary()).toEqual({
    total_deals: 4,
    total_value: 5.3,
    by_stage: {
      Commit: { count: 3, value: 0.3, no_amount_count: 1 },
      'Retired (inactive)': { count: 1, value: 5, no_amount_count: 0 },
    },
    by_forecast_category: {
      Commit: { count: 3, value: 5.1, no_amount_count: 1 },
      'Best Case': { count: 1, value: 0.2, no_amount_count: 0 },
    },
    closed_won: { from: '2026-10-01', to: '2026-11-21', count: 2, value: 300 },
    at_risk_count: 1,
    risk_counts: expect.objectContaining({ no_amount: 1, commit_closing_soon: 0 }) as unknown,
    at_risk_deals: [
      {
        id: '006000000000002AAA',
        name: 'Acme renewal',
        account_id: '001000000000001AAA',
        account_name: 'Acme',
        owner_id: '005000000000001AAA',
        owner_name: 'Ada Ops',
        stage: 'Commit',
        amount: 9000,
        close_date: '2027-06-30',
        probability: 90,
        forecast_category: 'Commit',
        next_step: 'Call',
        last_activity_date: '2026-11-01',
        days_in_stage: 12,
        risk_flags: [{ rule: 'days_since_activity', severity: 'high', reason: 'No activity for 20 days (limit 14)' }],
      },
    ],
    meta: { notes: [activityNote], record_url: `${org.url}/{id}` },
  });
  expect(org.wire.toSorted()).toEqual(
    [
      ...[describePath, accountDescribePath, rolesPath, eventPath, '/services/oauth2/userinfo'].map((path) => `GET ${path}`),
      ...Array.from({ length: 4 }, () => `POST ${compositePath}`),
    ].toSorted(),
  );
  const sent = org.wire.length;
  await summary();
  expect(org.wire.slice(sent)).toEqual(Array.from({ length: 3 }, () => `POST ${compositePath}`));
});

describe('what only an event decides', () => {
  const closing = dealRow({ CloseDate: '2026-11-30' });
  beforeEach(() => {
    org.onQuery(byEvent, [closing]);
    org.onQuery(/GROUP BY AccountId, Account.LastActivityDate/, [
      { AccountId: '001000000000001AAA', LastActivityDate: '2026-11-25', deals: 1 },
    ]);
  });

  it('none ahead: at risk, and says so', async () => {
    expect(await summary()).toMatchObject({
      at_risk_deals: [{ id: closing['Id'], risk_flags: [{ rule: 'commit_closing_soon' }] }],
      risk_counts: { commit_closing_soon: 1 },
    });
    const lookUp = org.requests.find(({ soql }) => soql?.includes('FROM Event '));
    expect(lookUp?.soql).toContain("AccountId IN ('001000000000001AAA') AND StartDateTime > 2026-11-21T09:00:00");
  });

  it('one ahead: not at risk', async () => {
    org.onQuery(/FROM Event /, [{ AccountId: '001000000000001AAA', next: new Date(Date.parse('2026-11-21T09:00:00Z') + hour) }]);
    expect(await summary()).toMatchObject({ at_risk_deals: [], risk_counts: { commit_closing_soon: 0 } });
  });

  it('more than are looked at: lower bounds', async () => {
    org.onQuery(
      byEvent,
      Array.from({ length: 200 }, (_, index) => dealRow({ Id: `006${String(index).padStart(12, '0')}AAA`, CloseDate: '2026-11-30' })),
    );
    const answer = await summary();
    expect(answer['at_risk_deals']).toHaveLength(50);
    expect(answer).toMatchObject({
      meta: {
        notes: [
          activityNote,
          expect.stringMatching(/^The largest 50 of \d+ at-risk deals are listed\.$/),
          'Too many commits close soon to look all up: at_risk_count and commit_closing_soon are lower bounds.',
        ],
      },
    });
  });
});

it('the largest first, whatever puts them at risk; empty amounts last', async () => {
  const row = (number: number, Amount: number | null): Record<string, unknown> =>
    dealRow({ Id: `00600000000000${number}AAA`, Amount, LastActivityDate: '2026-11-01' });
  org.onQuery(byFields, [row(1, 50), row(2, 10), row(3, null)]);
  org.onQuery(byRole, [row(4, 20), row(5, 10)]);
  const { at_risk_deals: deals } = (await summary()) as { at_risk_deals: { id: string }[] };
  expect(deals.map(({ id }) => id.slice(14, 15))).toEqual(['1', '4', '2', '5', '3']);
});

describe('whose deals', () => {
  it('of one owner [crm-040]', async () => {
    expect(await summary({ owner_id: 'me' })).not.toHaveProperty('owner_breakdown');
    expect(asked().every((soql) => soql.includes("AND OwnerId = '005000000000001AAA'"))).toBe(true);
  });

  it('of the direct reports of a manager, by owner, who has left marked [crm-039, crm-044]', async () => {
    org.onQuery(/GROUP BY OwnerId, Owner.Name, Owner.IsActive$/, [
      { OwnerId: '005000000000008AAA', Name: 'Zoe', IsActive: true, deals: 3, amounts: 3, total: 30 },
      { OwnerId: '005000000000009AAA', Name: 'Abe', IsActive: false, deals: 1, amounts: 0, total: null },
    ]);
    org.onQuery(/GROUP BY OwnerId$/, [{ OwnerId: '005000000000009AAA', deals: 1 }]);
    const answer = await summary({ manager_id: '005000000000002' });
    expect(answer).toMatchObject({
      owner_breakdown: {
        '005000000000009AAA': { owner_name: 'Abe', is_active: false, deal_count: 1, total_value: 0 },
        '005000000000008AAA': { owner_name: 'Zoe', is_active: true, deal_count: 3, total_value: 30, at_risk_count: 0 },
      },
      risk_counts: { inactive_owner: 1 },
    });
    expect(asked().every((soql) => soql.includes("AND Owner.ManagerId = '005000000000002AAA'"))).toBe(true);
    expect(
      org.requests.some(({ soql }) => soql?.includes('COUNT(Id) deals FROM Opportunity WHERE IsClosed = false AND Owner.IsActive')),
    ).toBe(false);
  });

  it('nobody reports to them: a note', async () => {
    org.onQuery(/GROUP BY/, []);
    expect(await summary({ manager_id: 'me' })).toMatchObject({
      total_deals: 0,
      owner_breakdown: {},
      meta: { notes: [activityNote, 'No open deal of a direct report of this user is visible to you.'] },
    });
  });
});

describe('close dates', () => {
  it.each([
    [
      { close_date_from: '2026-01-01', close_date_to: '2026-12-31' },
      { from: '2026-01-01', to: '2026-11-21' },
    ],
    [{ close_date_to: '2026-06-15' }, { from: '2026-04-01', to: '2026-06-15' }],
    [{ close_date_from: '2027-01-01' }, undefined],
  ] as [{ close_date_from?: string; close_date_to?: string }, object | undefined][])('%j', async (args, won) => {
    const answer = await summary(args);
    if (won) expect(answer).toMatchObject({ closed_won: won });
    else expect(answer).not.toHaveProperty('closed_won');
    const open = asked().filter((soql) => soql.includes('IsClosed = false'));
    expect(open.length).toBeGreaterThan(10);
    if (args.close_date_from) expect(open.every((soql) => soql.includes(`CloseDate >= ${args.close_date_from}`))).toBe(true);
    if (args.close_date_to) expect(open.every((soql) => soql.includes(`CloseDate <= ${args.close_date_to}`))).toBe(true);
  });
});

it('several currencies: totals in the corporate one, the largest by their worth', async () => {
  describeDeals(org, [], ['IsWon', 'CurrencyIsoCode']);
  org.onQuery(/FROM CurrencyType/, [
    { IsoCode: 'EUR', ConversionRate: 1, IsCorporate: true, IsActive: true },
    { IsoCode: 'JPY', ConversionRate: 150, IsCorporate: false, IsActive: true },
  ]);
  const row = (number: number, Amount: number, CurrencyIsoCode: string): Record<string, unknown> =>
    dealRow({ Id: `00600000000000${number}AAA`, Amount, CurrencyIsoCode, LastActivityDate: '2026-11-01' });
  org.onQuery(byFields, [row(1, 1500, 'JPY')]);
  org.onQuery(byRole, [row(2, 20, 'EUR')]);
  const answer = (await summary()) as { at_risk_deals: { currency: string }[] };
  expect(answer).toMatchObject({ currency: 'EUR' });
  expect(answer.at_risk_deals.map(({ currency }) => currency)).toEqual(['EUR', 'JPY']);
  expect(asked().some((soql) => soql.includes("(CurrencyIsoCode = 'JPY' AND Amount > 15000000)"))).toBe(true);
  // SOQL Reference, "convertCurrency()": no currency literal where there is an aggregate function.
  expect(asked().filter((soql) => /Amount [<>]=? [A-Z]/.test(soql))).toEqual([]);
});

it('as many currencies as the rule of amounts takes fit into a request, with every filter', async () => {
  describeDeals(org, [], ['IsWon', 'CurrencyIsoCode']);
  const codes = Array.from({ length: 80 }, (_, index) => `C${String(index).padStart(2, '0')}`);
  org.onQuery(
    /FROM CurrencyType/,
    codes.map((IsoCode, index) => ({ IsoCode, ConversionRate: 1 + index / 7_000, IsCorporate: index === 0, IsActive: true })),
  );
  const answer = await summary({ manager_id: '005000000000001AAA', close_date_from: '2026-01-01', close_date_to: '2026-12-31' });
  expect(JSON.stringify(answer['meta'] ?? {})).not.toContain('large_deal');
  expect(asked().some((soql) => soql.includes("(CurrencyIsoCode = 'C79' AND Amount <="))).toBe(true);
});

describe('what the user may not see', () => {
  it('Amount: counts stay, values go, and its rules are left out with a note', async () => {
    describeDeals(org, ['Amount'], ['IsWon']);
    const answer = await summary();
    expect(answer).toMatchObject({ total_deals: 4, closed_won: { count: 2 }, meta: { fields_not_visible: ['Amount'] } });
    expect(JSON.stringify({ ...answer, meta: {} })).not.toMatch(/value|no_amount|large_deal/);
    expect((answer['meta'] as { notes: string[] }).notes).toContain(
      'Risk rule no_amount was left out: Amount is not there or not visible to you.',
    );
    expect(org.requests.some(({ soql }) => soql?.includes('Amount'))).toBe(false);
  });

  it('contact roles and events: their rules are left out with a note', async () => {
    describeDeals(org, ['Event', 'OpportunityContactRole'], ['IsWon']);
    const answer = (await summary()) as { risk_counts: object; meta: { notes: string[] } };
    expect(answer.risk_counts).not.toHaveProperty('no_contact_role');
    expect(answer.risk_counts).not.toHaveProperty('commit_closing_soon');
    expect(answer.meta.notes.filter((note) => /^Risk rule (no_contact_role|commit_closing_soon) was left out/.test(note))).toHaveLength(2);
    expect(org.requests.some(({ soql }) => /FROM Event|ContactRole/.test(soql ?? ''))).toBe(false);
  });

  it('what the summary rests on: PERMISSION_DENIED names it', async () => {
    describeDeals(org, ['StageName'], ['IsWon']);
    expect(await summary()).toMatchObject({ error: { code: 'PERMISSION_DENIED', details: { fields: ['StageName'] } } });
  });
});

it('a query that fails is the error of the call', async () => {
  org.on(({ soql }) => (soql?.includes('GROUP BY StageName') ? fault(400, 'QUERY_TIMEOUT', 'too slow') : undefined));
  expect(await summary()).toMatchObject({ error: { code: 'SF_API_ERROR', details: { sf_code: 'QUERY_TIMEOUT' } } });
});

it.each([
  [{ owner_id: 'Ada' }, "owner_id must be a user's id, username or e-mail, or me"],
  [{ manager_id: '006000000000001AAA' }, 'manager_id must be'],
  [{ manager_id: 7 }, 'manager_id'],
  [{ owner_id: 'me', manager_id: 'me' }, 'pass owner_id for one person or manager_id for the direct reports of one, not both'],
  [{ close_date_from: '2026-13-01' }, 'close_date_from must be a date that exists'],
  [{ close_date_from: '2026-12-02', close_date_to: '2026-12-01' }, 'close_date_from 2026-12-02 lies after close_date_to 2026-12-01'],
  [{ stage: 'Commit' }, 'unknown argument "stage"'],
])('refuses %j', async (args, reason) => {
  expect(await summary(args)).toMatchObject({
    error: { code: 'INVALID_INPUT', message: expect.stringContaining(reason) as string },
  });
  expect(org.requests).toEqual([]);
});

it('null counts as absent', async () => {
  expect(await summary({ owner_id: null, manager_id: null, close_date_from: null, close_date_to: null })).toMatchObject({ total_deals: 4 });
});

it('dry_run shows the requests as far as they are known, and sends none', async () => {
  const paths = async (): Promise<string[]> =>
    ((await summary({ dry_run: true })) as { meta: { dry_run: { path: string }[] } }).meta.dry_run.map(({ path }) => path);
  const composites = Array.from({ length: 3 }, () => compositePath);
  expect(await paths()).toEqual([
    ...[describePath, accountDescribePath, '/services/oauth2/userinfo'],
    ...[compositePath, rolesPath, eventPath, ...composites],
  ]);
  expect(org.requests).toEqual([]);
  await summary();
  expect(await paths()).toEqual(composites);
});
