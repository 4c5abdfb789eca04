import type { Calendar } from './calendar.ts';
import { FEATURED_DEALS } from './demo-opportunities.ts';
import { text, type DemoRecord } from './demo-record.ts';
import type { Random } from './random.ts';
import { EVENT_SUBJECTS, TASK_NOTES, TASK_SUBJECTS } from './vocabulary.ts';

const TASKS = 2200;
const EVENTS = 800;

export interface ActivityTargets {
  readonly accounts: readonly DemoRecord[];
  readonly contacts: readonly DemoRecord[];
  readonly opportunities: readonly DemoRecord[];
  readonly leads: readonly DemoRecord[];
  /** Cases among their comments. */
  readonly cases: readonly DemoRecord[];
}

/** What an activity is about and with whom. */
interface Subject {
  readonly what: DemoRecord | null;
  readonly who: DemoRecord | null;
  readonly account: DemoRecord | null;
  readonly owner: string;
}

/** Tasks and events, most of the last half year, some ahead. */
export function demoActivities(
  random: Random,
  calendar: Calendar,
  nextId: (object: string) => string,
  targets: ActivityTargets,
): DemoRecord[] {
  // A fifth of the deals is never worked on, so that neglected ones exist.
  const worked = targets.opportunities.filter((_, index) => index < FEATURED_DEALS || random.chance(0.8));
  const byId = new Map(targets.accounts.map((account) => [account.id, account]));
  const cases = targets.cases.filter(({ object }) => object === 'Case');
  const subject = (): Subject => draw(random, { ...targets, cases }, worked, byId);
  const tasks = Array.from({ length: TASKS }, () => task(random, calendar, nextId, subject()));
  const events = Array.from({ length: EVENTS }, () => event(random, calendar, nextId, subject()));
  return [...tasks, ...events];
}

function draw(random: Random, targets: ActivityTargets, worked: readonly DemoRecord[], accounts: ReadonlyMap<string, DemoRecord>): Subject {
  const kind = random.weighted({ deal: 58, account: 18, lead: 19, case: 5 });
  if (kind === 'lead') {
    const lead = random.pick(targets.leads);
    return { what: null, who: lead, account: null, owner: text(lead, 'OwnerId') };
  }
  const what = random.pick(kind === 'deal' ? worked : kind === 'case' ? targets.cases : targets.accounts);
  const account = kind === 'account' ? what : accounts.get(text(what, 'AccountId'));
  if (!account) throw new Error(`${what.id} has no account`);
  // Contacts stand in the order of their accounts, three each.
  const first = targets.accounts.indexOf(account) * 3;
  const who = random.chance(0.7) ? (targets.contacts[first + random.int(0, 2)] ?? null) : null;
  return { what, who, account, owner: text(what, 'OwnerId') };
}

function task(random: Random, calendar: Calendar, nextId: (object: string) => string, subject: Subject): DemoRecord {
  const ahead = random.chance(0.12);
  const day = ahead ? calendar.workday(random.int(0, 30)) : -random.int(0, 180);
  const closed = !ahead && random.chance(0.9);
  // Some of what is still to be done has no date.
  const dated = closed || random.chance(0.85);
  const created = Math.min(0, day - random.int(0, 5));
  const changedAt = calendar.at(Math.min(0, Math.max(created, day)), 19, random.int(0, 59));
  const priority = random.weighted({ Normal: 80, High: 15, Low: 5 });
  return {
    object: 'Task',
    id: nextId('Task'),
    createdAt: calendar.at(created, 15, random.int(0, 59)),
    changedAt,
    createdBy: subject.owner,
    values: {
      Subject: random.pick(TASK_SUBJECTS),
      Description: random.chance(0.5) ? random.pick(TASK_NOTES) : null,
      ActivityDate: dated ? calendar.day(day) : null,
      Status: closed ? 'Completed' : random.weighted({ 'Not Started': 70, 'In Progress': 30 }),
      IsClosed: closed,
      CompletedDateTime: closed ? changedAt : null,
      Priority: priority,
      IsHighPriority: priority === 'High',
      ...related(subject),
    },
  };
}

function event(random: Random, calendar: Calendar, nextId: (object: string) => string, subject: Subject): DemoRecord {
  const day = random.chance(0.2) ? random.int(1, 45) : -random.int(0, 180);
  const workday = day < 0 ? day : calendar.workday(day);
  const start = calendar.at(workday, random.int(13, 21), random.pick([0, 30]));
  const minutes = random.pick([30, 60, 90]);
  const created = Math.min(0, workday - random.int(1, 14));
  return {
    object: 'Event',
    id: nextId('Event'),
    createdAt: calendar.at(created, 14, random.int(0, 59)),
    changedAt: calendar.at(created, 14, 59),
    createdBy: subject.owner,
    values: {
      Subject: random.pick(EVENT_SUBJECTS),
      Description: random.chance(0.3) ? random.pick(TASK_NOTES) : null,
      StartDateTime: start,
      EndDateTime: start + minutes * 60_000,
      ActivityDateTime: start,
      EndDate: calendar.day(workday),
      ActivityDate: calendar.day(workday),
      DurationInMinutes: minutes,
      IsAllDayEvent: false,
      ...related(subject),
    },
  };
}

function related(subject: Subject): Record<string, string | null> {
  return {
    OwnerId: subject.owner,
    WhatId: subject.what?.id ?? null,
    WhoId: subject.who?.id ?? null,
    AccountId: subject.account?.id ?? null,
  };
}
