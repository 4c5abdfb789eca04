import type { AnonymousRun } from '../../apex/engine-types.ts';
import { NEWEST_VERSION } from '../rest/versions.ts';
import { child, childrenNamed, SoapFault, textOf, type SoapElement } from '../soap/soap-envelope.ts';

/** From what says least to what says most. */
const LEVELS = ['NONE', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'FINE', 'FINER', 'FINEST'] as const;
export type LogLevel = (typeof LEVELS)[number];

/** The levels of the older `debugLevel`, as far as Apex code is concerned. */
const DEBUG_LEVELS: Readonly<Record<string, LogLevel | null>> = {
  none: null,
  debugonly: 'DEBUG',
  db: 'DEBUG',
  profiling: 'FINE',
  callout: 'FINER',
  detail: 'FINEST',
};

/**
 * How much of what Apex code prints the caller wants to see; null where no log is asked for.
 * @throws SoapFault for a level that is none
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/sforce_api_header_debuggingheader.htm
 */
export function logLevel(header: SoapElement | undefined): LogLevel | null {
  const debugging = header && child(header, 'DebuggingHeader');
  if (!debugging) return null;
  const categories = childrenNamed(debugging, 'categories');
  const ofApex = categories.filter((each) => ['apex_code', 'all'].includes(textOf(each, 'category').toLowerCase()));
  if (categories.length > 0) return ofApex.length === 0 ? null : named(textOf(ofApex[0] ?? debugging, 'level'));
  const level = textOf(debugging, 'debugLevel').toLowerCase();
  if (!(level in DEBUG_LEVELS)) throw new SoapFault('INVALID_FIELD', `'${level}' is not a valid value for the enum 'LogType'`);
  return DEBUG_LEVELS[level] ?? null;
}

function named(text: string): LogLevel | null {
  const level = LEVELS.find((one) => one === text.toUpperCase());
  if (level === undefined) throw new SoapFault('INVALID_FIELD', `'${text}' is not a valid value for the enum 'LogCategoryLevel'`);
  return level === 'NONE' ? null : level;
}

/**
 * The log of a run: where it began and ended, what the code printed, and the exception that ended it. Of the log lines of the
 * platform these are the ones that do not depend on how it is built; all carry the time of the end.
 * @param now epoch milliseconds
 */
export function debugLog(source: string, run: Exclude<AnonymousRun, { outcome: 'refused' }>, level: LogLevel, now: number): string {
  const time = `${new Date(now).toISOString().slice(11, 21)} (0)`;
  const printed = run.debug.filter(({ text }) => LEVELS.findIndex((one) => text.startsWith(`${one}|`)) <= LEVELS.indexOf(level));
  const events = [
    'EXECUTION_STARTED',
    'CODE_UNIT_STARTED|[EXTERNAL]|execute_anonymous_apex',
    ...printed.map(({ line, text }) => `USER_DEBUG|[${line}]|${text}`),
    ...(run.outcome === 'failed' ? [`FATAL_ERROR|${run.message}\n\n${run.stackTrace}`] : []),
    'CODE_UNIT_FINISHED|execute_anonymous_apex',
    'EXECUTION_FINISHED',
  ];
  return [
    `${NEWEST_VERSION}.0 APEX_CODE,${level}`,
    ...source.split(/\r?\n/).map((line) => `Execute Anonymous: ${line}`),
    ...events.map((event) => `${time}|${event}`),
    '',
  ].join('\n');
}
