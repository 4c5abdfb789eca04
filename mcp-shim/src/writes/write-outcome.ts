import * as z from 'zod';

/** What the Apex service answers to a commit that went through (APEX_API, "Response"). */
const committed = z.object({
  request_id: z.string(),
  status: z.literal('committed'),
  replayed: z.boolean(),
  changed: z.boolean(),
  audit_ids: z.array(z.string()),
  audit_hashes: z.array(z.string()).optional(),
  record_id: z.string(),
  record_label: z.string().nullable().optional(),
  changes: z.array(z.object({ field: z.string(), old: z.unknown(), new: z.unknown(), requested: z.boolean() })),
  result: z.record(z.string(), z.unknown()).nullable().optional(),
});
export type WriteOutcome = z.infer<typeof committed>;

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

export function parseOutcome(body: unknown): WriteOutcome | undefined {
  return committed.safeParse(body).data;
}

export function parseRefusal(body: unknown): WriteRefusal | undefined {
  return refused.safeParse(body).data;
}
