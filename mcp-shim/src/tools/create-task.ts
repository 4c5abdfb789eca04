import * as z from 'zod';
import { fitsObject } from '../salesforce/record-id.ts';
import { definedLongIds } from './named-record.ts';
import { dryRun, isoDate } from './shared-schemas.ts';
import { idOf, justification, writtenText } from './write-schemas.ts';
import { defineWriteTool } from './write-tool.ts';

const relatedObjects = ['Account', 'Opportunity', 'Case'] as const;
const people = ['Contact', 'Lead'] as const;

export const createTask = defineWriteTool({
  name: 'create_task',
  title: 'Create a Salesforce task',
  summary: 'Create a Salesforce task of your own, on a record or a person. A task for a lead takes no related_to_id.',
  input: () =>
    z
      .strictObject({
        subject: writtenText({ max: 255 }).describe('Subject line'),
        description: writtenText({ max: 32_000 }).optional().describe('Details'),
        due_date: isoDate('YYYY-MM-DD').optional(),
        related_to_id: idOf(relatedObjects).optional(),
        who_id: idOf(people).optional(),
        priority: z.enum(['High', 'Normal', 'Low'], 'must be High, Normal or Low').default('Normal'),
        justification: justification().optional(),
        dry_run: dryRun(),
      })
      // The platform refuses it as well, after the fact (Object Reference, "Task", WhoId).
      .refine(({ who_id, related_to_id }) => who_id === undefined || related_to_id === undefined || !fitsObject(who_id, 'Lead'), {
        path: ['related_to_id'],
        error: 'must be left out for a lead, whose tasks are related to nothing else',
      }),
  result: () => ({ task_id: z.string() }),
  serviceInput: ({ justification: _why, dry_run: _dry, ...fields }) => definedLongIds(fields, ['related_to_id', 'who_id']),
  labels: {
    Subject: 'Subject',
    Description: 'Description',
    ActivityDate: 'Due Date',
    WhatId: 'Related To',
    WhoId: 'Name',
    Priority: 'Priority',
  },
  names: ({ related_to_id: what, who_id: who }) => [
    ...(what === undefined ? [] : [{ argument: 'related_to_id', field: 'WhatId', object: objectOf(what, relatedObjects), id: what }]),
    ...(who === undefined ? [] : [{ argument: 'who_id', field: 'WhoId', object: objectOf(who, people), id: who }]),
  ],
  record: () => 'New task',
  done: () => 'The task was created.',
});

/** The schema has let only these through. */
function objectOf(id: string, objects: readonly [string, ...string[]]): string {
  return objects.find((object) => fitsObject(id, object)) ?? objects[0];
}
