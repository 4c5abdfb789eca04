import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDeal, justification } from './support/sample-deal.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** The write service as flows, agents and hosted MCP servers call it: the Apex action, over the REST resource for actions. */
let org: TestOrg;
let dealId: string;
beforeAll(async () => {
  org = await startTestOrg();
});
beforeEach(async () => {
  ({ dealId } = await createDeal(org));
});
afterAll(() => org.close());

const update = (field: string, value: unknown): Record<string, string> => ({
  operation: 'update_field',
  requestId: randomUUID(),
  mode: 'commit',
  justification,
  confirmation: 'host',
  inputJson: JSON.stringify({ object_type: 'Opportunity', object_id: dealId, field_name: field, new_value: value }),
});

interface ActionAnswer {
  readonly isSuccess: boolean;
  readonly outputValues: Readonly<Record<string, unknown>>;
}

async function run(inputs: readonly unknown[]): Promise<readonly ActionAnswer[]> {
  const response = await fetch(`${org.url}/services/data/v67.0/actions/custom/apex/RevOpsWriteAction`, {
    method: 'POST',
    headers: { authorization: `Bearer ${org.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ inputs }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as readonly ActionAnswer[];
}

test('one result for each input: a refused one undoes nothing of the others, and each row names its channel', async () => {
  const answers = await run([update('NextStep', 'Sign'), update('OwnerId', dealId), update('Amount', 1300.25)]);
  expect(answers.map(({ isSuccess, outputValues }) => [isSuccess, outputValues['success'], outputValues['errorCode']])).toEqual([
    [true, true, null],
    [true, false, 'INVALID_INPUT'],
    [true, true, null],
  ]);
  expect(await org.rest.query(`SELECT NextStep, Amount FROM Opportunity WHERE Id = '${dealId}'`)).toEqual([
    { NextStep: 'Sign', Amount: 1300.25 },
  ]);
  expect(await org.auditRows('Field_Name__c, Channel__c, Changed__c, Sequence__c', dealId)).toEqual([
    { Field_Name__c: 'NextStep', Channel__c: 'INVOCABLE_ACTION', Changed__c: true, Sequence__c: 1 },
    { Field_Name__c: 'Amount', Channel__c: 'INVOCABLE_ACTION', Changed__c: true, Sequence__c: 2 },
  ]);
});

test('the action and the REST service know the same requests', { tags: 'people' }, async () => {
  const input = update('NextStep', 'Sign');
  const [first] = await run([input]);
  const { status, body } = await org.rest.write('update_field', {
    request_id: input['requestId'],
    mode: 'commit',
    justification,
    confirmation: 'host',
    input: { object_type: 'Opportunity', object_id: dealId, field_name: 'NextStep', new_value: 'Send' },
  });
  // The administrator is another user: the request id is his own to use.
  expect([status, (body as { replayed: unknown }).replayed]).toEqual([200, false]);
  const [again] = await run([input]);
  expect(JSON.parse(String(again?.outputValues['responseJson']))).toEqual({
    ...(JSON.parse(String(first?.outputValues['responseJson'])) as object),
    replayed: true,
  });
  expect(await org.auditRows('Channel__c', dealId)).toEqual([{ Channel__c: 'INVOCABLE_ACTION' }, { Channel__c: 'REST' }]);
});
