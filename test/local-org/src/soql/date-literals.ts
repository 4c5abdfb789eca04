import { NotSupported } from '../errors.ts';
import { dayFrom, dayOf, firstWeekday, isoDay, startOfDay, weekday, yearAndMonth } from './calendar.ts';
import type { DayNumber } from './calendar.ts';

/** From the first to before the end. */
export interface DayRange {
  readonly from: DayNumber;
  readonly to: DayNumber;
}

/** Whose calendar counts. */
export interface Calendar {
  /** Epoch milliseconds */
  readonly now: number;
  readonly timeZone: string;
  readonly locale: string;
  /** The month in which fiscal years begin: 1 January … 12 December. */
  readonly fiscalStartMonth: number;
}

type Unit = 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR' | 'FISCAL_QUARTER' | 'FISCAL_YEAR';

/** The first day of the unit that lies `shift` units after the one that holds `day`. */
function startOf(unit: Unit, day: DayNumber, shift: number, calendar: Calendar): DayNumber {
  if (unit === 'WEEK') return day - ((weekday(day) - firstWeekday(calendar.locale) + 7) % 7) + shift * 7;
  const { year, month } = yearAndMonth(day);
  if (unit === 'MONTH') return dayFrom(year, month + shift, 1);
  // Months since the year began, of which a fiscal one may have begun in the calendar year before.
  const since = unit.startsWith('FISCAL_') ? (month + 13 - calendar.fiscalStartMonth) % 12 : month;
  return unit.endsWith('QUARTER') ? dayFrom(year, month - (since % 3) + shift * 3, 1) : dayFrom(year, month - since + shift * 12, 1);
}

/**
 * The days that a date literal stands for, in the running user's zone.
 * @param n For `LAST_N_DAYS:n` and its like.
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_dateformats.htm
 */
export function dateLiteralRange(name: string, n: number | null, calendar: Calendar): DayRange {
  const today = dayOf(calendar.now, calendar.timeZone);
  const count = n ?? 0;
  const units = (unit: Unit, from: number, to: number): DayRange => ({
    from: startOf(unit, today, from, calendar),
    to: startOf(unit, today, to, calendar),
  });
  switch (name) {
    case 'YESTERDAY':
      return { from: today - 1, to: today };
    case 'TODAY':
      return { from: today, to: today + 1 };
    case 'TOMORROW':
      return { from: today + 1, to: today + 2 };
    // The page counts today in for the past, and out for the future: LAST_90_DAYS is 91 days.
    case 'LAST_90_DAYS':
      return { from: today - 90, to: today + 1 };
    case 'NEXT_90_DAYS':
      return { from: today + 1, to: today + 91 };
    case 'LAST_N_DAYS':
      return { from: today - count, to: today + 1 };
    case 'NEXT_N_DAYS':
      return { from: today + 1, to: today + 1 + count };
    case 'N_DAYS_AGO':
      return { from: today - count, to: today - count + 1 };
    default: {
      const unit = /(WEEK|MONTH|(?:FISCAL_)?QUARTER|(?:FISCAL_)?YEAR)S?(_AGO)?$/u.exec(name)?.[1] as Unit | undefined;
      if (unit === undefined) throw new NotSupported(`The date literal ${name}`);
      if (name.startsWith('LAST_N_')) return units(unit, -count, 0);
      if (name.startsWith('NEXT_N_')) return units(unit, 1, count + 1);
      if (name.startsWith('N_')) return units(unit, -count, -count + 1);
      if (name.startsWith('LAST_')) return units(unit, -1, 0);
      if (name.startsWith('NEXT_')) return units(unit, 1, 2);
      return units(unit, 0, 1);
    }
  }
}

/** Refuses at compile what `dateLiteralRange` cannot answer at run time. */
export function checkDateLiteral(name: string): void {
  dateLiteralRange(name, 1, { now: 0, timeZone: 'UTC', locale: 'en_US', fiscalStartMonth: 1 });
}

/** The range in the form in which a date or datetime column holds it. */
export function storedRange(range: DayRange, type: 'date' | 'datetime', timeZone: string): { from: string | number; to: string | number } {
  if (type === 'date') return { from: isoDay(range.from), to: isoDay(range.to) };
  return { from: startOfDay(range.from, timeZone), to: startOfDay(range.to, timeZone) };
}
