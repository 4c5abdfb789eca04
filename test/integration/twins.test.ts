// @module-tag instants
import { afterAll, describe, expect, test } from 'vitest';
import { changeSettings } from './support/administrator.ts';
import { operationsOf, SCENES } from './support/race-operations.ts';
import { MEANWHILE, pointsOf, raceTwin } from './support/race-twins.ts';
import type { Meanwhile, Send } from './support/race-twins.ts';
import { RestClient } from './support/rest-client.ts';
import { startLocalTestOrg } from './support/test-org.ts';

/** Each operation, interrupted before each of its queries, locks and DML statements: committed rows are the distinct changes. */
const org = await startLocalTestOrg();
changeSettings(org, { Max_Writes_Per_Hour__c: 100_000 });
const caller = new RestClient(org.url, org.token);
const send: Send = (operation, body) => caller.write(operation, body);
afterAll(() => org.close());

const TERMS = [
  { mode: 'commit', expecting: true },
  { mode: 'commit', expecting: false },
  { mode: 'preview', expecting: false },
] as const;

describe.each(operationsOf(org.local))('%s', (operation) => {
  test('has a scene to be raced in', () => expect(Object.keys(SCENES)).toContain(operation));

  test('writes its record and its rows, and locks what is there already before it writes', async () => {
    const points = await pointsOf(org.local, send, operation, { mode: 'commit', expecting: false });
    const kinds = points.map((point) => point.kind);
    expect(points.filter((point) => point.kind === 'dml').map((point) => point.object)).toContain('Cleanup_Audit__c');
    if (!operation.startsWith('create_')) expect(kinds.indexOf('lock')).toBeLessThan(kinds.indexOf('dml'));
  });

  describe.each(Object.keys(MEANWHILE) as Meanwhile[])('%s before each of its points', (meanwhile) => {
    test.each(TERMS)('$mode, expected value: $expecting', async (terms) => {
      const points = await pointsOf(org.local, send, operation, terms);
      const violations: string[] = [];
      for (let before = 1; before <= points.length; before++) {
        const report = await raceTwin(org.local, send, operation, meanwhile, before, terms);
        expect(report.point).toEqual(points[before - 1]);
        violations.push(...report.violations.map((what) => `before ${report.point.kind} ${report.point.object} (${before}): ${what}`));
      }
      expect(violations).toEqual([]);
      expect(points.length).toBeGreaterThan(3);
    });
  });
});
