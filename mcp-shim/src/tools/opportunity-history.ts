import { maxCompositeQueries } from '../salesforce/api-request.ts';
import type { NamedQuery } from '../salesforce/api-request.ts';
import type { SalesforceRecord } from '../salesforce/gateway.ts';
import { rowsOf } from '../salesforce/look-up.ts';
import type { Currencies } from '../salesforce/org-facts.ts';
import { compare, oneOf, selectSoql, soqlInstant } from '../salesforce/soql-builder.ts';
import { dealsOfUnknownStage } from './deal-changes.ts';
import type { DealHistory } from './deal-changes.ts';
import { sumOf } from './deal-totals.ts';
import type { ToolContext } from './tool.ts';
import type { VisibleSelect } from './visible-select.ts';

/** Rows of one request, and how many requests for rows one call sends. */
const pageSize = 200;
const maxPages = 5;

/** What rows of history are read for. */
export const wantedHistory = {
  from: 'OpportunityHistory',
  required: ['OpportunityId', 'StageName', 'CloseDate', 'PrevCloseDate', 'CreatedDate'],
  fields: [
    ...['OpportunityId', 'Opportunity.Name', 'Opportunity.CreatedDate', 'StageName', 'CloseDate', 'PrevCloseDate'],
    ...['Amount', 'PrevAmount', 'CreatedDate', 'CreatedBy.Name'],
  ],
  optional: ['CurrencyIsoCode'],
};

export interface ReadHistory extends DealHistory {
  /** All rows that match, read or not. */
  total: number;
  /** Over all rows: what amounts are now less what they were, new deals included. In the corporate currency where the org has several. */
  netAmountChange?: number;
  stageBefore: ReadonlyMap<string, string>;
  /** Where the org has several. */
  currencies?: Currencies;
}

/** @param start first instant, UTC @param owners conditions on the deals, from `ownerConditions` */
export function firstPage(start: string, owners: readonly string[], select: VisibleSelect, context: ToolContext) {
  const where = [compare('CreatedDate', '>=', soqlInstant(start)), ...owners];
  const amount = select.sees('Amount') && select.sees('PrevAmount');
  const outcomes = context.org.stageOutcomes.pending();
  const currencies = select.sees('CurrencyIsoCode') ? context.org.currencies.pending() : undefined;
  const queries: NamedQuery[] = [
    { ref: 'rows', soql: pageSoql(where, select, 0) },
    totalsQuery(where, amount),
    ...outcomes.queries,
    ...(currencies?.queries ?? []),
  ];
  return { where, queries, outcomes, currencies, amount };
}

/**
 * The newest rows, at most 1,000, in requests of 200, and what all of them come to; one more request asks for stages from before the
 * window, where rows leave them open.
 */
export async function readHistory(
  start: string,
  owners: readonly string[],
  select: VisibleSelect,
  context: ToolContext,
): Promise<ReadHistory> {
  const first = firstPage(start, owners, select, context);
  const answers = await context.salesforce.queries(first.queries, context.signal);
  const totals = rowsOf(answers, 'totals');
  const total = sumOf(totals.map((row) => numberOf(row['entries'])));
  const pages = Math.min(maxPages, Math.ceil(total / pageSize));
  const later = await Promise.all(
    Array.from({ length: Math.max(0, pages - 1) }, (_, index) =>
      context.salesforce.query(pageSoql(first.where, select, (index + 1) * pageSize), context.signal),
    ),
  );
  // What is added meanwhile moves rows to the next page, where they come a second time.
  const all = [...rowsOf(answers, 'rows'), ...later.flatMap(({ records }) => records)];
  const rows = [...new Map(all.map((row) => [String(row['Id']), row])).values()];
  const history = { rows, start: Date.parse(start), outcomes: first.outcomes.resolve(answers) };
  const oldest = rows.at(-1);
  const from = total > rows.length && oldest ? new Date(String(oldest['CreatedDate'])).toISOString() : start;
  return {
    ...history,
    total: Math.max(total, rows.length),
    stageBefore: await stagesBefore(dealsOfUnknownStage(history), from, context),
    ...(first.amount ? { netAmountChange: sumOf(totals.map((row) => numberOf(row['total']) - numberOf(row['previous']))) } : {}),
    ...(first.currencies ? { currencies: first.currencies.resolve(answers) } : {}),
  };
}

/** The stage of each deal just before an instant. */
async function stagesBefore(deals: readonly string[], instant: string, context: ToolContext): Promise<ReadonlyMap<string, string>> {
  if (deals.length === 0) return new Map();
  const previous = {
    fields: ['StageName'],
    from: 'OpportunityHistories',
    where: [compare('CreatedDate', '<', soqlInstant(instant))],
    orderBy: [
      { field: 'CreatedDate', direction: 'DESC' },
      { field: 'Id', direction: 'DESC' },
    ],
    limit: 1,
  } as const;
  const queries = Array.from({ length: Math.min(maxCompositeQueries, Math.ceil(deals.length / pageSize)) }, (_, index) => ({
    ref: `stages_${index}`,
    soql: selectSoql({
      fields: ['Id'],
      children: [previous],
      from: 'Opportunity',
      where: [oneOf('Id', deals.slice(index * pageSize, (index + 1) * pageSize))],
    }),
  }));
  const answers = await context.salesforce.queries(queries, context.signal);
  return new Map(queries.flatMap(({ ref }) => rowsOf(answers, ref)).flatMap(stageIn));
}

function stageIn(deal: SalesforceRecord): [string, string][] {
  const history = deal['OpportunityHistories'] as { records?: SalesforceRecord[] } | null;
  const stage = history?.records?.[0]?.['StageName'];
  return typeof stage === 'string' ? [[String(deal['Id']), stage]] : [];
}

function pageSoql(where: readonly string[], select: VisibleSelect, offset: number): string {
  return selectSoql({
    // Everybody reads the names of users, whatever is between.
    fields: [...select.fields, 'Opportunity.Owner.Name'],
    from: 'OpportunityHistory',
    where,
    orderBy: [
      { field: 'CreatedDate', direction: 'DESC' },
      { field: 'Id', direction: 'DESC' },
    ],
    limit: pageSize,
    offset,
  });
}

/** Grouped, because only then SUM comes in the corporate currency. */
function totalsQuery(where: readonly string[], amount: boolean): NamedQuery {
  return {
    ref: 'totals',
    soql: selectSoql({
      fields: ['StageName'],
      aggregates: [
        { function: 'COUNT', field: 'Id', as: 'entries' },
        ...(amount
          ? [{ function: 'SUM', field: 'Amount', as: 'total' } as const, { function: 'SUM', field: 'PrevAmount', as: 'previous' } as const]
          : []),
      ],
      from: 'OpportunityHistory',
      where,
      groupBy: 'StageName',
    }),
  };
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
