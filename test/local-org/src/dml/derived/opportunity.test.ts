import { expect, test } from 'vitest';
import type { Value } from '../../schema/types.ts';
import { DmlOrg, NOON } from '../dml-org.ts';

const DEAL = { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-06-30', Amount: 1000 };

function shown(org: DmlOrg, id: string, ...fields: string[]): Value[] {
  const row = org.row('Opportunity', id);
  return fields.map((field) => row.get(field) ?? null);
}

function history(org: DmlOrg, id: string): Record<string, Value>[] {
  const object = org.object('OpportunityHistory');
  return org.store.findIds(object, 'OpportunityId', id).map((one) => Object.fromEntries(org.row('OpportunityHistory', one)));
}

test('the stage gives closed, won, probability and forecast category', () => {
  const org = new DmlOrg();
  const id = org.insert('Opportunity', DEAL);
  const derived = [
    'IsClosed',
    'IsWon',
    'Probability',
    'ForecastCategory',
    'ForecastCategoryName',
    'ExpectedRevenue',
    'LastStageChangeDate',
  ];
  expect(shown(org, id, ...derived)).toEqual([false, false, 10, 'Pipeline', 'Pipeline', 100, null]);
  org.clock.advance(60_000);
  org.update('Opportunity', id, { StageName: 'Commit' });
  expect(shown(org, id, ...derived)).toEqual([false, false, 95, 'Forecast', 'Commit', 950, NOON + 60_000]);
  org.clock.advance(60_000);
  org.update('Opportunity', id, { StageName: 'Closed Won' });
  expect(shown(org, id, ...derived)).toEqual([true, true, 100, 'Closed', 'Closed', 1000, NOON + 120_000]);
  org.update('Opportunity', id, { StageName: 'Closed Lost' });
  expect(shown(org, id, ...derived.slice(0, 6))).toEqual([true, false, 0, 'Omitted', 'Omitted', 0]);
});

test('probability and forecast category that are given win over the stage; those sent unchanged do not', () => {
  const org = new DmlOrg();
  const id = org.insert('Opportunity', { ...DEAL, Probability: 33, ForecastCategoryName: 'Best Case' });
  expect(shown(org, id, 'Probability', 'ForecastCategory', 'ExpectedRevenue')).toEqual([33, 'BestCase', 330]);
  org.update('Opportunity', id, { StageName: 'Commit', Probability: 33 });
  expect(shown(org, id, 'Probability', 'ForecastCategoryName')).toEqual([95, 'Commit']);
  org.update('Opportunity', id, { ForecastCategoryName: 'Pipeline' });
  expect(shown(org, id, 'Probability', 'ForecastCategory')).toEqual([95, 'Pipeline']);
});

test('another field leaves what the stage gave alone', () => {
  const org = new DmlOrg();
  const id = org.insert('Opportunity', { ...DEAL, Probability: 33 });
  org.update('Opportunity', id, { NextStep: 'Call', StageName: 'Prospecting' });
  expect(shown(org, id, 'Probability', 'LastStageChangeDate')).toEqual([33, null]);
  expect(history(org, id)).toHaveLength(1);
});

test('a stage that a before trigger sets counts', () => {
  const org = new DmlOrg();
  org.trigger = (timing, _operation, [record]) => timing === 'before' && record?.values.set('StageName', 'Closed Won');
  expect(shown(org, org.insert('Opportunity', DEAL), 'IsWon', 'Probability')).toEqual([true, 100]);
});

test('an amount changes the expected revenue, no amount empties it', () => {
  const org = new DmlOrg();
  const id = org.insert('Opportunity', { ...DEAL, StageName: 'Proposal/Price Quote', Amount: 0.99 });
  expect(shown(org, id, 'ExpectedRevenue')).toEqual([0.74]);
  org.update('Opportunity', id, { Amount: null });
  expect(shown(org, id, 'ExpectedRevenue')).toEqual([null]);
});

test('the close date gives the fiscal period and counts pushes to a later month', () => {
  const org = new DmlOrg();
  const id = org.insert('Opportunity', DEAL);
  const fields = ['FiscalYear', 'FiscalQuarter', 'Fiscal', 'PushCount'];
  expect(shown(org, id, ...fields)).toEqual([2026, 2, '2026 2', 0]);
  org.update('Opportunity', id, { CloseDate: '2026-06-01' });
  expect(shown(org, id, 'PushCount')).toEqual([0]);
  org.update('Opportunity', id, { CloseDate: '2026-06-29' });
  expect(shown(org, id, 'PushCount')).toEqual([0]);
  org.update('Opportunity', id, { CloseDate: '2027-01-02' });
  expect(shown(org, id, ...fields)).toEqual([2027, 1, '2027 1', 1]);
});

test.each([
  [2, false, '2026-01-31', [2026, 4]],
  [2, false, '2026-02-01', [2027, 1]],
  [2, true, '2026-02-01', [2026, 1]],
  [10, false, '2026-09-30', [2026, 4]],
])('a fiscal year from month %i, named by its start %s: %s', (month, byStart, closeDate, expected) => {
  const org = new DmlOrg();
  org.store.update(org.object('Organization'), org.tx.orgId, new Map<string, Value>([['FiscalYearStartMonth', month], ['UsesStartDateAsFiscalYearName', byStart]])); // prettier-ignore
  expect(shown(org, org.insert('Opportunity', { ...DEAL, CloseDate: closeDate }), 'FiscalYear', 'FiscalQuarter')).toEqual(expected);
});

test('history gets a row for each change of stage, amount, close date and probability, and none for others', () => {
  const org = new DmlOrg();
  const id = org.insert('Opportunity', DEAL);
  for (const change of [{ Amount: 2000 }, { CloseDate: '2026-07-31' }, { Probability: 20 }, { StageName: 'Commit' }, { NextStep: 'x' }]) {
    org.update('Opportunity', id, change);
  }
  const rows = history(org, id);
  expect(rows.map((row) => [row.StageName, row.Amount, row.CloseDate, row.Probability, row.PrevAmount, row.PrevCloseDate])).toEqual([
    ['Prospecting', 1000, '2026-06-30', 10, null, null],
    ['Prospecting', 2000, '2026-06-30', 10, 1000, '2026-06-30'],
    ['Prospecting', 2000, '2026-07-31', 10, 2000, '2026-06-30'],
    ['Prospecting', 2000, '2026-07-31', 20, 2000, '2026-07-31'],
    ['Commit', 2000, '2026-07-31', 95, 2000, '2026-07-31'],
  ]);
  expect(shown(org, id, 'LastAmountChangedHistoryId', 'LastCloseDateChangedHistoryId')).toEqual([rows[1]?.Id, rows[2]?.Id]);
  org.run('delete', 'Opportunity', [{ Id: id }], true);
  expect(history(org, id)).toEqual([]);
});
