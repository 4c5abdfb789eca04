import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describePath, opportunityDescribe, startSampleOrg } from '../testing/sample-org.ts';
import { fault, ok } from '../testing/scripted-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

let org: ScriptedOrg;
let shim: ShimClient;

beforeEach(async () => {
  org = await startSampleOrg();
  org.onQuery(/GROUP BY StageName/, [
    { StageName: 'Commit', deals: 3, amounts: 2, total: 0.1 },
    { StageName: 'Retired', deals: 1, amounts: 1, total: 0.2 },
  ]);
  org.onQuery(/GROUP BY ForecastCategoryName/, [{ ForecastCategoryName: 'Commit', deals: 4, amounts: 3, total: 0.3 }]);
  org.onQuery(/CloseDate < /, [{ IsClosed: false, deals: 2, total: null }]);
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

function hide(...names: string[]): void {
  org.onPath(describePath, ok({ ...opportunityDescribe, fields: opportunityDescribe.fields.filter(({ name }) => !names.includes(name)) }));
}

it("totals by stage in the org's order, by forecast category, and what is past due [revops-012]", async () => {
  expect(await shim.call('pipeline_by_stage', { close_date_window_days: 30 })).toEqual({
    window: { from: '2026-11-21', to: '2026-12-21', time_zone: 'America/Los_Angeles' },
    stages: [
      { stage: 'Prospecting', count: 0, value: 0, no_amount_count: 0 },
      { stage: 'Qualification', count: 0, value: 0, no_amount_count: 0 },
      { stage: 'Commit', count: 3, value: 0.1, no_amount_count: 1 },
      { stage: 'Retired (inactive)', count: 1, value: 0.2, no_amount_count: 0 },
    ],
    by_forecast_category: [{ forecast_category: 'Commit', count: 4, value: 0.3, no_amount_count: 1 }],
    past_due: { count: 2, value: 0 },
    total_count: 4,
    total_value: 0.3,
  });
  expect(org.wire).toEqual([`GET ${describePath}`, 'GET /services/oauth2/userinfo', 'POST /services/data/v60.0/composite']);
  expect(org.requests.filter(({ inComposite }) => inComposite).map(({ soql }) => soql)).toEqual([
    'SELECT StageName, COUNT(Id) deals, COUNT(Amount) amounts, SUM(Amount) total FROM Opportunity WHERE IsClosed = false AND CloseDate >= 2026-11-21 AND CloseDate <= 2026-12-21 GROUP BY StageName',
    'SELECT ForecastCategoryName, COUNT(Id) deals, COUNT(Amount) amounts, SUM(Amount) total FROM Opportunity WHERE IsClosed = false AND CloseDate >= 2026-11-21 AND CloseDate <= 2026-12-21 GROUP BY ForecastCategoryName',
    'SELECT IsClosed, COUNT(Id) deals, SUM(Amount) total FROM Opportunity WHERE IsClosed = false AND CloseDate < 2026-11-21 GROUP BY IsClosed',
    'SELECT MasterLabel, ApiName, IsClosed, ForecastCategoryName FROM OpportunityStage WHERE IsActive = true ORDER BY SortOrder LIMIT 200',
  ]);
});

it("today is the user's, 90 days is the default, and slow facts are asked for once", async () => {
  shim.clock.now = Date.parse('2026-11-22T07:59:00Z');
  expect(await shim.call('pipeline_by_stage')).toMatchObject({ window: { from: '2026-11-21', to: '2027-02-19' } });
  shim.clock.now += 60_000;
  expect(await shim.call('pipeline_by_stage')).toMatchObject({ window: { from: '2026-11-22' } });
  expect(org.wire).toHaveLength(4);
  expect(org.requests.at(-1)?.soql).toMatch(/CloseDate < 2026-11-22 GROUP BY IsClosed$/);
});

describe('owner [revops-013]', () => {
  it.each([
    ['005000000000002', '005000000000002AAA'],
    ['ME', '005000000000001AAA'],
    ["o'neil@example.com", '005000000000009AAA'],
  ])('%s', async (owner, id) => {
    org.onQuery(
      `SELECT Id, Username FROM User WHERE (Username = 'o\\'neil@example.com' OR Email = 'o\\'neil@example.com') ORDER BY Username LIMIT 200`,
      [
        { Id: '005000000000009AAA', Username: "O'Neil@example.com" },
        { Id: '005000000000008AAA', Username: 'other@example.com' },
      ],
    );
    await shim.call('pipeline_by_stage', { owner_id: owner });
    const filtered = org.requests.filter(({ soql }) => soql?.includes(`IsClosed = false AND OwnerId = '${id}' AND CloseDate`));
    expect(filtered).toHaveLength(3);
  });

  it('nobody, and several', async () => {
    org.onQuery(/FROM User/, []);
    expect(await shim.call('pipeline_by_stage', { owner_id: 'x@example.com' })).toMatchObject({
      error: { code: 'NOT_FOUND', message: expect.stringContaining('x@example.com') as string },
    });
    org.onQuery(/FROM User/, [
      { Id: '1', Username: 'a@x.com' },
      { Id: '2', Username: 'b@x.com' },
    ]);
    expect(await shim.call('pipeline_by_stage', { owner_id: 'x@example.com' })).toMatchObject({
      error: {
        code: 'INVALID_INPUT',
        message: 'x@example.com is the e-mail of several users: a@x.com, b@x.com. Pass the username of one.',
        details: { cause: 'AMBIGUOUS_USER' },
      },
    });
    const sharing = Array.from({ length: 7 }, (_, index) => ({ Id: String(index), Username: `user${index}@x.com` }));
    org.onQuery(/FROM User/, sharing);
    expect(await shim.call('pipeline_by_stage', { owner_id: 'x@example.com' })).toMatchObject({
      error: { message: expect.stringContaining('user3@x.com, user4@x.com and 2 more. Pass the username of one.') as string },
    });
  });
});

describe('what the user may not see', () => {
  it('Amount: counts stay, values go', async () => {
    hide('Amount', 'ForecastCategoryName');
    const answer = await shim.call('pipeline_by_stage');
    expect(answer).toMatchObject({
      stages: [{ count: 0 }, { count: 0 }, { stage: 'Commit', count: 3 }, {}],
      past_due: { count: 2 },
      total_count: 4,
      meta: { fields_not_visible: ['Amount', 'ForecastCategoryName'] },
    });
    expect(JSON.stringify(answer)).not.toMatch(/value|no_amount|by_forecast/);
    expect(org.requests.some(({ soql }) => /\((Amount)\)|BY ForecastCategoryName/.test(soql ?? ''))).toBe(false);
  });

  it('what the verdict rests on: PERMISSION_DENIED names it', async () => {
    hide('StageName', 'CloseDate');
    expect(await shim.call('pipeline_by_stage')).toMatchObject({
      error: {
        code: 'PERMISSION_DENIED',
        message: expect.stringContaining('Opportunity.StageName, Opportunity.CloseDate') as string,
        details: { fields: ['StageName', 'CloseDate'] },
      },
    });
  });

  it('the user info: days of UTC, with a note', async () => {
    org.onPath('/services/oauth2/userinfo', { status: 403, body: 'insufficient scope' });
    expect(await shim.call('pipeline_by_stage')).toMatchObject({
      window: { time_zone: 'UTC' },
      meta: { notes: ['Your time zone is not known to this connection: dates are those of UTC.'] },
    });
  });
});

it("forecast categories come in the org's order, what it does not list last", async () => {
  const values = ['Omitted', 'Pipeline', 'Commit'].map((value) => ({ value, active: true }));
  const fields = opportunityDescribe.fields.map((field) =>
    field.name === 'ForecastCategoryName' ? { ...field, picklistValues: values } : field,
  );
  org.onPath(describePath, ok({ ...opportunityDescribe, fields }));
  org.onQuery(
    /GROUP BY ForecastCategoryName/,
    ['Commit', null, 'Pipeline'].map((category) => ({ ForecastCategoryName: category, deals: 1, amounts: 0, total: null })),
  );
  const { by_forecast_category: groups } = await shim.call('pipeline_by_stage');
  expect((groups as { forecast_category: string }[]).map((group) => group.forecast_category)).toEqual(['Pipeline', 'Commit', '(none)']);
});

it('names the corporate currency where the org has several', async () => {
  const currency = { ...opportunityDescribe.fields[1], name: 'CurrencyIsoCode' };
  org.onPath(describePath, ok({ ...opportunityDescribe, fields: [...opportunityDescribe.fields, currency] }));
  org.onQuery(/FROM CurrencyType/, [{ IsoCode: 'EUR', ConversionRate: 1, IsCorporate: true, IsActive: true }]);
  expect(await shim.call('pipeline_by_stage')).toMatchObject({ total_value: 0.3, currency: 'EUR' });
  expect(org.wire).toHaveLength(3);
});

it('a query that fails is the error of the call', async () => {
  org.on(({ soql }) => (soql?.includes('GROUP BY StageName') ? fault(400, 'QUERY_TIMEOUT', 'too slow') : undefined));
  expect(await shim.call('pipeline_by_stage')).toMatchObject({ error: { code: 'SF_API_ERROR', details: { sf_code: 'QUERY_TIMEOUT' } } });
});

it.each([
  [{ close_date_window_days: 0 }, 'close_date_window_days'],
  [{ close_date_window_days: 731 }, 'close_date_window_days'],
  [{ close_date_window_days: 1.5 }, 'close_date_window_days'],
  [{ owner_id: '006000000000001AAA' }, "owner_id must be a user's id, username or e-mail, or me"],
  [{ owner_id: 'Ada' }, 'owner_id must be'],
])('refuses %j', async (args, reason) => {
  expect(await shim.call('pipeline_by_stage', args)).toMatchObject({
    error: { code: 'INVALID_INPUT', message: expect.stringContaining(reason) as string },
  });
  expect(org.requests).toEqual([]);
});

it('dry_run shows the requests as far as they are known, and sends none', async () => {
  const { meta } = (await shim.call('pipeline_by_stage', { owner_id: 'me', dry_run: true })) as { meta: { dry_run: { path: string }[] } };
  expect(meta.dry_run.map(({ path }) => path)).toEqual([describePath, '/services/oauth2/userinfo', '/services/data/v60.0/composite']);
  expect(org.requests).toEqual([]);
});
