import * as z from 'zod';
import { toLongId } from '../salesforce/record-id.ts';
import { dryRun } from './shared-schemas.ts';
import { idOf, justification, writtenText } from './write-schemas.ts';
import { defineWriteTool } from './write-tool.ts';

export const updateLeadStatus = defineWriteTool({
  name: 'update_lead_status',
  title: 'Update a Salesforce lead status',
  summary:
    'Move a Salesforce lead to another status. Converted leads and converted statuses are refused: leads are converted in Salesforce.',
  input: () =>
    z.strictObject({
      lead_id: idOf(['Lead']),
      status: writtenText({ max: 255 }).describe('New status, such as Working'),
      justification: justification().optional(),
      dry_run: dryRun(),
    }),
  result: () => ({ previous_status: z.string(), new_status: z.string() }),
  serviceInput: ({ lead_id, status }) => ({ lead_id: toLongId(lead_id), status }),
  labels: { Status: 'Status' },
});
