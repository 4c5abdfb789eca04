import * as z from 'zod';
import { fitsObject, toLongId } from '../salesforce/record-id.ts';
import { apiName, dryRun, recordId } from './shared-schemas.ts';
import { justification, writtenText } from './write-schemas.ts';
import { defineWriteTool } from './write-tool.ts';

export const addNote = defineWriteTool({
  name: 'add_note',
  title: 'Add a Salesforce note',
  summary: 'Attach a note to a Salesforce record that you may edit. The body is plain text.',
  input: () =>
    z
      .strictObject({
        object_type: apiName('Object API name, such as Opportunity'),
        object_id: recordId('Record id'),
        // The whole request has a limit in bytes, which the write client checks.
        body: writtenText({ max: 90_000 }).describe('Plain text'),
        title: writtenText({ max: 255 }).optional().describe('Default: first line of the body'),
        justification: justification().optional(),
        dry_run: dryRun(),
      })
      .refine(({ object_id, object_type }) => fitsObject(object_id, object_type), {
        path: ['object_id'],
        error: 'is not the id of a record of that object_type',
      }),
  result: () => ({ note_id: z.string() }),
  serviceInput: ({ object_type, object_id, body, title }) => ({
    object_type,
    object_id: toLongId(object_id),
    body,
    ...(title === undefined ? {} : { title }),
  }),
  labels: { $Note: 'New note' },
  besides: ({ title }) => (title === undefined ? [] : [{ label: 'Title', new: title }]),
  done: () => 'The note was added.',
});
