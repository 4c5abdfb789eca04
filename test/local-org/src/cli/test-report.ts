import type { ClassCoverage, TestReport } from '../apex/engine-types.ts';
import { table } from './table.ts';

/**
 * Percent of production lines that tests must run before a deploy to production.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_code_coverage_intro.htm
 */
export const MINIMUM_COVERAGE = 75;

export interface TestSummary {
  readonly ran: number;
  readonly failed: number;
  /** Percent of all production lines, rounded down; null where there are none. */
  readonly coverage: number | null;
}

export function summarize(report: TestReport): TestSummary {
  const covered = report.coverage.reduce((sum, one) => sum + one.covered.length, 0);
  const lines = report.coverage.reduce((sum, one) => sum + one.covered.length + one.uncovered.length, 0);
  return {
    ran: report.results.length,
    failed: report.results.filter((result) => result.outcome !== 'Pass').length,
    coverage: lines === 0 ? null : Math.floor((100 * covered) / lines),
  };
}

/** Results, coverage and totals, laid out like `sf apex run test --code-coverage`. */
export function testReport(report: TestReport): string {
  const results = report.results.map((result) => [
    `${result.className}.${result.methodName}`,
    result.outcome,
    [result.message, result.stackTrace]
      .filter((part) => part !== null && part !== '')
      .join(' | ')
      .replaceAll('\n', ' '),
    String(Math.round(result.runTimeMs)),
  ]);
  const coverage = report.coverage.map((one) => [one.name, percent(one), lineRanges(one.uncovered)]);
  const summary = summarize(report);
  const passed = summary.ran - summary.failed;
  const totals = [
    ['Outcome', summary.ran > 0 && summary.failed === 0 ? 'Passed' : 'Failed'],
    ['Tests Ran', String(summary.ran)],
    ['Pass Rate', summary.ran === 0 ? '-' : `${Math.floor((100 * passed) / summary.ran)}%`],
    ['Fail Rate', summary.ran === 0 ? '-' : `${Math.ceil((100 * summary.failed) / summary.ran)}%`],
    ['Test Run Coverage', summary.coverage === null ? '-' : `${summary.coverage}%`],
  ];
  return [
    '=== Test Results',
    table(['TEST NAME', 'OUTCOME', 'MESSAGE', 'RUNTIME (MS)'], results),
    '\n=== Apex Code Coverage',
    table(['CLASS', 'PERCENT', 'UNCOVERED LINES'], coverage),
    '\n=== Test Summary',
    table(['NAME', 'VALUE'], totals),
  ].join('\n');
}

function percent(one: ClassCoverage): string {
  const lines = one.covered.length + one.uncovered.length;
  return lines === 0 ? '-' : `${Math.floor((100 * one.covered.length) / lines)}%`;
}

/** `3-5,9` of 3, 4, 5, 9. */
function lineRanges(lines: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const line of [...lines].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && line === last.to + 1) last.to = line;
    else ranges.push({ from: line, to: line });
  }
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(',');
}
