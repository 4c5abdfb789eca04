import type { NamedQuery } from '../salesforce/api-request.ts';
import type { SalesforceRecord } from '../salesforce/gateway.ts';
import { rowsOf } from '../salesforce/look-up.ts';
import type { Answers } from '../salesforce/look-up.ts';
import { compare, oneOf, selectSoql, soqlInstant } from '../salesforce/soql-builder.ts';
import { addDays } from '../salesforce/user-facts.ts';
import type { ToolContext } from './tool.ts';
import type { Wanted } from './visible-select.ts';

/** Accounts of one look-up. */
export const maxAccountsPerLookUp = 200;

/** Accounts that are looked at, at most; beyond, totals are lower bounds. */
export const maxAccounts = 1_000;

/** Decides whether an account needs a look-up; it is not shown. */
export const accountActivity = 'Account.LastActivityDate';

/** What a look-up needs to see. */
export const futureEventFields: Wanted = { from: 'Event', fields: [], required: ['AccountId', 'StartDateTime'] };

/** The accounts with an event ahead. `Event` may not stand in an inner select, so it is asked for by account. At most 200 accounts. */
export function futureEventsQuery(accountIds: readonly string[], now: string): NamedQuery {
  return {
    ref: 'future_events',
    soql: selectSoql({
      fields: ['AccountId'],
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

interface AccountPages {
  /** Deals that only an event can clear, grouped by account: the first 200 accounts. */
  first: readonly SalesforceRecord[];
  /** The query of the 200 accounts from an offset on. */
  page: (offset: number) => NamedQuery;
  /** Whether the groups tell the account's last activity. */
  seesActivity: boolean;
  today: string;
}

/** Of deals that only an event can clear: those whose account has none ahead. 200 accounts a request, at most 1,000. */
export async function accountsWithoutEvent({ first, page, seesActivity, today }: AccountPages, context: ToolContext) {
  const yesterday = addDays(today, -1);
  const needsLookUp = (group: SalesforceRecord): boolean =>
    typeof group['AccountId'] === 'string' && (!seesActivity || mayHaveFutureEvent(group['LastActivityDate'], yesterday));
  const cleared = new Set<string>();
  let groups: SalesforceRecord[] = [];
  let current = first;
  let complete = true;
  for (;;) {
    groups = [...groups, ...current];
    const toLookUp = current.filter(needsLookUp).map((group) => String(group['AccountId']));
    const more = current.length === maxAccountsPerLookUp;
    if (more && groups.length >= maxAccounts) complete = false;
    const next = more && complete ? page(groups.length) : undefined;
    const queries = [...(toLookUp.length === 0 ? [] : [futureEventsQuery(toLookUp, context.user.now())]), ...(next ? [next] : [])];
    if (queries.length === 0) break;
    const answers = await context.salesforce.queries(queries, context.signal);
    if (toLookUp.length > 0) accountsWithEvent(answers).forEach((id) => cleared.add(id));
    current = next ? rowsOf(answers, next.ref) : [];
    if (current.length === 0) break;
  }
  const left = groups.filter((group) => !cleared.has(String(group['AccountId'])));
  const known = new Set(left.map((group) => String(group['AccountId'])));
  return {
    groups: left,
    /** False where there are more accounts than are looked at. */
    complete,
    /** A deal without an account has no event on it. */
    isWithout: (accountId: unknown): boolean => known.has(String(accountId)),
  };
}
