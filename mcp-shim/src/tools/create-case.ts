import * as z from 'zod';
import { definedLongIds } from './named-record.ts';
import { dryRun } from './shared-schemas.ts';
import { idOf, justification, writtenText } from './write-schemas.ts';
import { defineWriteTool } from './write-tool.ts';

export const createCase = defineWriteTool({
  name: 'create_case',
  title: 'Create a Salesforce case',
  summary: 'Create a Salesforce case.',
  input: () =>
    z.strictObject({
      subject: writtenText({ max: 255 }).describe('Subject line'),
      description: writtenText({ max: 32_000 }).describe('Details'),
      priority: z.enum(['High', 'Medium', 'Low'], 'must be High, Medium or Low').default('Medium'),
      type: writtenText({ max: 255 }).optional().describe('Picklist value'),
      account_id: idOf(['Account']).optional(),
      contact_id: idOf(['Contact']).optional(),
      justification: justification().optional(),
      dry_run: dryRun(),
    }),
  result: () => ({ case_id: z.string(), case_number: z.string() }),
  serviceInput: ({ justification: _why, dry_run: _dry, ...fields }) => definedLongIds(fields, ['account_id', 'contact_id']),
  labels: {
    Subject: 'Subject',
    Description: 'Description',
    Priority: 'Priority',
    Type: 'Type',
    AccountId: 'Account',
    ContactId: 'Contact',
  },
  names: ({ account_id, contact_id }) => [
    ...(account_id === undefined ? [] : [{ argument: 'account_id', field: 'AccountId', object: 'Account', id: account_id }]),
    ...(contact_id === undefined ? [] : [{ argument: 'contact_id', field: 'ContactId', object: 'Contact', id: contact_id }]),
  ],
  record: () => 'New case',
  done: ({ record_label: number }) => `Case ${number ?? ''} was created.`.replace('  ', ' '),
});
