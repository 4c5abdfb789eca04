import { activityNotes, riskFlags } from '../risk/risk-rules.ts';
import type { RiskFlag, RiskPlan } from '../risk/risk-rules.ts';
import type { SalesforceRecord } from '../salesforce/gateway.ts';
import type { SelectParts } from '../salesforce/soql-builder.ts';
import { meets } from '../salesforce/soql-condition.ts';
import { addDays } from '../salesforce/user-facts.ts';
import { accountActivity, accountsWithEvent, futureEventsQuery, mayHaveFutureEvent } from './future-events.ts';
import type { Today } from './summaries/opportunity-summary.ts';
import type { ToolContext } from './tool.ts';
import type { VisibleSelect } from './visible-select.ts';

/** What a query of deals selects so that the rules can judge its rows. */
export function riskSelect(risk: RiskPlan): { fields: readonly string[]; children: SelectParts[] } {
  return { fields: risk.fields, children: risk.noContactRole ? [{ fields: ['Id'], from: 'OpportunityContactRoles', limit: 1 }] : [] };
}

/** Whether a deal that was read so has a contact role; undefined where roles were not asked for. */
export function hasContactRole(deal: SalesforceRecord): boolean | undefined {
  const roles = deal['OpportunityContactRoles'] as { records?: unknown[] } | null | undefined;
  return roles === undefined ? undefined : (roles?.records?.length ?? 0) > 0;
}

/**
 * The flags of each of up to 200 deals that were read with `riskSelect`, in their order, and what to say about them. Sends one request
 * where only an event can clear some of them.
 */
export async function flagsOfRows(
  deals: readonly SalesforceRecord[],
  { risk, select, today }: { risk: RiskPlan; select: VisibleSelect; today: Today },
  context: ToolContext,
): Promise<{ flags: RiskFlag[][]; notes: string[] }> {
  const soon = risk.commitClosingSoon;
  const undecided = soon ? deals.filter((deal) => deal['IsClosed'] !== true && meets(deal, soon.candidates)) : [];
  const cleared = await accountsAhead(undecided, { seesActivity: select.sees(accountActivity), today }, context);
  const flags = deals.map((deal) =>
    riskFlags(risk, deal, { hasContactRole: hasContactRole(deal), hasFutureEvent: cleared.has(String(deal['AccountId'])) }),
  );
  const byActivity = flags.flat().some(({ rule }) => rule === 'days_since_activity');
  return { flags, notes: [...risk.notes, ...(byActivity ? activityNotes(risk) : [])] };
}

/** The accounts of these deals that have an event ahead. */
async function accountsAhead(
  deals: readonly SalesforceRecord[],
  { seesActivity, today }: { seesActivity: boolean; today: Today },
  context: ToolContext,
): Promise<Set<string>> {
  const yesterday = addDays(today.date, -1);
  const accounts = deals.flatMap((deal) => {
    const last = (deal['Account'] as SalesforceRecord | null | undefined)?.['LastActivityDate'];
    return typeof deal['AccountId'] === 'string' && (!seesActivity || mayHaveFutureEvent(last, yesterday)) ? [deal['AccountId']] : [];
  });
  if (accounts.length === 0) return new Set();
  const answers = await context.salesforce.queries([futureEventsQuery([...new Set(accounts)], context.user.now())], context.signal);
  return new Set(accountsWithEvent(answers));
}
