import type { Context } from 'hono';

/** A refusal in the shape of RFC 6749, always HTTP 400 as the platform has it. */
export class OAuthError extends Error {
  readonly code: string;

  constructor(code: string, description: string) {
    super(description);
    this.name = 'OAuthError';
    this.code = code;
  }
}

/** Parameters of the form, then those of the address. */
export async function oauthParameters(context: Context): Promise<URLSearchParams> {
  const given = new URLSearchParams(new URL(context.req.url).search);
  if (/^application\/x-www-form-urlencoded\b/i.test(context.req.header('content-type') ?? '')) {
    for (const [name, value] of new URLSearchParams(await context.req.text())) given.set(name, value);
  }
  return given;
}

/** Answers what `work` returns, as JSON that nothing may keep; undefined is an empty 200. */
export async function sendOAuth(context: Context, work: () => Promise<Record<string, string> | undefined>): Promise<Response> {
  const headers = { 'Cache-Control': 'no-cache, no-store', Pragma: 'no-cache' };
  try {
    const body = await work();
    return body === undefined ? context.body(null, 200, headers) : context.json(body, 200, headers);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return context.json({ error: error.code, error_description: error.message }, 400, headers);
  }
}
