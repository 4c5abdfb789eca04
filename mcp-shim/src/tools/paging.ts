import * as z from 'zod';
import { invalidInput } from '../errors.ts';
import { argumentsHash } from '../observability/arguments-hash.ts';

/** SOQL skips at most this many rows (SOQL Reference, "OFFSET"). */
const maxOffset = 2_000;

/** Schema part: rows of one page. */
export function limit({ default: usual, max }: { default: number; max: number }) {
  return z.int().min(1).max(max).default(usual).describe(`1 to ${max}`);
}

/** Schema part: where the page before ended. */
export function cursor() {
  return z.string().max(200, 'is no cursor of this server').optional().describe('next_cursor of the page before');
}

interface PagedArguments {
  limit: number;
  cursor?: string | undefined;
  [filter: string]: unknown;
}

export interface Page {
  limit: number;
  offset: number;
  /** What `has_more`, `next_cursor` and, where paging ends before the rows do, a note say. */
  after(returned: number, total: number): { has_more: boolean; next_cursor?: string; note?: string };
}

/**
 * The page that a call asks for. Call it before anything is sent.
 * @param args of the tool; everything but limit, cursor and dry_run is a filter, which must not change from page to page
 * @throws ContractError INVALID_INPUT for a cursor that is none, or one of other filters
 */
export function pageOf(args: PagedArguments): Page {
  const filters = filtersHash(args);
  const offset = args.cursor === undefined ? 0 : offsetOf(args.cursor, filters);
  return {
    limit: args.limit,
    offset,
    after: (returned, total) => {
      const next = offset + returned;
      if (returned === 0 || next >= total) return { has_more: false };
      if (next > maxOffset) {
        return { has_more: true, note: `Paging ends after ${next.toLocaleString('en-US')} rows: narrow the filters to see the rest.` };
      }
      return { has_more: true, next_cursor: Buffer.from(`${next}.${filters}`).toString('base64url') };
    },
  };
}

function offsetOf(cursor: string, filters: string): number {
  const [, offset, hash] = /^(\d{1,4})\.([0-9a-f]{16})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (offset === undefined || Number(offset) > maxOffset) {
    throw invalidInput(
      'cursor is not one that this server gave. Pass next_cursor of the page before, or leave it out for the first page.',
      {
        cause: 'INVALID_CURSOR',
      },
    );
  }
  if (hash !== filters) {
    throw invalidInput('cursor belongs to other filters. Repeat the arguments of the page before, or leave cursor out to start again.', {
      cause: 'INVALID_CURSOR',
    });
  }
  return Number(offset);
}

function filtersHash(args: PagedArguments): string {
  const filters = Object.entries(args).filter(([name, value]) => !['limit', 'cursor', 'dry_run'].includes(name) && value !== undefined);
  return argumentsHash(Object.fromEntries(filters)).slice(0, 16);
}
