import { describe, expect, it } from 'vitest';
import { ContractError } from '../errors.ts';
import { pageOf } from './paging.ts';

const filters = { stage: 'Commit', owner_id: undefined };

function causeOf(args: Parameters<typeof pageOf>[0]): unknown {
  try {
    pageOf(args);
  } catch (error) {
    return error instanceof ContractError && error.details.cause;
  }
  return undefined;
}

it('walks from page to page, whatever their length', () => {
  const first = pageOf({ ...filters, limit: 25 });
  expect(first.offset).toBe(0);
  const { has_more, next_cursor } = first.after(25, 60);
  expect(has_more).toBe(true);
  const second = pageOf({ stage: 'Commit', limit: 50, cursor: next_cursor });
  expect(second.offset).toBe(25);
  expect(second.after(35, 60)).toEqual({ has_more: false });
  expect(second.after(0, 60)).toEqual({ has_more: false });
});

it('ends where SOQL cannot skip further, and says so', () => {
  const cursorAt = (offset: number): string | undefined => pageOf({ limit: 50 }).after(offset, 9_999).next_cursor;
  const last = pageOf({ limit: 50, cursor: cursorAt(2_000) });
  expect(last.offset).toBe(2_000);
  expect(last.after(50, 9_999)).toEqual({ has_more: true, note: 'Paging ends after 2,050 rows: narrow the filters to see the rest.' });
  expect(cursorAt(2_001)).toBeUndefined();
});

describe('refuses', () => {
  const { next_cursor = '' } = pageOf({ ...filters, limit: 1 }).after(1, 2);
  const forged = (text: string): string => Buffer.from(text).toString('base64url');
  const hash = Buffer.from(next_cursor, 'base64url').toString('utf8').slice(2);
  it.each(['', 'x', '💥', forged(`-1.${hash}`), forged(`2001.${hash}`), forged(`1e3.${hash}`), forged('1')])('the cursor %j', (cursor) => {
    expect(causeOf({ ...filters, limit: 1, cursor })).toBe('INVALID_CURSOR');
  });
  it('a cursor of other filters', () => {
    expect(causeOf({ stage: 'Commit', limit: 1, cursor: next_cursor })).toBeUndefined();
    expect(causeOf({ stage: 'Prospecting', limit: 1, cursor: next_cursor })).toBe('INVALID_CURSOR');
  });
});
