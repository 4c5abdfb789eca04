import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Point } from '../local-org/src/transaction/races.ts';
import { pointsOfUpdate, race, RIVALS } from './support/race.ts';
import type { SendWrite } from './support/race.ts';
import { RestClient } from './support/rest-client.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

let org: TestOrg;
let send: SendWrite;
let points: readonly Point[];
beforeAll(async () => {
  org = await startTestOrg();
  const user = new RestClient(org.url, org.token);
  send = (body) => user.write('update_field', body);
  points = await pointsOfUpdate(org.local, send);
});
afterAll(() => org.close());

test('an update queries, locks and changes the record, and writes its row before and after', () => {
  const firstLock = points.findIndex((point) => point.kind === 'lock');
  const firstDml = points.findIndex((point) => point.kind === 'dml');
  expect(points[firstLock]).toEqual({ kind: 'lock', object: 'Opportunity' });
  expect(points[firstDml]).toEqual({ kind: 'dml', object: 'Cleanup_Audit__c' });
  expect(firstLock).toBeLessThan(firstDml);
  expect(points.filter((point) => point.kind === 'dml').map((point) => point.object)).toEqual([
    'Cleanup_Audit__c',
    'Opportunity',
    'Cleanup_Audit__c',
  ]);
});

describe.each(Object.keys(RIVALS))('%s before every query, lock and DML statement of update_field', (rival) => {
  test.each([
    ['with the value that the caller saw', true],
    ['without it', false],
  ])('%s: either came first whole, or was locked out', async (_, expecting) => {
    const reports = [];
    for (let before = 1; before <= points.length; before++) reports.push(await race(org.local, send, rival, before, expecting));
    expect(reports.flatMap(({ violations }, index) => violations.map((violation) => `before point ${index + 1}: ${violation}`))).toEqual(
      [],
    );
    expect(reports.map(({ point }) => point)).toEqual(points);
    // Free until the record's lock is taken, and then no more.
    const lock = points.findIndex((point) => point.kind === 'lock');
    expect(reports.map(({ lockedOut }) => lockedOut)).toEqual(points.map((_point, index) => index > lock));
  });
});
