import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { defaultThresholdsText, thresholdsSchemaText } from '../../generate.ts';
import { parseRiskThresholds } from './parse-risk-thresholds.ts';
import { thresholdsInForce } from './thresholds-in-force.ts';

const inConfig = (name: string): string => readFileSync(new URL(`../../../config/${name}`, import.meta.url), 'utf8');

it('what is built in is config/risk_thresholds.yaml, and its schema is that of the code (npm run generate writes both)', () => {
  expect(readFileSync(new URL('./generated/default-thresholds.json', import.meta.url), 'utf8')).toBe(defaultThresholdsText());
  expect(inConfig('risk_thresholds.schema.json')).toBe(thresholdsSchemaText());
  expect(parseRiskThresholds(inConfig('risk_thresholds.yaml'))).toEqual({ ok: true, thresholds: thresholdsInForce({}) });
  expect(Object.keys(thresholdsInForce({}))).toEqual(
    Object.keys((JSON.parse(inConfig('risk_thresholds.schema.json')) as { properties: object }).properties),
  );
});

it('rules that are left out are off', () => {
  expect(parseRiskThresholds('')).toEqual({ ok: true, thresholds: {} });
  expect(parseRiskThresholds('no_amount: { severity: low }')).toEqual({ ok: true, thresholds: { no_amount: { severity: 'low' } } });
});

it.each([
  ['no_amount: { severity: low', ['line 1, column 27: Flow map in block collection must be sufficiently indented and end with a }']],
  ['no_amount:\n  severity: bad', ['line 2, column 3: no_amount.severity must be low, medium or high']],
  ['no_amount:\n  severity: low\n  days: 3', ['line 3, column 3: no_amount.days is no rule or setting of one']],
  ['# first\nstale: { severity: low }', ['line 2, column 1: stale is no rule or setting of one']],
  ['pushed:\n  severity: low', ['line 1, column 1: pushed.times is missing']],
  [
    'days_in_stage:\n  severity: low\n  default: 30\n  by_stage:\n    Commit: 0\n    Other: x',
    [
      'line 5, column 5: days_in_stage.by_stage.Commit must be from 1 to 3,650 days',
      'line 6, column 5: days_in_stage.by_stage.Other must be a whole number',
    ],
  ],
  [
    'days_since_activity:\n  severity: low\n  days: 3\n  field: "x; DROP"',
    ['line 4, column 3: days_since_activity.field must be the API name'],
  ],
  ['- a', ['line 1, column 1: the file']],
  ['no_amount: { severity: low }\nno_amount: { severity: low }', ['line 2, column 1: Map keys must be unique']],
])('%j', (text, expected) => {
  const parsed = parseRiskThresholds(text);
  const problems = parsed.ok ? [] : parsed.problems;
  expect(problems).toHaveLength(expected.length);
  expected.forEach((start, index) => expect(problems[index]).toMatch(new RegExp(`^${start.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)));
});
