import { afterEach, beforeEach, expect, it } from 'vitest';
import { modeOf, opportunityId, startSampleOrg } from '../testing/sample-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { auditId, onRefusal, onWrite, requested, writesOf } from '../testing/scripted-writes.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

let org: ScriptedOrg;
let shim: ShimClient;
beforeEach(async () => {
  org = await startSampleOrg();
  org.onQuery(/FROM Cleanup_Audit__c WHERE Id = /, [{ Object_Name__c: 'Opportunity', Field_Name__c: 'CloseDate' }]);
  onWrite(org, 'revert_change', {
    record_id: opportunityId,
    record_label: 'Acme renewal',
    changes: [requested('CloseDate', '2026-12-18', '2026-11-30')],
  });
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

const args = { audit_id: auditId.slice(0, 15), justification: 'The customer kept to November' };

it('previews the way back under the label of the field, and takes it only while the new value stands', async () => {
  const preview = await shim.call('revert_change', args);
  expect(preview).toMatchObject({ change: 'PRODUCTION · Acme renewal · Close Date 2026-12-18 → 2026-11-30', record_id: opportunityId });
  expect(await shim.call('confirm_write', { change: preview['change'], confirmation_token: preview['confirmation_token'] })).toMatchObject({
    success: true,
    message: `Close Date was updated. Audit row ${auditId}.`,
    audit_id: auditId,
    url: `${org.url}/${opportunityId}`,
  });
  expect(writesOf(org, 'revert_change', 'commit')).toMatchObject([
    { body: { input: { audit_id: auditId }, justification: args.justification, expected: { CloseDate: '2026-12-18' } } },
  ]);
});

it('a row that is not visible is not found', async () => {
  org.onQuery(/FROM Cleanup_Audit__c WHERE Id = /, []);
  expect(await shim.call('revert_change', args)).toMatchObject({
    error: { code: 'NOT_FOUND', message: expect.stringContaining('Find it with get_audit_trail.') as string },
  });
});

it('what was reverted already is a conflict, in the words of the service alone', async () => {
  onRefusal(org, 'revert_change', 409, 'CONFLICT');
  expect(await shim.call('revert_change', args)).toMatchObject({
    error: { code: 'SF_API_ERROR', message: 'The service says CONFLICT.', details: { cause: 'CONFLICT' } },
  });
});

it.each(['required', 'host'])('so it is at the commit: another preview would be refused as well (%s)', async (confirmation) => {
  const server = await connectShim(org.url, { env: { REVOPS_CONFIRMATION: confirmation } });
  const message = 'NextStep has moved. Read the record again and decide anew.';
  const { change, confirmation_token } = confirmation === 'required' ? await server.call('revert_change', args) : {};
  org.on((request) =>
    modeOf(request) === 'commit'
      ? { status: 409, body: { request_id: 'x', error: { code: 'CONFLICT', message, details: {} } } }
      : undefined,
  );
  const answer =
    confirmation === 'required'
      ? await server.call('confirm_write', { change, confirmation_token })
      : await server.call('revert_change', args);
  expect(answer).toMatchObject({ error: { code: 'SF_API_ERROR', message, details: { cause: 'CONFLICT' } } });
  await server.close();
});

it.each<[Record<string, unknown>, string]>([
  [{ justification: args.justification }, 'audit_id is missing'],
  [{ audit_id: 'CA-000001', justification: args.justification }, 'audit_id must be a 15- or 18-character Salesforce record id'],
  [{ audit_id: auditId }, 'justification is missing'],
  [{ audit_id: auditId, justification: 'too short ' }, 'justification must say why'],
])('refuses %j before a request', async (bad, said) => {
  expect(await shim.call('revert_change', bad)).toMatchObject({
    error: { code: 'INVALID_INPUT', message: expect.stringContaining(said) as string },
  });
  expect(org.requests).toEqual([]);
});

it('dry_run shows the look-up of the row and the preview', async () => {
  const { meta } = (await shim.call('revert_change', { ...args, dry_run: true })) as { meta: { dry_run: { path: string }[] } };
  expect(meta.dry_run.map(({ path }) => path)).toEqual([
    '/services/data/v60.0/sobjects/Cleanup_Audit__c/describe',
    '/services/apexrest/revops/v1/status',
    '/services/data/v60.0/composite',
    '/services/data/v60.0/composite',
    '/services/apexrest/revops/v1/writes/revert_change',
  ]);
  expect(org.requests).toEqual([]);
});
