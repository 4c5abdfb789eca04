import { expect, it } from 'vitest';
import { spreadOf } from './statistics.ts';

it('the median and the quartiles, whatever the order of the samples', () => {
  expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ median: 3, low: 2, high: 4, count: 5 });
});

it('between two samples it goes by their distance', () => {
  expect(spreadOf([10, 20, 40, 80])).toEqual({ median: 30, low: 17.5, high: 50, count: 4 });
});

it('one outlier moves neither', () => {
  expect(spreadOf([1, 1, 1, 1, 9_000])).toMatchObject({ median: 1, low: 1, high: 1 });
});

it('no samples have no median', () => {
  expect(() => spreadOf([])).toThrow(RangeError);
});
