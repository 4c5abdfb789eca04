import type { DemoRecord } from './demo-record.ts';

/** The references by which activities count for a record; cases have no such date. */
const COUNTED_BY: Readonly<Record<string, string>> = { Account: 'AccountId', Opportunity: 'WhatId', Contact: 'WhoId', Lead: 'WhoId' };

/**
 * Sets LastActivityDate as the platform does: the latest date of an event or a closed task.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunity.htm
 */
export function setLastActivityDates(records: readonly DemoRecord[]): void {
  const byId = new Map(records.map((record) => [record.id, record]));
  for (const { object, values } of records) {
    const day = values['ActivityDate'];
    if (typeof day !== 'string' || !(object === 'Event' || (object === 'Task' && values['IsClosed'] === true))) continue;
    for (const reference of ['WhatId', 'WhoId', 'AccountId']) {
      const target = byId.get(String(values[reference]));
      if (!target || COUNTED_BY[target.object] !== reference) continue;
      const last = target.values['LastActivityDate'];
      if (typeof last !== 'string' || last < day) target.values['LastActivityDate'] = day;
    }
  }
}
