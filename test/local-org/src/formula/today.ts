import type { FormulaContext } from './formula-types.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The running user's day, `YYYY-MM-DD`. */
export function today({ now, user }: FormulaContext): string {
  let format = formats.get(user.timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', { timeZone: user.timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(user.timeZone, format);
  }
  const parts = new Map(format.formatToParts(now()).map(({ type, value }) => [type, value]));
  return [parts.get('year'), parts.get('month'), parts.get('day')].join('-');
}
