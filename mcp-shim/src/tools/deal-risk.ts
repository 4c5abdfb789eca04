import { ContractError } from '../errors.ts';
import { activityNotes, riskFlags, riskPlan } from '../risk/risk-rules.ts';
import type { RiskFlag } from '../risk/risk-rules.ts';
import { thresholdsInForce } from '../risk/thresholds-in-force.ts';
import type { NamedQuery } from '../salesforce/api-request.ts';
import type { SalesforceRecord } from '../salesforce/gateway.ts';
import { rowsOf } from '../salesforce/look-up.ts';
import type { Answers } from '../salesforce/look-up.ts';
import { equals, selectSoql } from '../salesforce/soql-builder.ts';
import { meets } from '../salesforce/soql-condition.ts';
import { commitDefinition } from './commit-definition.ts';
import { accountsWithEvent, futureEventsQuery } from './future-events.ts';
import { loadFacts } from './slow-facts.ts';
import type { Today } from './summaries/opportunity-summary.ts';
import type { ToolContext } from './tool.ts';

/** What the rules ask of one deal beside its record, for the same composite: at most three queries. */
export function riskQueries(id: string, context: ToolContext): NamedQuery[] {
  const rules = thresholdsInForce(context.config);
  return [
    ...(rules.inactive_owner
      ? [
          {
            ref: 'owner_active',
            soql: selectSoql({ fields: ['Owner.IsActive'], from: 'Opportunity', where: [equals('Id', id)], limit: 1 }),
          },
        ]
      : []),
    ...(rules.no_contact_role
      ? [
          {
            ref: 'contact_roles',
            soql: selectSoql({
              fields: [],
              aggregates: [{ function: 'COUNT', field: 'Id', as: 'roles' }],
              from: 'OpportunityContactRole',
              where: [equals('OpportunityId', id)],
            }),
          },
        ]
      : []),
    ...(rules.commit_closing_soon || rules.days_in_stage?.by_stage ? context.org.stages.pending().queries : []),
  ];
}

/**
 * The flags of one deal that was read with all its visible fields. Sends a request where only an event can clear the deal, and
 * where rates of currencies are not known yet.
 * @param answers to `riskQueries`
 */
export async function riskOfDeal(
  deal: SalesforceRecord,
  answers: Answers,
  today: Today,
  context: ToolContext,
): Promise<{ flags: RiskFlag[]; notes: string[] }> {
  if (deal['IsClosed'] === true) return { flags: [], notes: [] };
  const thresholds = thresholdsInForce(context.config);
  const owner = readable(answers, 'owner_active')?.[0]?.['Owner'];
  const record: SalesforceRecord = { ...deal, ...(owner === undefined ? {} : { Owner: owner }) };
  const roles = readable(answers, 'contact_roles')?.[0]?.['roles'];
  const stages = context.org.stages.pending();
  const knowsStages = stages.queries.length === 0 || readable(answers, 'stages') !== undefined;
  const several = 'CurrencyIsoCode' in deal && thresholds.large_deal_without_next_step !== undefined;
  const { currencies } = await loadFacts({ currencies: several ? context.org.currencies.pending() : undefined }, context);
  const known = knowsStages ? stages.resolve(answers) : undefined;
  const plan = riskPlan(thresholds, {
    today,
    commit: known && commitDefinition(context.config, known),
    stages: known,
    currencies,
    sees: (path) => (path === 'Owner.IsActive' ? owner !== undefined : path in record),
    fieldNamed: (name) => fieldIn(record, name),
    seesContactRoles: roles !== undefined,
    seesEvents: true,
  });
  const soon = plan.commitClosingSoon !== undefined && meets(record, plan.commitClosingSoon.candidates);
  const event = soon ? await hasFutureEvent(record['AccountId'], context) : true;
  const flags = riskFlags(plan, record, { hasContactRole: roles === undefined ? undefined : Number(roles) > 0, hasFutureEvent: event });
  return {
    flags,
    notes: [
      ...plan.notes,
      ...(event === undefined ? ['Risk rule commit_closing_soon was left out: you cannot see events of accounts.'] : []),
      ...(flags.some(({ rule }) => rule === 'days_since_activity') ? activityNotes(plan) : []),
    ],
  };
}

/** Undefined where this user sees no events, or not which account they belong to. */
async function hasFutureEvent(accountId: unknown, context: ToolContext): Promise<boolean | undefined> {
  if (accountId === null) return false;
  if (typeof accountId !== 'string') return undefined;
  const answers = await context.salesforce.queries([futureEventsQuery([accountId], context.user.now())], context.signal);
  return readable(answers, 'future_events') && accountsWithEvent(answers).length > 0;
}

/** Undefined for what is not visible, and for what was not asked for; other failures are those of the call. */
function readable(answers: Answers, ref: string): SalesforceRecord[] | undefined {
  const answer = answers.get(ref);
  if (answer === undefined) return undefined;
  const hidden = answer instanceof ContractError && ['INVALID_TYPE', 'INVALID_FIELD'].includes(String(answer.details.sf_code));
  return hidden ? undefined : rowsOf(answers, ref);
}

/** Of a record that came without a describe. */
function fieldIn(record: SalesforceRecord, name: string): { name: string; type: string } | undefined {
  const found = Object.keys(record).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : { name: found, type: typeOfValue(record[found]) };
}

/** What is empty may be a date. */
function typeOfValue(value: unknown): string {
  if (value === null) return 'date';
  const text = typeof value === 'string' ? value : '';
  return /^\d{4}-\d{2}-\d{2}T/.test(text) ? 'datetime' : /^\d{4}-\d{2}-\d{2}$/.test(text) ? 'date' : 'string';
}
