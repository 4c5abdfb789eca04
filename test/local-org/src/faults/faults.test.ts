import { expect, test } from 'vitest';
import type { Fault } from './fault.ts';
import { Faults } from './faults.ts';

const cut: Fault['effect'] = { kind: 'cut' };

test('meets method and path, once unless told otherwise', () => {
  const faults = new Faults();
  faults.add({ method: 'post', path: '/services/apexrest/*', effect: cut });
  expect(faults.meet('before', 'GET', '/services/apexrest/a')).toBeUndefined();
  expect(faults.meet('before', 'POST', '/services/data/a')).toBeUndefined();
  expect(faults.meet('after', 'POST', '/services/apexrest/a')).toBeUndefined();
  expect(faults.meet('before', 'POST', '/services/apexrest/a/b')?.effect).toEqual(cut);
  expect(faults.meet('before', 'POST', '/services/apexrest/a/b')).toBeUndefined();
  expect(faults.list()).toEqual([]);
});

test('a path without a star matches itself only, and its dots are dots', () => {
  const faults = new Faults();
  faults.add({ path: '/services/data/v67.0/query', times: 9, effect: cut });
  expect(faults.meet('before', 'GET', '/services/data/v67x0/query')).toBeUndefined();
  expect(faults.meet('before', 'GET', '/services/data/v67.0/query/01g')).toBeUndefined();
  expect(faults.meet('before', 'GET', '/services/data/v67.0/query')).toBeDefined();
});

test('skips, then strikes as often as it says, then is gone', () => {
  const faults = new Faults();
  const fault = faults.add({ path: '*', skip: 1, times: 2, effect: cut });
  expect([1, 2, 3, 4].map(() => faults.meet('before', 'GET', '/x') !== undefined)).toEqual([false, true, true, false]);
  expect(fault.hits).toBe(2);
});

test('faults are met in the order in which they were added; one can be taken back', () => {
  const faults = new Faults();
  faults.add({ path: '*', effect: { kind: 'delay', milliseconds: 1 } });
  const second = faults.add({ path: '*', effect: { kind: 'silent' } });
  faults.add({ path: '*', effect: cut });
  expect(faults.meet('before', 'GET', '/x')?.effect.kind).toBe('delay');
  second.remove();
  expect(faults.meet('before', 'GET', '/x')?.effect.kind).toBe('cut');
});
