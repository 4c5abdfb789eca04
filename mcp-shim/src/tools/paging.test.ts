import { describe, expect, it } from 'vitest';
import { ContractError } from '../errors.ts';
import { pageOf } from './paging.ts';

const filters = { stage: 'Commit', owner_id: undefined };

function rows(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function causeOf(args: Parameters<typeof pageOf>[1]): unknown {
  try {
    pageOf('get_leads', args);
  } catch (error) {
    return error instanceof ContractError && error.details.cause;
  }
  return undefined;
}

it('walks from page to page, whatever their length', () => {
  const first = pageOf('get_leads', { ...filters, limit: 25 });
  expect(first.offset).toBe(0);
  const { has_more, next_cursor } = first.show(rows(25), 60).next;
  expect(has_more).toBe(true);
  const second = pageOf('get_leads', { stage: 'Commit', limit: 50, cursor: next_cursor });
  expect(second.offset).toBe(25);
  expect(second.show(rows(35), 60)).toEqual({ rows: rows(35), next: { has_more: false }, notes: [] });
  expect(second.show([], 60)).toEqual({ rows: [], next: { has_more: false }, notes: [] });
});

it('ends where SOQL cannot skip further, and says so', () => {
  const cursorAt = (offset: number): string | undefined => pageOf('get_leads', { limit: 50 }).show(rows(offset), 9_999).next.next_cursor;
  const last = pageOf('get_leads', { limit: 50, cursor: cursorAt(2_000) });
  expect(last.offset).toBe(2_000);
  expect(last.show(rows(50), 9_999)).toMatchObject({
    next: { has_more: true },
    notes: ['Paging ends after 2,050 rows: narrow the filters to see the rest.'],
  });
  expect(cursorAt(2_001)).toBeUndefined();
});

it('what does not fit into an answer starts the next page, and a row that never fits stands alone', () => {
  const long = Array.from({ length: 50 }, () => 'x'.repeat(5_000));
  const { rows: shown, next, notes } = pageOf('get_leads', { limit: 50 }).show(long, 60);
  expect(shown).toHaveLength(11);
  expect(notes).toEqual(['Only 11 of 50 rows fit into one answer. The next page goes on from there.']);
  expect(pageOf('get_leads', { limit: 50, cursor: next.next_cursor }).offset).toBe(11);
  const huge = pageOf('get_leads', { limit: 50 }).show(['x'.repeat(70_000), 'y'], 2);
  expect(huge.rows).toHaveLength(1);
  expect(huge.next.has_more).toBe(true);
});

describe('refuses', () => {
  const { next_cursor = '' } = pageOf('get_leads', { ...filters, limit: 1 }).show(rows(1), 2).next;
  const forged = (text: string): string => Buffer.from(text).toString('base64url');
  const hash = Buffer.from(next_cursor, 'base64url').toString('utf8').slice(2);
  it.each(['', 'x', '💥', forged(`-1.${hash}`), forged(`2001.${hash}`), forged(`1e3.${hash}`), forged('1')])('the cursor %j', (cursor) => {
    expect(causeOf({ ...filters, limit: 1, cursor })).toBe('INVALID_CURSOR');
  });
  it('a cursor of another tool', () => {
    const { next_cursor: cursor } = pageOf('get_opportunities', { ...filters, limit: 1 }).show(rows(1), 2).next;
    expect(causeOf({ ...filters, limit: 1, cursor })).toBe('INVALID_CURSOR');
  });
  it('a cursor of other filters', () => {
    expect(causeOf({ stage: 'Commit', limit: 1, cursor: next_cursor })).toBeUndefined();
    expect(causeOf({ stage: 'Prospecting', limit: 1, cursor: next_cursor })).toBe('INVALID_CURSOR');
  });
});
