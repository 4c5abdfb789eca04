import { expect, test } from 'vitest';
import type { Value } from '../src/schema/types.ts';
import { Calendar } from './calendar.ts';
import { demoCompany } from './demo-company.ts';
import type { DemoRecord } from './demo-record.ts';
import { QUEUES, setupUser } from './setup-records.ts';

const NOW = Date.UTC(2026, 10, 21, 9, 4);

function company(seed = 'local-org'): DemoRecord[] {
  let last = 0;
  return demoCompany(seed, new Calendar(NOW, 'America/New_York'), (object) => `${object}-${(last += 1)}`);
}

const records = company();
const of = (object: string): DemoRecord[] => records.filter((record) => record.object === object);
const byId = new Map(records.map((record) => [record.id, record]));
const accountOf = (id: Value | undefined): Value | undefined => byId.get(String(id))?.values['AccountId'];
const cases = new Set<Value | undefined>(of('Case').map(({ id }) => id));

test('has the size of the company that the design describes', () => {
  const counts = Object.fromEntries(
    ['Account', 'Contact', 'Opportunity', 'Lead', 'Case', 'Task', 'Event'].map((object) => [object, of(object).length]),
  );
  expect(counts).toEqual({ Account: 200, Contact: 600, Opportunity: 800, Lead: 500, Case: 300, Task: 2200, Event: 800 });
  expect(of('CaseComment').length).toBeGreaterThan(300);
});

test('is the same for the same seed and day, and another for another seed', () => {
  expect(company()).toEqual(records);
  expect(company('other')).not.toEqual(records);
});

test('no two companies share a name, customers and leads that are not converted included', () => {
  const leads = of('Lead').filter((one) => one.values.IsConverted === false);
  const names = [...of('Account').map((one) => one.values.Name), ...new Set(leads.map((one) => one.values.Company))];
  expect(new Set(names).size).toBe(names.length);
});

test('the renewal of the demo stands in Commit, with a next step, and closes this quarter', () => {
  const [first] = of('Opportunity');
  expect(first?.values).toMatchObject({
    Name: 'Acme Manufacturing - Planning Suite renewal',
    StageName: 'Commit',
    ForecastCategoryName: 'Commit',
    Amount: 184_000,
    CloseDate: '2026-11-30',
    NextStep: 'Legal is reviewing the order form',
  });
});

test('nothing was made after today, changed before it was made, or closed in the future', () => {
  for (const record of records) {
    expect(record.createdAt, record.id).toBeLessThanOrEqual(NOW);
    expect(record.changedAt, record.id).toBeLessThanOrEqual(NOW);
    expect(record.changedAt, record.id).toBeGreaterThanOrEqual(record.createdAt);
  }
  expect(of('Opportunity').filter((one) => one.values.IsClosed === true && String(one.values.CloseDate) > '2026-11-21')).toEqual([]);
});

test('holds what pipeline reviews look for', () => {
  const open = of('Opportunity').filter((one) => one.values.IsClosed === false);
  const stale = open.filter((one) => Number(one.values.LastStageChangeDate ?? one.createdAt) < NOW - 60 * 86_400_000);
  expect(stale.length).toBeGreaterThan(20);
  expect(open.filter((one) => String(one.values.CloseDate) < '2026-11-21').length).toBeGreaterThan(5);
  expect(open.filter((one) => one.values.StageName === 'Commit').length).toBeGreaterThan(15);
  expect(open.filter((one) => Number(one.values.PushCount) > 1).length).toBeGreaterThan(20);
  expect(open.filter((one) => one.values.LastActivityDate === undefined).length).toBeGreaterThan(20);
  expect(open.filter((one) => one.values.Amount === null).length).toBeGreaterThan(5);
});

test('holds what deals are at risk for, and who stands behind deals, cases and leads', () => {
  const former = setupUser('former').id;
  const open = of('Opportunity').filter((one) => one.values.IsClosed === false);
  const commits = open.filter((one) => one.values.StageName === 'Commit');
  const withRole = new Set(of('OpportunityContactRole').map((role) => role.values['OpportunityId']));
  const twoWeeksAgo = new Date(NOW - 14 * 86_400_000).toISOString().slice(0, 10);
  const ahead = new Set(of('Event').flatMap(({ values }) => (Number(values['StartDateTime']) > NOW ? [values['AccountId']] : [])));
  const nearQuarterEnd = commits.filter(
    (one) => Math.abs(Date.parse(String(one.values.CloseDate)) - Date.UTC(2026, 11, 31)) <= 14 * 86_400_000,
  );
  const counts = {
    quietCommits: commits.filter((one) => String(one.values.LastActivityDate ?? '') < twoWeeksAgo).length,
    commitsSoonWithoutEvent: nearQuarterEnd.filter((one) => !ahead.has(one.values.AccountId ?? null)).length,
    commitsSoonWithEvent: nearQuarterEnd.filter((one) => ahead.has(one.values.AccountId ?? null)).length,
    leftBehind: open.filter((one) => one.values.OwnerId === former).length,
    withoutPeople: open.filter((one) => !withRole.has(one.id)).length,
    largeWithoutNextStep: open.filter((one) => Number(one.values.Amount) >= 100_000 && one.values.NextStep === null).length,
    madeInTheirStage: open.filter((one) => one.values.StageName !== 'Prospecting' && one.values.LastStageChangeDate === null).length,
    outsiders: of('OpportunityContactRole').filter(({ values }) => accountOf(values['ContactId']) !== accountOf(values['OpportunityId']))
      .length,
    queuedCases: of('Case').filter((one) => one.values.OwnerId === QUEUES.support).length,
    queuedLeads: of('Lead').filter((one) => one.values.OwnerId === QUEUES.inbound).length,
    convertedLeads: of('Lead').filter((one) => one.values.IsConverted === true).length,
    undatedTasks: of('Task').filter((one) => one.values['ActivityDate'] === null).length,
    caseTasks: of('Task').filter(({ values }) => cases.has(values['WhatId'])).length,
  };
  for (const [what, count] of Object.entries(counts)) expect(count, what).toBeGreaterThanOrEqual(3);
});

test.each(['local-org', 'integration', 'bench'])('a third of the open deals is at risk, and each rule has its deals: seed %s', (seed) => {
  const all = company(seed);
  const some = (object: string): DemoRecord[] => all.filter((record) => record.object === object);
  const open = some('Opportunity').filter((one) => one.values['IsClosed'] === false);
  const commits = open.filter(({ values }) => values['StageName'] === 'Commit');
  const day = (offset: number): string => new Date(Date.UTC(2026, 10, 21 + offset)).toISOString().slice(0, 10);
  const withRole = new Set(some('OpportunityContactRole').map((role) => role.values['OpportunityId']));
  const ahead = new Set(some('Event').flatMap(({ values }) => (Number(values['StartDateTime']) > NOW ? [values['AccountId']] : [])));
  const daysInStage = ({ values, createdAt }: DemoRecord): number =>
    (NOW - Number(values['LastStageChangeDate'] ?? createdAt)) / 86_400_000;
  const lastSign = ({ values, createdAt }: DemoRecord): string =>
    String(values['LastActivityDate'] ?? new Date(createdAt).toISOString().slice(0, 10));
  const limits: Record<string, number> = { Prospecting: 45, Qualification: 45, Commit: 21 };
  const hasMeeting = ({ values }: DemoRecord): boolean => ahead.has(values['AccountId'] ?? null);
  const closes = ({ values }: DemoRecord): string => String(values['CloseDate']);

  // The default thresholds, counted here by hand.
  const rules: Record<string, (deal: DemoRecord) => boolean> = {
    days_in_stage: (deal) => daysInStage(deal) > (limits[String(deal.values['StageName'])] ?? 30),
    days_since_activity: (deal) => lastSign(deal) < day(-14),
    close_date_passed: (deal) => closes(deal) < day(0),
    pushed: ({ values }) => Number(values['PushCount']) >= 2,
    large_deal_without_next_step: ({ values }) => Number(values['Amount']) > 100_000 && values['NextStep'] === null,
    no_amount: ({ values }) => values['Amount'] === null,
    no_contact_role: ({ id }) => !withRole.has(id),
    inactive_owner: ({ values }) => values['OwnerId'] === setupUser('former').id,
    commit_closing_soon: (deal) => commits.includes(deal) && closes(deal) >= day(0) && closes(deal) <= day(14) && !hasMeeting(deal),
  };
  for (const [rule, met] of Object.entries(rules)) expect(open.filter(met).length, rule).toBeGreaterThanOrEqual(3);
  const share = (part: readonly DemoRecord[], whole: readonly DemoRecord[]): number => part.length / whole.length;
  const between = (value: number, from: number, to: number): void => {
    expect(value).toBeGreaterThanOrEqual(from);
    expect(value).toBeLessThanOrEqual(to);
  };
  const atRisk = open.filter((deal) => Object.values(rules).some((met) => met(deal)));
  between(share(atRisk, open), 0.3, 0.4);

  // What stale_opps and at_risk_commits find; the quarter ends on 2026-12-31.
  const stale = open.filter((deal) => daysInStage(deal) > 30);
  between(share(stale, open), 0.05, 0.15);
  const riskyCommits = commits.filter(
    (deal) =>
      String(deal.values['LastActivityDate'] ?? '') < day(-14) ||
      (closes(deal) >= '2026-12-17' && closes(deal) <= '2027-01-14' && !hasMeeting(deal)),
  );
  between(share(riskyCommits, commits), 0.05, 0.15);
});

test('nothing was done about an open deal before it was made', () => {
  const open = new Map(of('Opportunity').flatMap((deal) => (deal.values['IsClosed'] === false ? [[deal.id, deal] as const] : [])));
  const early = [...of('Task'), ...of('Event')].filter(({ values }) => {
    const deal = open.get(String(values['WhatId']));
    return deal && String(values['ActivityDate'] ?? '9') < new Date(deal.createdAt).toISOString().slice(0, 10);
  });
  expect(early).toEqual([]);
});

test('some deals are pulled in, and the history says from when', () => {
  const pulledIn = of('OpportunityHistory').filter(({ values }) => String(values['CloseDate']) < String(values['PrevCloseDate'] ?? ''));
  expect(pulledIn.length).toBeGreaterThan(20);
});

test('the history of a deal ends in what the deal is, one row for each change', () => {
  const history = Map.groupBy(of('OpportunityHistory'), (row) => row.values['OpportunityId']);
  for (const deal of of('Opportunity')) {
    const rows = history.get(deal.id) ?? [];
    const last = rows.at(-1);
    for (const field of ['StageName', 'Amount', 'CloseDate', 'Probability', 'ForecastCategory', 'ExpectedRevenue']) {
      expect(last?.values[field], `${deal.id} ${field}`).toEqual(deal.values[field]);
    }
    expect(rows.map((row) => row.createdAt)).toEqual(rows.map((row) => row.createdAt).sort((a, b) => a - b));
    expect(rows[0]?.createdAt).toBe(deal.createdAt);
    if (deal.values['LastStageChangeDate'] !== null) expect(last?.createdAt).toBe(deal.values['LastStageChangeDate']);
    const pushed = rows.filter((row) => String(row.values['CloseDate']) > String(row.values['PrevCloseDate'] ?? '9'));
    expect(pushed).toHaveLength(Number(deal.values['PushCount']));
  }
});

test('every reference leads to a record of the company', () => {
  const ids = new Set(records.map((record) => record.id));
  for (const record of records) {
    for (const field of ['AccountId', 'ContactId', 'ParentId', 'WhatId', 'WhoId', 'OpportunityId', 'LastAmountChangedHistoryId']) {
      const target = record.values[field];
      if (typeof target === 'string') expect(ids.has(target), `${record.id}.${field}`).toBe(true);
    }
  }
});

test('the calendar counts quarters as the org does', () => {
  const fromFebruary = new Calendar(NOW, 'America/New_York', { startMonth: 2, namedByStart: false });
  expect(fromFebruary.daysToQuarterEnd()).toBe(71);
  expect(fromFebruary.fiscalPeriod('2026-11-21')).toEqual({ year: 2027, quarter: 4 });
});

test('the calendar takes today from the time zone, not from UTC', () => {
  const lateEvening = Date.UTC(2026, 10, 22, 3, 0);
  expect(new Calendar(lateEvening, 'America/New_York').day(0)).toBe('2026-11-21');
  expect(new Calendar(lateEvening, 'GMT').day(0)).toBe('2026-11-22');
  expect(new Calendar(lateEvening, 'America/New_York').daysToQuarterEnd()).toBe(40);
});
