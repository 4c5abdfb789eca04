import { afterEach, beforeEach, expect, it } from 'vitest';
import { opportunityId, startSampleOrg } from '../testing/sample-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { auditId, onRefusal, onWrite, requested, writesOf } from '../testing/scripted-writes.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

const leadId = '00Q000000000001EAA';

let org: ScriptedOrg;
let shim: ShimClient;
beforeEach(async () => {
  org = await startSampleOrg();
  onWrite(org, 'update_lead_status', {
    record_id: leadId,
    record_label: 'Kim Ito',
    changes: [requested('Status', 'Open', 'Working')],
    result: { previous_status: 'Open', new_status: 'Working' },
  });
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

const args = { lead_id: leadId.slice(0, 15), status: 'Working' };

it('previews the step, and commits it only while the lead stands where it stood [crm-089]', async () => {
  const preview = await shim.call('update_lead_status', args);
  expect(preview).toMatchObject({
    status: 'confirmation_required',
    change: 'PRODUCTION · Kim Ito · Status Open → Working',
    record_id: leadId,
    record_label: 'Kim Ito',
    url: `${org.url}/${leadId}`,
  });
  expect(preview).not.toHaveProperty('previous_status');
  expect(await shim.call('confirm_write', { change: preview['change'], confirmation_token: preview['confirmation_token'] })).toMatchObject({
    success: true,
    message: `Status was updated. Audit row ${auditId}.`,
    previous_status: 'Open',
    new_status: 'Working',
  });
  expect(writesOf(org, 'update_lead_status', 'commit')).toMatchObject([
    { body: { input: { lead_id: leadId, status: 'Working' }, expected: { Status: 'Open' } } },
  ]);
});

it('a converted lead is refused in the words of the service', async () => {
  onRefusal(org, 'update_lead_status', 400, 'INVALID_INPUT');
  expect(await shim.call('update_lead_status', args)).toMatchObject({
    error: { message: expect.stringContaining('call update_lead_status again') as string },
  });
});

it.each<[Record<string, unknown>, string]>([
  [{ status: 'Working' }, 'lead_id is missing'],
  [{ ...args, lead_id: opportunityId }, 'lead_id must be the id of a lead'],
  [{ ...args, status: ' ' }, 'status must not be empty'],
  [{ ...args, status: null }, 'status must be a string, not null'],
  [{ ...args, status: 'x'.repeat(256) }, 'status must be at most 255 characters'],
])('refuses %j before a request', async (bad, said) => {
  expect(await shim.call('update_lead_status', bad)).toMatchObject({
    error: { code: 'INVALID_INPUT', message: expect.stringContaining(said) as string },
  });
  expect(org.requests).toEqual([]);
});
