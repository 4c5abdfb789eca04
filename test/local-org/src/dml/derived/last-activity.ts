import type { Value } from '../../schema/types.ts';
import type { Transaction } from '../../transaction/types.ts';
import { activityTargets } from './activity-links.ts';
import type { DerivedRule } from './derived-rule.ts';
import { referenced } from './set-up-rows.ts';

/** The reference by which activities count for an object's records. */
const COUNTED_BY: Readonly<Record<string, 'WhatId' | 'WhoId' | 'AccountId'>> = {
  Account: 'AccountId',
  Opportunity: 'WhatId',
  Contact: 'WhoId',
  Lead: 'WhoId',
};

/**
 * The latest due date of a record's events and closed tasks. It moves without a change of LastModifiedDate.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunity.htm
 */
export const lastActivity: DerivedRule = {
  objects: ['Task', 'Event'],
  afterWrite(_operation, record, tx) {
    for (const id of activityTargets(record)) {
      const target = referenced(tx, id);
      const by = target && COUNTED_BY[target.object.name];
      if (target && by) tx.store.update(target.object, id, new Map([['LastActivityDate', latest(by, id, tx)]]));
    }
  },
};

function latest(by: 'WhatId' | 'WhoId' | 'AccountId', id: string, tx: Transaction): Value {
  const [row] = tx.store.select(
    `SELECT MAX(day) FROM (
       SELECT MAX("ActivityDate") AS day FROM "Task" WHERE "${by}" = ? AND "IsClosed" = 1 AND "IsDeleted" = 0
       UNION ALL SELECT MAX("ActivityDate") FROM "Event" WHERE "${by}" = ? AND "IsDeleted" = 0)`,
    [id, id],
  );
  const day = row?.[0];
  return typeof day === 'string' ? day : null;
}
