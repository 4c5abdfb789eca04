import type { Calendar } from './calendar.ts';
import { EAST_REPS, WEST_REPS, type DemoRecord } from './demo-record.ts';
import type { Random } from './random.ts';
import { CITIES, companyNames, CONTACT_TITLES, FIRST_NAMES, LAST_NAMES } from './vocabulary.ts';

const LEADS = 500;
/** Lead companies begin where the accounts' names end, so that none is a customer already. */
const NAMES_USED_BY_ACCOUNTS = 200;

export function demoLeads(random: Random, calendar: Calendar, nextId: (object: string) => string): DemoRecord[] {
  const companies = companyNames(LEADS / 2, NAMES_USED_BY_ACCOUNTS);
  return Array.from({ length: LEADS }, (_, index) => {
    const company = companies[index % companies.length];
    if (!company) throw new Error('no company for a lead');
    const place = random.pick(CITIES);
    const firstName = random.pick(FIRST_NAMES);
    const lastName = random.pick(LAST_NAMES);
    const owner = random.pick(place.west ? WEST_REPS : EAST_REPS);
    const created = -random.int(0, 240);
    const status = random.weighted({ 'Open - Not Contacted': 35, 'Working - Contacted': 45, 'Closed - Not Converted': 20 });
    return {
      object: 'Lead',
      id: nextId('Lead'),
      createdAt: calendar.at(created, 13, random.int(0, 59)),
      changedAt: calendar.at(Math.min(0, created + random.int(0, 30)), 18, random.int(0, 59)),
      createdBy: owner.id,
      values: {
        FirstName: firstName,
        LastName: lastName,
        Name: `${firstName} ${lastName}`,
        Company: company.name,
        Title: random.pick(CONTACT_TITLES),
        Industry: company.industry,
        Email: `${firstName}.${lastName}@${company.name.toLowerCase().replace(/[^a-z]+/g, '')}.example`.toLowerCase(),
        Phone: `(${place.area}) 555-${String(random.int(100, 9999)).padStart(4, '0')}`,
        City: place.city,
        State: place.state,
        Country: 'USA',
        Status: status,
        LeadSource: random.weighted({ Web: 45, 'Phone Inquiry': 15, 'Partner Referral': 20, 'Purchased List': 15, Other: 5 }),
        Rating: random.weighted({ Hot: 20, Warm: 45, Cold: 35 }),
        IsConverted: false,
        OwnerId: owner.id,
      },
    };
  });
}
