import { addDays } from './user-facts.ts';

/**
 * The last day of the fiscal quarter that a date falls into.
 * @param startMonth 1 to 12: the month in which the fiscal year starts; quarters are three calendar months each
 */
export function fiscalQuarterEnd(date: string, startMonth: number): string {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  const monthsLeft = 3 - ((month - startMonth + 12) % 3);
  // The month is counted from 0 here, so this is the first day after the quarter.
  return addDays(new Date(Date.UTC(year, month - 1 + monthsLeft, 1)).toISOString().slice(0, 10), -1);
}

/** The first day of the fiscal quarter that a date falls into. @param startMonth as above */
export function fiscalQuarterStart(date: string, startMonth: number): string {
  const end = fiscalQuarterEnd(date, startMonth);
  return new Date(Date.UTC(Number(end.slice(0, 4)), Number(end.slice(5, 7)) - 3, 1)).toISOString().slice(0, 10);
}
