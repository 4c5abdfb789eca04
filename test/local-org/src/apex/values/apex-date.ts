const DAY_MS = 86_400_000;

/** A day of the calendar, without a time zone. */
export class ApexDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;

  /** Month from 1. Days and months beyond their range carry over, as Date.newInstance does. */
  constructor(year: number, month: number, day: number) {
    const utc = new Date(utcMs(year, month, day));
    this.year = utc.getUTCFullYear();
    this.month = utc.getUTCMonth() + 1;
    this.day = utc.getUTCDate();
  }

  static ofEpochDay(epochDay: number): ApexDate {
    return new ApexDate(1970, 1, 1 + epochDay);
  }

  /** `2026-11-21`; null where that is no day of the calendar. */
  static parse(text: string): ApexDate | null {
    const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    if (!match) return null;
    const date = new ApexDate(Number(match[1]), Number(match[2]), Number(match[3]));
    return date.toString() === text ? date : null;
  }

  static daysInMonth(year: number, month: number): number {
    return new Date(utcMs(year, month + 1, 0)).getUTCDate();
  }

  /** Days since 1970-01-01. */
  get epochDay(): number {
    return this.epochMs / DAY_MS;
  }

  /** Midnight in UTC. */
  get epochMs(): number {
    return utcMs(this.year, this.month, this.day);
  }

  addDays(days: number): ApexDate {
    return new ApexDate(this.year, this.month, this.day + days);
  }

  /** The same day of the month, or its last one: 31 January plus one month is 28 February. */
  addMonths(months: number): ApexDate {
    const first = new ApexDate(this.year, this.month + months, 1);
    return new ApexDate(first.year, first.month, Math.min(this.day, ApexDate.daysInMonth(first.year, first.month)));
  }

  toString(): string {
    return `${String(this.year).padStart(4, '0')}-${String(this.month).padStart(2, '0')}-${String(this.day).padStart(2, '0')}`;
  }
}

function utcMs(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day); // Date.UTC would read the years 0 to 99 as 1900 to 1999
  return date.getTime();
}
