import * as z from 'zod';
import { cleanJson, cleanText, maxFieldLength } from '../untrusted-text.ts';
import type { PendingWrite, Settled } from '../writes/pending-writes.ts';
import { dryRun } from './shared-schemas.ts';
import { defineTool } from './tool.ts';
import { committedOutput } from './write-output.ts';

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
        .max(2_000)
        .describe('The change line of the preview, word for word'),
      confirmation_token: z.string().trim().min(1, 'must be the token of the preview').max(64).describe('The token of the preview'),
      dry_run: dryRun(),
    }),
  output: committedOutput,
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  alwaysAdmitted: true,
  plan: (args, context) => {
    const { operation, envelope } = context.pending.peek(args.confirmation_token, args.change);
    return [context.writes.request(operation, envelope)];
  },
  handler: async (args, context) => {
    const write = context.pending.peek(args.confirmation_token, args.change);
    const settled = await context.pending.confirm(args.confirmation_token, args.change, ({ operation, envelope }) =>
      context.writes.commit(operation, envelope, context.signal),
    );
    const { outcome } = settled;
    return {
      status: 'committed' as const,
      success: true as const,
      message: messageFor(write, settled),
      changes: outcome.changes.map((change) => ({
        ...change,
        old: cleanJson(change.old, maxFieldLength),
        new: cleanJson(change.new, maxFieldLength),
      })),
      audit_id: outcome.audit_ids[0] ?? '',
      request_id: outcome.request_id,
      record_id: outcome.record_id,
      record_label: cleanText(outcome.record_label ?? outcome.record_id, 255),
      url: `${context.config.instanceUrl}/${outcome.record_id}`,
      ...(settled.replayed || outcome.replayed ? { meta: { replayed: true } } : {}),
    };
  },
});

function messageFor(write: PendingWrite, { outcome, replayed }: Settled): string {
  const audit = `Audit row ${outcome.audit_ids[0] ?? '(none)'}.`;
  if (replayed) return `This change had been confirmed before; nothing was written again. ${audit}`;
  const others = outcome.changes.filter((change) => !change.requested).map((change) => change.field);
  const moved = others.length === 0 ? '' : ` Automation also changed ${others.join(', ')}.`;
  return outcome.changed
    ? `${write.fieldLabel} was updated.${moved} ${audit}`
    : `${write.fieldLabel} already held this value; the request was audited. ${audit}`;
}
