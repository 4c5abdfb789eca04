import { verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { CLIENT_ID } from './grants.ts';
import { OAuthError } from './oauth-error.ts';

export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const headerSchema = z.looseObject({ alg: z.literal('RS256') });
const claimsSchema = z.looseObject({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  /** Seconds; the sf CLI sends milliseconds, which is merely far ahead. */
  exp: z.number(),
});

/**
 * The username that an assertion signs in, once everything in it holds.
 * @param key the public key of the certificate that the client app was set up with; null where it has none
 * @param origin the org's own address, one of the audiences that it takes
 * @param now epoch milliseconds
 * @see https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_jwt_flow.htm
 */
export function usernameOfAssertion(assertion: string, key: KeyObject | null, origin: string, now: number): string {
  const [header = '', payload = '', signature = '', ...more] = assertion.split('.');
  const claims = claimsSchema.safeParse(parse(payload));
  if (more.length > 0 || !headerSchema.safeParse(parse(header)).success || !claims.success) throw invalid('invalid assertion');
  const { iss, sub, aud, exp } = claims.data;
  if (iss !== CLIENT_ID) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  const isSigned = key !== null && verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
  if (!isSigned) throw invalid('invalid assertion');
  const audiences = new Set([origin, 'https://login.salesforce.com', 'https://test.salesforce.com']);
  if (![aud].flat().some((one) => audiences.has(one.replace(/\/$/, '')))) throw invalid('audience is invalid');
  if (exp * 1000 < now) throw invalid('assertion expired');
  return sub;
}

function invalid(description: string): OAuthError {
  return new OAuthError('invalid_grant', description);
}

function parse(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
