import { ContractError } from '../errors.ts';
import { refreshAccessToken } from './token-endpoint.ts';
import type { RefreshGrant } from './token-endpoint.ts';
import type { TokenSource } from './token-source.ts';

export interface RefreshingTokenOptions {
  loginUrl: string;
  /** The first token to try; without one the first request asks for one. */
  accessToken?: string | undefined;
  grant: RefreshGrant;
  /** Hears every new secret, so that logs can hide it. */
  onSecret: (secret: string) => void;
}

/** Longer than any login takes that still comes. */
const refreshTimeLimitMs = 20_000;

/**
 * Renews the access token when it is refused: once per call, one refresh at a time for all calls. A rotated refresh token is
 * kept in memory and replaces the configured one until the server ends.
 */
export class RefreshingToken implements TokenSource {
  readonly #options: RefreshingTokenOptions;
  readonly #renewedIn = new WeakSet<AbortSignal>();
  #accessToken: string | undefined;
  #refreshToken: string;
  #refresh: Promise<string> | undefined;

  constructor(options: RefreshingTokenOptions) {
    this.#options = options;
    this.#accessToken = options.accessToken;
    this.#refreshToken = options.grant.refreshToken;
  }

  async current(signal: AbortSignal): Promise<string> {
    return this.#accessToken ?? this.#renewFor(signal);
  }

  async renew(refused: string, signal: AbortSignal): Promise<string | undefined> {
    // Another call has renewed it meanwhile.
    if (this.#accessToken !== undefined && this.#accessToken !== refused) return this.#accessToken;
    return this.#renewedIn.has(signal) ? undefined : this.#renewFor(signal);
  }

  #renewFor(signal: AbortSignal): Promise<string> {
    this.#renewedIn.add(signal);
    this.#refresh ??= this.#fetchTokens().finally(() => (this.#refresh = undefined));
    return untilAborted(this.#refresh, signal);
  }

  /** Not bound to the call that started it: others wait for it, and a rotated token whose answer nobody read would be lost. */
  async #fetchTokens(): Promise<string> {
    const { loginUrl, grant, onSecret } = this.#options;
    const tokens = await refreshAccessToken(
      loginUrl,
      { ...grant, refreshToken: this.#refreshToken },
      AbortSignal.timeout(refreshTimeLimitMs),
    );
    onSecret(tokens.accessToken);
    if (tokens.refreshToken !== undefined) {
      onSecret(tokens.refreshToken);
      this.#refreshToken = tokens.refreshToken;
    }
    this.#accessToken = tokens.accessToken;
    return tokens.accessToken;
  }
}

async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(endedMeanwhile());
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Nothing but the refresh was sent, and that goes on. */
function endedMeanwhile(): ContractError {
  return new ContractError(
    'AUTH_ERROR',
    'The access token is not valid any more, and the call ended before the login server answered. Check SFDC_LOGIN_URL and call again.',
    { cause: 'LOGIN_UNREACHABLE', retryable: true },
  );
}
