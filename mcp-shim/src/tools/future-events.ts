import type { NamedQuery } from '../salesforce/api-request.ts';
import { rowsOf } from '../salesforce/look-up.ts';
import type { Answers } from '../salesforce/look-up.ts';
import { compare, oneOf, selectSoql, soqlInstant } from '../salesforce/soql-builder.ts';
import type { Wanted } from './visible-select.ts';

/** Accounts of one look-up. */
export const maxAccountsPerLookUp = 200;

/** What a look-up needs to see. */
export const futureEventFields: Wanted = { from: 'Event', fields: [], required: ['AccountId', 'StartDateTime'] };

/** The accounts with an event ahead. `Event` may not stand in an inner select, so it is asked for by account. At most 200 accounts. */
export function futureEventsQuery(accountIds: readonly string[], now: string): NamedQuery {
  return {
    ref: 'future_events',
    soql: selectSoql({
      fields: ['AccountId'],
      aggregates: [{ function: 'MIN', field: 'StartDateTime', as: 'next' }],
      from: 'Event',
      where: [oneOf('AccountId', accountIds), compare('StartDateTime', '>', soqlInstant(now))],
      groupBy: 'AccountId',
    }),
  };
}

export function accountsWithEvent(answers: Answers): string[] {
  return rowsOf(answers, 'future_events').map((row) => String(row['AccountId']));
}

/**
 * False where the last activity of an account rules out an event ahead: Salesforce counts what is planned as activity. A day is left
 * between for time zones.
 */
export function mayHaveFutureEvent(lastActivityDate: unknown, yesterday: string): boolean {
  return typeof lastActivityDate === 'string' && lastActivityDate >= yesterday;
}
