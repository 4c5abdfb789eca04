import * as z from 'zod';
import { ContractError } from '../errors.ts';
import { packageName, packageVersion } from '../package-info.ts';
import { cleanText } from '../untrusted-text.ts';

/** What a refresh needs (Salesforce Help, "OAuth 2.0 Refresh Token Flow for Renewed Sessions"). */
export interface RefreshGrant {
  refreshToken: string;
  clientId: string;
  /** Absent for public clients, which must not send one. */
  clientSecret?: string | undefined;
}

export interface FreshTokens {
  accessToken: string;
  /** Present where the app rotates its refresh tokens: the one that was sent is void from now on. */
  refreshToken?: string | undefined;
}

const granted = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1).optional() });
const refused = z.object({ error: z.string(), error_description: z.string().optional() });

/**
 * Asks the login server for a new access token, once: with rotation, a repeated request would present a token that is already void.
 * @throws ContractError AUTH_ERROR, with the remedy; retryable where the login server did not answer
 */
export async function refreshAccessToken(loginUrl: string, grant: RefreshGrant, signal: AbortSignal): Promise<FreshTokens> {
  const { status, body } = await post(`${loginUrl}/services/oauth2/token`, grant, signal);
  const tokens = status === 200 ? granted.safeParse(body).data : undefined;
  if (tokens) return { accessToken: tokens.access_token, refreshToken: tokens.refresh_token };
  throw toRefusal(status, refused.safeParse(body).data);
}

async function post(url: string, grant: RefreshGrant, signal: AbortSignal): Promise<{ status: number; body: unknown }> {
  const form = new URLSearchParams({ grant_type: 'refresh_token', client_id: grant.clientId, refresh_token: grant.refreshToken });
  if (grant.clientSecret !== undefined) form.set('client_secret', grant.clientSecret);
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: form,
      headers: { accept: 'application/json', 'user-agent': `${packageName}/${packageVersion}` },
      redirect: 'manual', // the form holds secrets: they go to this address and to no other
      signal,
    });
    return { status: response.status, body: parseJson(await response.text()) };
  } catch (error) {
    throw new ContractError(
      'AUTH_ERROR',
      'The access token is not valid any more, and the login server did not answer. Check SFDC_LOGIN_URL and the network, and call again.',
      { cause: 'LOGIN_UNREACHABLE', retryable: true },
      { cause: error },
    );
  }
}

function toRefusal(status: number, answer: z.infer<typeof refused> | undefined): ContractError {
  if (status >= 500) {
    return new ContractError('AUTH_ERROR', `The login server answered HTTP ${status} to the token refresh. Call again in a minute.`, {
      cause: 'LOGIN_UNAVAILABLE',
      http_status: status,
      retryable: true,
    });
  }
  const oauthError = cleanText(answer?.error ?? `HTTP ${status}`, 80);
  return new ContractError('AUTH_ERROR', `The login server refused the token refresh (${oauthError}). ${remedy(answer?.error)}`, {
    cause: 'REFRESH_REFUSED',
    oauth_error: oauthError,
    http_status: status,
  });
}

function remedy(error: string | undefined): string {
  switch (error) {
    case 'invalid_grant':
      return 'The refresh token has expired, was revoked or was used up: sign in again, set SFDC_REFRESH_TOKEN to the new one and restart the server.';
    case 'invalid_client_id':
    case 'invalid_client':
    case 'invalid_client_credentials':
      return 'Check SFDC_CLIENT_ID and SFDC_CLIENT_SECRET against the External Client App, and restart the server.';
    case 'inactive_user':
    case 'inactive_org':
    case 'rate_limit_exceeded':
      return 'Ask an administrator of the org, and call again.';
    default:
      return 'Check SFDC_LOGIN_URL, SFDC_CLIENT_ID and SFDC_REFRESH_TOKEN, and restart the server.';
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // an HTML page: judged by the status
  }
}
