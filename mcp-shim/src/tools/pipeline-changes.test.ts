import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeDeals } from '../testing/sample-deals.ts';
import { describeAs } from '../testing/sample-describe.ts';
import { describePath, startSampleOrg } from '../testing/sample-org.ts';
import { fault, ok } from '../testing/scripted-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

let org: ScriptedOrg;
let shim: ShimClient;

const historyDescribePath = '/services/data/v60.0/sobjects/OpportunityHistory/describe';
const historyFields = ['StageName', 'CloseDate', 'PrevCloseDate', 'Amount', 'PrevAmount', 'CreatedDate'];

function describeHistory(names: readonly string[] = historyFields): void {
  const references = { OpportunityId: { referenceTo: ['Opportunity'] }, CreatedById: { referenceTo: ['User'] } };
  describeAs(org, 'OpportunityHistory', { ...Object.fromEntries(names.map((name) => [name, {}])), ...references });
}

/** A row as SOQL gives it. */
function historyRow(number: number, fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    Id: `0080000000${String(number).padStart(5, '0')}AAA`,
    OpportunityId: '006000000000001AAA',
    Opportunity: { Name: 'Acme renewal', CreatedDate: '2026-01-05T03:00:00.000+0000', Owner: { Name: 'Ada Ops' } },
    StageName: 'Commit',
    ...{ CloseDate: '2026-12-01', PrevCloseDate: '2026-12-01', Amount: 120, PrevAmount: 120 },
    CreatedDate: '2026-11-20T17:30:00.000+0000',
    CreatedBy: { Name: 'Ada Ops' },
    ...fields,
  };
}

function answer(rows: readonly Record<string, unknown>[], totals: Record<string, unknown> = {}): void {
  org.onQuery(/^SELECT Id, OpportunityId, .* FROM OpportunityHistory/, rows);
  org.onQuery(/GROUP BY StageName/, [{ StageName: 'Commit', entries: rows.length, total: 120, previous: 100, ...totals }]);
}

beforeEach(async () => {
  org = await startSampleOrg();
  describeDeals(org);
  describeHistory();
  org.onQuery(/FROM OpportunityStage ORDER BY/, [
    { ApiName: 'Commit', IsClosed: false, IsWon: false },
    { ApiName: 'Closed Won', IsClosed: true, IsWon: true },
    { ApiName: 'Closed Lost', IsClosed: true, IsWon: false },
  ]);
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

function changes(args: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  return shim.call('pipeline_changes', { since: '2026-11-14', ...args });
}

function rowQueries(): string[] {
  return org.requests.flatMap(({ soql }) => (soql !== undefined && /^SELECT Id, OpportunityId, /.test(soql) ? [soql] : []));
}

const none = { count: 0, value: 0 };

it('tells what happened, newest first, with sums by kind and the net change of all', async () => {
  answer([
    historyRow(3, { StageName: 'Closed Won' }),
    historyRow(2, { CloseDate: '2026-12-15', Amount: 120, PrevAmount: 100 }),
    historyRow(1, { CloseDate: '2026-11-30', Amount: 100, PrevAmount: 100 }),
  ]);
  expect(await changes()).toEqual({
    window: { from: '2026-11-14', to: '2026-11-21', time_zone: 'America/Los_Angeles' },
    by_kind: {
      ...{ new: none, won: { count: 1, value: 120 }, lost: none, pushed: { count: 1, value: 120 }, pulled_in: { count: 1, value: 100 } },
      ...{ up: { count: 1, value: 20 }, down: none },
    },
    columns: ['kind', 'opportunity_id', 'opportunity_name', 'owner_name', 'stage', 'before', 'after', 'amount', 'changed_at', 'changed_by'],
    rows: [
      ['won', 'Closed Won', 'Commit', 'Closed Won', 120],
      ['pushed', 'Commit', '2026-12-01', '2026-12-15', 120],
      ['up', 'Commit', 100, 120, 120],
      ['pulled_in', 'Commit', '2026-12-01', '2026-11-30', 100],
    ].map(([kind, ...rest]) => [
      ...[kind, '006000000000001AAA', 'Acme renewal', 'Ada Ops', ...rest],
      ...['2026-11-20T17:30:00.000Z', 'Ada Ops'],
    ]),
    net_amount_change: 20,
    history_rows_read: 3,
    history_rows_total: 3,
    truncated: false,
    meta: { record_url: `${org.url}/{id}` },
  });
  expect(org.wire).toEqual([
    `GET ${historyDescribePath}`,
    `GET ${describePath}`,
    'GET /services/oauth2/userinfo',
    'POST /services/data/v60.0/composite',
  ]);
  const since = 'CreatedDate >= 2026-11-14T08:00:00Z';
  expect(org.requests.filter(({ inComposite }) => inComposite).map(({ soql }) => soql)).toEqual([
    `SELECT Id, OpportunityId, Opportunity.Name, Opportunity.CreatedDate, StageName, CloseDate, PrevCloseDate, Amount, PrevAmount, CreatedDate, CreatedBy.Name, Opportunity.Owner.Name FROM OpportunityHistory WHERE ${since} ORDER BY CreatedDate DESC, Id DESC LIMIT 200`,
    `SELECT StageName, COUNT(Id) entries, SUM(Amount) total, SUM(PrevAmount) previous FROM OpportunityHistory WHERE ${since} GROUP BY StageName`,
    'SELECT ApiName, IsClosed, IsWon FROM OpportunityStage ORDER BY SortOrder LIMIT 200',
  ]);
});

it('says where a sum holds a deal more than once', async () => {
  answer([
    historyRow(3, { CloseDate: '2027-01-15', PrevCloseDate: '2026-12-15', Amount: 120, PrevAmount: 110 }),
    historyRow(2, { CloseDate: '2026-12-15', Amount: 110, PrevAmount: 100 }),
  ]);
  expect(await changes()).toMatchObject({
    by_kind: { pushed: { count: 2, value: 230 }, up: { count: 2, value: 20 } },
    meta: { notes: ['Sums count a deal once per change: pushed 2 changes of 1 deal.'] },
  });
});

it('asks for the stage before the window where the first row of a deal is won', async () => {
  answer([historyRow(1, { StageName: 'Closed Won', Amount: 130 })]);
  org.onQuery(
    "SELECT Id, (SELECT StageName FROM OpportunityHistories WHERE CreatedDate < 2026-11-14T08:00:00Z ORDER BY CreatedDate DESC, Id DESC LIMIT 1) FROM Opportunity WHERE Id IN ('006000000000001AAA')",
    [{ Id: '006000000000001AAA', OpportunityHistories: { totalSize: 1, done: true, records: [{ StageName: 'Closed Won' }] } }],
  );
  expect(await changes()).toMatchObject({ by_kind: { won: { count: 0 }, up: { count: 1, value: 10 } } });
  org.onQuery(/FROM OpportunityHistories/, [{ Id: '006000000000001AAA', OpportunityHistories: null }]);
  expect(await changes()).toMatchObject({ by_kind: { won: { count: 1, value: 130 } } });
});

describe('more rows than are read', () => {
  it('at most five pages of 200; counts, a note and truncated say so', async () => {
    org.on(({ soql }) => {
      if (soql === undefined || !/^SELECT Id, OpportunityId, /.test(soql)) return undefined;
      const offset = Number(/OFFSET (\d+)$/.exec(soql)?.[1] ?? 0);
      const records = Array.from({ length: 200 }, (_, index) => historyRow(9_999 - offset - index, { Amount: 121 }));
      return ok({ totalSize: 200, done: true, records });
    });
    org.onQuery(/GROUP BY StageName/, [{ StageName: 'Commit', entries: 1_204, total: 0.3, previous: 0.1 }]);
    const result = await changes();
    expect(rowQueries().map((soql) => /LIMIT 200.*$/.exec(soql)?.[0])).toEqual([
      'LIMIT 200',
      ...[200, 400, 600, 800].map((offset) => `LIMIT 200 OFFSET ${offset}`),
    ]);
    expect(result).toMatchObject({
      by_kind: { up: { count: 1_000, value: 1_000 } },
      net_amount_change: 0.2,
      history_rows_read: 1_000,
      history_rows_total: 1_204,
      truncated: true,
      meta: {
        notes: [
          'The newest 1000 of 1204 history rows were read, and by_kind covers these. Choose a later since, or one owner.',
          'The newest 200 of 1000 changes are listed; by_kind covers them all.',
        ],
      },
    });
    expect(result['rows']).toHaveLength(200);
  });

  it('the stage before is the one before the oldest row that was read', async () => {
    answer([historyRow(1, { StageName: 'Closed Won' })], { entries: 2 });
    org.onQuery(/CreatedDate < 2026-11-20T17:30:00.000Z/, [
      { Id: '006000000000001AAA', OpportunityHistories: { records: [{ StageName: 'Closed Won' }] } },
    ]);
    expect(await changes()).toMatchObject({ by_kind: { won: { count: 0 } }, truncated: true });
  });

  it('a row that comes twice, because another came between, counts once', async () => {
    answer([historyRow(1, { Amount: 130 })], { entries: 201 });
    expect(await changes()).toMatchObject({ by_kind: { up: { count: 1 } }, history_rows_read: 1 });
    expect(rowQueries()).toHaveLength(2);
  });

  it('rows go before the answer grows too long', async () => {
    const name = 'x'.repeat(400);
    answer(Array.from({ length: 200 }, (_, index) => historyRow(999 - index, { Amount: 121, Opportunity: { Name: name, Owner: null } })));
    const result = await changes();
    expect(JSON.stringify(result).length).toBeLessThan(60_000);
    expect(result).toMatchObject({ by_kind: { up: { count: 200 } }, truncated: true });
    expect((result['rows'] as unknown[]).length).toBeGreaterThan(100);
  });
});

describe('whose deals', () => {
  it.each([
    [{ owner_id: 'me' }, "Opportunity.OwnerId = '005000000000001AAA'"],
    [{ manager_id: '005000000000002' }, "Opportunity.Owner.ManagerId = '005000000000002AAA'"],
  ])('%j', async (args, condition) => {
    answer([]);
    await changes(args);
    const filtered = org.requests.filter(({ soql }) => soql?.includes(`CreatedDate >= 2026-11-14T08:00:00Z AND ${condition} `));
    expect(filtered).toHaveLength(2);
  });

  it('by username or e-mail', async () => {
    answer([]);
    org.onQuery(/FROM User WHERE/, [{ Id: '005000000000009AAA', Username: 'x@example.com' }]);
    await changes({ manager_id: 'x@example.com' });
    expect(rowQueries()[0]).toContain("Opportunity.Owner.ManagerId = '005000000000009AAA'");
    org.onQuery(/FROM User WHERE/, []);
    expect(await changes({ owner_id: 'y@example.com' })).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});

it('several currencies: sums in the corporate one, inactive ones too; rows in their own', async () => {
  describeHistory([...historyFields, 'CurrencyIsoCode']);
  answer([
    historyRow(2, { Amount: 200, CurrencyIsoCode: 'USD' }),
    historyRow(1, { OpportunityId: '006000000000002AAA', Amount: 170, CurrencyIsoCode: 'DEM' }),
    historyRow(0, { OpportunityId: '006000000000003AAA', Amount: 300, CurrencyIsoCode: 'HRK' }),
  ]);
  org.onQuery(/FROM CurrencyType/, [
    { IsoCode: 'EUR', ConversionRate: 1, IsCorporate: true, IsActive: true },
    { IsoCode: 'USD', ConversionRate: 1.25, IsCorporate: false, IsActive: true },
    { IsoCode: 'HRK', ConversionRate: 7.5, IsCorporate: false, IsActive: false },
  ]);
  const result = await changes();
  expect(result).toMatchObject({
    by_kind: { up: { count: 3, value: 88 } },
    currency: 'EUR',
    meta: { notes: ['Sums leave out amounts in currencies without a rate in the org: DEM.'] },
  });
  expect((result['rows'] as unknown[][]).map((cells) => cells.slice(7, 9))).toEqual([
    [200, 'USD'],
    [170, 'DEM'],
    [300, 'HRK'],
  ]);
});

it('no previous values in old rows: a note says what is missing, and nothing counts them as new', async () => {
  answer([]);
  const old = await changes({ since: '2020-10-17' });
  expect(old).toMatchObject({ meta: { notes: [expect.stringContaining('no previous values')] } });
  expect(old).not.toHaveProperty('net_amount_change');
  const covered = await changes({ since: '2020-10-18' });
  expect(covered).not.toHaveProperty('meta.notes');
  expect(covered).toMatchObject({ net_amount_change: 20 });
});

describe('what the user may not see', () => {
  it('Amount: counts stay, values go', async () => {
    describeHistory(historyFields.filter((name) => !name.endsWith('Amount')));
    const { Amount: _amount, PrevAmount: _previous, ...row } = historyRow(1, { CloseDate: '2026-12-15' });
    answer([row]);
    const result = await changes();
    expect(result).toMatchObject({ by_kind: { pushed: { count: 1 } }, meta: { fields_not_visible: ['Amount', 'PrevAmount'] } });
    expect(JSON.stringify([result['by_kind'], result['columns'], result['net_amount_change']])).not.toMatch(/value|amount|"up"|\d{2,}/);
    expect(org.requests.some(({ soql }) => soql?.includes('Amount'))).toBe(false);
    // Nor are they told how to have a sum that is never theirs.
    expect(await changes({ since: '2020-10-17' })).toMatchObject({
      meta: { notes: ['History from before 2020-10-18 holds no previous values: of those days, changes of date are missing.'] },
    });
  });

  it('what the verdict rests on, or history altogether', async () => {
    describeHistory(['StageName', 'Amount', 'PrevAmount', 'CreatedDate']);
    expect(await changes()).toMatchObject({
      error: { code: 'PERMISSION_DENIED', details: { fields: ['CloseDate', 'PrevCloseDate'] } },
    });
  });

  it('history altogether', async () => {
    org.onPath(historyDescribePath, fault(404, 'NOT_FOUND', 'The requested resource does not exist'));
    expect(await changes()).toMatchObject({
      error: {
        code: 'PERMISSION_DENIED',
        message: expect.stringContaining('the object OpportunityHistory, which you cannot see') as string,
      },
    });
  });
});

it.each([
  [{ since: null }, 'since'],
  [{ since: '2026-02-30' }, 'since must be a date that exists, as YYYY-MM-DD'],
  [{ since: '2026-11-14T00:00:00Z' }, 'since must be a date'],
  [{ since: '2026-11-22' }, 'since 2026-11-22 lies in the future. Name today or an earlier day.'],
  [{ owner_id: 'Ada' }, "owner_id must be a user's id, username or e-mail, or me"],
  [{ manager_id: '006000000000001AAA' }, 'manager_id must be'],
  [{ owner_id: 'me', manager_id: 'me' }, 'pass owner_id for one person or manager_id for the direct reports of one, not both'],
  [{ days: 5 }, 'unknown argument "days"'],
])('refuses %j', async (args, reason) => {
  expect(await changes(args)).toMatchObject({
    error: { code: 'INVALID_INPUT', message: expect.stringContaining(reason) as string },
  });
  expect(org.requests).toEqual([]);
});

it('dry_run shows the requests as far as they are known, and sends none', async () => {
  const { meta } = (await changes({ owner_id: 'x@example.com', dry_run: true })) as { meta: { dry_run: { path: string }[] } };
  expect(meta.dry_run.map(({ path }) => path)).toEqual([
    historyDescribePath,
    describePath,
    '/services/oauth2/userinfo',
    '/services/data/v60.0/composite',
    '/services/data/v60.0/composite',
  ]);
  expect(org.requests).toEqual([]);
});
