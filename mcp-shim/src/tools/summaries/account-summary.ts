import * as z from 'zod';
import type { SalesforceRecord } from '../../salesforce/gateway.ts';
import { readSummary } from './read-summary.ts';
import type { SummaryFields } from './read-summary.ts';

/** One account. What this user cannot see is left out; what is empty is null. */
export const accountSummary = () =>
  z.strictObject({
    id: z.string(),
    name: z.string(),
    industry: z.string().nullable().optional(),
    type: z.string().nullable().optional(),
    annual_revenue: z.number().nullable().optional(),
    /** ISO code of the revenue, where the org has several currencies. */
    currency: z.string().nullable().optional(),
    billing_city: z.string().nullable().optional(),
    billing_state: z.string().nullable().optional(),
    owner_name: z.string().nullable().optional(),
  });
export type AccountSummary = z.output<ReturnType<typeof accountSummary>>;

/** Where the summary takes its values from. */
export const accountFields = {
  name: 'Name',
  industry: 'Industry',
  type: 'Type',
  annual_revenue: 'AnnualRevenue',
  billing_city: 'BillingCity',
  billing_state: 'BillingState',
  owner_name: 'Owner.Name',
} as const satisfies SummaryFields;

/** @param maxLength longest text, in characters */
export function toAccountSummary(record: SalesforceRecord, maxLength: number): AccountSummary {
  const { annual_revenue, ...values } = readSummary(accountFields, record, maxLength);
  const money = annual_revenue === undefined ? {} : { annual_revenue, ...readSummary({ currency: 'CurrencyIsoCode' }, record, maxLength) };
  // The dispatcher checks the exact shape before a result leaves.
  return { id: String(record['Id']), ...values, ...money } as AccountSummary;
}
