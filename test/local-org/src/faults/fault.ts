import { z } from 'zod';

/** What happens to a request that a fault meets. */
export type FaultEffect =
  /** Answers this instead: 401, 503, an HTML 502, a limit error. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string | undefined;
      readonly headers?: Readonly<Record<string, string>> | undefined;
    }
  /** Waits, then goes on. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Never answers; the connection stays open. */
  | { readonly kind: 'silent' }
  /** Cuts the connection. */
  | { readonly kind: 'cut' };

export interface Fault {
  /** Any method where it is left out. */
  readonly method?: string | undefined;
  /** Path without the query string; `*` stands for any text: `/services/apexrest/*`. */
  readonly path: string;
  /** How many requests it meets; 1 where it is left out. */
  readonly times?: number | undefined;
  /** How many matching requests it lets pass first; 0 where it is left out. */
  readonly skip?: number | undefined;
  /** `before`: the org never sees the request (default). `after`: it was carried out and committed, and the answer is withheld. */
  readonly when?: 'before' | 'after' | undefined;
  readonly effect: FaultEffect;
}

/** A fault as it comes over HTTP. */
export const faultSchema = z.strictObject({
  method: z.string().optional(),
  path: z.string().min(1),
  times: z.int().positive().optional(),
  skip: z.int().nonnegative().optional(),
  when: z.enum(['before', 'after']).optional(),
  effect: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('status'),
      status: z.int().min(200).max(599),
      body: z.string().optional(),
      headers: z.record(z.string(), z.string()).optional(),
    }),
    z.strictObject({ kind: z.literal('delay'), milliseconds: z.int().nonnegative() }),
    z.strictObject({ kind: z.literal('silent') }),
    z.strictObject({ kind: z.literal('cut') }),
  ]),
});
