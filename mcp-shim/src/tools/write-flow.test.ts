import { afterEach, beforeEach, expect, it } from 'vitest';
import { opportunityId, startSampleOrg } from '../testing/sample-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { onWrite } from '../testing/scripted-writes.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';
import { maxResultLength } from '../untrusted-text.ts';

let org: ScriptedOrg;
let shim: ShimClient;
beforeEach(async () => {
  org = await startSampleOrg();
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

const args = {
  object_type: 'Opportunity',
  object_id: opportunityId,
  field_name: 'CloseDate',
  new_value: '2026-12-18',
  justification: 'Customer moved the signature to December',
};

it('more side effects than one answer holds: the first ones, and a note; the change itself always', async () => {
  const changes = [
    ...Array.from({ length: 200 }, (_, at) => ({ field: `Effect_${at}__c`, old: 'o'.repeat(255), new: 'n'.repeat(255), requested: false })),
    { field: 'CloseDate', old: '2026-11-30', new: '2026-12-18', requested: true },
  ];
  onWrite(org, 'update_field', { record_id: opportunityId, record_label: 'Acme renewal', changes });
  const shown = await shim.call('update_field', args);
  const done = await shim.call('confirm_write', { change: shown['change'], confirmation_token: shown['confirmation_token'] });
  for (const answer of [shown, done]) {
    const told = answer['changes'] as { field: string }[];
    expect(JSON.stringify(answer).length).toBeLessThan(maxResultLength);
    expect(told.length).toBeGreaterThan(80);
    expect(told.slice(0, -1)).toEqual(changes.slice(0, told.length - 1));
    expect(told.at(-1)).toEqual(changes.at(-1));
    expect(answer['meta']).toEqual({
      notes: [`Only ${told.length - 1} of 200 side effects fit into one answer. The audit row keeps them all.`],
    });
  }
  expect(done['message']).toMatch(/ Automation also changed Effect_0__c, .*, Effect_19__c and 180 more fields\. Audit row /);
});
