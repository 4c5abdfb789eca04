import type { Calendar } from './calendar.ts';
import { text, type DemoRecord } from './demo-record.ts';
import type { Random } from './random.ts';
import { setupUser } from './setup-records.ts';
import { CASE_COMMENTS, CASES } from './vocabulary.ts';

const CASE_COUNT = 300;

/** Cases, and the comments that a case collects while it is open. */
export function demoCases(
  random: Random,
  calendar: Calendar,
  nextId: (object: string) => string,
  accounts: readonly DemoRecord[],
  contacts: readonly DemoRecord[],
): DemoRecord[] {
  const customers = accounts.filter((account) => text(account, 'Type').startsWith('Customer'));
  return Array.from({ length: CASE_COUNT }, () => random.pick(customers)).flatMap((account) => {
    const reporter = random.pick(contacts.filter((contact) => contact.values.AccountId === account.id));
    const { subject, description } = random.pick(CASES);
    const created = -random.int(0, 365);
    const closed = created < -20 ? random.chance(0.9) : random.chance(0.4);
    const closedOn = closed ? Math.min(0, created + random.int(0, 20)) : null;
    const owner = random.pick([setupUser('rep1'), setupUser('rep6'), setupUser('admin')]);
    const one: DemoRecord = {
      object: 'Case',
      id: nextId('Case'),
      createdAt: calendar.at(created, 9, random.int(0, 59)),
      changedAt: calendar.at(closedOn ?? Math.min(0, created + 2), 18, random.int(0, 59)),
      createdBy: owner.id,
      values: {
        Subject: subject,
        Description: description,
        Status: closed ? 'Closed' : random.weighted({ New: 40, Working: 45, Escalated: 15 }),
        IsClosed: closed,
        ClosedDate: closedOn === null ? null : calendar.at(closedOn, 18),
        Priority: random.weighted({ High: 20, Medium: 55, Low: 25 }),
        Origin: random.weighted({ Email: 50, Phone: 30, Web: 20 }),
        AccountId: account.id,
        ContactId: reporter.id,
        ContactEmail: text(reporter, 'Email'),
        ContactPhone: text(reporter, 'Phone'),
        OwnerId: owner.id,
      },
    };
    return [one, ...comments(random, calendar, nextId, one, created, closedOn ?? 0)];
  });
}

function comments(
  random: Random,
  calendar: Calendar,
  nextId: (object: string) => string,
  parent: DemoRecord,
  from: number,
  to: number,
): DemoRecord[] {
  return Array.from({ length: random.int(0, 4) }, (_, index) => {
    const day = Math.min(to, from + index * random.int(0, 3));
    const at = calendar.at(day, 10 + index, random.int(0, 59));
    return {
      object: 'CaseComment',
      id: nextId('CaseComment'),
      createdAt: at,
      changedAt: at,
      createdBy: parent.createdBy,
      values: { ParentId: parent.id, CommentBody: random.pick(CASE_COMMENTS), IsPublished: random.chance(0.3) },
    };
  });
}
