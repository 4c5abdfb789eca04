import { createHash, type KeyObject } from 'node:crypto';
import type { Sessions } from './sessions.ts';

/** The one client app of the org: a public client, without a secret. Its id looks like a consumer key. */
export const CLIENT_ID = '3MVG9LocalOrgRevOpsPublicClient0001';

/** An access token with the refresh token that renews it. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

interface Grant {
  readonly username: string;
  refreshToken: string;
  readonly accessTokens: string[];
}

/**
 * What users have granted to the client app: per grant one valid refresh token and the access tokens that came of it.
 * @see https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_refresh_token_flow.htm
 */
export class Grants {
  /** Whether a refresh replaces the refresh token; the one that was used is void then. */
  rotates: boolean;
  /** The public key that signs the app's assertions in the JWT bearer flow; null where the app has no certificate. */
  certificate: KeyObject | null = null;
  readonly #sessions: Sessions;
  readonly #seed: string;
  readonly #grants: Grant[] = [];
  #issued = 0;

  constructor(sessions: Sessions, seed: string, rotates: boolean) {
    this.#sessions = sessions;
    this.#seed = seed;
    this.rotates = rotates;
  }

  /** As after a login of the user in a browser. */
  grant(username: string): Tokens {
    const grant: Grant = { username, refreshToken: this.#refreshToken(username), accessTokens: [] };
    this.#grants.push(grant);
    return { accessToken: this.#accessToken(grant), refreshToken: grant.refreshToken };
  }

  /** Whose refresh token it is; undefined where it was never issued, was revoked or has been replaced. */
  usernameOf(refreshToken: string): string | undefined {
    return this.#find(refreshToken)?.username;
  }

  /** A fresh access token, earlier ones stay valid; with a fresh refresh token where the app rotates them. */
  refresh(refreshToken: string): Tokens {
    const grant = this.#find(refreshToken);
    if (!grant) throw new Error('This refresh token is not valid');
    if (this.rotates) grant.refreshToken = this.#refreshToken(grant.username);
    return { accessToken: this.#accessToken(grant), refreshToken: grant.refreshToken };
  }

  /**
   * Ends an access token, or a grant with all its access tokens by its refresh token. False where the token is neither.
   * @see https://help.salesforce.com/s/articleView?id=sf.remoteaccess_revoke_token.htm
   */
  revoke(token: string): boolean {
    const grant = this.#find(token);
    if (!grant) return this.#sessions.end(token);
    this.#grants.splice(this.#grants.indexOf(grant), 1);
    for (const one of grant.accessTokens) this.#sessions.end(one);
    return true;
  }

  #find(refreshToken: string): Grant | undefined {
    return this.#grants.find((grant) => grant.refreshToken === refreshToken);
  }

  #accessToken(grant: Grant): string {
    const token = this.#sessions.issue(grant.username);
    grant.accessTokens.push(token);
    return token;
  }

  #refreshToken(username: string): string {
    this.#issued += 1;
    const secret = createHash('sha512').update(`${this.#seed}\nrefresh\n${username}\n${this.#issued}`).digest('base64');
    return `5Aep861${secret.replace(/[^A-Za-z0-9]/g, '_')}`;
  }
}
