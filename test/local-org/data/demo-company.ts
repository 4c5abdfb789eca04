import { demoAccounts } from './demo-accounts.ts';
import { demoActivities } from './demo-activities.ts';
import { demoCases } from './demo-cases.ts';
import { demoContactRoles } from './demo-contact-roles.ts';
import { demoContacts } from './demo-contacts.ts';
import { convertLeads } from './demo-conversions.ts';
import { demoLeads } from './demo-leads.ts';
import { demoOpportunities } from './demo-opportunities.ts';
import { reassignOwners } from './demo-owners.ts';
import { demoOpportunityHistory } from './demo-opportunity-history.ts';
import type { Calendar } from './calendar.ts';
import type { DemoRecord } from './demo-record.ts';
import { setLastActivityDates } from './last-activity-dates.ts';
import { Random } from './random.ts';

/**
 * The records of the demo company, a maker of planning software: 200 accounts, 600 contacts, 800 opportunities with contact
 * roles and history, 500 leads, 300 cases with comments, 3,000 tasks and events. Same seed, same day: same records.
 * @param nextId a fresh id of an object
 */
export function demoCompany(seed: string, calendar: Calendar, nextId: (object: string) => string): DemoRecord[] {
  const random = (part: string): Random => new Random(`${seed}/${part}`);
  const accounts = demoAccounts(random('accounts'), calendar, nextId);
  const contacts = demoContacts(random('contacts'), calendar, nextId, accounts);
  const opportunities = demoOpportunities(random('opportunities'), calendar, nextId, accounts);
  const leads = demoLeads(random('leads'), calendar, nextId);
  const cases = demoCases(random('cases'), calendar, nextId, accounts, contacts);
  convertLeads(random('conversions'), calendar, leads, contacts, opportunities, accounts);
  const roles = demoContactRoles(random('roles'), calendar, nextId, opportunities, contacts);
  const activities = demoActivities(random('activities'), calendar, nextId, { accounts, contacts, opportunities, leads, cases });
  const history = demoOpportunityHistory(random('history'), nextId, opportunities);
  const records = [...accounts, ...contacts, ...opportunities, ...roles, ...history, ...leads, ...cases, ...activities];
  reassignOwners(random('owners'), records);
  setLastActivityDates(records);
  return records;
}
