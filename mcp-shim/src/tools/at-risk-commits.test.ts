import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dealRow, describeDeals } from '../testing/sample-deals.ts';
import { startSampleOrg } from '../testing/sample-org.ts';
import { fault } from '../testing/scripted-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';
import { atRiskCommits } from './at-risk-commits.ts';

let org: ScriptedOrg;
let shim: ShimClient;

const idle = dealRow({ Id: '006000000000002AAA', LastActivityDate: null, CloseDate: '2027-03-01' });
const closing = (index: number, fields: Record<string, unknown> = {}) =>
  dealRow({ Id: `00600000000001${index}AAA`, AccountId: `00100000000001${index}AAA`, CloseDate: `2026-12-2${index}`, ...fields });
const group = (index: number, lastActivity: string | null = '2026-11-20', deals = 1) => ({
  AccountId: `00100000000001${index}AAA`,
  LastActivityDate: lastActivity,
  deals,
  total: 10,
});

beforeEach(async () => {
  org = await startSampleOrg();
  describeDeals(org);
  org.onQuery(/FiscalYearStartMonth/, [{ FiscalYearStartMonth: 1 }]);
  org.onQuery(/^SELECT Id, .*LastActivityDate = null OR/, [idle]);
  org.onQuery(/^SELECT IsClosed/, [{ IsClosed: false, deals: 1, total: 5000.5 }]);
  org.onQuery(/^SELECT Id, .*LastActivityDate >= /, [closing(1), closing(2), closing(3)]);
  org.onQuery(/^SELECT AccountId, Account/, [group(1), group(2), group(3, '2026-11-19')]);
  org.onQuery(/FROM Event/, [{ AccountId: '001000000000011AAA', next: '2026-12-01T10:00:00.000+0000' }]);
  shim = await connectShim(org.url, { tools: [atRiskCommits] });
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

function atRisk(args: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  return shim.call('at_risk_commits', args);
}

const slim = { name: 'Acme renewal', account_name: 'Acme', owner_name: 'Ada Ops', stage: 'Commit', amount: 5000.5, days_in_stage: 12 };
const notes = [expect.stringContaining('Einstein Activity Capture') as string];

it('idle commits, and those that close around the quarter end with no event ahead [revops-015, revops-016]', async () => {
  const soon = { ...slim, last_activity_date: '2026-11-19', days_since_activity: 2 };
  const reason = (days: number) => [`Closes ${days} days before the end of the quarter (2026-12-31), and no event ahead on the account`];
  expect(await atRisk()).toEqual({
    opportunities: [
      { ...soon, id: '006000000000012AAA', close_date: '2026-12-22', reasons: reason(9) },
      { ...soon, id: '006000000000013AAA', close_date: '2026-12-23', reasons: reason(8) },
      {
        ...slim,
        id: '006000000000002AAA',
        close_date: '2027-03-01',
        last_activity_date: null,
        days_since_activity: null,
        reasons: ['No activity at all'],
      },
    ],
    quarter_end_date: '2026-12-31',
    total_count: 3,
    total_value: 5020.5,
    truncated: false,
    meta: { notes, record_url: `${org.url}/{id}` },
  });
  const commit = "FROM Opportunity WHERE IsClosed = false AND StageName = 'Commit'";
  const isIdle = '(LastActivityDate = null OR LastActivityDate < 2026-11-07)';
  const around = '(CloseDate >= 2026-12-17 AND CloseDate <= 2027-01-14) AND LastActivityDate >= 2026-11-07';
  const asked = org.requests.filter(({ inComposite }) => inComposite).map(({ soql }) => soql?.slice(soql.indexOf('FROM')));
  expect(asked.slice(2)).toEqual([
    `${commit} AND ${isIdle} ORDER BY CloseDate, Id LIMIT 50`,
    `${commit} AND ${isIdle} GROUP BY IsClosed`,
    `${commit} AND ${around} ORDER BY CloseDate, Id LIMIT 200`,
    `${commit} AND ${around} GROUP BY AccountId, Account.LastActivityDate ORDER BY AccountId LIMIT 200`,
    // The third account's last activity lies before yesterday: nothing is ahead there.
    "FROM Event WHERE AccountId IN ('001000000000011AAA', '001000000000012AAA') AND StartDateTime > 2026-11-21T09:00:00Z GROUP BY AccountId",
  ]);
  await atRisk();
  // Three describes, the user, the slow facts; then the candidates and one look-up a call.
  expect(org.wire).toHaveLength(5 + 2 + 2);
});

it('an idle deal that closes around the quarter end names both reasons, unless an event is ahead', async () => {
  const both = dealRow({ LastActivityDate: '2026-11-01', CloseDate: '2026-12-31', AccountId: '001000000000015AAA' });
  org.onQuery(/^SELECT Id, .*LastActivityDate = null OR/, [both]);
  org.onQuery(/^SELECT Id, .*LastActivityDate >= /, []);
  org.onQuery(/^SELECT AccountId, Account/, []);
  expect(await atRisk()).toMatchObject({
    opportunities: [
      {
        reasons: ['No activity for 20 days (limit 14)', 'Closes at the end of the quarter (2026-12-31), and no event ahead on the account'],
      },
    ],
  });
  org.onQuery(/FROM Event/, [{ AccountId: '001000000000015AAA', next: '2026-12-01T10:00:00.000+0000' }]);
  expect(await atRisk()).toMatchObject({ opportunities: [{ reasons: ['No activity for 20 days (limit 14)'] }] });
});

it('a deal without an account has no event on it; a planned activity is no long silence', async () => {
  org.onQuery(/^SELECT Id, .*LastActivityDate >= /, [closing(1, { AccountId: null, Account: null, LastActivityDate: '2027-01-05' })]);
  org.onQuery(/^SELECT AccountId, Account/, [{ AccountId: null, LastActivityDate: null, deals: 1, total: 10 }]);
  expect(await atRisk({ limit: 1 })).toMatchObject({
    opportunities: [
      {
        account_name: null,
        days_since_activity: 0,
        next_activity_date: '2027-01-05',
        reasons: ['Closes 10 days before the end of the quarter (2026-12-31), and it has no account, so no event ahead'],
      },
    ],
    total_count: 2,
    truncated: true,
  });
  expect(org.requests.some(({ soql }) => soql?.includes('FROM Event'))).toBe(false);
});

it('a close date that has passed does not sound like one ahead', async () => {
  org.onQuery(/^SELECT Id, .*LastActivityDate >= /, [closing(1, { CloseDate: '2026-11-20' })]);
  org.onQuery(/^SELECT AccountId, Account/, [group(1, '2026-11-01')]);
  expect(await atRisk({ quarter_end_date: '2026-11-30', limit: 1 })).toMatchObject({
    opportunities: [
      { reasons: ['Close date passed 1 day ago, 10 days before the end of the quarter (2026-11-30), and no event ahead on the account'] },
    ],
  });
});

describe('the quarter end', () => {
  it('is that of the fiscal year, from the org', async () => {
    org.onQuery(/FiscalYearStartMonth/, [{ FiscalYearStartMonth: 2 }]);
    expect(await atRisk()).toMatchObject({ quarter_end_date: '2027-01-31', meta: { notes } });
    expect(await atRisk({ quarter_end_date: '2026-12-31' })).toMatchObject({
      quarter_end_date: '2026-12-31',
      meta: {
        notes: [
          ...notes,
          '2026-12-31 ends no fiscal quarter of this org; the current one ends on 2027-01-31. The date was taken as given.',
        ],
      },
    });
  });

  it('another quarter is taken without a word', async () => {
    expect(await atRisk({ quarter_end_date: '2027-03-31' })).toMatchObject({ quarter_end_date: '2027-03-31', meta: { notes } });
  });
});

it('candidates that events clear make room for later ones, which are asked for by account', async () => {
  const id = (index: number): string => `001000000${String(index).padStart(6, '0')}AAA`;
  const candidates = Array.from({ length: 200 }, (_, index) => closing(1, { AccountId: index < 199 ? id(index) : null }));
  org.onQuery(/^SELECT Id, .*LastActivityDate >= /, candidates);
  const groups = Array.from({ length: 190 }, (_, index) => ({ ...group(1), AccountId: index < 189 ? id(index) : null }));
  org.onQuery(/^SELECT AccountId, Account/, groups);
  org.onQuery(
    /FROM Event/,
    Array.from({ length: 188 }, (_, index) => ({ AccountId: id(index), next: '2026-12-01T10:00:00.000+0000' })),
  );
  const later = closing(9, { Id: '006000000000099AAA', AccountId: id(188), CloseDate: '2026-12-01' });
  org.onQuery(/^SELECT Id, .*AccountId IN/, [later]);
  const answer = await atRisk();
  expect(answer).toMatchObject({ total_count: 3, opportunities: [{ id: '006000000000099AAA' }, { id: '006000000000002AAA' }] });
  expect(org.requests.at(-1)?.soql).toMatch(
    new RegExp(`AND \\(AccountId IN \\('${id(188)}'\\) OR AccountId = null\\) ORDER BY CloseDate, Id LIMIT 50$`),
  );
  // As many as are asked for were found in the first request.
  org.onQuery(/FROM Event/, []);
  const sent = org.wire.length;
  expect(await atRisk({ limit: 10 })).toMatchObject({ total_count: 191, truncated: true });
  expect(org.wire).toHaveLength(sent + 2);
});

it('200 accounts a request, up to 1,000; beyond, totals are lower bounds', async () => {
  const page = Array.from({ length: 200 }, (_, index) => ({ ...group(1), AccountId: `0010000000${10_000 + index}AAA`, total: 1 }));
  org.onQuery(/^SELECT AccountId, Account/, page);
  org.onQuery(/FROM Event/, []);
  expect(await atRisk()).toMatchObject({
    total_count: 1_001,
    truncated: true,
    meta: { notes: [...notes, 'Only the first 1,000 accounts were looked at: total_count and total_value are lower bounds.'] },
  });
  const offsets = org.requests.flatMap(({ soql }) =>
    soql?.startsWith('SELECT AccountId, Account') ? [/OFFSET (\d+)/.exec(soql)?.[1] ?? '0'] : [],
  );
  expect(offsets).toEqual(['0', '200', '400', '600', '800']);
});

describe('the commit stage', () => {
  it('that is none of the org: the error names the stages, those forecast as Commit, and the setting', async () => {
    await shim.close();
    shim = await connectShim(org.url, { tools: [atRiskCommits], env: { SFDC_COMMIT_STAGE_NAME: 'Zusage' } });
    org.onQuery(/FROM OpportunityStage/, [{ MasterLabel: 'Verbal', ApiName: 'V', IsClosed: false, ForecastCategoryName: 'Commit' }]);
    expect(await atRisk()).toMatchObject({
      error: {
        code: 'INVALID_INPUT',
        message:
          '"Zusage" is no active opportunity stage, so no deal is a commit. Active stages: Verbal. Forecast as Commit: Verbal. ' +
          'Set SFDC_COMMIT_STAGE_NAME to one of them and restart the server.',
        details: { cause: 'COMMIT_STAGE' },
      },
    });
  });

  it('of closed deals: no open deal would ever be one', async () => {
    await shim.close();
    shim = await connectShim(org.url, { tools: [atRiskCommits], env: { SFDC_COMMIT_STAGE_NAME: 'Closed Won' } });
    expect(await atRisk()).toMatchObject({
      error: {
        code: 'INVALID_INPUT',
        message: expect.stringMatching(/^"Closed Won" is a stage of closed deals, so no deal is a commit\./) as string,
      },
    });
  });

  it('a label, and a forecast category beside it', async () => {
    await shim.close();
    const env = { SFDC_COMMIT_STAGE_NAME: 'zusage', SFDC_COMMIT_FORECAST_CATEGORY: 'Best Case' };
    shim = await connectShim(org.url, { tools: [atRiskCommits], env });
    org.onQuery(/FROM OpportunityStage/, [{ MasterLabel: 'Zusage', ApiName: 'Commit', IsClosed: false, ForecastCategoryName: 'Commit' }]);
    await atRisk();
    expect(org.requests.some(({ soql }) => soql?.includes("(StageName = 'Commit' OR ForecastCategoryName = 'Best Case')"))).toBe(true);
  });

  it('a forecast category that the org does not have, or that the user does not see', async () => {
    await shim.close();
    shim = await connectShim(org.url, { tools: [atRiskCommits], env: { SFDC_COMMIT_FORECAST_CATEGORY: 'Comit' } });
    expect(await atRisk()).toMatchObject({
      error: {
        code: 'INVALID_INPUT',
        message:
          '"Comit" is no forecast category of the org, so no deal is a commit by it. Forecast categories: Omitted, Pipeline, Best Case, Commit, Closed. ' +
          'Set SFDC_COMMIT_FORECAST_CATEGORY to one of them, or leave it out, and restart the server.',
        details: { cause: 'COMMIT_FORECAST_CATEGORY' },
      },
    });
    await shim.close();
    shim = await connectShim(org.url, { tools: [atRiskCommits], env: { SFDC_COMMIT_FORECAST_CATEGORY: 'commit' } });
    expect(await atRisk()).toHaveProperty('total_count');
    await shim.close();
    shim = await connectShim(org.url, { tools: [atRiskCommits], env: { SFDC_COMMIT_FORECAST_CATEGORY: 'Commit' } });
    describeDeals(org, ['ForecastCategoryName']);
    expect(await atRisk()).toMatchObject({
      error: { code: 'PERMISSION_DENIED', message: expect.stringContaining('Opportunity.ForecastCategoryName') as string },
    });
  });
});

describe('what the user may not see', () => {
  it.each([
    ['LastActivityDate', 'Opportunity.LastActivityDate'],
    ['Event.StartDateTime', 'Event.StartDateTime'],
  ])('%s: the verdict rests on it', async (hidden, named) => {
    describeDeals(org, [hidden]);
    expect(await atRisk()).toMatchObject({ error: { code: 'PERMISSION_DENIED', message: expect.stringContaining(named) as string } });
  });

  it('Amount: values go. The last activity of accounts: every account is looked up', async () => {
    describeDeals(org, ['Amount', 'Account.LastActivityDate']);
    org.onQuery(/^SELECT AccountId, COUNT/, [group(1), group(3)]);
    const answer = await atRisk();
    expect(answer).toMatchObject({ total_count: 2, meta: { fields_not_visible: ['Amount'] } });
    expect(answer).not.toHaveProperty('total_value');
    expect(org.requests.findLast(({ soql }) => soql?.includes('FROM Event'))?.soql).toContain(
      "('001000000000011AAA', '001000000000013AAA')",
    );
  });
});

it('a look-up that fails is the error of the call', async () => {
  org.on(({ soql }) => (soql?.includes('FROM Event') ? fault(400, 'QUERY_TIMEOUT', 'too slow') : undefined));
  expect(await atRisk()).toMatchObject({ error: { code: 'SF_API_ERROR', details: { sf_code: 'QUERY_TIMEOUT' } } });
});

it.each([
  [{ quarter_end_date: '2026-06-31' }, 'quarter_end_date must be a date that exists'],
  [{ quarter_end_date: 'Q4' }, 'quarter_end_date must be a date that exists'],
  [{ quarter_end_date: 20261231 }, 'quarter_end_date'],
  [{ limit: 0 }, 'limit'],
  [{ days: 7 }, 'unknown argument "days"'],
])('refuses, before any request: %j', async (args, reason) => {
  expect(await atRisk(args)).toMatchObject({ error: { code: 'INVALID_INPUT', message: expect.stringContaining(reason) as string } });
  expect(org.requests).toEqual([]);
});

it('dry_run shows what would be sent, and sends nothing', async () => {
  const { meta } = (await atRisk({ dry_run: true })) as { meta: { dry_run: { path: string }[] } };
  expect(meta.dry_run.map(({ path }) => path.replace(/^\/services\/(data\/v60.0\/)?/, ''))).toEqual([
    'sobjects/Opportunity/describe',
    'sobjects/Account/describe',
    'sobjects/Event/describe',
    'oauth2/userinfo',
    'composite',
    'composite',
  ]);
  expect(org.requests).toEqual([]);
});
