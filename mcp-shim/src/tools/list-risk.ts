import { riskPlan } from '../risk/risk-rules.ts';
import type { RiskPlan } from '../risk/risk-rules.ts';
import { thresholdsInForce } from '../risk/thresholds-in-force.ts';
import { describeRequest } from '../salesforce/api-request.ts';
import type { ApiRequest } from '../salesforce/api-request.ts';
import type { ObjectDescribe } from '../salesforce/gateway.ts';
import type { Currencies, Stage } from '../salesforce/org-facts.ts';
import { commitDefinition } from './commit-definition.ts';
import { findField } from './describe-visible.ts';
import type { Today } from './summaries/opportunity-summary.ts';
import type { ToolContext } from './tool.ts';
import { describeOrNothing } from './visible-select.ts';
import type { VisibleSelect } from './visible-select.ts';

const besideDeals = { roles: 'OpportunityContactRole', events: 'Event' } as const;

interface Facts {
  /** Undefined in a dry run that does not know them yet. */
  stages: readonly Stage[] | undefined;
  currencies: Currencies | undefined;
}

/** The rules as far as they can be applied to deals that are read by query. Asks for describes that are not known yet. */
export async function listRisk(select: VisibleSelect, facts: Facts, day: Today, context: ToolContext): Promise<RiskPlan> {
  const [roles, events] = await Promise.all([
    describeOrNothing(besideDeals.roles, context),
    describeOrNothing(besideDeals.events, context),
  ]);
  return planOf(select, facts, day, { roles, events }, context);
}

/** The same from what is known by now, for a dry run: before a describe it supposes that everything is visible. */
export function supposedListRisk(select: VisibleSelect, facts: Facts, day: Today, context: ToolContext): RiskPlan {
  const { salesforce } = context;
  const known = { roles: salesforce.peekDescribe(besideDeals.roles), events: salesforce.peekDescribe(besideDeals.events) };
  return planOf(select, facts, day, { roles: known.roles ?? 'unknown', events: known.events ?? 'unknown' }, context);
}

/** The describes that `listRisk` would ask for. */
export function planListRisk(context: ToolContext): ApiRequest[] {
  return Object.values(besideDeals)
    .filter((name) => context.salesforce.peekDescribe(name) === undefined)
    .map((name) => describeRequest(context.config.apiVersion, name));
}

type Described = ObjectDescribe | 'unknown' | undefined;

function planOf(
  select: VisibleSelect,
  { stages, currencies }: Facts,
  today: Today,
  { roles, events }: { roles: Described; events: Described },
  { config }: ToolContext,
): RiskPlan {
  const shows = (object: Described, fields: readonly string[]): boolean =>
    object === 'unknown' || (object !== undefined && fields.every((field) => findField(object, field) !== undefined));
  return riskPlan(thresholdsInForce(config), {
    today,
    commit: stages ? commitDefinition(config, stages) : { stages: [config.commitStageName] },
    stages,
    currencies,
    sees: (path) => select.sees(path),
    fieldNamed: (name) => (select.object ? findField(select.object, name) : { name, type: 'date' }),
    seesContactRoles: shows(roles, ['OpportunityId']),
    seesEvents: shows(events, ['AccountId', 'StartDateTime']),
  });
}
