import * as z from 'zod';
import { compositeRequest } from '../salesforce/api-request.ts';
import type { NamedQuery } from '../salesforce/api-request.ts';
import { rowsOf } from '../salesforce/look-up.ts';
import { compare, equals, soqlDate } from '../salesforce/soql-builder.ts';
import { addDays } from '../salesforce/user-facts.ts';
import { byForecastCategory, byStage, dealGroup, groupsQuery } from './deal-groups.ts';
import { sumOf, totalsIn, totalsQuery } from './deal-totals.ts';
import { planResolveUser, refuseUnknownUser, resolveUser, supposedUserId } from './resolve-user.ts';
import { metaOf } from './result-meta.ts';
import { dryRun, resultMeta, userReference } from './shared-schemas.ts';
import { defineTool } from './tool.ts';
import type { ToolContext } from './tool.ts';
import { planUserDay, supposedDay, userDay } from './user-day.ts';
import type { UserDay } from './user-day.ts';
import { planDescribes, supposedSelect, visibleSelect } from './visible-select.ts';
import type { VisibleSelect } from './visible-select.ts';

const wanted = {
  from: 'Opportunity',
  fields: ['Amount', 'ForecastCategoryName'],
  optional: ['CurrencyIsoCode'],
  required: ['StageName', 'CloseDate', 'IsClosed'],
};

export const pipelineByStage = defineTool({
  name: 'pipeline_by_stage',
  title: 'Salesforce pipeline by stage',
  description:
    'Total the open Salesforce opportunities that close from today to N days ahead, by stage and by forecast category, with count and ' +
    'value. Covers every open deal you can see, or one owner. Open deals with an earlier close date are counted apart, as past_due. ' +
    'Totals are computed by Salesforce over all deals, not over a page.',
  input: () =>
    z.strictObject({
      close_date_window_days: z.int().min(1).max(730).default(90).describe('Days ahead, 1 to 730'),
      owner_id: userReference('User id, username, e-mail or me').optional(),
      dry_run: dryRun(),
    }),
  output: () =>
    z.strictObject({
      window: z.strictObject({ from: z.string(), to: z.string(), time_zone: z.string() }).describe('Close dates, both included'),
      stages: z.array(z.strictObject({ stage: z.string(), ...dealGroup() })).describe("In the org's order"),
      by_forecast_category: z.array(z.strictObject({ forecast_category: z.string(), ...dealGroup() })).optional(),
      past_due: z.strictObject({ count: z.int(), value: z.number().optional() }).describe('Open, close date before today'),
      total_count: z.int(),
      total_value: z.number().optional(),
      currency: z.string().optional().describe('Of all values, where the org has several'),
      meta: resultMeta().optional(),
    }),
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  plan: (args, context) => {
    const resolving = args.owner_id?.includes('@') === true ? planResolveUser(args.owner_id, context) : [];
    const ownerId = args.owner_id === undefined ? undefined : supposedUserId(args.owner_id, context);
    const { queries } = queriesFor(args.close_date_window_days, supposedSelect(wanted, context), supposedDay(context), ownerId, context);
    return [...planDescribes(wanted, context), ...planUserDay(context), ...resolving, compositeRequest(context.config.apiVersion, queries)];
  },
  handler: async (args, context) => {
    const select = await visibleSelect(wanted, context);
    const day = await userDay(context);
    const ownerId = args.owner_id === undefined ? undefined : await resolveUser(args.owner_id, context);
    const { queries, window, stages, currencies, amount } = queriesFor(args.close_date_window_days, select, day, ownerId, context);
    const answers = await context.salesforce.queries(queries, context.signal);
    const groups = byStage(rowsOf(answers, 'by_stage'), stages.resolve(answers), { amount });
    const { count, value } = totalsIn(answers, 'past_due', { amount });
    const total = sumOf(groups.map((group) => group.count));
    if (total + count === 0) await refuseUnknownUser({ owner_id: args.owner_id }, context);
    return {
      window: { ...window, time_zone: day.timeZone },
      stages: groups,
      ...(select.sees('ForecastCategoryName')
        ? { by_forecast_category: byForecastCategory(rowsOf(answers, 'by_forecast_category'), select.object, { amount }) }
        : {}),
      past_due: { count, ...(value === undefined ? {} : { value }) },
      total_count: total,
      ...(amount ? { total_value: sumOf(groups.map((group) => group.value ?? 0)) } : {}),
      ...(currencies && amount ? { currency: currencies.resolve(answers).corporate } : {}),
      ...metaOf({ notes: day.notes, fields_not_visible: select.hidden }),
    };
  },
});

function queriesFor(days: number, select: VisibleSelect, day: UserDay, ownerId: string | undefined, context: ToolContext) {
  const window = { from: day.date, to: addDays(day.date, days) };
  const open = [compare('IsClosed', '=', 'false'), ...(ownerId === undefined ? [] : [equals('OwnerId', ownerId)])];
  const inWindow = [...open, compare('CloseDate', '>=', soqlDate(window.from)), compare('CloseDate', '<=', soqlDate(window.to))];
  const amount = select.sees('Amount');
  const stages = context.org.stages.pending();
  const currencies = select.sees('CurrencyIsoCode') ? context.org.currencies.pending() : undefined;
  const queries: NamedQuery[] = [
    groupsQuery('by_stage', 'StageName', inWindow, { amount }),
    ...(select.sees('ForecastCategoryName') ? [groupsQuery('by_forecast_category', 'ForecastCategoryName', inWindow, { amount })] : []),
    totalsQuery('past_due', [...open, compare('CloseDate', '<', soqlDate(window.from))], { amount }),
    ...stages.queries,
    ...(currencies?.queries ?? []),
  ];
  return { queries, window, stages, currencies, amount };
}
