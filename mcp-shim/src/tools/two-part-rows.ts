import { compositeRequest } from '../salesforce/api-request.ts';
import type { ApiRequest, NamedQuery } from '../salesforce/api-request.ts';
import type { SalesforceRecord } from '../salesforce/gateway.ts';
import { isHidden, rowsOf } from '../salesforce/look-up.ts';
import type { Answers } from '../salesforce/look-up.ts';
import { selectSoql } from '../salesforce/soql-builder.ts';
import type { Page } from './paging.ts';
import type { ToolContext } from './tool.ts';

/** A list of which some rows stand before all others, which no ORDER BY can say: exact names before similar ones, for example. */
export interface TwoParts {
  from: string;
  fields: readonly string[];
  orderBy: readonly string[];
  /** Conditions of the rows that come first. */
  first: readonly string[];
  /** Conditions of the others; no row may meet both. */
  second: readonly string[];
  /** True where the second part asks for objects that this user may not see: then it is left out. */
  secondMayBeHidden?: boolean;
}

export interface TwoPartRows {
  first: SalesforceRecord[];
  second: SalesforceRecord[];
  /** Of both parts, on all pages. */
  total: number;
  /** The second part was left out. */
  secondHidden: boolean;
  /** Also to the queries that were sent along. */
  answers: Answers;
}

/** The requests that `readTwoParts` would send; on later pages it does not know yet where the second part starts. */
export function planTwoParts(parts: TwoParts, page: Page, alongside: readonly NamedQuery[], context: ToolContext): ApiRequest[] {
  return requestsFor(parts, page, alongside).map((queries) => compositeRequest(context.config.apiVersion, queries));
}

/**
 * One page, in one request; later pages take a second one, since the length of the first part decides where they start.
 * @param alongside one query that goes in the first request
 */
export async function readTwoParts(
  parts: TwoParts,
  page: Page,
  alongside: readonly NamedQuery[],
  context: ToolContext,
): Promise<TwoPartRows> {
  const [firstRequest = []] = requestsFor(parts, page, alongside);
  const answers = await context.salesforce.queries(firstRequest, context.signal);
  const secondHidden = parts.secondMayBeHidden === true && isHidden(answers, 'second_count');
  const counts = { first: totalOf(answers, 'first_count'), second: secondHidden ? 0 : totalOf(answers, 'second_count') };
  const rows = page.offset === 0 ? answers : await laterRows(parts, page, counts, context);
  const first = rows.has('first') ? rowsOf(rows, 'first') : [];
  const second = rows.has('second') && !secondHidden ? rowsOf(rows, 'second') : [];
  return { first, second: second.slice(0, page.limit - first.length), total: counts.first + counts.second, secondHidden, answers };
}

async function laterRows(parts: TwoParts, page: Page, counts: { first: number; second: number }, context: ToolContext): Promise<Answers> {
  const left = Math.max(0, Math.min(page.limit, counts.first - page.offset));
  const skipped = Math.max(0, page.offset - counts.first);
  const queries = [
    ...(left > 0 ? [rowsQuery('first', parts, { limit: left, offset: page.offset })] : []),
    ...(left < page.limit && counts.second > skipped ? [rowsQuery('second', parts, { limit: page.limit - left, offset: skipped })] : []),
  ];
  return queries.length === 0 ? new Map() : context.salesforce.queries(queries, context.signal);
}

function requestsFor(parts: TwoParts, page: Page, alongside: readonly NamedQuery[]): NamedQuery[][] {
  const counts = [...alongside, countQuery('first', parts), countQuery('second', parts)];
  const rows = [rowsQuery('first', parts, page), rowsQuery('second', parts, { limit: page.limit, offset: 0 })];
  return page.offset === 0 ? [[...counts, ...rows]] : [counts, rows];
}

function rowsQuery(part: 'first' | 'second', parts: TwoParts, { limit, offset }: { limit: number; offset: number }): NamedQuery {
  const { fields, from, orderBy } = parts;
  return { ref: part, soql: selectSoql({ fields, from, where: parts[part], orderBy, limit, offset }) };
}

function countQuery(part: 'first' | 'second', parts: TwoParts): NamedQuery {
  const aggregates = [{ function: 'COUNT', field: 'Id', as: 'total' } as const];
  return { ref: `${part}_count`, soql: selectSoql({ fields: [], aggregates, from: parts.from, where: parts[part] }) };
}

function totalOf(answers: Answers, ref: string): number {
  return Number(rowsOf(answers, ref)[0]?.['total'] ?? 0);
}
