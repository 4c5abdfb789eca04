import { createHmac } from 'node:crypto';
import type { Context } from 'hono';
import { NotSupported } from '../../errors.ts';
import type { LocalOrg } from '../../org-types.ts';
import type { RunningUser } from '../../transaction/types.ts';
import { CLIENT_ID } from './grants.ts';
import { JWT_BEARER, usernameOfAssertion } from './jwt-bearer.ts';
import { OAuthError, oauthParameters, sendOAuth } from './oauth-error.ts';

const OTHER_GRANTS = new Set([
  'authorization_code',
  'client_credentials',
  'hybrid_refresh',
  'password',
  'urn:ietf:params:oauth:grant-type:saml2-bearer',
  'urn:ietf:params:oauth:grant-type:device',
  'urn:ietf:params:oauth:grant-type:token-exchange',
]);

/**
 * `POST /services/oauth2/token`: the refresh token flow, for a public client, and the JWT bearer flow, which gives no refresh token.
 * @see https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_refresh_token_flow.htm
 * @see https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_jwt_flow.htm
 * @see https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flow_errors.htm
 */
export function token(context: Context, org: LocalOrg): Promise<Response> {
  return sendOAuth(context, async () => {
    if (context.req.method !== 'POST') throw new OAuthError('invalid_request', 'must use HTTP POST');
    const given = await oauthParameters(context);
    const grantType = given.get('grant_type') ?? '';
    if (OTHER_GRANTS.has(grantType)) throw new NotSupported(`the OAuth grant ${grantType}`);
    if (![null, 'json'].includes(given.get('format'))) throw new NotSupported(`the OAuth format ${given.get('format')}`);
    const { origin } = new URL(context.req.url);
    switch (grantType) {
      case 'refresh_token':
        return byRefreshToken(given, origin, org);
      case JWT_BEARER:
        return byAssertion(given, origin, org);
      default:
        throw new OAuthError('unsupported_grant_type', 'grant type not supported');
    }
  });
}

function byRefreshToken(given: URLSearchParams, origin: string, org: LocalOrg): Record<string, string> {
  if (given.get('client_id') !== CLIENT_ID) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  if (given.has('client_secret')) throw new OAuthError('invalid_client', 'invalid client credentials');
  const refreshToken = given.get('refresh_token') ?? '';
  const username = org.grants.usernameOf(refreshToken);
  if (username === undefined) throw new OAuthError('invalid_grant', 'expired access/refresh token');
  const user = activeUser(username, org);
  const fresh = org.grants.refresh(refreshToken);
  const id = `${origin}/id/${org.id}/${user.id}`;
  const issuedAt = String(org.now());
  return {
    access_token: fresh.accessToken,
    ...(fresh.refreshToken === refreshToken ? {} : { refresh_token: fresh.refreshToken }),
    signature: createHmac('sha256', CLIENT_ID)
      .update(id + issuedAt)
      .digest('base64'),
    scope: 'refresh_token api id',
    instance_url: origin,
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
  };
}

function byAssertion(given: URLSearchParams, origin: string, org: LocalOrg): Record<string, string> {
  const username = usernameOfAssertion(given.get('assertion') ?? '', org.grants.certificate, origin, org.now());
  const user = activeUser(username, org);
  const id = `${origin}/id/${org.id}/${user.id}`;
  return { access_token: org.sessions.issue(username), scope: 'api id', instance_url: origin, id, token_type: 'Bearer' };
}

function activeUser(username: string, org: LocalOrg): RunningUser {
  const user = org.findUser(username);
  if (!user) throw new OAuthError('inactive_user', 'user is inactive');
  return user;
}
