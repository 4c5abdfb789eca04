// @module-tag instants
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pointsOfUpdate, race, RIVALS, TERMS } from './support/race.ts';
import type { SendWrite } from './support/race.ts';
import { RestClient } from './support/rest-client.ts';
import { createDeal } from './support/sample-deal.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

let org: TestOrg;
let send: SendWrite;
beforeAll(async () => {
  org = await startTestOrg();
  const user = new RestClient(org.url, org.token);
  send = (body) => user.write('update_field', body);
});
afterAll(() => org.close());

test('an update locks the record before it writes, and writes its row before and after the change', async () => {
  const points = await pointsOfUpdate(org.local, send, { mode: 'commit', expecting: true });
  const [lock] = points.filter((point) => point.kind === 'lock');
  const writes = points.filter((point) => point.kind === 'dml');
  expect(lock?.object).toBe('Opportunity');
  expect(writes.map((point) => point.object)).toEqual(['Cleanup_Audit__c', 'Opportunity', 'Cleanup_Audit__c']);
  expect(points.findIndex((point) => point.kind === 'lock')).toBeLessThan(points.findIndex((point) => point.kind === 'dml'));
});

describe.each(Object.keys(RIVALS))('%s before every query, lock and DML statement of update_field', (rival) => {
  test.each(TERMS)('$mode, expected value: $expecting: it came first, whole, or was locked out', async (terms) => {
    const points = await pointsOfUpdate(org.local, send, terms);
    const reports = [];
    for (let before = 1; before <= points.length; before++) reports.push(await race(org.local, send, rival, before, terms));
    expect(reports.flatMap(({ violations }, index) => violations.map((violation) => `before point ${index + 1}: ${violation}`))).toEqual(
      [],
    );
    expect(reports.map(({ point }) => point)).toEqual(points);
    // Free until the record's lock is taken, and then no more.
    const lock = points.findIndex((point) => point.kind === 'lock');
    expect(lock).toBeGreaterThan(0);
    expect(reports.map(({ lockedOut }) => lockedOut)).toEqual(points.map((_point, index) => index > lock));
  });
});

describe('a record that somebody else holds', () => {
  test.each([
    ['itself', 'commit'],
    ['itself', 'preview'],
    ['its account', 'commit'],
  ])('%s, %s: refused at once, nothing left behind; once it is released the same request succeeds', async (held, mode) => {
    const { dealId, accountId } = await createDeal(org);
    const body = {
      request_id: randomUUID(),
      mode,
      justification: 'Agreed with the account owner',
      client: 'races.test',
      ...(mode === 'commit' ? { confirmation: 'console' } : {}),
      input: { object_type: 'Opportunity', object_id: dealId, field_name: 'NextStep', new_value: 'Send the order form' },
    };
    const before = await org.state();
    const release = org.local.hold(held === 'itself' ? dealId : accountId);
    expect(await send(body)).toEqual({
      status: 409,
      body: {
        request_id: body.request_id,
        error: {
          code: 'ROW_LOCKED',
          message: 'Another user or process is changing this record. Try again in a few seconds.',
          details: {},
        },
      },
    });
    expect(await org.state()).toEqual(before);
    release();
    expect((await send(body)).status).toBe(200);
  });

  test('plain REST is refused as well, and reads it', async () => {
    const { dealId } = await createDeal(org);
    const release = org.local.hold(dealId);
    const refusal = `400 [{"message":"unable to obtain exclusive access to this record or 1 records: ${dealId}","errorCode":"UNABLE_TO_LOCK_ROW","fields":[]}]`;
    await expect(org.rest.update('Opportunity', dealId, { NextStep: 'Wait' })).rejects.toThrow(refusal);
    await expect(org.rest.delete('Opportunity', dealId)).rejects.toThrow(refusal);
    expect(await org.rest.query(`SELECT NextStep FROM Opportunity WHERE Id = '${dealId}'`)).toEqual([{ NextStep: 'Call the buyer' }]);
    release();
    await org.rest.update('Opportunity', dealId, { NextStep: 'Wait' });
  });
});
