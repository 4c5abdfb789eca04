import * as z from 'zod';
import { resultMeta } from './shared-schemas.ts';

/** One field that a write sets or moves. `requested` is false for side effects, such as a stage moving the probability. */
const change = () => z.strictObject({ field: z.string(), old: z.unknown(), new: z.unknown(), requested: z.boolean() });

const record = () => ({
  request_id: z.string().describe('Idempotency key; the audit row carries it'),
  record_id: z.string(),
  record_label: z.string(),
  url: z.string(),
});

/** A write that waits for its confirmation. */
export function previewOutput() {
  return z.strictObject({
    status: z.literal('confirmation_required'),
    change: z.string().describe('The line to show and to approve'),
    changes: z.array(change()),
    confirmation_token: z.string(),
    expires_at: z.string().describe('ISO instant'),
    ...record(),
    meta: resultMeta().optional(),
  });
}

/** A write that was made. */
export function committedOutput() {
  return z.strictObject({
    status: z.literal('committed'),
    success: z.literal(true),
    message: z.string(),
    changes: z.array(change()),
    audit_id: z.string(),
    ...record(),
    meta: resultMeta().optional(),
  });
}
