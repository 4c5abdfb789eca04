import { commitCondition, counted, noEventAhead } from '../risk/risk-rules.ts';
import type { CommitDefinition } from '../risk/risk-rules.ts';
import type { NamedQuery } from '../salesforce/api-request.ts';
import type { SalesforceRecord } from '../salesforce/gateway.ts';
import { anyOf, compare, oneOf, selectSoql, soqlDate } from '../salesforce/soql-builder.ts';
import { conditionSoql } from '../salesforce/soql-condition.ts';
import type { Condition } from '../salesforce/soql-condition.ts';
import { addDays, daysBetween } from '../salesforce/user-facts.ts';
import { totalsQuery } from './deal-totals.ts';
import { maxAccountsPerLookUp } from './future-events.ts';
import type { VisibleSelect } from './visible-select.ts';

/** Days without activity from which on a commit is at risk, and days around the end of the quarter. */
const riskDays = 14;
/** Rows that one query brings. */
export const maxRows = 200;

/** The two ways to be at risk, and what both ask for. */
export interface AtRiskScope {
  commit: CommitDefinition;
  today: string;
  quarterEnd: string;
  select: VisibleSelect;
  limit: number;
}

/** More than 14 days without activity; none counts as none for ever. */
function isIdle({ today }: Pick<AtRiskScope, 'today'>): Condition {
  const field = 'LastActivityDate';
  return {
    any: [
      { field, isNull: true },
      { field, operator: '<', literal: { kind: 'date', value: addDays(today, -riskDays) } },
    ],
  };
}

export function closesAroundQuarterEnd({ quarterEnd }: Pick<AtRiskScope, 'quarterEnd'>): Condition {
  const field = 'CloseDate';
  return {
    all: [
      { field, operator: '>=', literal: { kind: 'date', value: addDays(quarterEnd, -riskDays) } },
      { field, operator: '<=', literal: { kind: 'date', value: addDays(quarterEnd, riskDays) } },
    ],
  };
}

/** The first request: idle commits with their totals, and those that only an event can clear, as rows and by account. */
export function candidateQueries(scope: AtRiskScope): NamedQuery[] {
  const idle = [...openCommits(scope), conditionSoql(isIdle(scope))];
  return [
    rowsQuery('idle', idle, scope.limit, scope),
    totalsQuery('idle_totals', idle, { amount: scope.select.sees('Amount') }),
    rowsQuery('closing', closingOnly(scope), maxRows, scope),
    accountsQuery(scope, 0),
  ];
}

/**
 * Deals in by their close date alone, of accounts that have no event ahead: for where the first candidates were cleared by events, and
 * later ones may not be. At most 1,000 accounts, in one request; null stands for deals without one.
 */
export function closingQueries(scope: AtRiskScope, accountIds: readonly (string | null)[]): NamedQuery[] {
  const parts = Array.from({ length: Math.ceil(accountIds.length / maxAccountsPerLookUp) }, (_, index) =>
    accountIds.slice(index * maxAccountsPerLookUp, (index + 1) * maxAccountsPerLookUp),
  );
  return parts.map((part, index) => {
    const ids = part.filter((id) => id !== null);
    const ofAccounts = [
      ...(ids.length === 0 ? [] : [oneOf('AccountId', ids)]),
      ...(ids.length < part.length ? [compare('AccountId', '=', 'null')] : []),
    ];
    return rowsQuery(`closing_${index}`, [...closingOnly(scope), anyOf(ofAccounts)], scope.limit, scope);
  });
}

/** What closes first comes first. */
function rowsQuery(ref: string, where: readonly string[], limit: number, { select }: AtRiskScope): NamedQuery {
  return { ref, soql: selectSoql({ fields: select.fields, from: 'Opportunity', where, orderBy: ['CloseDate', 'Id'], limit }) };
}

/** Deals in by their close date alone, by account, 200 accounts from an offset on. */
export function accountsQuery(scope: AtRiskScope, offset: number): NamedQuery {
  const byActivity = scope.select.sees('Account.LastActivityDate');
  return {
    ref: 'accounts',
    soql: selectSoql({
      fields: ['AccountId', ...(byActivity ? ['Account.LastActivityDate'] : [])],
      aggregates: [
        { function: 'COUNT', field: 'Id', as: 'deals' },
        ...(scope.select.sees('Amount') ? [{ function: 'SUM', field: 'Amount', as: 'total' } as const] : []),
      ],
      from: 'Opportunity',
      where: closingOnly(scope),
      groupBy: ['AccountId', ...(byActivity ? ['Account.LastActivityDate'] : [])],
      orderBy: 'AccountId',
      limit: maxAccountsPerLookUp,
      offset,
    }),
  };
}

/** Why a deal is listed, in words. */
export function idleReason(record: SalesforceRecord, today: string): string {
  const last = record['LastActivityDate'];
  return typeof last === 'string' ? `No activity for ${daysBetween(last, today)} days (limit ${riskDays})` : 'No activity at all';
}

export function closingReason(record: SalesforceRecord, { today, quarterEnd }: Pick<AtRiskScope, 'today' | 'quarterEnd'>): string {
  const date = String(record['CloseDate']);
  const days = daysBetween(quarterEnd, date);
  const distance = days === 0 ? 'at' : `${counted(Math.abs(days), 'day')} ${days < 0 ? 'before' : 'after'}`;
  const closes = date < today ? `Close date passed ${counted(daysBetween(date, today), 'day')} ago,` : 'Closes';
  return `${closes} ${distance} the end of the quarter (${quarterEnd}), ${noEventAhead(record)}`;
}

function closingOnly(scope: AtRiskScope): string[] {
  return [
    ...openCommits(scope),
    conditionSoql(closesAroundQuarterEnd(scope)),
    compare('LastActivityDate', '>=', soqlDate(addDays(scope.today, -riskDays))),
  ];
}

function openCommits({ commit }: AtRiskScope): string[] {
  return [compare('IsClosed', '=', 'false'), conditionSoql(commitCondition(commit))];
}
