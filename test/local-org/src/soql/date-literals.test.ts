import { describe, expect, it } from 'vitest';
import { isoDay, startOfDay, dayFrom } from './calendar.ts';
import { dateLiteralRange, storedRange } from './date-literals.ts';

/** Sunday, 15 March 2026, 10:00 UTC: the same day in New York, the 15th too in Tokyo (19:00). */
const now = Date.parse('2026-03-15T10:00:00Z');

describe('dateLiteralRange', () => {
  it.each<[string, number | null, string, string]>([
    ['TODAY', null, '2026-03-15', '2026-03-16'],
    ['YESTERDAY', null, '2026-03-14', '2026-03-15'],
    ['TOMORROW', null, '2026-03-16', '2026-03-17'],
    ['LAST_WEEK', null, '2026-03-08', '2026-03-15'],
    ['THIS_WEEK', null, '2026-03-15', '2026-03-22'],
    ['NEXT_WEEK', null, '2026-03-22', '2026-03-29'],
    ['LAST_MONTH', null, '2026-02-01', '2026-03-01'],
    ['THIS_MONTH', null, '2026-03-01', '2026-04-01'],
    ['NEXT_MONTH', null, '2026-04-01', '2026-05-01'],
    ['LAST_QUARTER', null, '2025-10-01', '2026-01-01'],
    ['THIS_QUARTER', null, '2026-01-01', '2026-04-01'],
    ['NEXT_QUARTER', null, '2026-04-01', '2026-07-01'],
    ['LAST_YEAR', null, '2025-01-01', '2026-01-01'],
    ['THIS_YEAR', null, '2026-01-01', '2027-01-01'],
    ['NEXT_YEAR', null, '2027-01-01', '2028-01-01'],
    ['LAST_90_DAYS', null, '2025-12-15', '2026-03-16'],
    ['NEXT_90_DAYS', null, '2026-03-16', '2026-06-14'],
    ['LAST_N_DAYS', 7, '2026-03-08', '2026-03-16'],
    ['NEXT_N_DAYS', 7, '2026-03-16', '2026-03-23'],
    ['N_DAYS_AGO', 7, '2026-03-08', '2026-03-09'],
    ['LAST_N_WEEKS', 2, '2026-03-01', '2026-03-15'],
    ['NEXT_N_WEEKS', 2, '2026-03-22', '2026-04-05'],
    ['N_WEEKS_AGO', 2, '2026-03-01', '2026-03-08'],
    ['LAST_N_MONTHS', 3, '2025-12-01', '2026-03-01'],
    ['NEXT_N_MONTHS', 1, '2026-04-01', '2026-05-01'],
    ['N_MONTHS_AGO', 3, '2025-12-01', '2026-01-01'],
    ['LAST_N_QUARTERS', 2, '2025-07-01', '2026-01-01'],
    ['N_QUARTERS_AGO', 1, '2025-10-01', '2026-01-01'],
    ['NEXT_N_QUARTERS', 1, '2026-04-01', '2026-07-01'],
    ['LAST_N_YEARS', 2, '2024-01-01', '2026-01-01'],
    ['NEXT_N_YEARS', 2, '2027-01-01', '2029-01-01'],
    ['N_YEARS_AGO', 2, '2024-01-01', '2025-01-01'],
  ])('%s %s', (name, n, from, to) => {
    const range = dateLiteralRange(name, n, { now, timeZone: 'America/New_York', locale: 'en_US', fiscalStartMonth: 1 });
    expect([isoDay(range.from), isoDay(range.to)]).toEqual([from, to]);
  });

  it.each<[string, number | null, number, string, string]>([
    ['THIS_FISCAL_QUARTER', null, 1, '2026-01-01', '2026-04-01'],
    ['THIS_FISCAL_QUARTER', null, 2, '2026-02-01', '2026-05-01'],
    ['THIS_FISCAL_QUARTER', null, 3, '2026-03-01', '2026-06-01'],
    ['THIS_FISCAL_QUARTER', null, 4, '2026-01-01', '2026-04-01'],
    ['THIS_FISCAL_QUARTER', null, 12, '2026-03-01', '2026-06-01'],
    ['LAST_FISCAL_QUARTER', null, 2, '2025-11-01', '2026-02-01'],
    ['NEXT_FISCAL_QUARTER', null, 2, '2026-05-01', '2026-08-01'],
    ['LAST_N_FISCAL_QUARTERS', 2, 2, '2025-08-01', '2026-02-01'],
    ['NEXT_N_FISCAL_QUARTERS', 2, 2, '2026-05-01', '2026-11-01'],
    ['N_FISCAL_QUARTERS_AGO', 2, 2, '2025-08-01', '2025-11-01'],
    ['THIS_FISCAL_YEAR', null, 1, '2026-01-01', '2027-01-01'],
    ['THIS_FISCAL_YEAR', null, 3, '2026-03-01', '2027-03-01'],
    ['THIS_FISCAL_YEAR', null, 4, '2025-04-01', '2026-04-01'],
    ['LAST_FISCAL_YEAR', null, 4, '2024-04-01', '2025-04-01'],
    ['NEXT_FISCAL_YEAR', null, 4, '2026-04-01', '2027-04-01'],
    ['LAST_N_FISCAL_YEARS', 2, 4, '2023-04-01', '2025-04-01'],
    ['NEXT_N_FISCAL_YEARS', 2, 4, '2026-04-01', '2028-04-01'],
    ['N_FISCAL_YEARS_AGO', 2, 4, '2023-04-01', '2024-04-01'],
  ])('%s %s of years that begin in month %i', (name, n, fiscalStartMonth, from, to) => {
    const range = dateLiteralRange(name, n, { now, timeZone: 'America/New_York', locale: 'en_US', fiscalStartMonth });
    expect([isoDay(range.from), isoDay(range.to)]).toEqual([from, to]);
  });

  it('starts the week as the locale does', () => {
    const range = dateLiteralRange('THIS_WEEK', null, { now, timeZone: 'UTC', locale: 'de_DE', fiscalStartMonth: 1 });
    expect([isoDay(range.from), isoDay(range.to)]).toEqual(['2026-03-09', '2026-03-16']);
  });

  it('takes today from the zone', () => {
    const lateEvening = Date.parse('2026-03-15T23:30:00Z');
    const today = (timeZone: string): string =>
      isoDay(dateLiteralRange('TODAY', null, { now: lateEvening, timeZone, locale: 'en_US', fiscalStartMonth: 1 }).from);
    expect(['UTC', 'Asia/Tokyo', 'America/Los_Angeles'].map(today)).toEqual(['2026-03-15', '2026-03-16', '2026-03-15']);
  });
});

describe('storedRange', () => {
  it('is 23 hours long on the day the clocks go forward', () => {
    const day = dayFrom(2026, 2, 8);
    const { from, to } = storedRange({ from: day, to: day + 1 }, 'datetime', 'America/New_York');
    expect([from, to]).toEqual([Date.parse('2026-03-08T05:00:00Z'), Date.parse('2026-03-09T04:00:00Z')]);
  });

  it('starts a day without midnight at its first moment', () => {
    // Cairo goes from 23:59:59 to 01:00 on 24 April 2026.
    expect(new Date(startOfDay(dayFrom(2026, 3, 24), 'Africa/Cairo')).toISOString()).toBe('2026-04-23T22:00:00.000Z');
  });
});
