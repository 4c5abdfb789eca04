import { createHash } from 'node:crypto';

/** Opaque access tokens, `00D…!…` like the platform's, and whose they are. */
export class Sessions {
  readonly #orgId: string;
  readonly #seed: string;
  readonly #usernames = new Map<string, string>();
  #issued = 0;

  constructor(orgId: string, seed: string) {
    this.#orgId = orgId;
    this.#seed = seed;
  }

  /** A fresh token for a user; earlier ones stay valid. Looks random, follows from the org's seed. */
  issue(username: string): string {
    this.#issued += 1;
    const secret = createHash('sha512').update(`${this.#seed}\n${username}\n${this.#issued}`).digest('base64');
    // The part after the bang is word characters and dots only: that is what clients such as the sf CLI accept as a token.
    const token = `${this.#orgId.slice(0, 15)}!AQE${secret.replace(/[^A-Za-z0-9]/g, '.')}`;
    this.#usernames.set(token, username);
    return token;
  }

  /** Whose token it is; undefined where it was never issued or has expired. */
  usernameOf(token: string): string | undefined {
    return this.#usernames.get(token);
  }

  /** Ends one session. False where there is none of this token. */
  end(token: string): boolean {
    return this.#usernames.delete(token);
  }

  /** Ends all sessions of a user, or of everybody. Returns how many ended. */
  expire(username?: string): number {
    let ended = 0;
    for (const [token, owner] of this.#usernames) {
      if (username !== undefined && owner.toLowerCase() !== username.toLowerCase()) continue;
      this.#usernames.delete(token);
      ended += 1;
    }
    return ended;
  }
}
