import * as z from 'zod';
import type { NamedQuery } from '../salesforce/api-request.ts';
import type { ObjectDescribe, SalesforceRecord } from '../salesforce/gateway.ts';
import type { Stage } from '../salesforce/org-facts.ts';
import { selectSoql } from '../salesforce/soql-builder.ts';
import { cleanText } from '../untrusted-text.ts';
import { sumOf } from './deal-totals.ts';
import { findField } from './describe-visible.ts';

const maxNameLength = 255;

/** Schema part: the deals that have something in common. Values are absent where the user cannot see Amount. */
export const dealGroup = () => ({ count: z.int(), value: z.number().optional(), no_amount_count: z.int().optional() });

export interface DealGroup {
  count: number;
  /** In the corporate currency where the org has several. */
  value?: number;
  no_amount_count?: number;
}

interface Options {
  /** Whether the user sees Amount. */
  amount: boolean;
}

/** Deals and their value by one or several fields. Empty fields make a group of their own. */
export function groupsQuery(ref: string, groupBy: string | readonly string[], where: readonly string[], { amount }: Options): NamedQuery {
  return {
    ref,
    soql: selectSoql({
      fields: [groupBy].flat(),
      aggregates: [
        { function: 'COUNT', field: 'Id', as: 'deals' },
        ...(amount
          ? [{ function: 'COUNT', field: 'Amount', as: 'amounts' } as const, { function: 'SUM', field: 'Amount', as: 'total' } as const]
          : []),
      ],
      from: 'Opportunity',
      where,
      groupBy,
    }),
  };
}

/** Rows grouped by several fields, put together by one of them. */
export function mergedBy(field: string, rows: readonly SalesforceRecord[]): SalesforceRecord[] {
  // Not Map.groupBy, which Node 20 does not have.
  const groups = new Map<unknown, SalesforceRecord[]>();
  for (const row of rows) groups.set(row[field], [...(groups.get(row[field]) ?? []), row]);
  return [...groups].map(([value, same]) => ({
    [field]: value,
    ...Object.fromEntries(['deals', 'amounts', 'total'].map((name) => [name, sumOf(same.map((row) => numberOf(row[name])))])),
  }));
}

/** One row of such a query. */
export function toDealGroup(row: SalesforceRecord, { amount }: Options): DealGroup {
  const count = numberOf(row['deals']);
  return amount ? { count, value: numberOf(row['total']), no_amount_count: count - numberOf(row['amounts']) } : { count };
}

/**
 * Rows grouped by StageName under the labels and in the order of the org: every active open stage, also where no deal stands in it,
 * then stages that are no longer active but still hold deals.
 */
export function byStage(rows: readonly SalesforceRecord[], stages: readonly Stage[], options: Options): ({ stage: string } & DealGroup)[] {
  const byName = new Map(rows.map((row) => [nameOf(row['StageName']), row]));
  const known = stages.filter(({ apiName, closed }) => !closed || byName.has(apiName));
  const names = new Set(known.map(({ apiName }) => apiName));
  return [
    ...known.map(({ label, apiName }) => ({
      stage: cleanText(label, maxNameLength),
      ...toDealGroup(byName.get(apiName) ?? {}, options),
    })),
    ...[...byName]
      .filter(([name]) => !names.has(name))
      .map(([name, row]) => ({ stage: `${cleanText(name, maxNameLength)} (inactive)`, ...toDealGroup(row, options) })),
  ];
}

/** Rows grouped by ForecastCategoryName in the order of the org. */
export function byForecastCategory(
  rows: readonly SalesforceRecord[],
  object: ObjectDescribe | undefined,
  options: Options,
): ({ forecast_category: string } & DealGroup)[] {
  const order = (object && findField(object, 'ForecastCategoryName')?.picklistValues) ?? [];
  const place = (row: SalesforceRecord): number => {
    const index = order.indexOf(nameOf(row['ForecastCategoryName']));
    return index === -1 ? order.length : index;
  };
  return rows
    .toSorted((one, other) => place(one) - place(other))
    .map((row) => ({
      forecast_category: cleanText(nameOf(row['ForecastCategoryName']), maxNameLength),
      ...toDealGroup(row, options),
    }));
}

function nameOf(value: unknown): string {
  return typeof value === 'string' ? value : '(none)';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
