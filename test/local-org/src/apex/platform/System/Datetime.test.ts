import { describe, expect, it } from 'vitest';
import { NotSupported } from '../../../errors.ts';
import { ApexDate } from '../../values/apex-date.ts';
import { ApexDatetime } from '../../values/apex-datetime.ts';
import { ApexTime } from '../../values/apex-time.ts';
import type { ApexValue } from '../../values/values.ts';
import { call, callStatic, fakeRuntime, NOW } from '../testing/fake-runtime.ts';
import { DateClass } from './Date.ts';
import { DatetimeClass } from './Datetime.ts';
import { TimeClass } from './Time.ts';

const runtime = fakeRuntime();
const london = fakeRuntime({ user: { timeZone: 'Europe/London', locale: 'en_GB' } });
const now = new ApexDatetime(NOW);
const on = (key: string, ...args: ApexValue[]): ApexValue => call(DatetimeClass, key, runtime, now, ...args);
const make = (key: string, ...args: ApexValue[]): string => {
  const made = callStatic(DatetimeClass, key, runtime, ...args);
  return made instanceof ApexDatetime ? made.toIso() : 'no Datetime';
};

describe('Datetime', () => {
  it.each<[string, string]>([
    ['yyyy-MM-dd HH:mm:ss.SSS', '2026-11-21 09:04:05.678'],
    ["yyyy-MM-dd'T'HH:mm:ssXXX", '2026-11-21T09:04:05-08:00'],
    ['Z X', '-0800 -08'],
    ['EEE, d MMM yy', 'Sat, 21 Nov 26'],
    ['EEEE MMMM D u F', 'Saturday November 325 6 3'],
    ["h 'o''clock' a, K k z", "9 o'clock AM, 9 9 PST"],
    ["''", "'"],
  ])('formats %s in the zone of the user', (pattern, text) => {
    expect(on('format(String)', pattern)).toBe(text);
  });

  it('counts hours by twelve', () => {
    const hours = [0, 11, 12, 23].map((hour) =>
      call(DatetimeClass, 'formatGmt(String)', runtime, new ApexDatetime(hour * 3_600_000), 'h K k H a'),
    );
    expect(hours).toEqual(['12 0 24 0 AM', '11 11 11 11 AM', '12 0 12 12 PM', '11 11 23 23 PM']);
  });

  it('formats in other zones', () => {
    expect(on('formatGmt(String)', "yyyy-MM-dd'T'HH:mm:ss'Z'")).toBe('2026-11-21T17:04:05Z');
    expect(on('formatGmt(String)', 'XXX z')).toBe('Z GMT');
    expect(on('format(String,String)', 'HH:mm', 'Asia/Kolkata')).toBe('22:34');
    expect(on('format(String,String)', 'HH:mm', 'Mars/Olympus')).toBe('17:04');
    expect(on('format()')).toBe('11/21/2026, 9:04 AM');
  });

  it('refuses what it would have to guess', () => {
    expect(() => on('format(String)', 'YYYY')).toThrow(NotSupported);
    expect(() => on('format(String,String)', 'z', 'Asia/Kolkata')).toThrow(NotSupported);
    expect(() => call(DatetimeClass, 'format()', london, now)).toThrow(NotSupported);
    expect(() => on('format(String)', 'b')).toThrow("Illegal pattern character 'b'");
    expect(() => on('format(String)', "'x")).toThrow('Unterminated quote');
  });

  it('is made of parts, in the zone of the user or in GMT', () => {
    expect(make('newInstance(Integer,Integer,Integer,Integer,Integer,Integer)', 2026, 7, 1, 9, 0, 0)).toBe('2026-07-01T16:00:00.000Z');
    expect(make('newInstance(Integer,Integer,Integer)', 2026, 1, 1)).toBe('2026-01-01T08:00:00.000Z');
    expect(make('newInstanceGmt(Integer,Integer,Integer,Integer,Integer,Integer)', 2026, 7, 1, 9, 0, 0)).toBe('2026-07-01T09:00:00.000Z');
    expect(make('newInstance(Date,Time)', new ApexDate(2026, 7, 1), new ApexTime(3_600_001))).toBe('2026-07-01T08:00:00.001Z');
    expect(make('newInstance(Long)', BigInt(NOW))).toBe('2026-11-21T17:04:05.678Z');
  });

  it('reads its standard text', () => {
    expect(make('valueOf/1', '2026-07-01 09:00:00')).toBe('2026-07-01T16:00:00.000Z');
    expect(make('valueOfGmt(String)', '2026-07-01 09:00:00')).toBe('2026-07-01T09:00:00.000Z');
    for (const wrong of ['2026-07-01', '2026-02-30 00:00:00', '2026-07-01 24:00:00', '2026-07-01T09:00:00Z']) {
      expect(() => make('valueOfGmt(String)', wrong)).toThrow(`Invalid date/time: ${wrong}`);
    }
  });

  it('crosses the change to summer time', () => {
    const skipped = make('newInstance(Integer,Integer,Integer,Integer,Integer,Integer)', 2026, 3, 8, 2, 30, 0);
    expect(skipped).toBe('2026-03-08T10:30:00.000Z');
    const twice = make('newInstance(Integer,Integer,Integer,Integer,Integer,Integer)', 2026, 11, 1, 1, 30, 0);
    expect(twice).toBe('2026-11-01T08:30:00.000Z');
  });

  it('answers its parts', () => {
    expect(
      ['year()', 'month()', 'day()', 'hour()', 'hourGmt()', 'minute()', 'second()', 'millisecond()', 'dayOfYear()'].map((key) => on(key)),
    ).toEqual([2026, 11, 21, 9, 17, 4, 5, 678, 325]);
    expect(on('getTime()')).toBe(BigInt(NOW));
    expect(String(on('date()'))).toBe('2026-11-21');
    expect(String(on('timeGmt()'))).toBe('17:04:05.678Z');
  });

  it('adds units', () => {
    const plus = (key: string, n: number): string => {
      const value = on(key, n);
      return value instanceof ApexDatetime ? value.toIso() : '';
    };
    expect(plus('addMonths(Integer)', 3)).toBe('2027-02-21T17:04:05.678Z');
    expect(plus('addDays(Integer)', -21)).toBe('2026-10-31T17:04:05.678Z');
    expect(plus('addMinutes(Integer)', 60)).toBe('2026-11-21T18:04:05.678Z');
  });
});

describe('Date', () => {
  const day = new ApexDate(2026, 11, 21);
  const ask = (key: string, ...args: ApexValue[]): ApexValue => call(DateClass, key, runtime, day, ...args);

  it('counts days and months', () => {
    expect(ask('daysBetween(Date)', new ApexDate(2027, 1, 1))).toBe(41);
    expect(ask('monthsBetween(Date)', new ApexDate(2027, 1, 31))).toBe(2);
    expect(String(ask('toStartOfWeek()'))).toBe('2026-11-15');
    expect(String(ask('toStartOfMonth()'))).toBe('2026-11-01');
    expect(ask('dayOfYear()')).toBe(325);
    expect(ask('format()')).toBe('11/21/2026');
  });

  it('is today for the user', () => {
    const late = fakeRuntime({ user: { timeZone: 'Pacific/Auckland' } });
    expect(String(callStatic(DateClass, 'today()', runtime))).toBe('2026-11-21');
    expect(String(callStatic(DateClass, 'today()', late))).toBe('2026-11-22');
  });

  it('reads texts and Datetimes', () => {
    expect(String(callStatic(DateClass, 'valueOf/1', runtime, '2026-2-3'))).toBe('2026-02-03');
    expect(String(callStatic(DateClass, 'valueOf/1', runtime, '2026-02-03 10:00:00'))).toBe('2026-02-03');
    expect(String(callStatic(DateClass, 'parse(String)', runtime, '2/3/2026'))).toBe('2026-02-03');
    expect(() => callStatic(DateClass, 'valueOf/1', runtime, '2026-02-30')).toThrow('Invalid date: 2026-02-30');
    expect(() => callStatic(DateClass, 'parse(String)', london, '3/2/2026')).toThrow(NotSupported);
    expect(callStatic(DateClass, 'daysInMonth(Integer,Integer)', runtime, 2028, 2)).toBe(29);
  });
});

describe('Time', () => {
  it('wraps around midnight', () => {
    const time = callStatic(TimeClass, 'newInstance(Integer,Integer,Integer,Integer)', runtime, 23, 59, 59, 999);
    const later = time instanceof ApexTime ? call(TimeClass, 'addMilliseconds(Integer)', runtime, time, 1) : null;
    expect([String(time), String(later)]).toEqual(['23:59:59.999Z', '00:00:00.000Z']);
  });
});
