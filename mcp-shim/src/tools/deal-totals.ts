import type { NamedQuery } from '../salesforce/api-request.ts';
import { rowsOf } from '../salesforce/look-up.ts';
import type { Answers } from '../salesforce/look-up.ts';
import { selectSoql } from '../salesforce/soql-builder.ts';

export interface DealTotals {
  count: number;
  /** In the corporate currency where the org has several; absent where the user cannot see Amount. */
  value?: number;
}

/**
 * Count and value of all deals that match. Grouped, because only then SUM comes in the corporate currency (SOQL Reference, "Querying
 * Currency Fields in Multi-Currency Orgs").
 */
export function totalsQuery(ref: string, where: readonly string[], options: { amount: boolean }): NamedQuery {
  return {
    ref,
    soql: selectSoql({
      fields: ['IsClosed'],
      aggregates: [
        { function: 'COUNT', field: 'Id', as: 'deals' },
        ...(options.amount ? [{ function: 'SUM', field: 'Amount', as: 'total' } as const] : []),
      ],
      from: 'Opportunity',
      where,
      groupBy: 'IsClosed',
    }),
  };
}

/** @throws ContractError what the org answered in place of rows */
export function totalsIn(answers: Answers, ref: string, options: { amount: boolean }): DealTotals {
  const rows = rowsOf(answers, ref);
  return {
    count: sumOf(rows.map((row) => numberOf(row['deals']))),
    ...(options.amount ? { value: sumOf(rows.map((row) => numberOf(row['total']))) } : {}),
  };
}

/** Cents do not add up in binary: sums are rounded to the six decimals that no currency needs. */
export function sumOf(values: readonly number[]): number {
  return Math.round(values.reduce((sum, value) => sum + value, 0) * 1e6) / 1e6;
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
