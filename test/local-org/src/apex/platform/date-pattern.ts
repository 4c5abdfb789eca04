import { NotSupported } from '../../errors.ts';
import { ApexDate } from '../values/apex-date.ts';
import { offsetAt, toZoned } from '../values/time-zone.ts';
import type { Runtime } from './types.ts';

interface Moment {
  readonly ms: number;
  readonly timeZone: string;
  readonly locale: string;
}

/**
 * A moment in a pattern of Java's SimpleDateFormat, as Datetime.format takes it.
 * @see https://docs.oracle.com/javase/8/docs/api/java/text/SimpleDateFormat.html
 */
export function formatPattern(runtime: Runtime, pattern: string, moment: Moment): string {
  let text = '';
  for (let i = 0; i < pattern.length;) {
    const char = pattern.charAt(i);
    if (char === "'") {
      if (pattern.charAt(i + 1) === "'") {
        text += "'";
        i += 2;
        continue;
      }
      const [quoted, next] = quotedText(pattern, i + 1);
      if (next === null) return runtime.throwApex('IllegalArgumentException', 'Unterminated quote');
      text += quoted;
      i = next;
    } else if (/[a-zA-Z]/.test(char)) {
      let end = i;
      while (pattern.charAt(end) === char) end++;
      text += field(runtime, char, end - i, moment);
      i = end;
    } else {
      text += char;
      i++;
    }
  }
  return text;
}

function quotedText(pattern: string, start: number): [text: string, next: number | null] {
  let text = '';
  for (let i = start; i < pattern.length; i++) {
    if (pattern.charAt(i) !== "'") text += pattern.charAt(i);
    else if (pattern.charAt(i + 1) === "'") {
      text += "'";
      i++;
    } else return [text, i + 1];
  }
  return [text, null];
}

function field(runtime: Runtime, letter: string, width: number, moment: Moment): string {
  const time = toZoned(moment.ms, moment.timeZone);
  const padded = (n: number): string => String(n).padStart(width, '0');
  const named = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(moment.locale, { ...options, timeZone: moment.timeZone }).format(moment.ms);
  const date = new ApexDate(time.year, time.month, time.day);
  const weekday = (((date.epochDay + 4) % 7) + 7) % 7; // 1970-01-01 was a Thursday; Sunday is 0
  switch (letter) {
    case 'y':
      return width === 2 ? String(time.year % 100).padStart(2, '0') : padded(time.year);
    case 'M':
      return width <= 2 ? padded(time.month) : named({ month: width === 3 ? 'short' : 'long' });
    case 'd':
      return padded(time.day);
    case 'D':
      return padded(date.epochDay - new ApexDate(time.year, 1, 1).epochDay + 1);
    case 'E':
      return named({ weekday: width <= 3 ? 'short' : 'long' });
    case 'u':
      return padded(weekday === 0 ? 7 : weekday);
    case 'F':
      return padded(Math.floor((time.day - 1) / 7) + 1);
    case 'a':
      return time.hour < 12 ? 'AM' : 'PM';
    case 'H':
      return padded(time.hour);
    case 'k':
      return padded(time.hour === 0 ? 24 : time.hour);
    case 'K':
      return padded(time.hour % 12);
    case 'h':
      return padded(time.hour % 12 === 0 ? 12 : time.hour % 12);
    case 'm':
      return padded(time.minute);
    case 's':
      return padded(time.second);
    case 'S':
      return padded(time.millisecond);
    case 'Z':
      return offset(moment, '', false);
    case 'X':
      if (width > 3) return runtime.throwApex('IllegalArgumentException', `invalid ISO 8601 format: length=${width}`);
      return width === 1 ? offset(moment, '', true).slice(0, 3) : offset(moment, width === 3 ? ':' : '', true);
    case 'z':
      return zoneName(runtime, width, moment);
    case 'G':
    case 'w':
    case 'W':
    case 'Y':
    case 'L':
      throw new NotSupported(`the letter ${letter} in a Datetime pattern`, runtime.location());
    default:
      return runtime.throwApex('IllegalArgumentException', `Illegal pattern character '${letter}'`);
  }
}

/** `PST`; Intl has no abbreviation for zones outside of its locale's countries, Java has. */
function zoneName(runtime: Runtime, width: number, moment: Moment): string {
  if (moment.timeZone === 'GMT') return width <= 3 ? 'GMT' : 'Greenwich Mean Time';
  const format = new Intl.DateTimeFormat(moment.locale, { timeZoneName: width <= 3 ? 'short' : 'long', timeZone: moment.timeZone });
  const name = format.formatToParts(moment.ms).find((part) => part.type === 'timeZoneName')?.value;
  if (name === undefined || name.startsWith('GMT'))
    throw new NotSupported(`the name of the time zone ${moment.timeZone} in a Datetime pattern`, runtime.location());
  return name;
}

/** `-0800`, `-08:00`, `Z` */
function offset(moment: Moment, separator: string, zulu: boolean): string {
  const minutes = Math.round(offsetAt(moment.ms, moment.timeZone) / 60_000);
  if (zulu && minutes === 0) return 'Z';
  const size = Math.abs(minutes);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${separator}${two(size % 60)}`;
}
