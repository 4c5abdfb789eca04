import * as z from 'zod';
import type { SalesforceRecord } from '../../salesforce/gateway.ts';
import { readSummary } from './read-summary.ts';
import type { SummaryFields } from './read-summary.ts';

/** One case. What this user cannot see is left out; what is empty is null. */
export const caseSummary = () =>
  z.strictObject({
    id: z.string(),
    case_number: z.string().nullable(),
    subject: z.string().nullable().optional(),
    description: z.string().nullable().optional(),
    status: z.string().nullable().optional(),
    priority: z.string().nullable().optional(),
    type: z.string().nullable().optional(),
    origin: z.string().nullable().optional(),
    account_id: z.string().nullable().optional(),
    account_name: z.string().nullable().optional(),
    contact_id: z.string().nullable().optional(),
    contact_name: z.string().nullable().optional(),
    /** Of a user or a queue. */
    owner_name: z.string().nullable().optional(),
    created_date: z.string().nullable().optional(),
    closed_date: z.string().nullable().optional(),
    /** Newest first. */
    comments: z.array(caseComment()).optional(),
  });
export type CaseSummary = z.output<ReturnType<typeof caseSummary>>;

const caseComment = () =>
  z.strictObject({
    id: z.string(),
    body: z.string().nullable(),
    /** Customers see it on the portal. */
    is_published: z.boolean(),
    created_date: z.string(),
    created_by_name: z.string().nullable(),
  });

/** Where the summary takes its values from. */
export const caseFields = {
  case_number: 'CaseNumber',
  subject: 'Subject',
  description: 'Description',
  status: 'Status',
  priority: 'Priority',
  type: 'Type',
  origin: 'Origin',
  account_id: 'AccountId',
  account_name: 'Account.Name',
  contact_id: 'ContactId',
  contact_name: 'Contact.Name',
  owner_name: 'Owner.Name',
  created_date: 'CreatedDate',
  closed_date: 'ClosedDate',
} as const satisfies SummaryFields;

export const commentFields = {
  id: 'Id',
  body: 'CommentBody',
  is_published: 'IsPublished',
  created_date: 'CreatedDate',
  created_by_name: 'CreatedBy.Name',
} as const satisfies SummaryFields;

/**
 * @param comments undefined where they are not visible
 * @param maxLength longest text, in characters
 */
export function toCaseSummary(record: SalesforceRecord, comments: readonly SalesforceRecord[] | undefined, maxLength: number): CaseSummary {
  // The dispatcher checks the exact shape before a result leaves.
  return {
    id: String(record['Id']),
    ...readSummary(caseFields, record, maxLength),
    ...(comments ? { comments: comments.map((comment) => readSummary(commentFields, comment, maxLength)) } : {}),
  } as CaseSummary;
}
