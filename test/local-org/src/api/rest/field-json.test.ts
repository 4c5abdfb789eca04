import { expect, test } from 'vitest';
import { NotSupported } from '../../errors.ts';
import { fieldJson } from './field-json.ts';

test('a datetime is printed in UTC with milliseconds and an offset without a colon', () => {
  expect(fieldJson('datetime', Date.UTC(2026, 10, 21, 9, 4))).toBe('2026-11-21T09:04:00.000+0000');
});

test('a time is printed with milliseconds and a Z', () => {
  expect(fieldJson('time', ((9 * 60 + 4) * 60 + 5) * 1000)).toBe('09:04:05.000Z');
});

test('dates, numbers, booleans and texts stay as they are, null stays null', () => {
  expect([
    fieldJson('date', '2026-11-21'),
    fieldJson('currency', 12.5),
    fieldJson('boolean', false),
    fieldJson('string', 'a'),
    fieldJson('datetime', null),
  ]).toEqual(['2026-11-21', 12.5, false, 'a', null]);
});

test('a compound field is refused rather than guessed', () => {
  expect(() => fieldJson('location', '1,2')).toThrow(NotSupported);
});
