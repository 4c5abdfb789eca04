import { ApexDate } from '../../values/apex-date.ts';
import { ApexDatetime } from '../../values/apex-datetime.ts';
import { toZoned } from '../../values/time-zone.ts';
import type { ApexValue } from '../../values/values.ts';
import { dateArg, intArg, notNull, textArg } from '../arguments.ts';
import { requireEnUs, today } from '../locale.ts';
import type { PlatformClass, Runtime } from '../types.ts';

function valueOf(runtime: Runtime, value: NonNullable<ApexValue>): ApexValue {
  if (value instanceof ApexDate) return value;
  if (value instanceof ApexDatetime) {
    const local = toZoned(value.ms, runtime.tx.user.timeZone);
    return new ApexDate(local.year, local.month, local.day);
  }
  const match = typeof value === 'string' ? /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?$/.exec(value) : null;
  const date = match && new ApexDate(Number(match[1]), Number(match[2]), Number(match[3]));
  const exists = date !== null && date.month === Number(match?.[2]) && date.day === Number(match?.[3]);
  return exists ? date : runtime.throwApex('TypeException', `Invalid date: ${runtime.stringify(value)}`);
}

function parse(runtime: Runtime, text: string): ApexDate {
  requireEnUs(runtime, 'Date.parse');
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const date = match && new ApexDate(Number(match[3]), Number(match[1]), Number(match[2]));
  if (!date || date.month !== Number(match?.[1])) return runtime.throwApex('TypeException', `Invalid date: ${text}`);
  return date;
}

function startOfWeek(runtime: Runtime, date: ApexDate): ApexDate {
  requireEnUs(runtime, 'Date.toStartOfWeek'); // the week begins on Sunday
  return date.addDays(-((((date.epochDay + 4) % 7) + 7) % 7)); // 1970-01-01 was a Thursday
}

export const DateClass: PlatformClass<ApexDate> = {
  name: 'Date',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_date.htm',
  statics: {
    'today()': (runtime) => today(runtime),
    'newInstance(Integer,Integer,Integer)': (runtime, args) =>
      new ApexDate(intArg(runtime, args, 0), intArg(runtime, args, 1), intArg(runtime, args, 2)),
    'daysInMonth(Integer,Integer)': (runtime, args) => ApexDate.daysInMonth(intArg(runtime, args, 0), intArg(runtime, args, 1)),
    'isLeapYear(Integer)': (runtime, args) => ApexDate.daysInMonth(intArg(runtime, args, 0), 2) === 29,
    'valueOf/1': (runtime, args) => valueOf(runtime, notNull(runtime, args, 0)),
    'parse(String)': (runtime, args) => parse(runtime, textArg(runtime, args, 0)),
  },
  methods: {
    'year()': (_runtime, self) => self.year,
    'month()': (_runtime, self) => self.month,
    'day()': (_runtime, self) => self.day,
    'dayOfYear()': (_runtime, self) => self.epochDay - new ApexDate(self.year, 1, 1).epochDay + 1,
    'addDays(Integer)': (runtime, self, args) => self.addDays(intArg(runtime, args, 0)),
    'addMonths(Integer)': (runtime, self, args) => self.addMonths(intArg(runtime, args, 0)),
    'addYears(Integer)': (runtime, self, args) => self.addMonths(intArg(runtime, args, 0) * 12),
    'daysBetween(Date)': (runtime, self, args) => dateArg(runtime, args, 0).epochDay - self.epochDay,
    /** Whole calendar months; the days do not count. */
    'monthsBetween(Date)': (runtime, self, args) => {
      const other = dateArg(runtime, args, 0);
      return (other.year - self.year) * 12 + other.month - self.month;
    },
    'isSameDay(Date)': (runtime, self, args) => dateArg(runtime, args, 0).epochDay === self.epochDay,
    'toStartOfMonth()': (_runtime, self) => new ApexDate(self.year, self.month, 1),
    'toStartOfWeek()': (runtime, self) => startOfWeek(runtime, self),
    'format()': (runtime, self) => {
      requireEnUs(runtime, 'Date.format');
      return `${self.month}/${self.day}/${self.year}`;
    },
  },
};
