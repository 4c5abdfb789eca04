import { expect, it } from 'vitest';
import { fiscalQuarterEnd } from './fiscal-quarter.ts';

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
