import type { Calendar } from './calendar.ts';
import { text, type DemoRecord } from './demo-record.ts';
import type { Random } from './random.ts';

const CONVERTED = 30;
const DAY = 24 * 60 * 60 * 1000;

/** Turns some leads into what they would be after conversion: the person, the company and the deal are in the org. */
export function convertLeads(
  random: Random,
  calendar: Calendar,
  leads: readonly DemoRecord[],
  contacts: readonly DemoRecord[],
  opportunities: readonly DemoRecord[],
  accounts: readonly DemoRecord[],
): void {
  const names = new Map(accounts.map((account) => [account.id, text(account, 'Name')]));
  for (const lead of leads.slice(0, CONVERTED)) {
    const deal = random.pick(opportunities);
    const account = text(deal, 'AccountId');
    const contact = random.pick(contacts.filter((one) => one.values['AccountId'] === account));
    const age = Math.floor((calendar.at(0, 12) - lead.createdAt) / DAY);
    for (const field of ['FirstName', 'LastName', 'Name', 'Title', 'Email', 'Phone']) lead.values[field] = contact.values[field] ?? null;
    Object.assign(lead.values, {
      Company: names.get(account) ?? null,
      Status: 'Closed - Converted',
      IsConverted: true,
      ConvertedDate: calendar.day(-random.int(0, Math.max(0, age))),
      ConvertedAccountId: account,
      ConvertedContactId: contact.id,
      ConvertedOpportunityId: random.chance(0.7) ? deal.id : null,
    });
  }
}
