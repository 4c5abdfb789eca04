import type { Context } from 'hono';
import type { LocalOrg } from '../../org-types.ts';
import { userOf } from './authenticate.ts';

/**
 * Who the token belongs to. A bad token is answered with one word of plain text, unlike anywhere else.
 * @see https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_userinfo_endpoint.htm
 */
export function userinfo(context: Context, org: LocalOrg): Response {
  const user = userOf(context.req.header('authorization'), org);
  if (!user) return context.text('Bad_OAuth_Token', 403);
  const origin = new URL(context.req.url).origin;
  return context.json({
    sub: `${origin}/id/${org.id}/${user.id}`,
    user_id: user.id,
    organization_id: org.id,
    preferred_username: user.username,
    nickname: user.username.split('@')[0],
    name: user.name,
    email: user.email,
    email_verified: true,
    zoneinfo: user.timeZone,
    locale: user.locale,
    language: user.language,
    active: true,
    user_type: user.userType.toUpperCase(),
    urls: {
      rest: `${origin}/services/data/v{version}/`,
      sobjects: `${origin}/services/data/v{version}/sobjects/`,
      query: `${origin}/services/data/v{version}/query/`,
    },
    is_app_installed: true,
  });
}
