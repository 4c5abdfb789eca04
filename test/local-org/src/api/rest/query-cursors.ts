import { createHash } from 'node:crypto';

/** What is left of a query result after its first batch. */
export interface QueryCursor {
  readonly totalSize: number;
  readonly records: readonly unknown[];
  readonly batchSize: number;
}

const LIFETIME_MILLISECONDS = 2 * 24 * 60 * 60 * 1000;
const OPEN_PER_USER = 10;

/**
 * Query locators: `01g…-2000` names a cursor and where to go on. They belong to one user, live two days, and a user's
 * oldest is closed when an eleventh opens.
 * @see https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_soslsoql.htm
 */
export class QueryCursors {
  readonly #open = new Map<string, { readonly userId: string; readonly openedAt: number; readonly cursor: QueryCursor }>();
  readonly #seed: string;
  readonly #now: () => number;
  #count = 0;

  constructor(seed: string, now: () => number) {
    this.#seed = seed;
    this.#now = now;
  }

  /** Keeps a result and returns its id, without the offset. */
  open(userId: string, cursor: QueryCursor): string {
    this.#count += 1;
    const unique = createHash('sha256').update(`${this.#seed}\n${this.#count}`).digest('hex').slice(0, 12);
    const id = `01gLC${unique}w`.slice(0, 18);
    const own = [...this.#open].filter(([, entry]) => entry.userId === userId).map(([key]) => key);
    for (const oldest of own.slice(0, Math.max(0, own.length - OPEN_PER_USER + 1))) this.#open.delete(oldest);
    this.#open.set(id, { userId, openedAt: this.#now(), cursor });
    return id;
  }

  /** The cursor of this user, or undefined where it is unknown, another's or too old. */
  find(userId: string, id: string): QueryCursor | undefined {
    const entry = this.#open.get(id);
    if (!entry || entry.userId !== userId) return undefined;
    if (this.#now() - entry.openedAt > LIFETIME_MILLISECONDS) {
      this.#open.delete(id);
      return undefined;
    }
    return entry.cursor;
  }
}
