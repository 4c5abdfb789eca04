/** A day without a time, as days since 1970-01-01. */
export type DayNumber = number;

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(timeZone: string): Intl.DateTimeFormat {
  let made = formats.get(timeZone);
  if (!made) {
    made = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
    formats.set(timeZone, made);
  }
  return made;
}

/** How far local time in the zone is ahead of UTC at a moment, in milliseconds. */
function offsetAt(ms: number, timeZone: string): number {
  const parts = new Map(
    format(timeZone)
      .formatToParts(ms)
      .map((part) => [part.type, part.value]),
  );
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const local = Date.UTC(number('year'), number('month') - 1, number('day'), number('hour'), number('minute'), number('second'));
  return local - Math.floor(ms / 1000) * 1000;
}

/** The calendar day that a moment falls on in a zone. */
export function dayOf(ms: number, timeZone: string): DayNumber {
  return Math.floor((ms + offsetAt(ms, timeZone)) / DAY_MS);
}

/** The moment a day begins in a zone: midnight, or the first moment after a change of clocks that skips midnight. */
export function startOfDay(day: DayNumber, timeZone: string): number {
  const midnight = day * DAY_MS;
  const guess = midnight - offsetAt(midnight, timeZone);
  return midnight - offsetAt(guess, timeZone);
}

/** `YYYY-MM-DD` */
export function isoDay(day: DayNumber): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The day of a year, a month from 0 (any integer: months run over into years) and a day of the month. */
export function dayFrom(year: number, month: number, dayOfMonth: number): DayNumber {
  return Math.floor(Date.UTC(year, month, dayOfMonth) / DAY_MS);
}

export function yearAndMonth(day: DayNumber): { year: number; month: number } {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() };
}

/** 0 Sunday … 6 Saturday */
export function weekday(day: DayNumber): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** The first day of the week (0 Sunday … 6 Saturday) of a Salesforce locale such as `en_US`. */
export function firstWeekday(locale: string): number {
  const intl: Intl.Locale & { getWeekInfo?: () => { firstDay: number } } = new Intl.Locale(locale.replaceAll('_', '-'));
  return (intl.getWeekInfo?.().firstDay ?? 7) % 7;
}
