import { ApexDate } from '../../values/apex-date.ts';
import { ApexDatetime } from '../../values/apex-datetime.ts';
import { ApexTime } from '../../values/apex-time.ts';
import { fromZoned, isTimeZone, toZoned, type ZonedTime } from '../../values/time-zone.ts';
import type { ApexValue } from '../../values/values.ts';
import { dateArg, datetimeArg, intArg, longArg, notNull, textArg, timeArg } from '../arguments.ts';
import { formatPattern } from '../date-pattern.ts';
import { localeTag, requireEnUs } from '../locale.ts';
import type { NativeMethod, NativeStatic, PlatformClass, Runtime } from '../types.ts';

const GMT = 'GMT';
const userZone = (runtime: Runtime): string => runtime.tx.user.timeZone;

type Method = NativeMethod<ApexDatetime>;
type ZoneOf = (runtime: Runtime) => string;
const gmt: ZoneOf = () => GMT;

const part =
  (zoneOf: ZoneOf, pick: (time: ZonedTime) => ApexValue): Method =>
  (runtime, self) =>
    pick(toZoned(self.ms, zoneOf(runtime)));

const plus =
  (unitMs: number): Method =>
  (runtime, self, args) =>
    new ApexDatetime(self.ms + intArg(runtime, args, 0) * unitMs);

/** The same time of the day, in GMT, so many months later. */
const plusMonths =
  (months: number): Method =>
  (runtime, self, args) => {
    const time = toZoned(self.ms, GMT);
    const date = new ApexDate(time.year, time.month, time.day);
    return new ApexDatetime(date.addMonths(intArg(runtime, args, 0) * months).epochMs + (self.ms - date.epochMs));
  };

const ofParts =
  (zoneOf: ZoneOf): NativeStatic =>
  (runtime, args) => {
    const at = (i: number): number => (i < args.length ? intArg(runtime, args, i) : 0);
    const time = { year: at(0), month: at(1), day: at(2), hour: at(3), minute: at(4), second: at(5), millisecond: 0 };
    return new ApexDatetime(fromZoned(time, zoneOf(runtime)));
  };

const ofDateAndTime =
  (zoneOf: ZoneOf): NativeStatic =>
  (runtime, args) => {
    const { year, month, day } = dateArg(runtime, args, 0);
    const wall = new Date(timeArg(runtime, args, 1).ms);
    const clock = {
      hour: wall.getUTCHours(),
      minute: wall.getUTCMinutes(),
      second: wall.getUTCSeconds(),
      millisecond: wall.getUTCMilliseconds(),
    };
    return new ApexDatetime(fromZoned({ year, month, day, ...clock }, zoneOf(runtime)));
  };

function parse(runtime: Runtime, text: string, timeZone: string): ApexDatetime {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})$/.exec(text);
  if (!match) return runtime.throwApex('TypeException', `Invalid date/time: ${text}`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const exists =
    month >= 1 && month <= 12 && day >= 1 && day <= ApexDate.daysInMonth(year, month) && hour < 24 && minute < 60 && second < 60;
  if (!exists) return runtime.throwApex('TypeException', `Invalid date/time: ${text}`);
  return new ApexDatetime(fromZoned({ year, month, day, hour, minute, second, millisecond: 0 }, timeZone));
}

function format(runtime: Runtime, self: ApexDatetime, pattern: string, timeZone: string): string {
  // An unknown time zone counts as GMT, as in Java.
  return formatPattern(runtime, pattern, { ms: self.ms, timeZone: isTimeZone(timeZone) ? timeZone : GMT, locale: localeTag(runtime) });
}

const dateOf = (time: ZonedTime): ApexDate => new ApexDate(time.year, time.month, time.day);
const timeOf = (time: ZonedTime): ApexTime => new ApexTime(((time.hour * 60 + time.minute) * 60 + time.second) * 1000 + time.millisecond);
const dayOfYear = (time: ZonedTime): number => dateOf(time).epochDay - new ApexDate(time.year, 1, 1).epochDay + 1;

export const DatetimeClass: PlatformClass<ApexDatetime> = {
  name: 'Datetime',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_datetime.htm',
  statics: {
    'now()': (runtime) => new ApexDatetime(runtime.tx.now()),
    'newInstance(Long)': (runtime, args) => new ApexDatetime(Number(longArg(runtime, args, 0))),
    'newInstance(Date,Time)': ofDateAndTime(userZone),
    'newInstance(Integer,Integer,Integer)': ofParts(userZone),
    'newInstance(Integer,Integer,Integer,Integer,Integer,Integer)': ofParts(userZone),
    'newInstanceGmt(Date,Time)': ofDateAndTime(gmt),
    'newInstanceGmt(Integer,Integer,Integer)': ofParts(gmt),
    'newInstanceGmt(Integer,Integer,Integer,Integer,Integer,Integer)': ofParts(gmt),
    'valueOf/1': (runtime, args) => {
      const value = notNull(runtime, args, 0);
      if (typeof value === 'string') return parse(runtime, value, userZone(runtime));
      return datetimeArg(runtime, args, 0);
    },
    'valueOfGmt(String)': (runtime, args) => parse(runtime, textArg(runtime, args, 0), GMT),
  },
  methods: {
    'getTime()': (_runtime, self) => BigInt(self.ms),
    'addDays(Integer)': plus(86_400_000),
    'addHours(Integer)': plus(3_600_000),
    'addMinutes(Integer)': plus(60_000),
    'addSeconds(Integer)': plus(1000),
    'addMonths(Integer)': plusMonths(1),
    'addYears(Integer)': plusMonths(12),
    'date()': part(userZone, dateOf),
    'dateGmt()': part(gmt, dateOf),
    'time()': part(userZone, timeOf),
    'timeGmt()': part(gmt, timeOf),
    'year()': part(userZone, (time) => time.year),
    'yearGmt()': part(gmt, (time) => time.year),
    'month()': part(userZone, (time) => time.month),
    'monthGmt()': part(gmt, (time) => time.month),
    'day()': part(userZone, (time) => time.day),
    'dayGmt()': part(gmt, (time) => time.day),
    'dayOfYear()': part(userZone, dayOfYear),
    'dayOfYearGmt()': part(gmt, dayOfYear),
    'hour()': part(userZone, (time) => time.hour),
    'hourGmt()': part(gmt, (time) => time.hour),
    'minute()': part(userZone, (time) => time.minute),
    'minuteGmt()': part(gmt, (time) => time.minute),
    'second()': part(userZone, (time) => time.second),
    'secondGmt()': part(gmt, (time) => time.second),
    'millisecond()': part(userZone, (time) => time.millisecond),
    'millisecondGmt()': part(gmt, (time) => time.millisecond),
    'isSameDay(Datetime)': (runtime, self, args) => {
      const days = [self, datetimeArg(runtime, args, 0)].map((moment) => dateOf(toZoned(moment.ms, userZone(runtime))).epochDay);
      return days[0] === days[1];
    },
    'format()': (runtime, self) => {
      requireEnUs(runtime, 'Datetime.format');
      return format(runtime, self, 'M/d/yyyy, h:mm a', userZone(runtime));
    },
    'format(String)': (runtime, self, args) => format(runtime, self, textArg(runtime, args, 0), userZone(runtime)),
    'format(String,String)': (runtime, self, args) => format(runtime, self, textArg(runtime, args, 0), textArg(runtime, args, 1)),
    'formatGmt(String)': (runtime, self, args) => format(runtime, self, textArg(runtime, args, 0), GMT),
  },
};
