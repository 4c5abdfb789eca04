import * as z from 'zod';
import { resultMeta } from './shared-schemas.ts';

/** One field that a write sets or moves. `requested` is false for side effects, such as a stage moving the probability. */
const change = () => z.strictObject({ field: z.string(), old: z.unknown(), new: z.unknown(), requested: z.boolean() });

const common = () => ({
  changes: z.array(change()),
  request_id: z.string(),
  /** The record that is changed; one that is yet to be created has none of the three. */
  record_id: z.string().optional(),
  record_label: z.string().optional(),
  url: z.string().optional(),
  meta: resultMeta().optional(),
});

const preview = () => ({
  change: z.string().optional(),
  confirmation_token: z.string().optional(),
  expires_at: z.string().optional(),
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

/**
 * A write that waits for its confirmation, or one that a person has approved in the middle of the call.
 * @param result the tool's own keys of a committed write
 */
export function previewOutput(result: z.ZodRawShape) {
  return z
    .strictObject({ status: z.enum(['confirmation_required', 'committed']), ...preview(), ...commit(), ...optional(result), ...common() })
    .refine((output) => {
      const present = [...keysOf.confirmation_required, ...keysOf.committed].filter((key) => output[key] !== undefined);
      return present.join() === keysOf[output.status].join();
    }, 'has the keys of another status');
}

/**
 * A write that was made.
 * @param result the tool's own keys; all those of every tool for confirm_write
 */
export function committedOutput(result: z.ZodRawShape) {
  return z.strictObject({
    status: z.literal('committed'),
    success: z.literal(true),
    message: z.string(),
    audit_id: z.string(),
    ...optional(result),
    ...common(),
  });
}

/** A replay may leave out what the user can no longer read, and a preview has none of it. */
function optional(shape: z.ZodRawShape): z.ZodRawShape {
  return z.object(shape).partial().shape;
}
