import { anyFieldRule, ruleConditions } from '../risk/risk-rules.ts';
import type { RiskPlan } from '../risk/risk-rules.ts';
import type { NamedQuery } from '../salesforce/api-request.ts';
import { inSelect, notInSelect, selectSoql } from '../salesforce/soql-builder.ts';
import { conditionSoql } from '../salesforce/soql-condition.ts';
import { groupsQuery } from './deal-groups.ts';
import { totalsQuery } from './deal-totals.ts';
import { accountActivity, maxAccountsPerLookUp } from './future-events.ts';
import { riskSelect } from './row-flags.ts';
import type { VisibleSelect } from './visible-select.ts';

/** At-risk deals that a summary lists. */
export const maxAtRisk = 50;

/** Deals of which only a look-up of events tells whether they are at risk. */
export const maxUndecided = 200;

export interface SummaryScope {
  /** The open deals of the summary. */
  open: readonly string[];
  /** What was won; absent where the range lies ahead. */
  won: readonly string[] | undefined;
  /** Whether owners are told apart. */
  byOwner: boolean;
  select: VisibleSelect;
  risk: RiskPlan;
}

/**
 * Everything that a summary asks for, at most fifteen queries. A deal is at risk by a rule on its own fields; or by none of these, and
 * without a contact role; or by none of these either, and only for want of an event ahead. Three sets, since SOQL takes no semi-join
 * under OR (SOQL Reference, "Comparison Operators").
 */
export function summaryQueries(scope: SummaryScope): NamedQuery[] {
  const { open, won, byOwner, select, risk } = scope;
  const amount = select.sees('Amount');
  const stageAndCategory = ['StageName', ...(select.sees('ForecastCategoryName') ? ['ForecastCategoryName'] : [])];
  const who = byOwner ? 'OwnerId' : 'IsClosed';
  const sets = atRiskSets(scope);
  return [
    groupsQuery('groups', stageAndCategory, open, { amount }),
    ...(byOwner ? [groupsQuery('owners', ['OwnerId', 'Owner.Name', 'Owner.IsActive'], open, { amount })] : []),
    ...(won ? [totalsQuery('won', won, { amount })] : []),
    ...(sets.byFields
      ? [rows('by_fields', sets.byFields, scope, maxAtRisk), groupsQuery('by_fields_count', who, sets.byFields, none)]
      : []),
    ...(sets.byRole ? [rows('by_role', sets.byRole, scope, maxAtRisk), groupsQuery('by_role_count', who, sets.byRole, none)] : []),
    ...(sets.byEvent ? [rows('by_event', sets.byEvent, scope, maxUndecided), candidateAccounts(scope, 0)] : []),
    // no_amount stands in the groups, and inactive_owner in the owners.
    ...ruleConditions(risk)
      .filter(({ rule }) => rule !== 'no_amount' && !(byOwner && rule === 'inactive_owner'))
      .map(({ rule, soql }) => totalsQuery(`rule_${rule}`, [...open, soql], none)),
    ...(risk.noContactRole ? [totalsQuery('rule_no_contact_role', [...open, withoutRole], none)] : []),
  ];
}

const none = { amount: false };
const roles = selectSoql({ fields: ['OpportunityId'], from: 'OpportunityContactRole' });
const withoutRole = notInSelect('Id', roles);

function atRiskSets({ open, risk }: SummaryScope) {
  const fields = anyFieldRule(risk);
  const rest = [...open, ...(fields ? [fields.unmet] : [])];
  const soon = risk.commitClosingSoon;
  return {
    byFields: fields ? [...open, fields.met] : undefined,
    byRole: risk.noContactRole ? [...rest, withoutRole] : undefined,
    byEvent: soon ? [...rest, conditionSoql(soon.candidates), ...(risk.noContactRole ? [inSelect('Id', roles)] : [])] : undefined,
  };
}

/** All commits that close soon, by account, 200 accounts from an offset on. */
export function candidateAccounts({ open, select, risk }: SummaryScope, offset: number): NamedQuery {
  const groupBy = ['AccountId', ...(select.sees(accountActivity) ? [accountActivity] : [])];
  return {
    ref: 'accounts',
    soql: selectSoql({
      fields: groupBy,
      aggregates: [{ function: 'COUNT', field: 'Id', as: 'deals' }],
      from: 'Opportunity',
      where: [...open, ...(risk.commitClosingSoon ? [conditionSoql(risk.commitClosingSoon.candidates)] : [])],
      groupBy,
      orderBy: 'AccountId',
      limit: maxAccountsPerLookUp,
      offset,
    }),
  };
}

/** The largest first. */
function rows(ref: string, where: readonly string[], { select, risk }: SummaryScope, limit: number): NamedQuery {
  const asked = riskSelect(risk);
  return {
    ref,
    soql: selectSoql({
      ...asked,
      fields: [...new Set([...select.fields, ...asked.fields])].filter((field) => field !== accountActivity),
      from: 'Opportunity',
      where,
      orderBy: select.sees('Amount') ? [{ field: 'Amount', direction: 'DESC', nulls: 'LAST' }, 'Id'] : ['CloseDate', 'Id'],
      limit,
    }),
  };
}
