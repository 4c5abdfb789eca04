interface Entry<Value> {
  value: Value;
  expiresAt: number;
}

/** Keeps slow facts for a while. Only successes are kept; callers that ask meanwhile each ask for themselves, with their own signal. */
export class TimeCache<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #lifetimeMs: number;
  readonly #now: () => number;

  constructor(lifetimeMs: number, now: () => number) {
    this.#lifetimeMs = lifetimeMs;
    this.#now = now;
  }

  peek(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expiresAt > this.#now() ? entry.value : undefined;
  }

  set(key: string, value: Value): void {
    this.#entries.set(key, { value, expiresAt: this.#now() + this.#lifetimeMs });
  }

  async get(key: string, load: () => Promise<Value>): Promise<Value> {
    const kept = this.peek(key);
    if (kept !== undefined) return kept;
    const value = await load();
    this.set(key, value);
    return value;
  }
}
