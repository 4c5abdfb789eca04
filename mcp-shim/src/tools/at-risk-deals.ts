import { riskFlags } from '../risk/risk-rules.ts';
import type { RiskPlan } from '../risk/risk-rules.ts';
import type { SalesforceRecord } from '../salesforce/gateway.ts';
import { rowsOf } from '../salesforce/look-up.ts';
import type { Answers } from '../salesforce/look-up.ts';
import { accountActivity, accountsWithoutEvent } from './future-events.ts';
import { hasContactRole } from './row-flags.ts';
import { maxListCellLength } from './summaries/read-summary.ts';
import { toOpportunitySummary } from './summaries/opportunity-summary.ts';
import type { OpportunitySummary, Today } from './summaries/opportunity-summary.ts';
import { candidateAccounts, maxAtRisk, maxUndecided } from './summary-queries.ts';
import type { SummaryScope } from './summary-queries.ts';
import type { ToolContext } from './tool.ts';

export interface AtRisk {
  /** The largest, at most 50, with why. */
  deals: OpportunitySummary[];
  count: number;
  countOf: (ownerId: string) => number;
  /** How many deals a rule finds; a deal may be found by several. */
  byRule: Record<string, number>;
  /** False where counts are lower bounds. */
  complete: boolean;
}

/** What the answers to `summaryQueries` tell of risk; looks events up where only they decide. */
export async function atRiskDeals(answers: Answers, scope: SummaryScope, day: Today, context: ToolContext): Promise<AtRisk> {
  const { risk, select } = scope;
  const read = (ref: string): SalesforceRecord[] => (answers.has(ref) ? rowsOf(answers, ref) : []);
  const withoutEvent = await accountsWithoutEvent(
    {
      first: read('accounts'),
      page: (offset) => candidateAccounts(scope, offset),
      seesActivity: select.sees(accountActivity),
      today: day.date,
    },
    context,
  );
  const undecided = read('by_event');
  const byEvent = undecided.filter((deal) => withoutEvent.isWithout(deal['AccountId']));
  const counts = [...read('by_fields_count'), ...read('by_role_count')];
  const countOf = (ownerId: string): number =>
    sum(counts.filter((row) => row['OwnerId'] === ownerId).map((row) => row['deals'])) +
    byEvent.filter((deal) => deal['OwnerId'] === ownerId).length;
  const deals = [...read('by_fields'), ...read('by_role'), ...byEvent].sort(byWorth(risk)).slice(0, maxAtRisk);
  return {
    deals: deals.map((deal) => ({
      ...toOpportunitySummary(deal, day, maxListCellLength),
      risk_flags: riskFlags(risk, deal, {
        hasContactRole: hasContactRole(deal),
        hasFutureEvent: !withoutEvent.isWithout(deal['AccountId']),
      }),
    })),
    count: sum(counts.map((row) => row['deals'])) + byEvent.length,
    countOf,
    byRule: {
      ...byFieldRule(answers, scope),
      ...(risk.noContactRole ? { no_contact_role: sum(read('rule_no_contact_role').map((row) => row['deals'])) } : {}),
      ...(risk.commitClosingSoon ? { commit_closing_soon: sum(withoutEvent.groups.map((group) => group['deals'])) } : {}),
    },
    complete: withoutEvent.complete && undecided.length < maxUndecided,
  };
}

function byFieldRule(answers: Answers, { risk, byOwner }: SummaryScope): Record<string, number> {
  return Object.fromEntries(
    risk.fieldRules.map(({ rule }) => {
      if (rule === 'no_amount') {
        return [rule, sum(rowsOf(answers, 'groups').map((row) => Number(row['deals']) - Number(row['amounts'])))];
      }
      const rows =
        byOwner && rule === 'inactive_owner'
          ? rowsOf(answers, 'owners').filter((row) => row['IsActive'] === false)
          : rowsOf(answers, `rule_${rule}`);
      return [rule, sum(rows.map((row) => row['deals']))];
    }),
  );
}

/** The largest first, in one currency; without amounts, what closes first. */
function byWorth({ rates }: RiskPlan): (one: SalesforceRecord, other: SalesforceRecord) => number {
  const worth = (deal: SalesforceRecord): number => {
    const amount = deal['Amount'];
    return typeof amount === 'number' ? amount / (rates.get(String(deal['CurrencyIsoCode'])) ?? 1) : -Infinity;
  };
  return (one, other) => {
    const [more, less] = [worth(one), worth(other)];
    if (more !== less) return less > more ? 1 : -1;
    const key = (deal: SalesforceRecord): string => ('Amount' in deal ? '' : String(deal['CloseDate'])) + String(deal['Id']);
    return key(one) < key(other) ? -1 : 1;
  };
}

function sum(values: readonly unknown[]): number {
  return values.reduce<number>((total, value) => total + (typeof value === 'number' ? value : 0), 0);
}
