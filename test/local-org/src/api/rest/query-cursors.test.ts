import { expect, test } from 'vitest';
import { QueryCursors } from './query-cursors.ts';

const cursor = { totalSize: 1, records: ['r'], batchSize: 200 };

test('a locator belongs to the user who opened it', () => {
  const cursors = new QueryCursors('seed', () => 0);
  const id = cursors.open('005A', cursor);
  expect(id).toMatch(/^01g\w{15}$/);
  expect(cursors.find('005A', id)).toBe(cursor);
  expect(cursors.find('005B', id)).toBeUndefined();
});

test('it lives two days', () => {
  let now = 0;
  const cursors = new QueryCursors('seed', () => now);
  const id = cursors.open('005A', cursor);
  now = 2 * 24 * 3_600_000;
  expect(cursors.find('005A', id)).toBe(cursor);
  now += 1;
  expect(cursors.find('005A', id)).toBeUndefined();
});

test('the eleventh closes the first of the same user, and no one else’s', () => {
  const cursors = new QueryCursors('seed', () => 0);
  const other = cursors.open('005B', cursor);
  const own = Array.from({ length: 11 }, () => cursors.open('005A', cursor));
  expect(own.map((id) => cursors.find('005A', id) !== undefined)).toEqual([false, ...Array<boolean>(10).fill(true)]);
  expect(cursors.find('005B', other)).toBe(cursor);
});
