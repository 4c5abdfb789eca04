import { expect, it } from 'vitest';
import { fiscalQuarterEnd, fiscalQuarterStart } from './fiscal-quarter.ts';

it.each([
  ['2026-11-21', 1, '2026-12-31'],
  ['2026-12-31', 1, '2026-12-31'],
  ['2027-01-01', 1, '2027-03-31'],
  ['2026-11-21', 2, '2027-01-31'],
  ['2026-10-31', 2, '2026-10-31'],
  ['2028-02-01', 12, '2028-02-29'],
  ['2026-11-30', 12, '2026-11-30'],
])('%s, fiscal year from month %i: %s', (date, startMonth, end) => {
  expect(fiscalQuarterEnd(date, startMonth)).toBe(end);
});

it.each([
  ['2026-11-21', 1, '2026-10-01'],
  ['2026-01-31', 2, '2025-11-01'],
  ['2026-02-01', 2, '2026-02-01'],
  ['2026-12-31', 12, '2026-12-01'],
])('%s lies in a quarter that starts, with month %i first, on %s', (date, startMonth, start) => {
  expect(fiscalQuarterStart(date, startMonth)).toBe(start);
});
