import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { copyDataPlan, demoAccounts, movedDates } from './data-plan.ts';

it('moves dates and the dates of instants, across months and years, and nothing else', () => {
  expect(movedDates('{"CloseDate":"2026-12-18","StartDateTime":"2026-12-31T15:00:00.000Z","Name":"Acme renewal 2027"}', 14)).toBe(
    '{"CloseDate":"2027-01-01","StartDateTime":"2027-01-14T15:00:00.000Z","Name":"Acme renewal 2027"}',
  );
});

it('copies the whole plan around today', () => {
  const plan = copyDataPlan('2026-11-11');
  try {
    const files = JSON.parse(readFileSync(plan, 'utf8')) as { sobject: string; files: string[] }[];
    const read = (name: string): string => readFileSync(join(dirname(plan), name), 'utf8');
    expect(files.flatMap(({ files: names }) => names).map((name) => read(name).length > 0)).not.toContain(false);
    expect(read('Opportunities.json')).toContain('"CloseDate": "2026-12-28"');
  } finally {
    rmSync(dirname(plan), { recursive: true });
  }
});

it('knows the accounts of the plan by name', () => {
  expect(demoAccounts()).toContain('Acme Robotics');
  expect(demoAccounts()).toHaveLength(5);
});
