import { dayOf, isoDay } from '../src/soql/calendar.ts';
import { CALENDAR_YEAR, fiscalPeriod, type FiscalYear } from '../src/soql/fiscal-year.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Days counted from today: negative ones are past. */
export class Calendar {
  readonly #now: number;
  readonly #today: number;
  readonly #timeZone: string;
  readonly #fiscalYear: FiscalYear;

  /**
   * @param now epoch milliseconds
   * @param timeZone whose today it is
   * @param fiscalYear whose quarters count
   */
  constructor(now: number, timeZone: string, fiscalYear: FiscalYear = CALENDAR_YEAR) {
    this.#now = now;
    this.#timeZone = timeZone;
    this.#fiscalYear = fiscalYear;
    const today = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
    this.#today = Date.parse(`${today}T00:00:00Z`);
  }

  /** `YYYY-MM-DD` */
  day(offset: number): string {
    return new Date(this.#today + offset * DAY).toISOString().slice(0, 10);
  }

  /** The day that a moment (epoch milliseconds) falls on. */
  dayOf(moment: number): string {
    return isoDay(dayOf(moment, this.#timeZone));
  }

  /** Epoch milliseconds of a whole minute of that day (UTC), in the past never later than now. */
  at(offset: number, hour: number, minute = 0): number {
    const time = this.#today + offset * DAY + (hour * 60 + minute) * 60_000;
    return offset <= 0 ? Math.min(time, Math.floor(this.#now / 1000) * 1000) : time;
  }

  /** The fiscal year and quarter of a day (`YYYY-MM-DD`). */
  fiscalPeriod(day: string): { year: number; quarter: number } {
    return fiscalPeriod(day, this.#fiscalYear);
  }

  /** Days from today to the last day of the running fiscal quarter. */
  daysToQuarterEnd(): number {
    const today = new Date(this.#today);
    const since = (today.getUTCMonth() + 13 - this.#fiscalYear.startMonth) % 3;
    const end = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - since + 3, 0);
    return Math.round((end - this.#today) / DAY);
  }

  /** The nearest offset on or after the given one that is no Saturday or Sunday. */
  workday(offset: number): number {
    const weekday = new Date(this.#today + offset * DAY).getUTCDay();
    if (weekday === 6) return offset + 2;
    return weekday === 0 ? offset + 1 : offset;
  }

  year(): number {
    return new Date(this.#today).getUTCFullYear();
  }
}
