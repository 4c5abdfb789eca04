import * as z from 'zod';

/** One field that the write sets or moves; `requested` is false for side effects. */
const change = z.object({ field: z.string(), old: z.unknown(), new: z.unknown(), requested: z.boolean() });

const answer = {
  request_id: z.string(),
  replayed: z.boolean(),
  changed: z.boolean(),
  audit_ids: z.array(z.string()),
  audit_hashes: z.array(z.string()).optional(),
  record_label: z.string().nullable().optional(),
  changes: z.array(change),
  result: z.record(z.string(), z.unknown()).nullable().optional(),
};

/** What the Apex service answers to a commit that went through, and to a preview that would (APEX_API, "Response"). */
const committed = z.object({ ...answer, record_id: z.string(), status: z.literal('committed') });
/** A record that is yet to be created has no id. */
const previewed = z.object({ ...answer, record_id: z.string().nullable(), status: z.literal('preview') });
export type WriteOutcome = z.infer<typeof committed>;
export type PreviewOutcome = z.infer<typeof previewed>;
export type ChangeOutcome = z.infer<typeof change>;

const refused = z.object({
  request_id: z.string().nullable().optional(),
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z
      .object({
        sf_code: z.string().nullable().optional(),
        fields: z.array(z.string()).nullable().optional(),
        audit_id: z.string().nullable().optional(),
      })
      .nullable()
      .optional(),
  }),
});
export type WriteRefusal = z.infer<typeof refused>;

/** What the service says about itself (APEX_API, `GET /revops/v1/status`). */
const status = z.object({
  package_version: z.string(),
  api_version: z.string(),
  user: z.object({ id: z.string(), username: z.string() }),
  writes_available: z.boolean(),
  problems: z.array(z.object({ problem: z.string(), remedy: z.string() })),
  // An older package tells less.
  settings: z
    .object({
      writes_enabled: z.boolean(),
      preview_enabled: z.boolean(),
      require_confirmation: z.boolean(),
      min_justification_length: z.number(),
      use_assignment_rules: z.boolean(),
    })
    .partial()
    .optional(),
  quota: z.object({ max_per_hour: z.number(), committed: z.number(), failed: z.number(), left: z.number() }).optional(),
  /** ISO instant; null where access was never reviewed. */
  last_access_review: z.string().nullable().optional(),
});
export type ServiceStatus = z.infer<typeof status>;

/** What may be written of an object, by access and by policy (APEX_API, `GET /revops/v1/objects/{name}`). */
const writable = z.object({
  writable_fields: z.array(z.string()),
  /** Texts that may be added to a record: `$Note`, `$Comment`. */
  writable_additions: z.array(z.string()).default([]),
  denied_by_policy: z.array(z.string()),
});
export type WritableFields = z.infer<typeof writable>;

export function parseWritable(body: unknown): WritableFields | undefined {
  return writable.safeParse(body).data;
}

export function parseOutcome(body: unknown): WriteOutcome | undefined {
  return committed.safeParse(body).data;
}

export function parsePreview(body: unknown): PreviewOutcome | undefined {
  return previewed.safeParse(body).data;
}

export function parseRefusal(body: unknown): WriteRefusal | undefined {
  return refused.safeParse(body).data;
}

export function parseStatus(body: unknown): ServiceStatus | undefined {
  return status.safeParse(body).data;
}
