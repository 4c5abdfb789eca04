import * as z from 'zod';
import { counted } from '../risk/risk-rules.ts';
import type { Currencies } from '../salesforce/org-facts.ts';
import { changeKinds, dealOf } from './deal-changes.ts';
import type { ChangeKind, DealChange } from './deal-changes.ts';
import { sumOf } from './deal-totals.ts';
import { rowsThatFit } from './rows-that-fit.ts';
import { maxListCellLength, readSummary } from './summaries/read-summary.ts';

/** Most changes that one answer lists. */
const maxRows = 200;

const columns = [
  ...['kind', 'opportunity_id', 'opportunity_name', 'owner_name', 'stage', 'before', 'after'],
  ...['amount', 'currency', 'changed_at', 'changed_by'],
];

/** Schema part: the sums by kind, and the changes as a table. */
export const changeReport = () => ({
  by_kind: z.partialRecord(z.enum(changeKinds), z.strictObject({ count: z.int(), value: z.number().optional() })),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))).describe('One array per change'),
});

interface Sums {
  by_kind: Partial<Record<ChangeKind, { count: number; value?: number }>>;
  /** Currencies whose amounts could not be added, for want of a rate. */
  leftOut: string[];
}

/** @param amount whether the user sees amounts: without, nothing is up or down */
export function sumByKind(changes: readonly DealChange[], amount: boolean, currencies: Currencies | undefined): Sums {
  const leftOut = new Set<string>();
  const inCorporate = ({ row, value = 0 }: DealChange): number => {
    if (!currencies) return value;
    const code = String(row['CurrencyIsoCode']);
    const rate = currencies.rates.get(code);
    if (rate === undefined) leftOut.add(code);
    return rate === undefined ? 0 : value / rate;
  };
  const kinds = changeKinds.filter((kind) => amount || (kind !== 'up' && kind !== 'down'));
  const by_kind = Object.fromEntries(
    kinds.map((kind) => {
      const ofKind = changes.filter((change) => change.kind === kind);
      return [kind, { count: ofKind.length, ...(amount ? { value: sumOf(ofKind.map(inCorporate)) } : {}) }];
    }),
  );
  return { by_kind, leftOut: [...leftOut].sort() };
}

/** What to say where a sum holds a deal more than once; up and down are differences, which add up. */
export function noteOnRepeats(changes: readonly DealChange[]): string[] {
  const repeated = changeKinds.flatMap((kind) => {
    if (kind === 'up' || kind === 'down') return [];
    const deals = changes.filter((change) => change.kind === kind).map(({ row }) => dealOf(row));
    const different = new Set(deals).size;
    return different === deals.length ? [] : [`${kind} ${deals.length} changes of ${counted(different, 'deal')}`];
  });
  return repeated.length === 0 ? [] : [`Sums count a deal once per change: ${repeated.join(', ')}.`];
}

/** The first changes, as many as an answer takes; columns that the user cannot see are left out. */
export function changeTable(changes: readonly DealChange[]) {
  const records = changes.slice(0, maxRows).map(toRecord);
  const present = columns.filter((column) => records.some((record) => record[column] !== undefined));
  const rows = records.map((record) => present.map((column) => record[column] ?? null));
  return { columns: present, rows: rowsThatFit(rows) };
}

function toRecord({ kind, row, before, after }: DealChange): Record<string, string | number | null> {
  const fields = {
    opportunity_name: 'Opportunity.Name',
    stage: 'StageName',
    amount: 'Amount',
    ...('Amount' in row ? { currency: 'CurrencyIsoCode' } : {}),
    changed_at: 'CreatedDate',
    changed_by: 'CreatedBy.Name',
  };
  const owner = (row['Opportunity'] as { Owner?: { Name?: string } | null } | null)?.Owner ?? null;
  return {
    kind,
    opportunity_id: dealOf(row),
    ...(readSummary(fields, row, maxListCellLength) as Record<string, string | number | null>),
    owner_name: (readSummary({ name: 'Name' }, owner ?? {}, maxListCellLength)['name'] as string | undefined) ?? null,
    before,
    after,
  };
}
