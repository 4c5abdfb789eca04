import * as z from 'zod';
import { compositeRequest, describeRequest, userInfoRequest } from '../salesforce/api-request.ts';
import type { NamedQuery } from '../salesforce/api-request.ts';
import type { ObjectDescribe, SalesforceRecord } from '../salesforce/gateway.ts';
import { rowsOf } from '../salesforce/look-up.ts';
import type { Stage } from '../salesforce/org-facts.ts';
import { equals, selectSoql, soqlDate } from '../salesforce/soql-builder.ts';
import { addDays } from '../salesforce/user-facts.ts';
import { cleanText } from '../untrusted-text.ts';
import { describeVisible, findField, requireFields } from './describe-visible.ts';
import { isUserReference, planResolveUser, resolveUser } from './resolve-user.ts';
import { dryRun, resultMeta } from './shared-schemas.ts';
import { defineTool } from './tool.ts';
import type { ToolContext } from './tool.ts';

const group = () => ({ count: z.int(), value: z.number().optional(), no_amount_count: z.int().optional() });

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
      owner_id: z
        .string()
        .trim()
        .refine(isUserReference, "must be a user's id, username or e-mail, or me")
        .optional()
        .describe('User id, username, e-mail or me'),
      dry_run: dryRun(),
    }),
  output: () =>
    z.strictObject({
      window: z.strictObject({ from: z.string(), to: z.string(), time_zone: z.string() }).describe('Close dates, both included'),
      stages: z.array(z.strictObject({ stage: z.string(), ...group() })).describe("In the org's order"),
      by_forecast_category: z.array(z.strictObject({ forecast_category: z.string(), ...group() })).optional(),
      past_due: z.strictObject({ count: z.int(), value: z.number().optional() }).describe('Open, close date before today'),
      total_count: z.int(),
      total_value: z.number().optional(),
      currency: z.string().optional().describe('Of all values, where the org has several'),
      meta: resultMeta().optional(),
    }),
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  plan: (args, context) => {
    const { apiVersion } = context.config;
    const user = context.user.peek();
    const object = context.salesforce.peekDescribe('Opportunity');
    const owner = args.owner_id === undefined ? [] : planResolveUser(args.owner_id, context);
    const ownerId = args.owner_id === undefined || args.owner_id.includes('@') ? undefined : args.owner_id;
    const plan = queriesFor({
      visible: visibleOf(object),
      ownerId: ownerId?.toLowerCase() === 'me' ? user?.userId : ownerId,
      window: windowFor(args.close_date_window_days, context.user.today(user?.timeZone)),
      context,
    });
    return [
      ...(object ? [] : [describeRequest(apiVersion, 'Opportunity')]),
      ...(user ? [] : [userInfoRequest()]),
      ...owner.filter((request) => user !== undefined || request.path !== userInfoRequest().path),
      compositeRequest(apiVersion, plan.queries),
    ];
  },
  handler: async (args, context) => {
    const object = await describeVisible('Opportunity', context);
    requireFields(object, ['StageName', 'CloseDate', 'IsClosed']);
    const visible = visibleOf(object);
    const timeZone = await context.user.timeZone(context.signal);
    const notes = timeZone === undefined ? ['Your time zone is not known to this connection: dates are those of UTC.'] : [];
    const window = windowFor(args.close_date_window_days, context.user.today(timeZone));
    const ownerId = args.owner_id === undefined ? undefined : await resolveUser(args.owner_id, context);
    const { queries, stages, currency } = queriesFor({ visible, ownerId, window, context });
    const answers = await context.salesforce.queries(queries, context.signal);
    const toGroup = groupReader(visible);
    const byStage = inOrder(rowsOf(answers, 'by_stage'), stages.resolve(answers)).map(({ stage, row }) => ({ stage, ...toGroup(row) }));
    const categories = visible.forecast ? rowsOf(answers, 'by_forecast_category') : [];
    const { count, value } = toGroup(rowsOf(answers, 'past_due')[0] ?? {});
    const hidden = [...(visible.amount ? [] : ['Amount']), ...(visible.forecast ? [] : ['ForecastCategoryName'])];
    const meta = { ...(notes.length === 0 ? {} : { notes }), ...(hidden.length === 0 ? {} : { fields_not_visible: hidden }) };
    return {
      window: { ...window, time_zone: timeZone ?? 'UTC' },
      stages: byStage,
      ...(visible.forecast
        ? { by_forecast_category: categories.map((row) => ({ forecast_category: textOf(row['ForecastCategoryName']), ...toGroup(row) })) }
        : {}),
      past_due: { count, ...(value === undefined ? {} : { value }) },
      total_count: byStage.reduce((sum, { count: deals }) => sum + deals, 0),
      ...(visible.amount ? { total_value: sumOf(byStage.map((stage) => stage.value ?? 0)) } : {}),
      ...(currency && visible.amount ? { currency: currency.resolve(answers) } : {}),
      ...(Object.keys(meta).length === 0 ? {} : { meta }),
    };
  },
});

/** What the verdict can do without. */
interface Visible {
  amount: boolean;
  forecast: boolean;
  /** Multiple currencies are on: aggregates come in the corporate one. */
  currencies: boolean;
}

/** Before the first describe a dry run supposes what most users see. */
function visibleOf(object: ObjectDescribe | undefined): Visible {
  if (!object) return { amount: true, forecast: true, currencies: false };
  return {
    amount: findField(object, 'Amount') !== undefined,
    forecast: findField(object, 'ForecastCategoryName') !== undefined,
    currencies: findField(object, 'CurrencyIsoCode') !== undefined,
  };
}

function windowFor(days: number, today: string): { from: string; to: string } {
  return { from: today, to: addDays(today, days) };
}

function queriesFor(options: {
  visible: Visible;
  ownerId: string | undefined;
  window: { from: string; to: string };
  context: ToolContext;
}) {
  const { visible, ownerId, window, context } = options;
  const open = ['IsClosed = false', ...(ownerId === undefined ? [] : [equals('OwnerId', ownerId)])];
  const inWindow = [...open, `CloseDate >= ${soqlDate(window.from)}`, `CloseDate <= ${soqlDate(window.to)}`];
  const aggregates = [
    { function: 'COUNT', field: 'Id', as: 'deals' } as const,
    ...(visible.amount
      ? [{ function: 'COUNT', field: 'Amount', as: 'amounts' } as const, { function: 'SUM', field: 'Amount', as: 'total' } as const]
      : []),
  ];
  const grouped = (ref: string, field: string): NamedQuery => ({
    ref,
    soql: selectSoql({ fields: [field], aggregates, from: 'Opportunity', where: inWindow, groupBy: field }),
  });
  const stages = context.org.stages.pending();
  const currency = visible.currencies ? context.org.corporateCurrency.pending() : undefined;
  const queries: NamedQuery[] = [
    grouped('by_stage', 'StageName'),
    ...(visible.forecast ? [grouped('by_forecast_category', 'ForecastCategoryName')] : []),
    {
      ref: 'past_due',
      soql: selectSoql({ fields: [], aggregates, from: 'Opportunity', where: [...open, `CloseDate < ${soqlDate(window.from)}`] }),
    },
    ...stages.queries,
    ...(currency?.queries ?? []),
  ];
  return { queries, stages, currency };
}

function groupReader(visible: Visible): (row: SalesforceRecord) => { count: number; value?: number; no_amount_count?: number } {
  const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
  return (row) => {
    const count = number(row['deals']);
    return visible.amount ? { count, value: number(row['total']), no_amount_count: count - number(row['amounts']) } : { count };
  };
}

/** Every active open stage, also where no deal stands in it; then stages that are no longer active but still hold deals. */
function inOrder(rows: readonly SalesforceRecord[], stages: readonly Stage[]): { stage: string; row: SalesforceRecord }[] {
  const byName = new Map(rows.map((row) => [textOf(row['StageName']), row]));
  const known = stages.filter(({ apiName, closed }) => !closed || byName.has(apiName));
  const names = new Set(known.map(({ apiName }) => apiName));
  return [
    ...known.map(({ label, apiName }) => ({ stage: cleanText(label, 255), row: byName.get(apiName) ?? {} })),
    ...[...byName].filter(([name]) => !names.has(name)).map(([name, row]) => ({ stage: `${cleanText(name, 255)} (inactive)`, row })),
  ];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? cleanText(value, 255) : '(none)';
}

/** Cents do not add up in binary: sums are rounded to the six decimals that no currency needs. */
function sumOf(values: readonly number[]): number {
  return Math.round(values.reduce((sum, value) => sum + value, 0) * 1e6) / 1e6;
}
