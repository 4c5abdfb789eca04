import { NotSupported } from '../../errors.ts';
import { ApexDate } from '../values/apex-date.ts';
import { toZoned } from '../values/time-zone.ts';
import type { Runtime } from './types.ts';

/** `en_US` as Intl writes it. */
export function localeTag(runtime: Runtime): string {
  return runtime.tx.user.locale.replaceAll('_', '-');
}

/** A whole number with the separators of the user's locale. */
export function formatWhole(runtime: Runtime, value: number | bigint): string {
  return new Intl.NumberFormat(localeTag(runtime), { maximumFractionDigits: 0 }).format(value);
}

/** The day that it is for the user. */
export function today(runtime: Runtime): ApexDate {
  const now = toZoned(runtime.tx.now(), runtime.tx.user.timeZone);
  return new ApexDate(now.year, now.month, now.day);
}

/**
 * The locale's own forms of dates are known for en_US only; a guess for others would be wrong without anybody noticing.
 * @see https://help.salesforce.com/s/articleView?id=xcloud.admin_locales.htm
 */
export function requireEnUs(runtime: Runtime, what: string): void {
  if (runtime.tx.user.locale !== 'en_US') throw new NotSupported(`${what} for the locale ${runtime.tx.user.locale}`, runtime.location());
}
