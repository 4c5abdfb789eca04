/** The time that one call may take. Waiting for a person does not count; what comes after it has the whole time again. */
export class Deadline {
  /** Aborts when the caller gives up, or with a TimeoutError when the time is over. */
  readonly signal: AbortSignal;
  readonly limitMs: number;
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(limitMs: number, caller: AbortSignal) {
    this.limitMs = limitMs;
    this.signal = AbortSignal.any([caller, this.#controller.signal]);
    this.#start();
  }

  /** Stops the clock while the work lasts. A commit that follows must not be cut short: its outcome would be unknown. */
  async pausedFor<Result>(work: () => Promise<Result>): Promise<Result> {
    clearTimeout(this.#timer);
    try {
      return await work();
    } finally {
      this.#start();
    }
  }

  /** The call has ended. */
  end(): void {
    clearTimeout(this.#timer);
  }

  #start(): void {
    this.#timer = setTimeout(() => this.#controller.abort(new DOMException('the time is over', 'TimeoutError')), this.limitMs);
  }
}
