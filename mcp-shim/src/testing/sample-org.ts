import { ScriptedOrg, ok } from './scripted-org.ts';
import type { SeenRequest } from './scripted-org.ts';

export const opportunityId = '006000000000001AAA';
export const auditId = 'a0X000000000001AAA';
export const describePath = '/services/data/v60.0/sobjects/Opportunity/describe';
export const statusPath = '/services/apexrest/revops/v1/status';
export const policyPath = '/services/apexrest/revops/v1/objects/Opportunity';
export const writePath = '/services/apexrest/revops/v1/writes/update_field';

function field(name: string, label: string, type: string, extra: Record<string, unknown> = {}) {
  return { name, label, type, length: 255, nillable: true, updateable: true, calculated: false, nameField: false, custom: false, ...extra };
}

export const opportunityDescribe = {
  name: 'Opportunity',
  label: 'Opportunity',
  keyPrefix: '006',
  fields: [
    field('Id', 'Opportunity ID', 'id', { updateable: false }),
    field('Name', 'Name', 'string', { nameField: true }),
    field('NextStep', 'Next Step', 'string'),
    field('CloseDate', 'Close Date', 'date'),
    field('Amount', 'Amount', 'currency'),
    field('StageName', 'Stage', 'picklist', {
      nillable: false,
      picklistValues: [
        { value: 'Prospecting', active: true },
        { value: 'Old', active: false },
        { value: 'Commit', active: true },
      ],
    }),
    field('IsClosed', 'Closed', 'boolean', { updateable: false, length: 0 }),
    field('ForecastCategoryName', 'Forecast Category', 'picklist', {
      picklistValues: ['Omitted', 'Pipeline', 'Best Case', 'Commit', 'Closed'].map((value) => ({ value, active: true })),
    }),
    field('AccountId', 'Account ID', 'reference', { length: 18, referenceTo: ['Account'] }),
    field('IsPrivate', 'Private', 'boolean'),
    field('ExpectedRevenue', 'Expected Amount', 'currency', { updateable: false, calculated: true }),
    field('Reviewed__c', 'Reviewed', 'datetime'),
    field('Site__c', 'Site', 'location'),
  ],
};

/** An org with one opportunity, as far as the tools of this server ask for it. */
export async function startSampleOrg(): Promise<ScriptedOrg> {
  const org = await ScriptedOrg.start();
  org.onQuery('SELECT Id, Name, IsSandbox FROM Organization LIMIT 1', [{ Id: '00D000000000001EAA', Name: 'Acme Corp', IsSandbox: false }]);
  org.onQuery(/FROM OpportunityStage/, [
    { MasterLabel: 'Prospecting', ApiName: 'Prospecting', IsClosed: false },
    { MasterLabel: 'Qualification', ApiName: 'Qualification', IsClosed: false },
    { MasterLabel: 'Commit', ApiName: 'Commit', IsClosed: false },
    { MasterLabel: 'Closed Won', ApiName: 'Closed Won', IsClosed: true },
  ]);
  org.onQuery(/FROM Opportunity WHERE Id = /, [
    { attributes: { type: 'Opportunity' }, Id: opportunityId, Name: 'Acme renewal', NextStep: 'Call' },
  ]);
  org.on((request) => (request.path === writePath && modeOf(request) === 'preview' ? ok(previewed(request.body)) : undefined));
  org.onPath(statusPath, ok(serviceStatus));
  org.onPath(policyPath, ok(opportunityPolicy));
  org.onPath(describePath, ok(opportunityDescribe));
  org.onPath(
    '/services/data/v60.0/sobjects/Cleanup_Audit__c/describe',
    ok({ name: 'Cleanup_Audit__c', label: 'Cleanup Audit', keyPrefix: 'a0X', fields: [field('Failed__c', 'Failed', 'boolean')] }),
  );
  org.onPath(
    '/services/oauth2/userinfo',
    ok({
      user_id: '005000000000001AAA',
      organization_id: '00D000000000001EAA',
      preferred_username: 'ada@example.com',
      name: 'Ada Ops',
      email: 'ada@example.com',
      zoneinfo: 'America/Los_Angeles',
    }),
  );
  return org;
}

export const serviceStatus = {
  package_version: '0.1.0',
  api_version: 'v1',
  user: { id: '005000000000001AAA', username: 'ada@example.com' },
  writes_available: true,
  problems: [],
};

/** As the shipped policy has it. */
const opportunityPolicy = {
  object: 'Opportunity',
  writable_fields: ['Name', 'NextStep', 'CloseDate', 'Amount', 'Reviewed__c', 'F1__c'],
  writable_additions: ['$Note'],
  denied_by_policy: ['StageName', 'AccountId', 'IsPrivate'],
};

/** What stands in the one opportunity. */
const storedValues: Record<string, unknown> = {
  NextStep: 'Call',
  CloseDate: '2026-11-30',
  Amount: 5000,
  Reviewed__c: '2026-11-20T10:00:00Z',
};

interface WriteBody {
  request_id: string;
  mode: string;
  input: { field_name: string; new_value: unknown; object_id: string };
  expected?: Record<string, unknown>;
}

export function modeOf(request: SeenRequest): unknown {
  return (request.body as WriteBody | undefined)?.mode;
}

/** What the Apex service answers to the preview it has received. */
export function previewed(body: unknown, extra: Record<string, unknown> = {}): Record<string, unknown> {
  const { input } = body as WriteBody;
  const old = storedValues[input.field_name] ?? null;
  return answer(body as WriteBody, old, { status: 'preview', changed: old !== input.new_value, audit_ids: [], ...extra });
}

/** What the Apex service answers to the commit it has received. */
export function committed(body: unknown, extra: Record<string, unknown> = {}): Record<string, unknown> {
  const { input, expected } = body as WriteBody;
  return answer(body as WriteBody, expected?.[input.field_name] ?? null, {
    status: 'committed',
    changed: true,
    audit_ids: [auditId],
    audit_hashes: ['abc123'],
    ...extra,
  });
}

function answer({ request_id, input }: WriteBody, old: unknown, rest: Record<string, unknown>): Record<string, unknown> {
  return {
    request_id,
    replayed: false,
    record_id: input.object_id,
    record_label: 'Acme renewal',
    changes: [{ field: input.field_name, old, new: input.new_value, requested: true }],
    result: {},
    ...rest,
  };
}
