import type { Calendar } from './calendar.ts';
import { text, type DemoRecord } from './demo-record.ts';
import type { Random } from './random.ts';
import { CONTACT_TITLES, FIRST_NAMES, LAST_NAMES } from './vocabulary.ts';

const PER_ACCOUNT = 3;

/** Three people at every account, each with another title. */
export function demoContacts(
  random: Random,
  calendar: Calendar,
  nextId: (object: string) => string,
  accounts: readonly DemoRecord[],
): DemoRecord[] {
  return accounts.flatMap((account) => {
    const host = text(account, 'Website').replace('https://www.', '');
    const firstTitle = random.int(0, CONTACT_TITLES.length - 1);
    return Array.from({ length: PER_ACCOUNT }, (_, index) => {
      const firstName = random.pick(FIRST_NAMES);
      const lastName = random.pick(LAST_NAMES);
      return {
        object: 'Contact',
        id: nextId('Contact'),
        createdAt: calendar.at(-random.int(30, 900), 16, random.int(0, 59)),
        changedAt: calendar.at(-random.int(0, 30), 16, random.int(0, 59)),
        createdBy: text(account, 'OwnerId'),
        values: {
          FirstName: firstName,
          LastName: lastName,
          Name: `${firstName} ${lastName}`,
          Title: CONTACT_TITLES[(firstTitle + index * 5) % CONTACT_TITLES.length] ?? null,
          Email: `${firstName}.${lastName}@${host}`.toLowerCase(),
          Phone: `${text(account, 'Phone').slice(0, 9)}-${String(random.int(100, 9999)).padStart(4, '0')}`,
          AccountId: account.id,
          OwnerId: text(account, 'OwnerId'),
        },
      };
    });
  });
}
