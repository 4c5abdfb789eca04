import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { createDeal } from './support/sample-deal.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** Every argument that is written reaches its field, and what is left out is not touched. */
let org: TestOrg;
let shim: ShimClient;
beforeAll(async () => {
  org = await startTestOrg();
  shim = await org.connect();
});
afterAll(() => org.close());

/** Previews, confirms, and returns what was answered. */
async function write(tool: string, args: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { change, confirmation_token } = await shim.call(tool, args);
  const answer = await shim.call('confirm_write', { change, confirmation_token });
  expect(answer, JSON.stringify(answer)).toMatchObject({ success: true });
  return answer;
}

const row = async (soql: string): Promise<unknown> => (await org.rest.query(soql))[0];

test.each([
  ['Medium unless given', {}, { Priority: 'Medium', Type: null }],
  ['High, and a type', { priority: 'High', type: 'Electrical' }, { Priority: 'High', Type: 'Electrical' }],
  ['Low', { priority: 'Low', type: null }, { Priority: 'Low', Type: null }],
])('create_case: priority %s [crm-053, crm-054]', async (_what, args, stored) => {
  const { case_id } = await write('create_case', { subject: 'Login broken', description: 'Since Monday', ...args });
  expect(await row(`SELECT Subject, Description, Priority, Type FROM Case WHERE Id = '${String(case_id)}'`)).toEqual({
    Subject: 'Login broken',
    Description: 'Since Monday',
    ...stored,
  });
});

test.each([
  ['[crm-062] the priority', { priority: 'Low' }, { Priority: 'Low', Status: 'New', Type: 'Mechanical' }, ['Priority']],
  ['[crm-063] the status', { status: 'Escalated' }, { Priority: 'High', Status: 'Escalated', Type: 'Mechanical' }, ['Status']],
  ['[crm-064] the type', { type: 'Structural' }, { Priority: 'High', Status: 'New', Type: 'Structural' }, ['Type']],
])('update_case: %s alone', async (_what, args, stored, updated) => {
  const caseId = await org.rest.create('Case', { Subject: 'Broken', Status: 'New', Priority: 'High', Type: 'Mechanical', Origin: 'Web' });
  expect(await write('update_case', { case_id: caseId, ...args })).toMatchObject({ updated_fields: updated });
  expect(await row(`SELECT Priority, Status, Type FROM Case WHERE Id = '${caseId}'`)).toEqual(stored);
});

test.each([
  ['Normal unless given', {}, { Priority: 'Normal', Description: null, ActivityDate: null }],
  [
    'Low, and a description',
    { priority: 'Low', description: 'Two\nlines' },
    { Priority: 'Low', Description: 'Two\nlines', ActivityDate: null },
  ],
])('create_task: priority %s [crm-076, crm-080]', async (_what, args, stored) => {
  const { dealId } = await createDeal(org);
  const { task_id } = await write('create_task', { subject: 'Call back', related_to_id: dealId, ...args });
  expect(await row(`SELECT Priority, Description, ActivityDate FROM Task WHERE Id = '${String(task_id)}'`)).toEqual(stored);
});
