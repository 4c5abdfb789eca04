import { randomUUID } from 'node:crypto';
import { USER_MODE } from '../../local-org/src/access/types.ts';
import { executeDml } from '../../local-org/src/dml/execute-dml.ts';
import type { LocalOrg } from '../../local-org/src/org-types.ts';
import type { Value } from '../../local-org/src/schema/types.ts';
import type { PlainRecord } from './rest-client.ts';
import { assignPermissionSet } from './let-write.ts';
import { writeInProcess } from './write-in-process.ts';

export const CALLER = 'revops.integration@larkfield.example';
export const COLLEAGUE = 'dana.whitfield@larkfield.example';

/** A write as it is asked for. */
export interface Wanted {
  readonly operation: string;
  readonly input: PlainRecord;
  /** What the caller saw; none where the operation takes none. */
  readonly expected?: PlainRecord;
}

/** A field of a record (`<id> <field>`), or something that was added to one, with the value that it holds. */
export type Facts = ReadonlyMap<string, string | null>;

/** Records of its own for one race, and what is to happen to them. */
export interface Scene {
  readonly ours: Wanted;
  /** How many rows one attempt at ours leaves; default 1. */
  readonly rows?: number;
  /** What a colleague wants meanwhile: another value for the same field, another record below the same parent. */
  readonly theirs: Wanted;
  /** Whether ours compares by itself with what is told to it, and can be done only once, whoever does it. */
  readonly onlyOnce?: true;
  /** What stands in the org now, read past Apex. */
  facts(): Facts;
}

type SceneOf = (org: LocalOrg) => Scene;

/**
 * One scene for every operation of WriteOperations. A scene of a creation has a parent, because the platform locks that with its
 * child: two creations without one have nothing in common on which they could meet, except the unique key of their request.
 */
export const SCENES: Readonly<Record<string, SceneOf>> = {
  update_field: (org) => {
    const dealId = createDeal(org);
    const input = (value: string): PlainRecord => ({
      object_type: 'Opportunity',
      object_id: dealId,
      field_name: 'NextStep',
      new_value: value,
    });
    return {
      ours: { operation: 'update_field', input: input('Send the order form'), expected: { NextStep: 'Call the buyer' } },
      theirs: { operation: 'update_field', input: input('Wait for legal') },
      facts: () => fieldFacts(org, 'Opportunity', ['NextStep'], `"Id" = '${dealId}'`),
    };
  },
  update_lead_status: (org) => {
    const leadId = create(org, 'Lead', { LastName: 'Ito', Company: 'Acme', Status: 'Open - Not Contacted' });
    return {
      ours: {
        operation: 'update_lead_status',
        input: { lead_id: leadId, status: 'Working - Contacted' },
        expected: { Status: 'Open - Not Contacted' },
      },
      theirs: { operation: 'update_lead_status', input: { lead_id: leadId, status: 'Closed - Not Converted' } },
      facts: () => fieldFacts(org, 'Lead', ['Status'], `"Id" = '${leadId}'`),
    };
  },
  create_task: (org) => {
    const dealId = createDeal(org);
    const input = (subject: string): PlainRecord => ({ subject, related_to_id: dealId });
    return {
      ours: { operation: 'create_task', input: input('Call the buyer') },
      theirs: { operation: 'create_task', input: input('Call legal') },
      facts: () => fieldFacts(org, 'Task', ['Subject', 'WhatId', 'Priority'], `"WhatId" = '${dealId}'`),
    };
  },
  create_case: (org) => {
    const accountId = create(org, 'Account', { Name: 'Acme' });
    const input = (subject: string): PlainRecord => ({ subject, description: 'It does not start', account_id: accountId });
    return {
      ours: { operation: 'create_case', input: input('Broken') },
      theirs: { operation: 'create_case', input: input('Lost') },
      facts: () => fieldFacts(org, 'Case', ['Subject', 'Description', 'Priority', 'AccountId'], `"AccountId" = '${accountId}'`),
    };
  },
  add_note: (org) => {
    const dealId = createDeal(org);
    const input = (body: string): PlainRecord => ({ object_type: 'Opportunity', object_id: dealId, body });
    return {
      ours: { operation: 'add_note', input: input('They want to sign') },
      theirs: { operation: 'add_note', input: input('They want to wait') },
      facts: () => noteFacts(org, dealId),
    };
  },
  update_case: (org) => {
    const caseId = create(org, 'Case', { Subject: 'Broken', Status: 'New', Priority: 'Low' });
    return {
      ours: {
        operation: 'update_case',
        input: { case_id: caseId, priority: 'High', status: 'Working', comment: 'It smokes' },
        expected: { Priority: 'Low' },
      },
      rows: 3,
      theirs: { operation: 'update_case', input: { case_id: caseId, priority: 'Medium', comment: 'It burns' } },
      facts: () => new Map([...fieldFacts(org, 'Case', ['Priority', 'Status'], `"Id" = '${caseId}'`), ...commentFacts(org, caseId)]),
    };
  },
  revert_change: (org) => {
    assignPermissionSet(org, 'RevOps_Audit_Admin', [COLLEAGUE]);
    const dealId = createDeal(org);
    const input = (value: string): PlainRecord => ({
      object_type: 'Opportunity',
      object_id: dealId,
      field_name: 'NextStep',
      new_value: value,
    });
    const auditId = madeChange(org, input('Send the order form'));
    return {
      ours: { operation: 'revert_change', input: { audit_id: auditId }, expected: { NextStep: 'Send the order form' } },
      theirs: { operation: 'update_field', input: input('Wait for legal') },
      onlyOnce: true,
      facts: () => fieldFacts(org, 'Opportunity', ['NextStep'], `"Id" = '${dealId}'`),
    };
  },
};

/** The id of the audit row of a change that the caller makes. */
function madeChange(org: LocalOrg, input: PlainRecord): string {
  const body = { request_id: randomUUID(), mode: 'commit', justification: 'Agreed with the owner', confirmation: 'console', input };
  const answer = writeInProcess(org, CALLER, 'update_field', body).body as { audit_ids?: readonly string[] };
  const [auditId] = answer.audit_ids ?? [];
  if (auditId === undefined) throw new Error(`the change to be reverted was refused: ${JSON.stringify(answer)}`);
  return auditId;
}

/** The nth of the things that were added to a record by one race, oldest first, as a place that holds a value. */
export function additionTo(recordId: string, pseudoField: string, number: number): string {
  return `${recordId} ${pseudoField} ${number}`;
}

function noteFacts(org: LocalOrg, recordId: string): Facts {
  const sql =
    'SELECT note."Content" FROM "ContentDocumentLink" link JOIN "ContentNote" note ON note."Id" = link."ContentDocumentId" ' +
    'WHERE link."LinkedEntityId" = ? ORDER BY note."Id"';
  const bodies = org.store.select(sql, [recordId]).map(([content]) => Buffer.from(String(content), 'base64').toString('utf8'));
  return new Map(bodies.map((body, index) => [additionTo(recordId, '$Note', index + 1), body]));
}

function commentFacts(org: LocalOrg, caseId: string): Facts {
  const bodies = org.store.select('SELECT "CommentBody" FROM "CaseComment" WHERE "ParentId" = ? ORDER BY "Id"', [caseId]);
  return new Map(bodies.map(([body], index) => [additionTo(caseId, '$Comment', index + 1), String(body)]));
}

/** The operations that the write service knows, as it says itself when it is asked for one that it does not. */
export function operationsOf(org: LocalOrg): readonly string[] {
  const body = { request_id: '00000000-0000-4000-8000-000000000000', mode: 'commit', input: {} };
  const answer = writeInProcess(org, CALLER, 'nothing', body).body as { error: { message: string } };
  const list = /The operations are: (.*)\.$/.exec(answer.error.message)?.[1];
  if (list === undefined) throw new Error(`no list of operations in: ${answer.error.message}`);
  return list.split(', ').sort();
}

function createDeal(org: LocalOrg): string {
  return create(org, 'Opportunity', {
    Name: 'Acme renewal',
    StageName: 'Qualification',
    CloseDate: '2026-12-18',
    NextStep: 'Call the buyer',
  });
}

function create(org: LocalOrg, objectName: string, values: Readonly<Record<string, Value>>): string {
  const found = org.schema.object(objectName);
  if (found.kind !== 'known') throw new Error(`the org has no ${objectName}`);
  const record = { object: found.def, id: null, values: new Map(Object.entries(values)) };
  const [result] = org.transaction(org.user(COLLEAGUE), (tx) =>
    executeDml('insert', [record], { enforcement: USER_MODE, allOrNone: true, triggers: org.engine.triggers(tx) }, tx),
  );
  if (!result?.id) throw new Error(`${objectName} could not be made: ${JSON.stringify(result?.errors)}`);
  return result.id;
}

/** @param where in SQL; names and ids in it are the test's own */
function fieldFacts(org: LocalOrg, objectName: string, fields: readonly string[], where: string): Facts {
  const columns = ['Id', ...fields].map((name) => `"${name}"`).join(', ');
  const facts = new Map<string, string | null>();
  for (const [id, ...values] of org.store.select(`SELECT ${columns} FROM "${objectName}" WHERE ${where}`, []))
    fields.forEach((field, index) => facts.set(`${String(id)} ${field}`, (values[index] ?? null) as string | null));
  return facts;
}
