import type { CallFigures } from './measure-calls.ts';
import type { StartFigures } from './measure-start.ts';
import { mb, ms, times, tokens, within } from './report.ts';
import type { ListTokens } from './tokens.ts';

/** What is compared of a server; undefined where it could not be measured. */
export interface Figures {
  readonly start: StartFigures;
  /** A bare Node process, in the same rounds. */
  readonly bareStart: StartFigures;
  readonly list: ListTokens;
  /** 20 rows of 5 fields. */
  readonly query?: CallFigures | undefined;
  /** 200 rows of 5 fields. */
  readonly rowsTokens?: number | undefined;
  /** After the queries. */
  readonly usedMemoryMb?: number | undefined;
}

/** The figures of a server as rows of the comparison. */
export function comparedCells({ start, bareStart, list, query, rowsTokens, usedMemoryMb }: Figures): Record<string, string> {
  const unmeasured = 'not measured: see below';
  return {
    'spawn to initialize': `${ms(start.startMs.median)} (${within(start.startMs, ms)})`,
    '  of a bare Node process': times(start.startMs.median / bareStart.startMs.median),
    'spawn to tools/list': start.listMs ? `${ms(start.listMs.median)} (${within(start.listMs, ms)})` : unmeasured,
    'memory after tools/list': start.memoryMb ? mb(start.memoryMb.median) : 'not measured: no ps',
    '  after the queries': usedMemoryMb === undefined ? unmeasured : mb(usedMemoryMb),
    tools: String(list.tools),
    'tools/list': tokens(list.total),
    '  largest tool': `${tokens(list.largest.tokens)} (${list.largest.name})`,
    'a query, 20 rows of 5 fields': query ? `${ms(query.callMs.median)} (${within(query.callMs, ms)})` : unmeasured,
    '  more than bare fetch': query ? `${ms(query.addedMs.median)} (${times(query.callMs.median / query.bareMs.median)})` : unmeasured,
    '200 rows of 5 fields': rowsTokens === undefined ? unmeasured : tokens(rowsTokens),
  };
}
