import * as z from 'zod';
import type { SalesforceRecord } from '../../salesforce/gateway.ts';
import { readSummary } from './read-summary.ts';
import type { SummaryFields } from './read-summary.ts';

/** One user. What the asking user cannot see is left out; what is empty is null. */
export const teamMember = () =>
  z.strictObject({
    id: z.string(),
    name: z.string().nullable(),
    email: z.string().nullable().optional(),
    title: z.string().nullable().optional(),
    role_name: z.string().nullable().optional(),
    is_active: z.boolean(),
  });
export type TeamMember = z.output<ReturnType<typeof teamMember>>;

/** Where the summary takes its values from. */
export const teamMemberFields = {
  name: 'Name',
  email: 'Email',
  title: 'Title',
  role_name: 'UserRole.Name',
  is_active: 'IsActive',
} as const satisfies SummaryFields;

/** @param maxLength longest text, in characters */
export function toTeamMember(record: SalesforceRecord, maxLength: number): TeamMember {
  // The dispatcher checks the exact shape before a result leaves.
  return { id: String(record['Id']), ...readSummary(teamMemberFields, record, maxLength) } as TeamMember;
}
