import { ContractError } from '../errors.ts';
import type { SalesforceGateway, UserInfo } from './gateway.ts';
import { TimeCache } from './time-cache.ts';

const lifetimeMs = 15 * 60_000;

/** Who the connected user is and which day it is for them. Kept for 15 minutes. */
export class UserFacts {
  readonly #gateway: SalesforceGateway;
  readonly #now: () => number;
  readonly #known: TimeCache<UserInfo>;

  constructor(gateway: SalesforceGateway, now: () => number) {
    this.#gateway = gateway;
    this.#now = now;
    this.#known = new TimeCache(lifetimeMs, now);
  }

  get(signal: AbortSignal): Promise<UserInfo> {
    return this.#known.get('user', () => this.#gateway.userInfo(signal));
  }

  peek(): UserInfo | undefined {
    return this.#known.peek('user');
  }

  /** The user's time zone; undefined where the connection may not ask who they are. Dates are then those of UTC. */
  async timeZone(signal: AbortSignal): Promise<string | undefined> {
    try {
      return (await this.get(signal)).timeZone;
    } catch (error) {
      if (error instanceof ContractError && error.code === 'PERMISSION_DENIED') return undefined;
      throw error;
    }
  }

  /** This second, as UTC: `2026-10-22T07:00:00Z`. */
  now(): string {
    return new Date(this.#now()).toISOString().replace(/\.\d{3}Z$/, 'Z');
  }

  /** Today, YYYY-MM-DD, in a time zone (UTC where it is not known). */
  today(timeZone = 'UTC'): string {
    return dateIn(timeZone, new Date(this.#now()));
  }
}

/** The calendar date of an instant in a time zone, YYYY-MM-DD. Salesforce's zone ids are those of the tz database. */
export function dateIn(timeZone: string, instant: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
}

/** The first instant of a date in a time zone, as UTC: `2026-10-22T07:00:00Z`. Days that clocks skip into start where they do. */
export function startOfDay(date: string, timeZone: string): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  // No zone is further than 15 hours from UTC: halve the span, in seconds, until the first one of the date is left.
  let [before, on] = [-15 * 3_600, 15 * 3_600];
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const instantAt = (seconds: number): Date => new Date(midnight + seconds * 1_000);
  while (on - before > 1) {
    const middle = Math.floor((before + on) / 2);
    if (day.format(instantAt(middle)) < date) before = middle;
    else on = middle;
  }
  return instantAt(on).toISOString().replace('.000Z', 'Z');
}

/** `days` after a date, YYYY-MM-DD. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Whole days from one date to another; negative where it lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
