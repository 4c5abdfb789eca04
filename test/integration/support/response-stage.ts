import { randomUUID } from 'node:crypto';
import { changeSettings } from './administrator.ts';
import { person } from './people.ts';
import type { Person } from './people.ts';
import { RestClient } from './rest-client.ts';
import type { PlainRecord } from './rest-client.ts';
import { createDeal, justification } from './sample-deal.ts';
import { fixture, FORCE_APP, startLocalTestOrg } from './test-org.ts';
import type { TestOrg } from './test-org.ts';

export const BEFORE = 'Call the buyer';
export const SETTINGS = { Max_Writes_Per_Hour__c: 100_000 };

/**
 * Who sends a request: somebody who may do everything, the owner of the deal who does not see its amount, somebody who may edit
 * deals and sees this one without owning it, somebody who may only read deals, somebody who may call the class and not the service, and a portal user.
 */
export type Role = 'everybody' | 'editor' | 'seer' | 'reader' | 'classOnly' | 'portal';

/** Everything that a write may leave behind. */
export interface Everything {
  readonly records: unknown;
  readonly rows: readonly PlainRecord[];
}

const ROW =
  'Id, Operation__c, Object_Name__c, Record_Id__c, Record_Label__c, Field_Name__c, Old_Value__c, New_Value__c, Requested_Value__c, ' +
  'Side_Effects__c, Changed__c, Failed__c, Error_Code__c, Error_Message__c, Justification__c, Performed_By__c, Performed_By_Id__c, ' +
  'Client__c, Confirmation__c, Channel__c, Request_Id__c, Request_Key__c, Response__c, Ordinal__c, Sequence__c, Row_Hash__c, Review_Status__c';
const RECORDS: readonly string[] = [
  'SELECT Id, Name, NextStep, Description, Amount, Type, StageName, CloseDate, AccountId, LastModifiedById FROM Opportunity ORDER BY Id',
  'SELECT Id, Status, Company FROM Lead ORDER BY Id',
  'SELECT Id, Subject, Status, Priority FROM Case ORDER BY Id',
  'SELECT Id, CommentBody FROM CaseComment ORDER BY Id',
  'SELECT Id, Subject FROM Task ORDER BY Id',
  'SELECT Id, Name FROM Account ORDER BY Id',
];

/** An org with the people and records that the situations of the response table need. */
export class ResponseStage {
  readonly org: TestOrg;
  readonly dealId: string;
  readonly #people: Readonly<Record<Role, Person>>;
  readonly #ids: Readonly<Record<string, () => Promise<string> | string>>;

  private constructor(
    org: TestOrg,
    people: Readonly<Record<Role, Person>>,
    ids: Readonly<Record<'deal' | 'lead' | 'converted' | 'case', string>>,
  ) {
    this.org = org;
    this.#people = people;
    this.dealId = ids.deal;
    this.#ids = {
      '<deal>': () => ids.deal,
      '<lead>': () => ids.lead,
      '<converted lead>': () => ids.converted,
      '<case>': () => ids.case,
      '<deleted deal>': async () => {
        const { dealId } = await createDeal(org);
        await org.rest.delete('Opportunity', dealId);
        return dealId;
      },
      '<foreign deal>': async () => (await createDeal(org)).dealId,
      '<change>': () => this.#change(),
      '<refused change>': async () => idOfRow(await this.#write('update_field', { ...(await this.#ofNewDeal()), new_value: 'TBD' })),
      '<reverted change>': async () => {
        const auditId = await this.#change();
        await this.#write('revert_change', { audit_id: auditId });
        return auditId;
      },
    };
  }

  static async start(): Promise<ResponseStage> {
    const fixtures = ['customer', 'audit-outage', 'access', 'responses'].map(fixture);
    const org = await startLocalTestOrg({ packageDirectories: [FORCE_APP, ...fixtures] });
    changeSettings(org, SETTINGS);
    const { id, username } = org.local.user('revops.integration@larkfield.example');
    const people: Record<Role, Person> = {
      everybody: { id, username, rest: new RestClient(org.url, org.token) },
      editor: await person(org, ['RevOps_MCP_User', 'Deal_Editor']),
      seer: await person(org, ['RevOps_MCP_User', 'Deal_Editor', 'Deal_Reader']),
      reader: await person(org, ['RevOps_MCP_User', 'Deal_Reader']),
      classOnly: await person(org, ['Class_Only', 'Deal_Editor']),
      portal: await person(org, ['RevOps_MCP_User', 'Deal_Editor']),
    };
    const ids = {
      deal: (await createDeal(org, { OwnerId: people.editor.id, NextStep: BEFORE })).dealId,
      lead: await org.rest.create('Lead', { LastName: 'Ito', Company: 'Acme' }),
      converted: await org.rest.create('Lead', { LastName: 'Sato', Company: 'Acme' }),
      case: await org.rest.create('Case', { Subject: 'Broken', Status: 'New', Priority: 'Low', Severity__c: 'Low' }),
    };
    setPastTheApi(org, 'Lead', ids.converted, 'IsConverted', true);
    setPastTheApi(org, 'User', people.portal.id, 'UserType', 'CspLitePortal');
    return new ResponseStage(org, people, ids);
  }

  person(role: Role): Person {
    return this.#people[role];
  }

  /** A body in which `<deal>` and its like are the ids of records. */
  async withIds(body: PlainRecord): Promise<PlainRecord> {
    let text = JSON.stringify(body);
    for (const [name, idOf] of Object.entries(this.#ids)) if (text.includes(name)) text = text.replaceAll(name, await idOf());
    return JSON.parse(text) as PlainRecord;
  }

  /** A body of `update_field` on the deal. */
  body(mode: string, input: PlainRecord = {}): PlainRecord {
    return {
      request_id: randomUUID(),
      mode,
      justification,
      client: 'responses.test',
      ...(mode === 'commit' ? { confirmation: 'console' } : {}),
      input: { object_type: 'Opportunity', object_id: '<deal>', field_name: 'NextStep', new_value: 'Send the order form', ...input },
    };
  }

  /** An `update_field` of the deal that must succeed. */
  async commit(by: Role, input: PlainRecord, requestId: string = randomUUID()): Promise<void> {
    const body = await this.withIds({ ...this.body('commit', input), request_id: requestId });
    const { status, body: answer } = await this.person(by).rest.write('update_field', body);
    if (status !== 200) throw new Error(JSON.stringify(answer));
  }

  /** The row of a change of a deal of its own. */
  async #change(): Promise<string> {
    return idOfRow(await this.#write('update_field', await this.#ofNewDeal()));
  }

  async #ofNewDeal(): Promise<PlainRecord> {
    const { dealId } = await createDeal(this.org);
    return { object_type: 'Opportunity', object_id: dealId, field_name: 'NextStep', new_value: 'Send the order form' };
  }

  async #write(operation: string, input: PlainRecord): Promise<unknown> {
    return (await this.person('everybody').rest.write(operation, { ...this.body('commit'), input })).body;
  }

  async everything(): Promise<Everything> {
    const records = [];
    for (const soql of RECORDS) records.push(await this.org.rest.query(soql));
    return { records, rows: await this.org.auditRows(ROW) };
  }
}

/** The id of the row that an answer names, whether it tells of a change or of a refusal. */
function idOfRow(answer: unknown): string {
  const { audit_ids, error } = answer as { audit_ids?: readonly string[]; error?: { details: { audit_id?: string } } };
  const id = audit_ids?.[0] ?? error?.details.audit_id;
  if (id === undefined) throw new Error(`no row in ${JSON.stringify(answer)}`);
  return id;
}

/** What no API writes: a lead that was converted, a user of another kind. */
function setPastTheApi(org: TestOrg, objectName: string, id: string, field: string, value: string | boolean): void {
  const found = org.local.schema.object(objectName);
  if (found.kind !== 'known') throw new Error(`the org has no ${objectName}`);
  org.local.store.update(found.def, id, new Map([[field, value]]));
}
