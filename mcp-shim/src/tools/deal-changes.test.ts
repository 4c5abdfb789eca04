import { describe, expect, it } from 'vitest';
import type { SalesforceRecord } from '../salesforce/gateway.ts';
import type { StageOutcome } from '../salesforce/org-facts.ts';
import { dealChanges, dealsOfUnknownStage } from './deal-changes.ts';

const outcomes = new Map<string, StageOutcome>([
  ['Commit', 'open'],
  ['Closed Won', 'won'],
  ['Closed Lost', 'lost'],
]);
const start = Date.parse('2026-11-01T00:00:00Z');

/** A change on 2026-11-10 of a deal from before the window, after which nothing is different. */
function row(fields: Record<string, unknown> = {}): SalesforceRecord {
  return {
    OpportunityId: 'deal',
    Opportunity: { CreatedDate: '2026-01-01T00:00:00.000+0000' },
    CreatedDate: '2026-11-10T00:00:00.000+0000',
    StageName: 'Commit',
    ...{ Amount: 100, PrevAmount: 100, CloseDate: '2026-12-01', PrevCloseDate: '2026-12-01' },
    ...fields,
  };
}

const created = { Opportunity: { CreatedDate: '2026-11-02T00:00:00.000+0000' }, PrevAmount: null, PrevCloseDate: null };

/** @param rows newest first */
function told(rows: readonly SalesforceRecord[], stageBefore: Record<string, string> = { deal: 'Commit' }): unknown[] {
  return dealChanges({ rows, start, outcomes }, new Map(Object.entries(stageBefore))).map(({ kind, before, after, value }) => [
    kind,
    before,
    after,
    value,
  ]);
}

describe('of one row', () => {
  it.each<[string, Record<string, unknown>, unknown[]]>([
    ['a deal that is made', created, [['new', null, 'Commit', 100]]],
    ['one made without an amount', { ...created, Amount: null }, [['new', null, 'Commit', 0]]],
    ['won', { StageName: 'Closed Won' }, [['won', 'Commit', 'Closed Won', 100]]],
    ['lost', { StageName: 'Closed Lost' }, [['lost', 'Commit', 'Closed Lost', 100]]],
    [
      'won on another day, for another amount',
      { StageName: 'Closed Won', PrevCloseDate: '2026-12-24', PrevAmount: 130 },
      [
        ['won', 'Commit', 'Closed Won', 100],
        ['down', 130, 100, -30],
      ],
    ],
    ['pushed', { CloseDate: '2026-12-02' }, [['pushed', '2026-12-01', '2026-12-02', 100]]],
    ['pulled in', { CloseDate: '2026-11-30' }, [['pulled_in', '2026-12-01', '2026-11-30', 100]]],
    ['up', { Amount: 150 }, [['up', 100, 150, 50]]],
    ['up from nothing', { PrevAmount: null }, [['up', null, 100, 100]]],
    ['down to nothing', { Amount: null }, [['down', 100, null, -100]]],
    ['nothing and 0 are worth the same', { Amount: 0, PrevAmount: null }, []],
    ['another open stage', { StageName: 'Prospecting' }, []],
    ['a row from before previous values were kept', { PrevAmount: null, PrevCloseDate: null }, []],
  ])('%s', (_name, fields, expected) => {
    expect(told([row(fields)])).toEqual(expected);
  });
});

it('a deal that is made as won', () => {
  expect(told([row({ ...created, StageName: 'Closed Won' })], {})).toEqual([
    ['new', null, 'Closed Won', 100],
    ['won', null, 'Closed Won', 100],
  ]);
});

it('without Amount, what happened stays and values go', () => {
  const { Amount: _amount, PrevAmount: _previous, ...rest } = row({ CloseDate: '2026-12-02' });
  expect(told([rest])).toEqual([['pushed', '2026-12-01', '2026-12-02', undefined]]);
});

it('a deal that is won already is not won again, wherever that is known from', () => {
  const changed = row({ StageName: 'Closed Won', Amount: 150 });
  expect(told([changed], { deal: 'Closed Won' })).toEqual([['up', 100, 150, 50]]);
  expect(told([changed, row({ StageName: 'Closed Won' })])).toEqual([
    ['up', 100, 150, 50],
    ['won', 'Commit', 'Closed Won', 100],
  ]);
});

it('won, reopened and lost; lost after won', () => {
  const [won, reopened, lost] = [row({ StageName: 'Closed Won' }), row(), row({ StageName: 'Closed Lost' })];
  expect(told([lost, reopened, won]).map((change) => (change as unknown[])[0])).toEqual(['lost', 'won']);
  expect(told([lost, won]).map((change) => (change as unknown[]).slice(0, 3))).toEqual([
    ['lost', 'Closed Won', 'Closed Lost'],
    ['won', 'Commit', 'Closed Won'],
  ]);
});

it('asks for the stage before only where the oldest row leaves it open', () => {
  const deals: [string, SalesforceRecord[]][] = [
    ['open', [row({ StageName: 'Closed Won' }), row()]],
    ['closed', [row(), row({ StageName: 'Closed Won' })]],
    ['made', [row({ ...created, StageName: 'Closed Won' })]],
    ['old', [row({ StageName: 'Closed Lost', PrevCloseDate: null })]],
  ];
  const rows = deals.flatMap(([deal, its]) => its.map((one) => ({ ...one, OpportunityId: deal })));
  expect(dealsOfUnknownStage({ rows, start, outcomes })).toEqual(['closed', 'old']);
});
