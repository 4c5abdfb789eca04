import { expect, it } from 'vitest';
import { conditionSoql } from '../salesforce/soql-condition.ts';
import { stageLimits, unknownStagesNote, unknownStagesWarning } from './stage-limits.ts';
import { thresholdsInForce } from './thresholds-in-force.ts';

const stages = [
  { label: 'Zusage', apiName: 'Commit' },
  { label: 'Angebot', apiName: 'Proposal' },
];

it('a stage may be named by its label or its API name, in any case; the shorter of two limits counts', () => {
  const limits = stageLimits({ ZUSAGE: 10, commit: 20, Proposal: 5, Retired: 7 }, 30, stages);
  expect(['Commit', 'proposal', 'Retired', 'Zusage', 'Other'].map((stage) => limits.limit(stage))).toEqual([10, 5, 7, 30, 30]);
  const soql = conditionSoql(limits.condition((days) => ({ field: 'Age', operator: '>', literal: { kind: 'number', value: days } })));
  expect(soql).toBe(
    "((StageName = 'Commit' AND Age > 10) OR (StageName = 'Proposal' AND Age > 5) OR (StageName = 'Retired' AND Age > 7) OR " +
      "(StageName != 'Commit' AND StageName != 'Proposal' AND StageName != 'Retired' AND Age > 30))",
  );
});

it('a stage that the org does not have is told; where nobody wrote it, only to whoever checks', () => {
  const rule = (by_stage: Record<string, number>) => ({ days_in_stage: { severity: 'low', default: 30, by_stage } }) as const;
  expect(unknownStagesNote(rule({ zusage: 1, Proposal: 2 }), stages)).toBeUndefined();
  expect(unknownStagesNote(rule({ Comit: 1, Proposal: 2, 'Lost "it"': 3 }), stages)).toBe(
    'days_in_stage.by_stage of the risk thresholds names what is no active opportunity stage: "Comit", "Lost "it"". ' +
      'Active stages: Zusage, Angebot. Correct the thresholds.',
  );
  expect(unknownStagesNote({}, stages)).toBeUndefined();
  expect(unknownStagesNote(thresholdsInForce({}), stages)).toBeUndefined();
  expect(unknownStagesWarning(thresholdsInForce({}), stages)).toContain('"Prospecting", "Qualification". Active stages: Zusage');
  expect(
    unknownStagesWarning(
      thresholdsInForce({}),
      ['Prospecting', 'Qualification', 'Commit'].map((name) => ({ label: name, apiName: name })),
    ),
  ).toBeUndefined();
});
