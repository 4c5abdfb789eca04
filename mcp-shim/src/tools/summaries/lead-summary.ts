import * as z from 'zod';
import type { SalesforceRecord } from '../../salesforce/gateway.ts';
import { readSummary } from './read-summary.ts';
import type { SummaryFields } from './read-summary.ts';

/** One lead. What this user cannot see is left out; what is empty is null. */
export const leadSummary = () =>
  z.strictObject({
    id: z.string(),
    name: z.string().nullable(),
    company: z.string().nullable().optional(),
    title: z.string().nullable().optional(),
    email: z.string().nullable().optional(),
    phone: z.string().nullable().optional(),
    status: z.string().nullable().optional(),
    lead_source: z.string().nullable().optional(),
    rating: z.string().nullable().optional(),
    /** A user or a queue. */
    owner_id: z.string().nullable().optional(),
    owner_name: z.string().nullable().optional(),
    created_date: z.string().nullable().optional(),
    last_activity_date: z.string().nullable().optional(),
    is_converted: z.boolean().optional(),
  });
export type LeadSummary = z.output<ReturnType<typeof leadSummary>>;

/** Where the summary takes its values from. */
export const leadFields = {
  name: 'Name',
  company: 'Company',
  title: 'Title',
  email: 'Email',
  phone: 'Phone',
  status: 'Status',
  lead_source: 'LeadSource',
  rating: 'Rating',
  owner_id: 'OwnerId',
  owner_name: 'Owner.Name',
  created_date: 'CreatedDate',
  last_activity_date: 'LastActivityDate',
  is_converted: 'IsConverted',
} as const satisfies SummaryFields;

/** @param maxLength longest text, in characters */
export function toLeadSummary(record: SalesforceRecord, maxLength: number): LeadSummary {
  // The dispatcher checks the exact shape before a result leaves.
  return { id: String(record['Id']), ...readSummary(leadFields, record, maxLength) } as LeadSummary;
}
