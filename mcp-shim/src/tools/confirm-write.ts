import * as z from 'zod';
import { cleanJson, maxFieldLength } from '../untrusted-text.ts';
import { dryRun } from './shared-schemas.ts';
import { defineTool } from './tool.ts';
import { confirmPending, toCommit } from './write-flow.ts';
import { committedOutput } from './write-output.ts';
import { writeTools } from './write-tools.ts';

export const confirmWrite = defineTool({
  name: 'confirm_write',
  title: 'Commit a previewed Salesforce change',
  description:
    'Write a previewed change to Salesforce, with its audit row in the same transaction. Call it only after the user has approved the change ' +
    'line. Commits exactly what was previewed under the token; a record that changed in between is a conflict, not overwritten. ' +
    'Calling twice writes once.',
  input: () =>
    z.strictObject({
      change: z
        .string()
        .trim()
        .min(1, 'must be the change line of the preview')
        .max(2_000, 'must be the change line of the preview')
        .describe('The change line of the preview, word for word'),
      confirmation_token: z
        .string()
        .trim()
        .min(1, 'must be the token of the preview')
        .max(64, 'must be the token of the preview')
        .describe('The token of the preview'),
      dry_run: dryRun(),
    }),
  /** What the tool answers whose write is confirmed: any of their keys. */
  output: () => committedOutput(Object.fromEntries(writeTools.flatMap((tool) => Object.entries(tool.result())))),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  alwaysAdmitted: true,
  plan: (args, context) => {
    const write = context.pending.peek(args.confirmation_token, args.change);
    const { expected, ...commit } = toCommit(write, 'token');
    // The old values are text of the org; the commit itself sends them as they are.
    const shown = expected === undefined ? {} : { expected: cleanJson(expected, maxFieldLength) as Record<string, unknown> };
    return [context.writes.commitRequest(write.operation, { ...commit, ...shown })];
  },
  handler: (args, context) => confirmPending(args.confirmation_token, args.change, 'token', context),
});
