import type { Context } from 'hono';
import type { LocalOrg } from '../../org-types.ts';
import { OAuthError, oauthParameters, sendOAuth } from './oauth-error.ts';

/**
 * `/services/oauth2/revoke`, by POST or GET: ends an access token, or a refresh token with the access tokens that came of it.
 * @see https://help.salesforce.com/s/articleView?id=sf.remoteaccess_revoke_token.htm
 */
export function revoke(context: Context, org: LocalOrg): Promise<Response> {
  return sendOAuth(context, async () => {
    const given = await oauthParameters(context);
    if (!org.grants.revoke(given.get('token') ?? '')) throw new OAuthError('invalid_token', 'invalid token');
    return undefined;
  });
}
