import { TASK_STATUSES } from '../src/schema/standard/stages.ts';
import type { Calendar } from './calendar.ts';
import type { DemoRecord } from './demo-record.ts';
import { setLastActivityDates } from './last-activity-dates.ts';
import { EDGES, moment, randomDeals } from './random-deals.ts';
import { Random } from './random.ts';
import { setupUser } from './setup-records.ts';

const ACCOUNTS = 40;
const CONTACTS = 80;
const DEALS = 300;
const ACTIVITIES = 400;

/** Sellers of both regions, their managers, the one above them, somebody without a manager, and somebody who left. */
const OWNERS = ['rep1', 'rep2', 'rep3', 'rep4', 'rep5', 'rep6', 'rep7', 'rep8', 'east', 'west', 'vp', 'admin', 'former'];

/**
 * A company that nobody would believe, for tests that compute totals by themselves: values and dates lie on the edges of the
 * tools' rules, references are missing, stages go back and forth. Same seed, same day: same records.
 * @param nextId a fresh id of an object
 */
export function randomCompany(seed: string, calendar: Calendar, nextId: (object: string) => string): DemoRecord[] {
  const random = (part: string): Random => new Random(`${seed}/random/${part}`);
  const owners = OWNERS.map((key) => setupUser(key).id);
  const accounts = named(random('accounts'), calendar, nextId, 'Account', ACCOUNTS, owners, (_, index) => ({ Name: `Account ${index}` }));
  const contacts = named(random('contacts'), calendar, nextId, 'Contact', CONTACTS, owners, (draw, index) => ({
    ...{ FirstName: 'Contact', LastName: `${index}`, Name: `Contact ${index}` },
    AccountId: draw.chance(0.9) ? draw.pick(accounts).id : null,
  }));
  const deals = randomDeals(random('deals'), calendar, nextId, DEALS, { accounts, owners });
  const opportunities = deals.filter(({ object }) => object === 'Opportunity');
  const roles = contactRoles(random('roles'), nextId, opportunities, contacts);
  const draw = random('activities');
  const activities = Array.from({ length: ACTIVITIES }, () => activity(draw, calendar, nextId, accounts, contacts, opportunities));
  const records = [...accounts, ...contacts, ...deals, ...roles, ...activities];
  setLastActivityDates(records);
  return records;
}

function named(
  random: Random,
  calendar: Calendar,
  nextId: (object: string) => string,
  object: string,
  count: number,
  owners: readonly string[],
  values: (random: Random, index: number) => DemoRecord['values'],
): DemoRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const owner = random.pick(owners);
    const at = moment(random, calendar, -random.int(541, 900));
    return {
      object,
      id: nextId(object),
      createdAt: at,
      changedAt: at,
      createdBy: owner,
      values: { OwnerId: owner, ...values(random, index) },
    };
  });
}

/** None for a third of the deals; people of any account for the others, now and then nobody of its own. */
function contactRoles(
  random: Random,
  nextId: (object: string) => string,
  opportunities: readonly DemoRecord[],
  contacts: readonly DemoRecord[],
): DemoRecord[] {
  return opportunities.flatMap((opportunity) => {
    if (random.chance(1 / 3)) return [];
    const people = new Set(Array.from({ length: random.int(1, 3) }, () => random.pick(contacts)));
    return [...people].map((contact, place) => ({
      object: 'OpportunityContactRole',
      id: nextId('OpportunityContactRole'),
      createdAt: opportunity.createdAt,
      changedAt: opportunity.createdAt,
      createdBy: opportunity.createdBy,
      values: { OpportunityId: opportunity.id, ContactId: contact.id, Role: 'Influencer', IsPrimary: place === 0 && random.chance(0.5) },
    }));
  });
}

function activity(
  random: Random,
  calendar: Calendar,
  nextId: (object: string) => string,
  accounts: readonly DemoRecord[],
  contacts: readonly DemoRecord[],
  opportunities: readonly DemoRecord[],
): DemoRecord {
  const what = random.chance(0.15) ? null : random.pick(random.chance(0.7) ? opportunities : accounts);
  const who = what === null || random.chance(0.3) ? random.pick(contacts) : null;
  const ofWhat = what?.object === 'Account' ? what.id : (what?.values['AccountId'] ?? null);
  const links = { WhatId: what?.id ?? null, WhoId: who?.id ?? null, AccountId: ofWhat ?? who?.values['AccountId'] ?? null };
  const owner = what?.createdBy ?? setupUser('admin').id;
  const day = random.chance(0.25) ? random.int(0, 45) : random.pick(EDGES);
  const at = moment(random, calendar, Math.min(day, 0));
  const made = { createdAt: at, changedAt: at, createdBy: owner };
  if (random.chance(0.4)) {
    const start = moment(random, calendar, day);
    const end = start + 30 * 60_000;
    const times = { StartDateTime: start, ActivityDateTime: start, EndDateTime: end, DurationInMinutes: 30 };
    return {
      ...{ object: 'Event', id: nextId('Event'), ...made },
      values: { Subject: 'Meeting', OwnerId: owner, ...times, ActivityDate: calendar.dayOf(start), EndDate: calendar.dayOf(end), ...links },
    };
  }
  const status = random.pick(TASK_STATUSES);
  return {
    ...{ object: 'Task', id: nextId('Task'), ...made },
    values: {
      ...{ Subject: 'Call', OwnerId: owner, Priority: 'Normal', ...links },
      ...{ Status: status.name, IsClosed: status.isClosed, CompletedDateTime: status.isClosed ? at : null },
      ActivityDate: random.chance(0.1) ? null : calendar.day(day),
    },
  };
}
