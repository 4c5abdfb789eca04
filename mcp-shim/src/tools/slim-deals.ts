import * as z from 'zod';
import type { SalesforceRecord } from '../salesforce/gateway.ts';
import { daysInStage } from './summaries/opportunity-summary.ts';
import type { Today } from './summaries/opportunity-summary.ts';
import { notesOnLength, rowsThatFit } from './rows-that-fit.ts';
import { maxListCellLength, readSummary } from './summaries/read-summary.ts';
import type { SummaryFields } from './summaries/read-summary.ts';

/** Above this many deals a table says the keys once. */
const maxObjects = 50;

/** What a list of findings says of a deal. */
export const slimDeal = () =>
  z.strictObject({
    id: z.string(),
    name: z.string().nullable().optional(),
    account_name: z.string().nullable().optional(),
    owner_name: z.string().nullable().optional(),
    stage: z.string().nullable().optional(),
    amount: z.number().nullable().optional(),
    currency: z.string().nullable().optional(),
    close_date: z.string().nullable().optional(),
    last_activity_date: z.string().nullable().optional(),
    days_in_stage: z.int().nullable().optional(),
  });
export type SlimDeal = z.output<ReturnType<typeof slimDeal>>;

const slimFields = {
  name: 'Name',
  account_name: 'Account.Name',
  owner_name: 'Owner.Name',
  stage: 'StageName',
  amount: 'Amount',
  close_date: 'CloseDate',
  last_activity_date: 'LastActivityDate',
} as const satisfies SummaryFields;

/** What a query selects for it; `optional` exists in some orgs only. */
export const slimSelect = {
  fields: [...Object.values(slimFields), 'LastStageChangeDate', 'CreatedDate'],
  optional: ['CurrencyIsoCode'],
} as const;

/** Schema part: deals as objects up to 50, as a table above. */
export function dealList<Deal extends z.ZodType>(deal: Deal) {
  return {
    opportunities: z.array(deal).optional().describe('Up to 50 deals'),
    columns: z.array(z.string()).optional().describe('Above 50, with rows'),
    rows: z.array(z.array(z.unknown())).optional(),
  };
}

export function toSlimDeal(record: SalesforceRecord, today: Today): SlimDeal {
  const values = readSummary(slimFields, record, maxListCellLength);
  const currency = 'amount' in values ? readSummary({ currency: 'CurrencyIsoCode' }, record, maxListCellLength) : {};
  const days = daysInStage(record, today);
  return { id: String(record['Id']), ...values, ...currency, ...(days === undefined ? {} : { days_in_stage: days }) };
}

interface Listed<Deal> {
  /** In the form of `dealList`. */
  list: { opportunities?: Deal[]; columns?: string[]; rows?: unknown[][] };
  /** How many of them it holds: those that fit into an answer. */
  shown: number;
  notes: string[];
}

export function listed<Deal extends SlimDeal>(deals: readonly Deal[]): Listed<Deal> {
  const columns = [...new Set(deals.flatMap((deal) => Object.keys(deal)))];
  const notesOf = (shown: number): string[] => notesOnLength(shown, deals.length, 'The totals cover all.');
  if (deals.length <= maxObjects) {
    const opportunities = rowsThatFit(deals);
    return { list: { opportunities }, shown: opportunities.length, notes: notesOf(opportunities.length) };
  }
  const rows = rowsThatFit(deals.map((deal) => columns.map((column) => (deal as Record<string, unknown>)[column] ?? null)));
  return { list: { columns, rows }, shown: rows.length, notes: notesOf(rows.length) };
}
