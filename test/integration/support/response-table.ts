import { expect } from 'vitest';
import { changePolicy, changeSettings } from './administrator.ts';
import { plantDefect } from './plant-defect.ts';
import { BEFORE, SETTINGS } from './response-stage.ts';
import type { ResponseStage, Role } from './response-stage.ts';
import type { PlainRecord } from './rest-client.ts';

/** One way to bring a row of the response table about. */
export interface Situation {
  readonly what: string;
  /** `update_field` where it is left out. */
  readonly operation?: string;
  /** What replaces keys of the input of `update_field`; for another operation the whole input. */
  readonly input?: PlainRecord;
  readonly body?: PlainRecord;
  /** What is sent in place of JSON. */
  readonly raw?: string;
  /** Who sends it; default somebody who may do everything. */
  readonly as?: Role;
  /** What has to be so beforehand. @returns what undoes it */
  readonly arrange?: (stage: ResponseStage) => (() => void) | Promise<() => void>;
  readonly message: string | RegExp;
  /** `details` of the answer, without the id of the row; default none. */
  readonly details?: PlainRecord;
  /** Refused before the record was locked and read: its row knows nothing of the record and is not in its chain. */
  readonly unread?: true;
  /** What its failed row says of the field; default that NextStep was to be set. */
  readonly row?: PlainRecord;
  /** Only a commit can meet it. */
  readonly commitOnly?: true;
}

/** A row of the response table. */
export interface TableRow {
  readonly situation: string;
  readonly status: number;
  readonly code: string;
  readonly leavesRow: boolean;
  readonly ways: readonly Situation[];
}

const REUSED = '00000000-0000-4000-8000-00000000beef';

const deal = (field: string, value: unknown): PlainRecord => ({ field_name: field, new_value: value });
const settings =
  (values: Record<string, boolean | number>) =>
  ({ org }: ResponseStage): (() => void) => {
    changeSettings(org, { ...SETTINGS, ...values });
    return () => changeSettings(org, SETTINGS);
  };
const NO_FIELD = (name: string): string => `There is no field ${name} on Opportunity that you can see. Check its API name.`;
const NO_OBJECT = (name: string): RegExp =>
  new RegExp(`^There is no object ${name} that you can see and whose record has the id \\w{18}\\. Check both\\.$`);
const SAID = 'Choose a value that meets this rule, or ask your administrator.';
const LOCKED = 'Another user or process is changing this record. Try again in a few seconds.';
const UNFORESEEN = 'Something unforeseen went wrong and nothing was changed. Ask your administrator.';
const NO_AUDIT = 'The audit row could not be written, so nothing was changed. Ask your administrator to look at Cleanup_Audit__c.';

/** A row of the table of the Apex API for each entry, in its order and words. */
export const RESPONSE_TABLE: readonly TableRow[] = [
  {
    situation:
      'malformed body, bad id, unknown or invisible object or field, justification missing or short, wrong type, value not in the picklist, ' +
      'unknown operation, `expected` naming a field that is not written, a row that cannot be reverted',
    status: 400,
    code: 'INVALID_INPUT',
    leavesRow: false,
    ways: [
      { what: 'a body that is no JSON', raw: '{"request_id": ', message: /^The body is not valid JSON: / },
      { what: 'an empty body', raw: '', message: 'The body is empty. Send one JSON object.' },
      { what: 'an unknown key', body: { force: true }, message: /^body has the unknown key "force"\. Its keys are: request_id, mode, / },
      { what: 'an unknown key of the input', input: { value: 1 }, message: /^input has the unknown key "value"\. Its keys are: / },
      { what: 'a row that is no change', operation: 'revert_change', input: { audit_id: '<refused change>' }, message: /^This audit row cannot be reverted: it is that of a refused attempt/ },
      { what: 'a missing key of the input', operation: 'create_task', input: {}, message: 'input.subject is missing or blank.' },
      { what: 'an id that is none', input: { object_id: 'acme' }, message: '"acme" is not a Salesforce id. An id has 15 or 18 letters and digits.' },
      { what: 'an id of 18 characters with the wrong end', input: { object_id: '006000000000001XXX' }, message: /is not a Salesforce id/ },
      { what: 'an unknown object', input: { object_type: 'Nothing__c' }, message: NO_OBJECT('Nothing__c') },
      { what: 'an object that the user does not see', operation: 'update_lead_status', as: 'editor', input: { lead_id: '<lead>', status: 'x' }, message: NO_OBJECT('Lead') },
      { what: 'an unknown field', input: deal('Nothing__c', 1), message: NO_FIELD('Nothing__c') },
      { what: 'a field that the user does not see', as: 'editor', input: deal('Amount', 1), message: NO_FIELD('Amount') },
      { what: 'no justification', body: { justification: null }, message: 'justification must say in at least 10 characters why this change is made.' },
      { what: 'a short justification', body: { justification: '  too short  ' }, message: 'justification must say in at least 10 characters why this change is made.' },
      { what: 'a text for a number', input: deal('Amount', '12'), message: 'Amount takes a number, not a text.' },
      { what: 'a text for a checkbox', input: deal('Legal_Done__c', 'true'), message: 'Legal_Done__c takes true or false.' },
      { what: 'an impossible date', input: deal('CloseDate', '2026-02-30'), message: 'CloseDate takes a date, YYYY-MM-DD, from the year 1700 to 4000.' },
      { what: 'too many digits', input: deal('Amount', 1.005), message: 'Amount takes at most 16 digits before and 2 after the decimal point.' },
      { what: 'a text that is too long', input: deal('NextStep', 'x'.repeat(256)), message: 'NextStep takes at most 255 characters; this text has 256.' },
      { what: 'null where a value must be', input: deal('Name', null), message: 'Name cannot be empty.' },
      { what: 'a value that is not in the picklist', input: deal('Type', 'Old'), message: /^Type has no active value "Old"\. Its values are: / },
      { what: 'one that is not, of several', input: deal('Regions__c', 'East;North'), message: /^Regions__c has no active value "North"\. / },
      { what: 'the status of converted leads', operation: 'update_lead_status', input: { lead_id: '<lead>', status: 'Closed - Converted' }, message: /^"Closed - Converted" is the status of converted leads\. / },
      { what: 'a lead that was converted', operation: 'update_lead_status', input: { lead_id: '<converted lead>', status: 'Working - Contacted' }, message: /^This lead has been converted, so its status is final\. / },
      { what: 'a task for a lead and another record', operation: 'create_task', input: { subject: 'Call', who_id: '<lead>', related_to_id: '<deal>' }, message: /^A task for a lead cannot be related to another record\. / },
      { what: 'a case with nothing to change', operation: 'update_case', input: { case_id: '<case>' }, message: 'There is nothing to change. input needs at least one of: priority, status, type, comment.' },
      { what: 'a note without a text', operation: 'add_note', input: { object_type: 'Opportunity', object_id: '<deal>', body: ' \r\n ' }, message: 'input.body is missing or blank.' },
      { what: 'an unknown operation', operation: 'delete_record', message: /^There is no operation "delete_record"\. The operations are: update_field, / },
      { what: 'an operation in capitals', operation: 'Update_Field', message: /^There is no operation "Update_Field"\. / },
      { what: 'expected naming a field that is not written', body: { expected: { Amount: 5 } }, message: 'expected names Amount, which this operation does not write.' },
      { what: 'expected for a creation', operation: 'create_task', input: { subject: 'Call' }, body: { expected: { Subject: null } }, message: /^expected must be left out: / },
    ],
  }, // prettier-ignore
  {
    situation: 'validation rule, required field, duplicate rule, trigger error, record locked by approval, any other DML refusal',
    status: 400,
    code: 'WRITE_REJECTED',
    leavesRow: true,
    ways: [
      {
        what: 'a rule',
        input: deal('NextStep', 'TBD'),
        message: `Salesforce refused the change: Say who does what, and by when. ${SAID}`,
        details: { sf_code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: ['NextStep'] },
        row: { New_Value__c: 'TBD' },
      },
      {
        what: 'a trigger that fails',
        input: deal('NextStep', 'Break the automation'),
        message: /^Salesforce refused the change: DealRules: .*ask your administrator\.$/,
        details: { sf_code: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' },
        row: { New_Value__c: 'Break the automation' },
      },
      {
        what: 'a required field',
        operation: 'create_case',
        input: { subject: 'Broken', description: 'It smokes' },
        message: /^Salesforce refused the change: Required fields are missing: \[Severity__c\]\. /,
        details: { sf_code: 'REQUIRED_FIELD_MISSING', fields: ['Severity__c'] },
        unread: true,
        row: { Operation__c: 'create_case', Object_Name__c: 'Case', Record_Id__c: null, Field_Name__c: 'Subject', New_Value__c: 'Broken' },
      },
    ],
  }, // prettier-ignore
  {
    situation: 'no `RevOps_Write`, guest or portal user',
    status: 403,
    code: 'PERMISSION_DENIED',
    leavesRow: false,
    ways: [
      { what: 'no RevOps_Write', as: 'classOnly', message: 'You may not use this service. Ask your administrator to assign the permission set RevOps MCP User.' },
      { what: 'a portal user', as: 'portal', message: 'This service is for internal users only. Connect as a user with a Salesforce licence.' },
    ],
  }, // prettier-ignore
  {
    situation: 'object, field or record not writable for the running user',
    status: 403,
    code: 'PERMISSION_DENIED',
    leavesRow: true,
    ways: [
      { what: 'an object', unread: true, as: 'reader', message: 'You may not change NextStep of Opportunity. Ask your administrator for edit access.', details: { fields: ['NextStep'] }  },
      { what: 'a field', unread: true, as: 'editor', input: deal('Type', 'Existing Customer - Upgrade'), message: 'You may not change Type of Opportunity. Ask your administrator for edit access.', details: { fields: ['Type'] }, row: { Field_Name__c: 'Type', New_Value__c: 'Existing Customer - Upgrade' } },
      { what: 'a field that nobody may set', unread: true, input: deal('IsWon', true), message: 'You may not change IsWon of Opportunity. Ask your administrator for edit access.', details: { fields: ['IsWon'] }, row: { Field_Name__c: 'IsWon', New_Value__c: 'true' } },
      {
        what: 'a reference to a record that is not there',
        operation: 'create_task',
        input: { subject: 'Call', related_to_id: '006000000000001AAA' },
        message: 'A record that this change refers to does not exist, or you may not refer to it. Check its id, or ask your administrator.',
        details: { sf_code: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY' },
        unread: true,
        row: { Operation__c: 'create_task', Object_Name__c: 'Task', Record_Id__c: null, Field_Name__c: 'Subject', New_Value__c: 'Call', Error_Message__c: 'INVALID_CROSS_REFERENCE_KEY: invalid cross reference id' },
      },
      {
        what: 'a record that the user sees and may not change',
        as: 'seer',
        message: /^You do not have the access that this change needs: /,
        details: { sf_code: 'INSUFFICIENT_ACCESS_OR_READONLY' },
      },
    ],
  }, // prettier-ignore
  {
    situation: 'denied by policy, or a commit with confirmation `none` where one is required',
    status: 403,
    code: 'POLICY_DENIED',
    leavesRow: true,
    ways: [
      {
        what: 'a field that is denied', unread: true,
        input: deal('StageName', 'Prospecting'),
        message: /^The policy of this org does not let this service write StageName of Opportunity: .*ask your administrator\.$/,
        details: { fields: ['StageName'] },
        row: { Field_Name__c: 'StageName', New_Value__c: 'Prospecting' },
      },
      {
        what: 'a lookup field that only a row for all fields allows', unread: true,
        input: deal('AccountId', '001000000000001AAA'),
        message: /^The policy of this org does not let this service write AccountId of Opportunity: A lookup field needs /,
        details: { fields: ['AccountId'] },
        row: { Field_Name__c: 'AccountId', New_Value__c: '001000000000001AAA' },
      },
      {
        what: 'a commit that nobody confirmed', unread: true,
        body: { confirmation: 'none' },
        commitOnly: true,
        message: /^A person has to confirm each write in this org, /,
        row: { Confirmation__c: 'none' },
      },
      {
        what: 'a field of a creation', unread: true,
        operation: 'create_task',
        input: { subject: 'Call' },
        arrange: ({ org }) => {
          const row = { name: 'Task_Subject', object: 'Task', field: 'Subject', access: 'Deny', reason: 'Not here.' } as const;
          changePolicy(org, [row]);
          return () => changePolicy(org, [{ ...row, active: false }]);
        },
        message: 'The policy of this org does not let this service write Subject of Task: Not here. Change it in Salesforce, or ask your administrator.',
        details: { fields: ['Subject'] },
        row: { Operation__c: 'create_task', Object_Name__c: 'Task', Record_Id__c: null, Field_Name__c: 'Subject', New_Value__c: 'Call' },
      },
    ],
  }, // prettier-ignore
  {
    situation: 'writes switched off',
    status: 403,
    code: 'WRITES_DISABLED',
    leavesRow: false,
    ways: [{ what: 'in the settings', arrange: settings({ Writes_Enabled__c: false }), message: /^Your administrator has switched off all writes of this service\. / }],
  }, // prettier-ignore
  {
    situation: 'hourly quota used up',
    status: 403,
    code: 'WRITE_QUOTA_EXCEEDED',
    leavesRow: false,
    ways: [
      { what: 'a maximum of none', arrange: settings({ Max_Writes_Per_Hour__c: 0 }), message: /; at most 0 of each are allowed\. / },
      {
        what: 'one write where one is allowed',
        as: 'editor',
        arrange: async (stage) => {
          await stage.commit('editor', deal('NextStep', 'Call the buyer again'));
          await stage.org.rest.update('Opportunity', stage.dealId, { NextStep: BEFORE });
          return settings({ Max_Writes_Per_Hour__c: 1 })(stage);
        },
        message: /^You have made \d+ writes and \d+ refused attempts within the last hour; at most 1 of each are allowed\. /,
      },
    ],
  }, // prettier-ignore
  {
    situation: 'record does not exist, is deleted or is not visible',
    status: 404,
    code: 'NOT_FOUND',
    leavesRow: false,
    ways: [
      { what: 'it is the row of somebody else', operation: 'revert_change', as: 'editor', input: { audit_id: '<change>' }, message: /^There is no audit row with the id \w{18} that you can see\. / },
      { what: 'there was never one', input: { object_id: '006000000000001AAA' }, message: 'There is no Opportunity with the id 006000000000001AAA that you can see. It may have been deleted.' },
      { what: 'it is deleted', input: { object_id: '<deleted deal>' }, message: /^There is no Opportunity with the id \w{18} that you can see\. / },
      { what: 'it is not visible', as: 'editor', input: { object_id: '<foreign deal>' }, message: /^There is no Opportunity with the id \w{18} that you can see\. / },
    ],
  }, // prettier-ignore
  {
    situation: '`expected` differs, or the change to be reverted was reverted already',
    status: 409,
    code: 'CONFLICT',
    leavesRow: true,
    ways: [
      { what: 'from the value that there is', body: { expected: { NextStep: 'Something older' } }, message: 'The record changed after it was read: NextStep no longer has the value that you expected. Read the record again and decide anew.', details: { fields: ['NextStep'] } },
      { what: 'null where there is a value', body: { expected: { nextstep: null } }, message: /^The record changed after it was read: NextStep /, details: { fields: ['NextStep'] } },
      {
        what: 'a change that was reverted',
        operation: 'revert_change',
        input: { audit_id: '<reverted change>' },
        message: /^This change has been reverted already\. /,
        row: { Operation__c: 'revert_change', Record_Id__c: expect.stringMatching(/^006/) as unknown, New_Value__c: BEFORE },
      },
    ],
  }, // prettier-ignore
  {
    situation: 'request id used with another payload',
    status: 409,
    code: 'REQUEST_ID_REUSED',
    leavesRow: false,
    ways: [
      {
        what: 'another value',
        commitOnly: true,
        arrange: async (stage) => {
          await stage.commit('everybody', deal('Description', 'First'), REUSED);
          return () => undefined;
        },
        body: { request_id: REUSED },
        message: 'You have used this request_id before, for another write, which was carried out. Choose a new UUID for each new write.',
      },
    ],
  }, // prettier-ignore
  {
    situation: 'lock not obtained (query lock time-out, UNABLE_TO_LOCK_ROW)',
    status: 409,
    code: 'ROW_LOCKED',
    leavesRow: false,
    ways: [
      { what: 'by the query', arrange: ({ org, dealId }) => org.local.hold(dealId), message: LOCKED },
      { what: 'by the DML statement', operation: 'create_task', input: { subject: 'Call', related_to_id: '<deal>' }, arrange: ({ org, dealId }) => org.local.hold(dealId), message: LOCKED, details: { sf_code: 'UNABLE_TO_LOCK_ROW' } },
    ],
  }, // prettier-ignore
  {
    situation: 'audit row cannot be written',
    status: 500,
    code: 'AUDIT_UNAVAILABLE',
    leavesRow: false,
    ways: [
      { what: 'not inserted', commitOnly: true, body: { justification: 'There is no audit insert today' }, message: NO_AUDIT, details: { sf_code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' } },
      { what: 'not completed', commitOnly: true, body: { justification: 'There is no audit completion today' }, message: NO_AUDIT, details: { sf_code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' } },
      { what: 'the row of a refusal', input: deal('NextStep', 'TBD'), body: { justification: 'There is no audit insert today' }, message: NO_AUDIT, details: { sf_code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' } },
    ],
  }, // prettier-ignore
  {
    situation: 'anything unforeseen (message logged, not echoed)',
    status: 500,
    code: 'INTERNAL',
    leavesRow: true,
    ways: [
      {
        what: 'a defect of the service itself, planted',
        arrange: ({ org }) => plantDefect(org, 'write/TargetRecords.cls', 'update as user record;', "throw new MathException('Divide by 0 in the secret of Acme');"),
        message: UNFORESEEN,
        row: { Error_Message__c: 'System.MathException: Divide by 0 in the secret of Acme' },
      },
    ],
  }, // prettier-ignore
];
