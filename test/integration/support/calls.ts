import { z } from 'zod';
import type { ShimClient } from '../../../mcp-shim/src/testing/shim-client.ts';

const Refused = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string(), details: z.looseObject({ cause: z.string().optional() }) }),
});

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Calls a tool that must refuse. @throws where it succeeds */
export async function refusalOf(shim: ShimClient, tool: string, args: Record<string, unknown>): Promise<Refusal> {
  return Refused.parse(await shim.call(tool, args)).error;
}

const Preview = z.looseObject({ change: z.string(), confirmation_token: z.string(), request_id: z.string() });

/** Arguments of `confirm_write`. */
export type PreviewedChange = { readonly change: string; readonly confirmation_token: string };

/** Previews a change that must be accepted, as what `confirm_write` takes; `requestId` is the one that the commit will carry. */
export async function preview(shim: ShimClient, args: Record<string, unknown>): Promise<{ confirm: PreviewedChange; requestId: string }> {
  const { change, confirmation_token, request_id } = Preview.parse(await shim.call('update_field', args));
  return { confirm: { change, confirmation_token }, requestId: request_id };
}
