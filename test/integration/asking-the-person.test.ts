import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { refusalOf } from './support/calls.ts';
import { change, createDeal } from './support/sample-deal.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** What a client answers to the question in the middle of a call, and what is in the org afterwards. */
let org: TestOrg;
let dealId: string;
beforeAll(async () => {
  org = await startTestOrg();
});
beforeEach(async () => {
  ({ dealId } = await createDeal(org));
});
afterAll(() => org.close());

type Answer = Awaited<ReturnType<NonNullable<NonNullable<Parameters<TestOrg['connect']>[1]>['person']>>>;

const nextStep = async (): Promise<unknown> =>
  (await org.rest.query(`SELECT NextStep FROM Opportunity WHERE Id = '${dealId}'`))[0]?.['NextStep'];
const nothingWritten = async (): Promise<void> => {
  expect(await nextStep()).toBe('Call the buyer');
  expect(await org.auditRows('Id', dealId)).toEqual([]);
};
const confirmWith = (shim: ShimClient, { change: line, confirmation_token }: Record<string, unknown>) =>
  shim.call('confirm_write', { change: line, confirmation_token });

describe('no: nothing is written, and no token is left', () => {
  test.each([
    ['decline', 'DECLINED', 'The user declined this change, and nothing was written. Do not try it again unless they ask for it.'],
    ['cancel', 'DISMISSED', 'The user closed the question without an answer, and nothing was written. Ask them before you try again.'],
  ] as const)('%s', async (action, cause, message) => {
    const shim = await org.connect({}, { person: () => Promise.resolve({ action }) });
    const refusal = await refusalOf(shim, 'update_field', change(dealId, 'NextStep', 'Sign'));
    expect(refusal).toMatchObject({ code: 'PERMISSION_DENIED', message, details: { cause } });
    expect(JSON.stringify(refusal)).not.toContain('confirmation_token');
    await nothingWritten();
  });
});

describe('no answer that counts: the preview with its token, which a person may still confirm', () => {
  test.each<[what: string, answer: () => Promise<unknown>]>([
    ['an action that does not exist', () => Promise.resolve({ action: 'maybe', content: { yes: true } })],
    ['yes in other words', () => Promise.resolve({ action: 'ACCEPT' })],
    ['nothing at all', () => Promise.resolve({})],
    ['an error', () => Promise.reject(new Error('no dialog here'))],
  ])('%s', async (_what, answer) => {
    const shim = await org.connect({}, { person: () => answer() as Promise<Answer> });
    const previewed = await shim.call('update_field', change(dealId, 'NextStep', 'Sign'));
    expect(previewed).toMatchObject({ status: 'confirmation_required' });
    await nothingWritten();
    expect(await confirmWith(shim, previewed)).toMatchObject({ status: 'committed' });
    expect(await org.auditRows('Confirmation__c', dealId)).toEqual([{ Confirmation__c: 'token' }]);
  });

  test('a yes that comes too late', async () => {
    const late = Promise.withResolvers<Answer>();
    const shim = await org.connect({}, { person: () => late.promise, approvalTimeLimitMs: 50 });
    const previewed = await shim.call('update_field', change(dealId, 'NextStep', 'Sign'));
    expect(previewed).toMatchObject({ status: 'confirmation_required' });
    late.resolve({ action: 'accept', content: {} });
    // Whatever the late answer set off has gone out by the time another call has come back.
    expect(await shim.call('get_audit_trail', { record_id: dealId })).toMatchObject({ total_count: 0 });
    await nothingWritten();
    expect(await confirmWith(shim, previewed)).toMatchObject({ status: 'committed' });
  });
});

test('the call is gone when the answer comes: nothing is written, and nothing is wrong with the server', async () => {
  const asked = Promise.withResolvers<undefined>();
  const reply = Promise.withResolvers<Answer>();
  const shim = await org.connect({}, { person: () => (asked.resolve(undefined), reply.promise) });
  const controller = new AbortController();
  const call = shim.client.callTool({ name: 'update_field', arguments: change(dealId, 'NextStep', 'Sign') }, undefined, {
    signal: controller.signal,
  });
  await asked.promise;
  controller.abort('no longer needed');
  await expect(call).rejects.toThrow('no longer needed');
  reply.resolve({ action: 'accept', content: {} });
  await expect.poll(() => shim.log.find((line) => line['event'] === 'tool_call')).toMatchObject({ cause: 'CANCELLED' });
  expect(shim.log.filter((line) => line['level'] === 'error')).toEqual([]);
  expect(await shim.call('get_audit_trail', { record_id: dealId })).toMatchObject({ total_count: 0 });
  await nothingWritten();
});

test('what moved while the person thought is a conflict, not overwritten', async () => {
  const shim = await org.connect(
    {},
    {
      person: async () => {
        await org.rest.update('Opportunity', dealId, { NextStep: 'Somebody else was faster' });
        return { action: 'accept', content: {} };
      },
    },
  );
  expect(await refusalOf(shim, 'update_field', change(dealId, 'NextStep', 'Sign'))).toMatchObject({
    code: 'SF_API_ERROR',
    message: expect.stringMatching(/Call update_field again to see the current value, and confirm the new change line\.$/) as unknown,
    details: { cause: 'CONFLICT' },
  });
  expect(await nextStep()).toBe('Somebody else was faster');
  expect(await org.auditRows('Failed__c, Confirmation__c', dealId)).toEqual([{ Failed__c: true, Confirmation__c: 'elicitation' }]);
});
