import * as z from 'zod';
import { invalidInput } from '../errors.ts';
import { argumentsHash } from '../observability/arguments-hash.ts';
import { notesOnLength, rowsThatFit } from './rows-that-fit.ts';

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
  /** The rows that fit into an answer, where the next page starts, and what there is to say about it. */
  show<Row>(rows: readonly Row[], total: number): Shown<Row>;
}

interface Shown<Row> {
  rows: Row[];
  next: { has_more: boolean; next_cursor?: string };
  notes: string[];
}

/**
 * The page that a call asks for. Call it before anything is sent.
 * @param tool whose cursors no other takes
 * @param args of the tool; everything but limit, cursor and dry_run is a filter, which must not change from page to page
 * @throws ContractError INVALID_INPUT for a cursor that is none, or one of other filters
 */
export function pageOf(tool: string, args: PagedArguments): Page {
  const filters = filtersHash(tool, args);
  const offset = args.cursor === undefined ? 0 : offsetOf(args.cursor, filters);
  return {
    limit: args.limit,
    offset,
    show: (all, total) => {
      const fitting = rowsThatFit(all);
      // One row goes in any case: the next page would start with it again.
      const rows = fitting.length === 0 ? all.slice(0, 1) : fitting;
      const notes = notesOnLength(rows.length, all.length, 'The next page goes on from there.');
      const next = offset + rows.length;
      if (rows.length === 0 || next >= total) return { rows, next: { has_more: false }, notes };
      if (next > maxOffset) {
        notes.push(`Paging ends after ${next.toLocaleString('en-US')} rows: narrow the filters to see the rest.`);
        return { rows, next: { has_more: true }, notes };
      }
      return { rows, next: { has_more: true, next_cursor: Buffer.from(`${next}.${filters}`).toString('base64url') }, notes };
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
        fields: ['cursor'],
      },
    );
  }
  if (hash !== filters) {
    throw invalidInput('cursor belongs to other filters. Repeat the arguments of the page before, or leave cursor out to start again.', {
      cause: 'INVALID_CURSOR',
      fields: ['cursor'],
    });
  }
  return Number(offset);
}

function filtersHash(tool: string, args: PagedArguments): string {
  const filters = Object.entries(args).filter(([name, value]) => !['limit', 'cursor', 'dry_run'].includes(name) && value !== undefined);
  return argumentsHash({ tool, filters: Object.fromEntries(filters) }).slice(0, 16);
}
