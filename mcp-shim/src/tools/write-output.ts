import * as z from 'zod';
import { resultMeta } from './shared-schemas.ts';

/** One field that a write sets or moves. `requested` is false for side effects, such as a stage moving the probability. */
const change = () => z.strictObject({ field: z.string(), old: z.unknown(), new: z.unknown(), requested: z.boolean() });

const common = () => ({
  changes: z.array(change()).describe('requested: false = moved by automation'),
  request_id: z.string().describe('Idempotency key; the audit row carries it'),
  record_id: z.string(),
  record_label: z.string(),
  url: z.string(),
  meta: resultMeta().optional(),
});

const preview = () => ({
  change: z.string().optional().describe('The line to show and to approve'),
  confirmation_token: z.string().optional(),
  expires_at: z.string().optional().describe('ISO instant'),
});

const commit = () => ({
  success: z.literal(true).optional(),
  message: z.string().optional(),
  audit_id: z.string().optional(),
});

/** Keys that a result of each status has, no more and no less. */
const keysOf = {
  confirmation_required: ['change', 'confirmation_token', 'expires_at'],
  committed: ['success', 'message', 'audit_id'],
} as const;

/** A write that waits for its confirmation, or one that a person has approved in the middle of the call. */
export function previewOutput() {
  return z
    .strictObject({ status: z.enum(['confirmation_required', 'committed']), ...preview(), ...commit(), ...common() })
    .refine((result) => {
      const present = [...keysOf.confirmation_required, ...keysOf.committed].filter((key) => result[key] !== undefined);
      return present.join() === keysOf[result.status].join();
    }, 'has the keys of another status');
}

/** A write that was made. */
export function committedOutput() {
  return z.strictObject({
    status: z.literal('committed'),
    success: z.literal(true),
    message: z.string(),
    audit_id: z.string(),
    ...common(),
  });
}
