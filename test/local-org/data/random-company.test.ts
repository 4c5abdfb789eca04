import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLocalOrg } from '../src/org.ts';
import type { LocalOrg } from '../src/org-types.ts';
import { Calendar } from './calendar.ts';
import type { DemoRecord } from './demo-record.ts';
import { randomCompany } from './random-company.ts';

const NOW = Date.UTC(2026, 10, 21, 9, 4);

function company(seed: string): DemoRecord[] {
  let last = 0;
  return randomCompany(seed, new Calendar(NOW, 'America/New_York'), (object) => `${object}-${(last += 1)}`);
}

test('is the same for the same seed and day, and another for another seed', () => {
  expect(company('one')).toEqual(company('one'));
  expect(company('two')).not.toEqual(company('one'));
});

describe.each(['one', 'two', 'three'])('seed %s', (seed) => {
  const records = company(seed);
  const of = (object: string): DemoRecord[] => records.filter((record) => record.object === object);
  const deals = of('Opportunity');
  const open = deals.filter(({ values }) => values['IsClosed'] === false);
  const history = Map.groupBy(of('OpportunityHistory'), ({ values }) => values['OpportunityId']);

  test('lies on both sides of the edges', () => {
    const closing = (day: string): number => open.filter(({ values }) => values['CloseDate'] === day).length;
    for (const day of ['2026-11-20', '2026-11-21', '2026-12-17', '2026-12-16', '2027-01-14', '2027-01-15']) {
      expect(closing(day), day).toBeGreaterThan(0);
    }
    const count = (fits: (deal: DemoRecord) => boolean): number => open.filter(fits).length;
    expect(count(({ values }) => values['Amount'] === null)).toBeGreaterThan(5);
    expect(count(({ values }) => values['Amount'] === 0)).toBeGreaterThan(0);
    expect(count(({ values }) => values['AccountId'] === null)).toBeGreaterThan(3);
    expect(count(({ values }) => values['LastStageChangeDate'] === null)).toBeGreaterThan(10);
    expect(count(({ values }) => values['StageName'] === 'Commit')).toBeGreaterThan(5);
    expect(count(({ values }) => values['StageName'] !== 'Commit' && values['ForecastCategory'] === 'Forecast')).toBeGreaterThan(0);
    expect(count(({ values }) => values['LastActivityDate'] === undefined)).toBeGreaterThan(10);
    expect(count(({ values }) => String(values['LastActivityDate'] ?? '') > '2026-11-21')).toBeGreaterThan(3);
  });

  test('the history of a deal ends in what the deal is; stages go back and forth', () => {
    for (const deal of deals) {
      const rows = history.get(deal.id) ?? [];
      for (const field of ['StageName', 'Amount', 'CloseDate', 'Probability', 'ForecastCategory', 'ExpectedRevenue']) {
        expect(rows.at(-1)?.values[field], `${deal.id} ${field}`).toEqual(deal.values[field]);
      }
      expect(rows[0]?.createdAt).toBe(deal.createdAt);
    }
    const reopened = deals.filter(
      ({ id, values }) => values['IsClosed'] === false && history.get(id)?.some(({ values: row }) => row['StageName'] === 'Closed Won'),
    );
    expect(reopened.length).toBeGreaterThan(0);
  });

  test('nothing was made after today, and every reference leads to a record', () => {
    const ids = new Set(records.map(({ id }) => id));
    for (const { id, createdAt, changedAt, values } of records) {
      expect(changedAt, id).toBeLessThanOrEqual(NOW);
      expect(changedAt, id).toBeGreaterThanOrEqual(createdAt);
      for (const field of ['AccountId', 'ContactId', 'WhatId', 'WhoId', 'OpportunityId', 'LastAmountChangedHistoryId']) {
        if (typeof values[field] === 'string') expect(ids.has(values[field]), `${id}.${field}`).toBe(true);
      }
    }
  });
});

describe('in an org', () => {
  let org: LocalOrg;
  beforeAll(() => {
    org = createLocalOrg({ dataset: 'random', seed: 'one', root: import.meta.dirname, clock: () => NOW });
  });
  afterAll(() => org.close());

  test('is loaded whole, with the dates of the last activity that its tasks and events give', () => {
    expect(org.store.select('SELECT COUNT(*) FROM "Opportunity"', [])).toEqual([[300]]);
    const latest = `SELECT o."Id" FROM "Opportunity" o WHERE o."LastActivityDate" IS NOT (SELECT MAX(d) FROM (
      SELECT "ActivityDate" AS d FROM "Event" WHERE "WhatId" = o."Id"
      UNION ALL SELECT "ActivityDate" FROM "Task" WHERE "WhatId" = o."Id" AND "IsClosed" = 1))`;
    expect(org.store.select(latest, [])).toEqual([]);
  });
});
