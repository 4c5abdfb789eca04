import { CONTACT_ROLES } from '../src/schema/standard/picklists.ts';
import type { Calendar } from './calendar.ts';
import { text, type DemoRecord } from './demo-record.ts';
import type { Random } from './random.ts';

const WITH_ROLES = { open: 0.94, closed: 0.75 };
const WITH_OUTSIDER = 0.1;

/**
 * Who takes part in which deal: people of the account, now and then somebody of another one (a consultant, a parent company),
 * and nobody at all in a quarter of the closed deals and a few open ones.
 */
export function demoContactRoles(
  random: Random,
  calendar: Calendar,
  nextId: (object: string) => string,
  opportunities: readonly DemoRecord[],
  contacts: readonly DemoRecord[],
): DemoRecord[] {
  const byAccount = Map.groupBy(contacts, (contact) => contact.values['AccountId']);
  return opportunities.flatMap((opportunity, index) => {
    // The first deal of the demo has its people, the neglected commit has none.
    if (index === 2 || (index > 0 && !random.chance(opportunity.values['IsClosed'] === true ? WITH_ROLES.closed : WITH_ROLES.open)))
      return [];
    const own = (byAccount.get(text(opportunity, 'AccountId')) ?? []).slice(0, random.int(1, 3));
    const outsider = random.chance(WITH_OUTSIDER) ? random.pick(contacts) : null;
    const people = outsider && !own.includes(outsider) ? [...own, outsider] : own;
    const at = Math.min(opportunity.createdAt + 3_600_000, calendar.at(0, 23, 59));
    return people.map((contact, place) => ({
      object: 'OpportunityContactRole',
      id: nextId('OpportunityContactRole'),
      createdAt: at,
      changedAt: at,
      createdBy: text(opportunity, 'OwnerId'),
      values: {
        OpportunityId: opportunity.id,
        ContactId: contact.id,
        Role: random.chance(0.1) ? null : random.pick(CONTACT_ROLES),
        IsPrimary: place === 0,
      },
    }));
  });
}
