import * as z from 'zod';
import { toLongId } from '../salesforce/record-id.ts';
import { dryRun } from './shared-schemas.ts';
import { idOf, justification, writtenText } from './write-schemas.ts';
import { defineWriteTool } from './write-tool.ts';

export const updateCase = defineWriteTool({
  name: 'update_case',
  title: 'Update a Salesforce case',
  summary: 'Set priority, status or type of a Salesforce case, add an internal comment, or both: all or nothing.',
  input: () =>
    z
      .strictObject({
        case_id: idOf(['Case']),
        priority: z.enum(['High', 'Medium', 'Low'], 'must be High, Medium or Low').optional(),
        status: writtenText({ max: 255 }).optional().describe('Picklist value'),
        type: writtenText({ max: 255 }).optional().describe('Picklist value'),
        comment: writtenText({ max: 4_000 }).optional().describe('Internal comment'),
        justification: justification().optional(),
        dry_run: dryRun(),
      })
      .refine(({ priority, status, type, comment }) => (priority ?? status ?? type ?? comment) !== undefined, {
        path: ['priority'],
        error: 'is missing, and so are status, type and comment: there is nothing to change',
      }),
  result: () => ({ updated_fields: z.array(z.string()) }),
  serviceInput: ({ case_id, priority, status, type, comment }) => ({
    case_id: toLongId(case_id),
    ...Object.fromEntries(Object.entries({ priority, status, type, comment }).filter(([, value]) => value !== undefined)),
  }),
  labels: { Priority: 'Priority', Status: 'Status', Type: 'Type', $Comment: 'New comment' },
  record: (number) => `Case ${number}`,
  done: ({ changed, changes, record_label: number }) => {
    const fields = changes.filter(({ requested }) => requested).map(({ field }) => field);
    return changed
      ? `Case ${number ?? ''} was updated (${fields.join(', ')}).`
      : 'The case already held these values; the request was audited.';
  },
});
