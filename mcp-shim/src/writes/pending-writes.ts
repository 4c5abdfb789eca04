import { ContractError, invalidInput } from '../errors.ts';
import type { WriteIntent } from './write-client.ts';
import type { WriteOutcome } from './write-outcome.ts';

/** A previewed change that waits for its confirmation. */
export interface PendingWrite {
  operation: string;
  intent: WriteIntent;
  /** The old values that the preview found, by field API name. */
  expected: Readonly<Record<string, unknown>>;
  /** The line that the person approves. */
  change: string;
  /** What its tool tells of the commit. */
  report: (outcome: WriteOutcome) => WriteReport;
}

/** A committed write in the words of its tool. */
export interface WriteReport {
  /** A sentence: what was done. */
  done: string;
  /** The tool's own keys of the result. */
  result: Readonly<Record<string, unknown>>;
}

export interface IssuedToken {
  token: string;
  expiresAt: Date;
}

export interface Settled {
  outcome: WriteOutcome;
  /** True when this token had been confirmed before and nothing was sent this time. */
  replayed: boolean;
}

interface Entry {
  write: PendingWrite;
  expiresAt: number;
  /** Set while the commit runs and after it ended for good. */
  commit?: Promise<WriteOutcome>;
  /** An earlier commit may have run, and nobody knows. */
  mayHaveRun: boolean;
}

/** @param mayHaveRun an earlier try of the same commit is still without an outcome */
type SendCommit = (write: PendingWrite, mayHaveRun: boolean) => Promise<WriteOutcome>;

interface PendingWritesOptions {
  now: () => number;
  /** A whole number from 0 up to, not including, its argument. */
  random: (below: number) => number;
}

const confirmationLifetimeMs = 10 * 60_000;
const tokenLength = 10;
/** No I, L, O, U: what a person may have to read aloud. 32 characters, so 50 bits a token. */
const tokenAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** More open previews than any session has; the oldest go first, and those with a commit only after all others. */
const maxEntries = 200;

/** Holds what may be committed, under random codes, in memory: a restart forgets them, and the change is previewed again. */
export class PendingWrites {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;
  readonly #random: (below: number) => number;

  constructor(options: PendingWritesOptions) {
    this.#now = options.now;
    this.#random = options.random;
  }

  add(write: PendingWrite): IssuedToken {
    this.#forgetOld();
    const token = Array.from({ length: tokenLength }, () => tokenAlphabet.charAt(this.#random(tokenAlphabet.length))).join('');
    const expiresAt = this.#now() + confirmationLifetimeMs;
    this.#entries.set(token, { write, expiresAt, mayHaveRun: false });
    return { token, expiresAt: new Date(expiresAt) };
  }

  /** The write under a token, without using it. @throws ContractError INVALID_INPUT for an unknown or expired token or another line */
  peek(token: string, change: string): PendingWrite {
    return this.#entry(token, change).write;
  }

  /**
   * Commits once per token. A second confirmation gets the first one's outcome, also while that is still under way.
   * A token survives only failures after which the same request may be sent again: see `maySendAgain`.
   */
  async confirm(token: string, change: string, commit: SendCommit): Promise<Settled> {
    const entry = this.#entry(token, change);
    if (entry.commit) return { outcome: await entry.commit, replayed: true };
    entry.commit = commit(entry.write, entry.mayHaveRun);
    try {
      return { outcome: await entry.commit, replayed: false };
    } catch (error) {
      if (maySendAgain(error)) delete entry.commit;
      entry.mayHaveRun = isUnknown(error);
      throw error;
    }
  }

  /** The person said no: the token is void. */
  discard(token: string): void {
    this.#entries.delete(token);
  }

  #entry(token: string, change: string): Entry {
    const entry = this.#entries.get(token.trim().toUpperCase());
    if (!entry || this.#isExpired(entry)) {
      throw invalidInput(
        'This confirmation_token is unknown, has expired or was already used (they last 10 minutes and end with the server). Preview again: call the tool that previewed it.',
        {
          cause: 'CONFIRMATION_EXPIRED',
        },
      );
    }
    if (singleSpaced(change) !== singleSpaced(entry.write.change)) {
      throw invalidInput(
        'change is not the line that was previewed under this token. Pass the change line of that preview, word for word.',
        {
          cause: 'CHANGE_MISMATCH',
          expected_change: entry.write.change,
        },
      );
    }
    return entry;
  }

  #isExpired(entry: Entry): boolean {
    return entry.expiresAt <= this.#now() && !isSent(entry);
  }

  #forgetOld(): void {
    for (const [token, entry] of this.#entries) {
      if (this.#isExpired(entry)) this.#entries.delete(token);
    }
    const open = [...this.#entries].filter(([, entry]) => !isSent(entry));
    const sent = [...this.#entries].filter(([, entry]) => isSent(entry));
    for (const [token] of [...open, ...sent]) {
      if (this.#entries.size < maxEntries) return;
      this.#entries.delete(token);
    }
  }
}

/** A commit that was sent is remembered past the ten minutes: asking again must never look like a new start. */
function isSent({ commit, mayHaveRun }: Entry): boolean {
  return commit !== undefined || mayHaveRun;
}

/** Said before the service looked at the change, of the session, the network, a limit or the set-up; and a lock. */
const passingCauses = new Set(['ROW_LOCKED', 'UNREACHABLE', 'WRITE_SERVICE_FORBIDDEN', 'WRITE_SERVICE_MISSING']);

/**
 * The same request may be sent under the same token: nothing ran, for a reason that passes, or nobody knows, and then the service
 * answers what became of it instead of carrying it out twice. What the service itself refuses, it has refused once and for all.
 */
function maySendAgain(error: unknown): boolean {
  if (!(error instanceof ContractError)) return false;
  const { code, details } = error;
  const byLimit = code === 'RATE_LIMIT_EXCEEDED' && details.cause !== 'WRITE_QUOTA_EXCEEDED';
  return code === 'AUTH_ERROR' || byLimit || passingCauses.has(details.cause ?? '') || isUnknown(error);
}

function isUnknown(error: unknown): boolean {
  return error instanceof ContractError && error.details.cause === 'UNKNOWN_OUTCOME';
}

function singleSpaced(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
