import { createPublicKey, type KeyObject } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';
import { faultSchema } from '../../faults/fault.ts';
import type { LocalOrg } from '../../org-types.ts';
import type { MetadataService } from '../metadata/metadata-service.ts';

const expireSchema = z.strictObject({ username: z.string().optional() });
const usageSchema = z.strictObject({ used: z.int().nonnegative(), max: z.int().positive().optional() });
/** How many polls of each deploy that is asked for from now on are answered as if it still ran. */
const deploysSchema = z.strictObject({ pendingPolls: z.int().nonnegative() });
const oauthSchema = z.strictObject({
  rotateRefreshTokens: z.boolean().optional(),
  /** PEM, of a certificate or of a public key: what an administrator uploads to the client app for the JWT bearer flow. */
  certificate: z.string().optional(),
});

/**
 * What a test in another process may do to this org, below `/local-org`; no platform has it, and it needs no token.
 * Requests to it meet no faults and are not counted.
 */
export function controlRoutes(org: LocalOrg, metadata: MetadataService): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get('/faults', (context) => context.json(org.faults.list().map(({ id, fault, hits }) => ({ id, hits, fault }))));
  app.post('/faults', async (context) => {
    const fault = faultSchema.safeParse(await json(context.req.raw));
    if (!fault.success) return context.json({ error: z.prettifyError(fault.error) }, 400);
    return context.json({ id: org.faults.add(fault.data).id }, 201);
  });
  app.delete('/faults', (context) => {
    org.faults.clear();
    return context.body(null, 204);
  });
  app.post('/sessions/expire', async (context) => {
    const body = expireSchema.safeParse(await json(context.req.raw));
    if (!body.success) return context.json({ error: z.prettifyError(body.error) }, 400);
    return context.json({ expired: org.sessions.expire(body.data.username) });
  });
  app.post('/api-usage', async (context) => {
    const body = usageSchema.safeParse(await json(context.req.raw));
    if (!body.success) return context.json({ error: z.prettifyError(body.error) }, 400);
    const { used, max = org.apiUsage.max } = body.data;
    if (used > max) return context.json({ error: `used is at most max, ${max}` }, 400);
    Object.assign(org.apiUsage, { used, max });
    return context.json({ used, max });
  });
  app.post('/deploys', async (context) => {
    const body = deploysSchema.safeParse(await json(context.req.raw));
    if (!body.success) return context.json({ error: z.prettifyError(body.error) }, 400);
    metadata.deploys.pendingPolls = body.data.pendingPolls;
    return context.body(null, 204);
  });
  app.post('/oauth', async (context) => {
    const body = oauthSchema.safeParse(await json(context.req.raw));
    if (!body.success) return context.json({ error: z.prettifyError(body.error) }, 400);
    const { rotateRefreshTokens, certificate } = body.data;
    if (certificate !== undefined) {
      const key = publicKey(certificate);
      if (key === null) return context.json({ error: 'certificate is not a PEM certificate or public key' }, 400);
      org.grants.certificate = key;
    }
    if (rotateRefreshTokens !== undefined) org.grants.rotates = rotateRefreshTokens;
    return context.body(null, 204);
  });
  return app;
}

function publicKey(pem: string): KeyObject | null {
  try {
    return createPublicKey(pem);
  } catch {
    return null;
  }
}

/** The body as JSON; an empty one is `{}`, one that is not JSON is left to the schema to refuse. */
async function json(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
