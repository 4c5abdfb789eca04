import type { Calendar } from './calendar.ts';
import { dealAttention } from './demo-deal-attention.ts';
import { text, type DemoRecord } from './demo-record.ts';
import type { Random } from './random.ts';
import { EVENT_SUBJECTS, TASK_NOTES, TASK_SUBJECTS } from './vocabulary.ts';

const TASKS = 2200;
const EVENTS = 800;
/** Days within which something was done about a deal that somebody looks after. */
const RECENT = 12;
const DAY = 24 * 60 * 60 * 1000;

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
  /** The first day on which something can have been done about it. */
  readonly from: number;
}

/**
 * Tasks and events, most of the last half year, some ahead: what keeps the open deals alive first, then what comes up for any
 * deal, account, lead or case.
 */
export function demoActivities(
  random: Random,
  calendar: Calendar,
  nextId: (object: string) => string,
  targets: ActivityTargets,
): DemoRecord[] {
  const { kept, quiet, fresh, planned, withoutMeeting } = dealAttention(random, calendar, targets.opportunities);
  const idle = new Set([...quiet, ...fresh]);
  // A fifth of the closed deals was never worked on.
  const worked = targets.opportunities.filter((deal) => !idle.has(deal) && (deal.values['IsClosed'] === false || random.chance(0.8)));
  const byId = new Map(targets.accounts.map((account) => [account.id, account]));
  const cases = targets.cases.filter(({ object }) => object === 'Case');
  const about = (what: DemoRecord): Subject => subjectOf(random, calendar, targets, what, byId);
  const subject = (): Subject => draw(random, { ...targets, cases }, worked, about);
  const maySee = (one: Subject): boolean => !withoutMeeting.has(one.account?.id ?? '');
  const touches = [
    ...kept.map((deal) => ({ what: about(deal), day: -random.int(0, RECENT) })),
    // Every other quiet deal has a past.
    ...quiet.filter((_, index) => index % 2 === 0).map((deal) => ({ what: about(deal), day: -random.int(RECENT + 4, 90) })),
  ];
  const done = touches.map(({ what, day }) => task(random, calendar, nextId, what, Math.max(day, what.from)));
  const tasks = Array.from({ length: TASKS - done.length }, () => task(random, calendar, nextId, subject()));
  const meetings = planned.map((deal) => event(random, calendar, nextId, about(deal), random.int(1, 14)));
  const events = Array.from({ length: EVENTS - meetings.length }, () => {
    const one = subject();
    const ahead = random.chance(0.2) && maySee(one);
    return event(random, calendar, nextId, one, ahead ? random.int(1, 45) : pastDay(random, one));
  });
  return [...done, ...tasks, ...meetings, ...events];
}

function pastDay(random: Random, { from }: Subject): number {
  return -random.int(0, Math.min(180, -from));
}

function draw(random: Random, targets: ActivityTargets, worked: readonly DemoRecord[], about: (what: DemoRecord) => Subject): Subject {
  const kind = random.weighted({ deal: 58, account: 18, lead: 19, case: 5 });
  if (kind === 'lead') {
    const lead = random.pick(targets.leads);
    return { what: null, who: lead, account: null, owner: text(lead, 'OwnerId'), from: -180 };
  }
  return about(random.pick(kind === 'deal' ? worked : kind === 'case' ? targets.cases : targets.accounts));
}

function subjectOf(
  random: Random,
  calendar: Calendar,
  targets: ActivityTargets,
  what: DemoRecord,
  accounts: ReadonlyMap<string, DemoRecord>,
): Subject {
  const account = what.object === 'Account' ? what : accounts.get(text(what, 'AccountId'));
  if (!account) throw new Error(`${what.id} has no account`);
  // Contacts stand in the order of their accounts, three each.
  const first = targets.accounts.indexOf(account) * 3;
  const who = random.chance(0.7) ? (targets.contacts[first + random.int(0, 2)] ?? null) : null;
  const isOpenDeal = what.object === 'Opportunity' && what.values['IsClosed'] === false;
  const from = isOpenDeal ? Math.min(0, Math.ceil((what.createdAt - calendar.at(0, 0)) / DAY)) : -180;
  return { what, who, account, owner: text(what, 'OwnerId'), from };
}

function task(random: Random, calendar: Calendar, nextId: (object: string) => string, subject: Subject, doneOn?: number): DemoRecord {
  const ahead = doneOn === undefined && random.chance(0.12);
  const day = ahead ? calendar.workday(random.int(0, 30)) : (doneOn ?? pastDay(random, subject));
  const closed = doneOn !== undefined || (!ahead && random.chance(0.9));
  // Some of what is still to be done has no date.
  const dated = closed || random.chance(0.85);
  const created = Math.max(subject.from, Math.min(0, day - random.int(0, 5)));
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

function event(random: Random, calendar: Calendar, nextId: (object: string) => string, subject: Subject, day: number): DemoRecord {
  const workday = day <= 0 ? day : calendar.workday(day);
  const start = calendar.at(workday, random.int(13, 21), random.pick([0, 30]));
  const minutes = random.pick([30, 60, 90]);
  const created = Math.max(subject.from, Math.min(0, workday - random.int(1, 14)));
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
