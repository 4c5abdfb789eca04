import { afterEach, beforeEach, expect, it } from 'vitest';
import { describePath, opportunityDescribe, policyPath, startSampleOrg } from '../testing/sample-org.ts';
import { fault, ok } from '../testing/scripted-org.ts';
import type { Reply, ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

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

it('lists what may be read and written, and the values of picklists', async () => {
  expect(await shim.call('describe_object', { object_type: 'Opportunity', search: 'stage' })).toEqual({
    object: { name: 'Opportunity', label: 'Opportunity', key_prefix: '006', may_add: ['$Note'] },
    fields: [
      {
        name: 'StageName',
        label: 'Stage',
        type: 'picklist',
        nillable: false,
        writable: false,
        not_writable: 'policy',
        length: 255,
        picklist_values: ['Prospecting', 'Commit'],
      },
    ],
    total_count: 1,
    truncated: false,
  });
  expect(await shim.call('describe_object', { object_type: 'Opportunity', search: 'AccountId' })).toMatchObject({
    fields: [{ name: 'AccountId', reference_to: ['Account'] }],
  });
  expect(org.wire).toEqual([`GET ${describePath}`, `GET ${policyPath}`]);
});

it('tells for each field whether it may be written, and why not', async () => {
  const { fields } = (await shim.call('describe_object', { object_type: 'Opportunity' })) as {
    fields: { name: string; writable: boolean; not_writable?: string }[];
  };
  expect(Object.fromEntries(fields.map(({ name, writable, not_writable }) => [name, writable ? 'yes' : not_writable]))).toMatchObject({
    NextStep: 'yes',
    StageName: 'policy',
    AccountId: 'policy',
    IsClosed: 'access',
    Site__c: 'not_settable',
  });
});

it.each<[string, Reply, string]>([
  ['a service that is not there', fault(404, 'NOT_FOUND', 'no match'), 'The Apex write service does not answer in this org'],
  ['a user without it', { status: 403, body: { error: { code: 'PERMISSION_DENIED', message: 'No.' } } }, 'Salesforce answered HTTP 403'],
  ['another version', ok({ hello: 'world' }), 'its version does not fit'],
])('%s: what may be read is listed, and the policy is said to be unknown', async (_what, reply, said) => {
  org.onPath(policyPath, reply);
  expect(await shim.call('describe_object', { object_type: 'Opportunity', search: 'stage' })).toMatchObject({
    fields: [{ name: 'StageName', writable: true }],
    meta: { notes: [expect.stringContaining(said) as string] },
  });
});

it('a read-only server does not ask for the policy', async () => {
  const readOnly = await connectShim(org.url, { env: { REVOPS_READ_ONLY: 'true' } });
  await readOnly.call('describe_object', { object_type: 'Opportunity' });
  expect(org.wire).toEqual([`GET ${describePath}`]);
  await readOnly.close();
});

it('stops at 50 fields, and shows no values where more than 20 match', async () => {
  const picklist = { type: 'picklist', picklistValues: [{ value: 'A', active: true }] };
  const fields = Array.from({ length: 60 }, (_, index) => ({ ...opportunityDescribe.fields[0], ...picklist, name: `F${index}__c` }));
  org.onPath(describePath, ok({ ...opportunityDescribe, fields }));
  const all = await shim.call('describe_object', { object_type: 'Opportunity' });
  expect(all).toMatchObject({
    total_count: 60,
    truncated: true,
    meta: { notes: ['Only 50 of 60 fields are listed: narrow with search.'] },
  });
  expect(all['fields']).toHaveLength(50);
  expect(JSON.stringify(all)).not.toContain('picklist_values');
  expect(await shim.call('describe_object', { object_type: 'Opportunity', search: 'f1' })).toMatchObject({
    fields: [{ name: 'F1__c', picklist_values: ['A'] }, { name: 'F10__c' }, {}, {}, {}, {}, {}, {}, {}, {}, {}],
  });
});

it('says when nothing matches, and when the object is not there', async () => {
  expect(await shim.call('describe_object', { object_type: 'Opportunity', search: 'zzz' })).toMatchObject({
    fields: [],
    meta: { notes: ['No visible field matches. Try a shorter search, or leave it out.'] },
  });
  org.on(({ path }) => (path.includes('/Nope__c/') ? fault(404, 'NOT_FOUND', 'The requested resource does not exist') : undefined));
  expect(await shim.call('describe_object', { object_type: 'Nope__c' })).toMatchObject({
    error: { code: 'INVALID_INPUT', details: { cause: 'NOT_VISIBLE' } },
  });
});

it('dry_run shows the describe, or nothing where it is known', async () => {
  expect(await shim.call('describe_object', { object_type: 'Opportunity', dry_run: true })).toEqual({
    meta: {
      dry_run: [
        { method: 'GET', path: describePath },
        { method: 'GET', path: policyPath },
      ],
    },
  });
  expect(org.requests).toEqual([]);
  await shim.call('describe_object', { object_type: 'Opportunity' });
  expect(await shim.call('describe_object', { object_type: 'opportunity', dry_run: true })).toEqual({ meta: { dry_run: [] } });
});
