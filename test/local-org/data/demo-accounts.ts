import type { Calendar } from './calendar.ts';
import { EAST_REPS, WEST_REPS, type DemoRecord } from './demo-record.ts';
import type { Random } from './random.ts';
import { setupUser } from './setup-records.ts';
import { CITIES, companyNames } from './vocabulary.ts';

const ACCOUNTS = 200;

/** Account 0 is the customer of the demo: always the same name and owner. */
export function demoAccounts(random: Random, calendar: Calendar, nextId: (object: string) => string): DemoRecord[] {
  const companies = [{ name: 'Acme Manufacturing', industry: 'Manufacturing' }, ...companyNames(ACCOUNTS - 1)];
  return companies.map(({ name, industry }, index) => {
    const place = random.pick(CITIES);
    const owner = index === 0 ? setupUser('rep3') : random.pick(place.west ? WEST_REPS : EAST_REPS);
    const created = -random.int(200, 1500);
    const type = index === 0 ? 'Customer - Direct' : random.weighted({ 'Customer - Direct': 45, Prospect: 45, 'Customer - Channel': 10 });
    const employees = random.int(4, 400) * 10;
    return {
      object: 'Account',
      id: nextId('Account'),
      createdAt: calendar.at(created, 14, random.int(0, 59)),
      changedAt: calendar.at(-random.int(0, 180), 15, random.int(0, 59)),
      createdBy: owner.id,
      values: {
        Name: name,
        Industry: industry,
        Type: type,
        AnnualRevenue: employees * random.int(80, 260) * 1000,
        NumberOfEmployees: employees,
        BillingCity: place.city,
        BillingState: place.state,
        BillingCountry: 'USA',
        Phone: `(${place.area}) 555-${String(random.int(100, 9999)).padStart(4, '0')}`,
        Website: `https://www.${name.toLowerCase().replace(/[^a-z]+/g, '')}.example`,
        OwnerId: owner.id,
      },
    };
  });
}
