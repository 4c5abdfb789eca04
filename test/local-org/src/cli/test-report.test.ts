import { expect, test } from 'vitest';
import type { TestReport } from '../apex/engine-types.ts';
import { summarize, testReport } from './test-report.ts';

const report: TestReport = {
  results: [
    { className: 'AuditStoreTest', methodName: 'writesRow', outcome: 'Pass', message: null, stackTrace: null, runTimeMs: 12.4 },
    {
      className: 'AuditStoreTest',
      methodName: 'refuses',
      outcome: 'Fail',
      message: 'System.AssertException: Assertion Failed',
      stackTrace: 'Class.AuditStoreTest.refuses: line 9, column 1',
      runTimeMs: 3,
    },
  ],
  coverage: [
    { name: 'AuditStore', file: 'AuditStore.cls', covered: [3, 4, 5], uncovered: [9, 10, 12] },
    { name: 'AuditTypes', file: 'AuditTypes.cls', covered: [], uncovered: [] },
  ],
};

test('prints results, coverage with line ranges, and totals', () => {
  expect(testReport(report)).toBe(
    [
      '=== Test Results',
      'TEST NAME                 OUTCOME  MESSAGE                                                                                    RUNTIME (MS)',
      '────────────────────────  ───────  ─────────────────────────────────────────────────────────────────────────────────────────  ────────────',
      'AuditStoreTest.writesRow  Pass                                                                                                12',
      'AuditStoreTest.refuses    Fail     System.AssertException: Assertion Failed | Class.AuditStoreTest.refuses: line 9, column 1  3',
      '',
      '=== Apex Code Coverage',
      'CLASS       PERCENT  UNCOVERED LINES',
      '──────────  ───────  ───────────────',
      'AuditStore  50%      9-10,12',
      'AuditTypes  -',
      '',
      '=== Test Summary',
      'NAME               VALUE',
      '─────────────────  ──────',
      'Outcome            Failed',
      'Tests Ran          2',
      'Pass Rate          50%',
      'Fail Rate          50%',
      'Test Run Coverage  50%',
    ].join('\n'),
  );
});

test('a run without production lines has no coverage figure, one without tests has not passed', () => {
  expect(summarize({ results: [], coverage: [] })).toEqual({ ran: 0, failed: 0, coverage: null });
  expect(testReport({ results: [], coverage: [] })).toContain('Outcome            Failed');
});
