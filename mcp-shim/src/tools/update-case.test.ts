import { afterEach, beforeEach, expect, it } from 'vitest';
import { opportunityId, startSampleOrg } from '../testing/sample-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { auditId, onWrite, requested, writesOf } from '../testing/scripted-writes.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

const caseId = '500000000000001AAA';

let org: ScriptedOrg;
let shim: ShimClient;
beforeEach(async () => {
  org = await startSampleOrg();
  onWrite(org, 'update_case', {
    record_id: caseId,
    record_label: '00001027',
    changes: [requested('Status', 'New', 'Working'), requested('$Comment', null, 'Called back')],
    result: { updated_fields: ['Status', '$Comment'] },
  });
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

it('previews fields and comment in one line; only the fields are expected to be as they were [crm-060]', async () => {
  const preview = await shim.call('update_case', { case_id: caseId.slice(0, 15), status: 'Working', comment: 'Called back' });
  expect(preview).toMatchObject({
    change: 'PRODUCTION · Case 00001027 · Status New → Working · New comment Called back',
    record_id: caseId,
    record_label: '00001027',
  });
  expect(await shim.call('confirm_write', { change: preview['change'], confirmation_token: preview['confirmation_token'] })).toMatchObject({
    success: true,
    message: `Case 00001027 was updated (Status, $Comment). Audit row ${auditId}.`,
    updated_fields: ['Status', '$Comment'],
  });
  expect(writesOf(org, 'update_case', 'commit')).toMatchObject([
    { body: { input: { case_id: caseId, status: 'Working', comment: 'Called back' }, expected: { Status: 'New' } } },
  ]);
  expect((writesOf(org, 'update_case', 'commit')[0]?.body as { expected: unknown }).expected).toEqual({ Status: 'New' });
});

it.each<[Record<string, unknown>, string]>([
  [{ status: 'Working' }, 'case_id is missing'],
  [{ case_id: opportunityId, status: 'Working' }, 'case_id must be the id of a case'],
  [{ case_id: caseId }, 'priority is missing, and so are status, type and comment: there is nothing to change'],
  [{ case_id: caseId, status: null, comment: null }, 'there is nothing to change'],
  [{ case_id: caseId, priority: 'Urgent' }, 'priority must be High, Medium or Low'],
  [{ case_id: caseId, comment: 'x'.repeat(4_001) }, 'comment must be at most 4,000 characters'],
  [{ case_id: caseId, comment: '\u200b' }, 'comment'],
])('refuses %j before a request', async (bad, said) => {
  expect(await shim.call('update_case', bad)).toMatchObject({
    error: { code: 'INVALID_INPUT', message: expect.stringContaining(said) as string },
  });
  expect(org.requests).toEqual([]);
});
