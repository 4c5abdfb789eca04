import { isKept } from './limits.ts';
import type { Judged } from './limits.ts';
import type { Spread } from './statistics.ts';

/** What was measured of one server for the comparison; a text says why something could not be. */
export interface Compared {
  readonly name: string;
  readonly version: string;
  /** By row title. */
  readonly cells: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

export interface Report {
  readonly title: string;
  /** Machine, load, org. */
  readonly circumstances: readonly string[];
  readonly judged: readonly Judged[];
  readonly compared: readonly Compared[];
}

/** The whole report as text for a terminal. */
export function reportText({ title, circumstances, judged, compared }: Report): string {
  const broken = judged.filter((one) => !isKept(one)).length;
  return [
    title,
    ...circumstances.map((line) => `  ${line}`),
    '',
    ...columns([
      ['Limit', 'median', 'half within', 'beside it', 'limit', ''],
      ...judged.map((one) => [
        one.figure,
        one.measured,
        one.spread ?? '',
        one.beside ?? '',
        one.limitText,
        isKept(one) ? 'kept' : 'BROKEN',
      ]),
    ]),
    '',
    ...(compared.length === 0 ? [] : comparison(compared)),
    broken === 0 ? `All ${judged.length} limits are kept.` : `${broken} of ${judged.length} limits are broken.`,
  ].join('\n');
}

function comparison(compared: readonly Compared[]): string[] {
  const titles = [...new Set(compared.flatMap(({ cells }) => Object.keys(cells)))];
  const notes = compared.flatMap(({ name, notes }) => notes.map((note) => `  ${name}: ${note}.`));
  return [
    ...columns([
      ['On the same org, in the same run', ...compared.map(({ name }) => name)],
      ['', ...compared.map(({ version }) => version)],
      ...titles.map((title) => [title, ...compared.map(({ cells }) => cells[title] ?? '–')]),
    ]),
    ...notes,
    '',
  ];
}

/** Rows with their columns aligned. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((text, index) => text.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd());
}

export const ms = (value: number): string => `${value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US')} ms`;
export const mb = (value: number): string => `${Math.round(value)} MB`;
export const times = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)}×`;
export const tokens = (value: number): string => `${value.toLocaleString('en-US')} tokens`;

export function within({ low, high }: Spread, unit: (value: number) => string): string {
  return `${unit(low).replace(/ .*/, '')} to ${unit(high)}`;
}
