/** Where requests get their access token from. A call is known by its signal. */
export interface TokenSource {
  /** The token to send now. */
  current(signal: AbortSignal): Promise<string>;
  /**
   * A newer token after `refused` was not accepted; undefined where there is none to be had in this call.
   * @throws ContractError AUTH_ERROR when the login server refuses
   */
  renew(refused: string, signal: AbortSignal): Promise<string | undefined>;
}

/** A token from the settings that cannot be renewed. */
export class FixedToken implements TokenSource {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  current(): Promise<string> {
    return Promise.resolve(this.#token);
  }

  renew(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}
