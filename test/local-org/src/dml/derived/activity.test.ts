import { expect, test } from 'vitest';
import type { Value } from '../../schema/types.ts';
import { DmlOrg, NOON } from '../dml-org.ts';

function world() {
  const org = new DmlOrg();
  const account = org.insert('Account', { Name: 'A' });
  const contact = org.insert('Contact', { LastName: 'C', AccountId: account });
  const deal = org.insert('Opportunity', { Name: 'D', StageName: 'Commit', CloseDate: '2026-06-30', AccountId: account });
  const lead = org.insert('Lead', { LastName: 'L', Company: 'X' });
  const last = (object: string, id: string): Value => org.row(object, id).get('LastActivityDate') ?? null;
  return { org, account, contact, deal, lead, last };
}

test('a task finds its account: of the opportunity, else of the contact', () => {
  const { org, account, contact, deal, lead } = world();
  const accountOf = (cells: Record<string, Value>) => org.row('Task', org.insert('Task', cells)).get('AccountId');
  expect(accountOf({ WhatId: deal })).toBe(account);
  expect(accountOf({ WhatId: account })).toBe(account);
  expect(accountOf({ WhoId: contact })).toBe(account);
  expect(accountOf({ WhoId: lead })).toBeNull();
  expect(() => accountOf({ WhoId: lead, WhatId: deal })).toThrow('a task or event of a lead that is also related to another record');
});

test('a task is closed by its status, and its date counts once it is', () => {
  const { org, account, contact, deal, last } = world();
  const task = org.insert('Task', { WhatId: deal, WhoId: contact, ActivityDate: '2026-03-10', Priority: 'High' });
  const fields = (): Value[] =>
    ['Status', 'IsClosed', 'CompletedDateTime', 'IsHighPriority'].map((field) => org.row('Task', task).get(field) ?? null);
  expect(fields()).toEqual(['Not Started', false, null, true]);
  expect(last('Opportunity', deal)).toBeNull();
  const stamp = org.row('Opportunity', deal).get('LastModifiedDate');
  org.clock.advance(5_000);
  org.update('Task', task, { Status: 'Completed', Priority: 'Low' });
  expect(fields()).toEqual(['Completed', true, NOON + 5_000, false]);
  expect([last('Opportunity', deal), last('Account', account), last('Contact', contact)]).toEqual([
    '2026-03-10',
    '2026-03-10',
    '2026-03-10',
  ]);
  expect(org.row('Opportunity', deal).get('LastModifiedDate')).toBe(stamp);
  org.update('Task', task, { Status: 'In Progress' });
  expect(fields().slice(1, 3)).toEqual([false, null]);
  expect(last('Opportunity', deal)).toBeNull();
});

test('the latest activity counts; a deleted one does not, until it is back; a moved one counts where it went', () => {
  const { org, deal, lead, last } = world();
  const done = { WhatId: deal, Status: 'Completed' };
  org.insert('Task', { ...done, ActivityDate: '2026-02-01' });
  const later = org.insert('Task', { ...done, ActivityDate: '2026-03-01' });
  expect(last('Opportunity', deal)).toBe('2026-03-01');
  org.run('delete', 'Task', [{ Id: later }], true);
  expect(last('Opportunity', deal)).toBe('2026-02-01');
  org.run('undelete', 'Task', [{ Id: later }], true);
  expect(last('Opportunity', deal)).toBe('2026-03-01');
  org.update('Task', later, { WhatId: null, WhoId: lead });
  expect([last('Opportunity', deal), last('Lead', lead)]).toEqual(['2026-02-01', '2026-03-01']);
});

test('an event counts by its day in the zone of the user, and start and length give the rest', () => {
  const { org, account, last } = world();
  const start = Date.parse('2026-04-02T02:00:00Z');
  const event = org.insert('Event', { WhatId: account, StartDateTime: start, DurationInMinutes: 90 });
  expect(Object.fromEntries(org.row('Event', event))).toMatchObject({
    ActivityDateTime: start,
    EndDateTime: start + 5_400_000,
    ActivityDate: '2026-04-01',
    EndDate: '2026-04-01',
  });
  expect(last('Account', account)).toBe('2026-04-01');
  org.update('Event', event, { EndDateTime: start + 1_800_000 });
  expect(org.row('Event', event).get('DurationInMinutes')).toBe(30);
});

test('an all-day event has days', () => {
  const { org } = world();
  const event = org.insert('Event', { IsAllDayEvent: true, ActivityDate: '2026-04-02', DurationInMinutes: 2_880 });
  expect(Object.fromEntries(org.row('Event', event))).toMatchObject({
    StartDateTime: Date.parse('2026-04-02T00:00:00Z'),
    EndDateTime: Date.parse('2026-04-03T00:00:00Z'),
    ActivityDate: '2026-04-02',
    EndDate: '2026-04-03',
  });
});

test('an event needs a start and a length', () => {
  const { org } = world();
  const missing = (cells: Record<string, Value>) => org.run('insert', 'Event', [cells])[0]?.errors[0]?.message;
  expect(missing({})).toBe('Required fields are missing: [ActivityDateTime]');
  expect(missing({ StartDateTime: NOON })).toBe('Required fields are missing: [DurationInMinutes]');
});
