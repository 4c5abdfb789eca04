import { NotSupported } from '../../errors.ts';
import type { Value } from '../../schema/types.ts';
import type { Transaction } from '../../transaction/types.ts';
import type { WorkingRecord } from '../types.ts';
import { currentValue } from '../working-record.ts';
import type { DerivedRule } from './derived-rule.ts';
import { referenced } from './set-up-rows.ts';

/**
 * The account of a task or event: the one it is related to, or the account of the opportunity or case it is related to,
 * else of its contact.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_task.htm
 */
export const activityLinks: DerivedRule = {
  objects: ['Task', 'Event'],
  beforeSave(record, tx) {
    const what = currentValue(record, 'WhatId');
    const who = currentValue(record, 'WhoId');
    if (what !== null && referenced(tx, who)?.object.name === 'Lead') {
      throw new NotSupported('a task or event of a lead that is also related to another record, which the platform refuses');
    }
    record.values.set('AccountId', accountOf(what, tx) ?? accountOf(who, tx));
  },
};

function accountOf(id: Value, tx: Transaction): Value {
  const target = referenced(tx, id);
  if (!target) return null;
  return target.object.name === 'Account' ? id : (target.row.get('AccountId') ?? null);
}

/** The records whose LastActivityDate an activity counts for: before the change and after it. */
export function activityTargets(record: WorkingRecord): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const field of ['WhatId', 'WhoId', 'AccountId']) {
    for (const id of [currentValue(record, field), record.old?.get(field)]) if (typeof id === 'string') ids.add(id);
  }
  return ids;
}
