import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, dateIn, startOfDay } from './user-facts.ts';

it.each([
  ['2026-11-21', 'America/Los_Angeles', '2026-11-21T08:00:00Z'],
  ['2026-07-01', 'America/Los_Angeles', '2026-07-01T07:00:00Z'],
  ['2026-11-21', 'UTC', '2026-11-21T00:00:00Z'],
  ['2026-11-21', 'Pacific/Kiritimati', '2026-11-20T10:00:00Z'],
  ['2026-11-21', 'Asia/Kathmandu', '2026-11-20T18:15:00Z'],
  // Clocks went from midnight to one.
  ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
])('%s in %s starts at %s', (date, timeZone, instant) => {
  expect(startOfDay(date, timeZone)).toBe(instant);
});

it('the second before belongs to the day before', () => {
  const zones = fc.constantFrom('UTC', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), zones, (day, zone) => {
      const date = addDays('1990-01-01', day);
      fc.pre(!(zone === 'Pacific/Apia' && date === '2011-12-30')); // Samoa skipped this day
      const start = startOfDay(date, zone);
      expect(dateIn(zone, new Date(start))).toBe(date);
      expect(dateIn(zone, new Date(Date.parse(start) - 1_000)) < date).toBe(true);
    }),
    { numRuns: 200 },
  );
});
