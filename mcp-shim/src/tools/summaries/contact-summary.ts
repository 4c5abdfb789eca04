import * as z from 'zod';
import type { SalesforceRecord } from '../../salesforce/gateway.ts';
import { readSummary } from './read-summary.ts';
import type { SummaryFields } from './read-summary.ts';

/** One person. What this user cannot see is left out; what is empty is null. */
export const contactSummary = () =>
  z.strictObject({
    id: z.string(),
    name: z.string().nullable(),
    title: z.string().nullable().optional(),
    email: z.string().nullable().optional(),
    phone: z.string().nullable().optional(),
    account_name: z.string().nullable().optional(),
  });
export type ContactSummary = z.output<ReturnType<typeof contactSummary>>;

/** Where the summary takes its values from. */
export const contactFields = {
  name: 'Name',
  title: 'Title',
  email: 'Email',
  phone: 'Phone',
  account_name: 'Account.Name',
} as const satisfies SummaryFields;

/** @param maxLength longest text, in characters */
export function toContactSummary(record: SalesforceRecord, maxLength: number): ContactSummary {
  // The dispatcher checks the exact shape before a result leaves.
  return { id: String(record['Id']), ...readSummary(contactFields, record, maxLength) } as ContactSummary;
}
