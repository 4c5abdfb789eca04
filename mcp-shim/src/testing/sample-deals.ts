import { describePath, opportunityDescribe } from './sample-org.ts';
import { ok } from './scripted-org.ts';
import type { ScriptedOrg } from './scripted-org.ts';

export const accountDescribePath = '/services/data/v60.0/sobjects/Account/describe';

interface Field {
  name: string;
  type?: string;
  referenceTo?: string[];
}

function described(fields: readonly (Field | string)[], hidden: readonly string[]) {
  return fields
    .map((field) => (typeof field === 'string' ? { name: field } : field))
    .filter(({ name }) => !hidden.includes(name))
    .map((field) => ({ label: field.name, type: 'string', updateable: true, nameField: false, nillable: true, ...field }));
}

const dealFields: readonly (Field | string)[] = [
  { name: 'OwnerId', type: 'reference', referenceTo: ['User'] },
  { name: 'Probability', type: 'percent' },
  { name: 'LastActivityDate', type: 'date' },
  { name: 'LastStageChangeDate', type: 'datetime' },
  { name: 'CreatedDate', type: 'datetime' },
  { name: 'PushCount', type: 'int' },
];

/** Describes of what the tools for deals ask for: opportunity, account, event and contact role, as a user with these fields hidden sees them. */
export function describeDeals(org: ScriptedOrg, hidden: readonly string[] = [], more: readonly (Field | string)[] = []): void {
  const hiddenOf = (object: string): string[] =>
    hidden.filter((name) => name.startsWith(`${object}.`)).map((name) => name.slice(object.length + 1));
  const describe = (object: string, keyPrefix: string, fields: unknown): void =>
    org.onPath(
      `/services/data/v60.0/sobjects/${object}/describe`,
      hidden.includes(object)
        ? { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }] }
        : ok({ name: object, label: object, keyPrefix, fields }),
    );
  const own = opportunityDescribe.fields.filter(({ name }) => !hidden.includes(name));
  org.onPath(describePath, ok({ ...opportunityDescribe, fields: [...own, ...described([...dealFields, ...more], hidden)] }));
  describe('Account', '001', described(['Id', 'Name', 'LastActivityDate'], hiddenOf('Account')));
  describe('Event', '00U', described(['Id', 'AccountId', 'StartDateTime'], hiddenOf('Event')));
  describe('OpportunityContactRole', '00K', described(['Id', 'OpportunityId'], hiddenOf('OpportunityContactRole')));
}

/** A row as SOQL gives it. */
export function dealRow(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    attributes: { type: 'Opportunity' },
    Id: '006000000000001AAA',
    Name: 'Acme renewal',
    AccountId: '001000000000001AAA',
    Account: { Name: 'Acme', LastActivityDate: '2026-11-20' },
    OwnerId: '005000000000001AAA',
    Owner: { Name: 'Ada Ops', IsActive: true },
    StageName: 'Commit',
    Amount: 5000.5,
    CloseDate: '2026-11-30',
    Probability: 90,
    ForecastCategoryName: 'Commit',
    NextStep: 'Call',
    LastActivityDate: '2026-11-19',
    LastStageChangeDate: '2026-11-10T03:00:00.000+0000',
    CreatedDate: '2026-01-05T03:00:00.000+0000',
    PushCount: 0,
    OpportunityContactRoles: { totalSize: 1, done: true, records: [{ Id: '00K000000000001AAA' }] },
    ...fields,
  };
}
