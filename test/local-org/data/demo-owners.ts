import { FEATURED_DEALS } from './demo-opportunities.ts';
import type { DemoRecord } from './demo-record.ts';
import type { Random } from './random.ts';
import { QUEUES, setupUser } from './setup-records.ts';

/**
 * Gives some records the owners that reviews look for: deals that somebody left behind who has left the company, and cases
 * and leads that nobody has taken from their queue yet.
 */
export function reassignOwners(random: Random, records: readonly DemoRecord[]): void {
  const give = (object: string, share: number, owner: string, fits: (record: DemoRecord) => boolean): void => {
    for (const record of records) if (record.object === object && fits(record) && random.chance(share)) record.values['OwnerId'] = owner;
  };
  // Those that a demo names keep their owners.
  const featured = new Set(records.filter(({ object }) => object === 'Opportunity').slice(0, FEATURED_DEALS));
  give('Opportunity', 0.03, setupUser('former').id, (deal) => !featured.has(deal));
  give('Case', 0.5, QUEUES.support, ({ values }) => values['Status'] === 'New');
  give('Lead', 0.2, QUEUES.inbound, ({ values }) => values['Status'] === 'Open - Not Contacted');
}
