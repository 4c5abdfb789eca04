import { expect, test } from 'vitest';
import { createSchema } from '../schema/create-schema.ts';
import type { FieldDef, Value } from '../schema/types.ts';
import { roundToScale, storedValue } from './stored-value.ts';
import { fieldOf } from './working-record.ts';

const schema = createSchema([]);

function field(object: string, name: string): FieldDef {
  const found = schema.object(object);
  if (found.kind !== 'known') throw new Error(object);
  return fieldOf(found.def, name);
}

test.each<[string, string, Value, Value | undefined]>([
  ['Account', 'Name', ' \t Acme\n', 'Acme'],
  ['Account', 'Description', 'one\r\ntwo\n\nthree', 'one\r\ntwo\n\nthree'],
  ['Account', 'Name', '   ', null],
  ['Account', 'Name', '', null],
  ['Account', 'Name', '\u00a0Acme', '\u00a0Acme'],
  ['Account', 'Name', 7, undefined],
  ['Opportunity', 'Amount', 1.005, 1.01],
  ['Opportunity', 'Amount', '12', undefined],
  ['Opportunity', 'Amount', NaN, undefined],
  ['Opportunity', 'CloseDate', '2026-02-28', '2026-02-28'],
  ['Opportunity', 'CloseDate', '2026-02-30', undefined],
  ['Opportunity', 'IsPrivate', null, false],
  ['Opportunity', 'IsPrivate', 'true', undefined],
  ['Task', 'ReminderDateTime', 1_999, 1_000],
  ['Task', 'ReminderDateTime', -1, -1_000],
  ['Task', 'ReminderDateTime', '2026', undefined],
  ['Task', 'WhatId', '001000000000001', '001000000000001AAA'],
  ['Task', 'WhatId', ' nonsense ', 'nonsense'],
  ['Task', 'WhatId', '', null],
])('%s.%s keeps %j as %j', (object, name, given, stored) => {
  expect(storedValue(field(object, name), given)).toBe(stored);
});

test.each([
  [2.675, 2, 2.68],
  [-2.675, 2, -2.68],
  [0.5, 0, 1],
  [-0.4, 0, 0],
  [1e-7, 2, 0],
  [123456789.125, 2, 123456789.13],
  [1e21, 2, 1e21],
])('%d at scale %d is %d', (value, scale, rounded) => {
  expect(roundToScale(value, scale)).toBe(rounded);
});
