import { expect, test } from 'vitest';
import { fixedClock } from './clock.ts';
import { seededUuids } from './seeded-uuids.ts';

test('uuids are of version 4, never the same twice, and follow from the seed', () => {
  const next = seededUuids('a');
  const drawn = Array.from({ length: 50 }, next);
  for (const uuid of drawn) expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(drawn).size).toBe(50);
  const again = seededUuids('a');
  expect(Array.from({ length: 50 }, again)).toEqual(drawn);
  expect(seededUuids('b')()).not.toBe(drawn[0]);
});

test('a fixed clock stands until it is moved', () => {
  const clock = fixedClock('2026-03-15T12:00:00Z');
  clock.advance(1_500);
  expect(new Date(clock.now()).toISOString()).toBe('2026-03-15T12:00:01.500Z');
  expect(() => fixedClock('tomorrow')).toThrow("'tomorrow' is no point in time");
});
