// @module-tag deploys
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { preview, refusalOf } from './support/calls.ts';
import { change, createDeal } from './support/sample-deal.ts';
import { fixture, FORCE_APP, startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** Writes that get as far as the transaction and are refused there: which leave a failed row and which leave nothing. */
let org: TestOrg;
let shim: ShimClient;
let dealId: string;
beforeAll(async () => {
  org = await startTestOrg({ packageDirectories: [FORCE_APP, fixture('customer'), fixture('audit-outage')] });
  shim = await org.connect();
});
beforeEach(async () => {
  ({ dealId } = await createDeal(org));
});
afterAll(() => org.close());

const deal = async (): Promise<unknown> =>
  (await org.rest.query(`SELECT Name, NextStep, Amount, StageName, IsClosed, ExpectedRevenue FROM Opportunity WHERE Id = '${dealId}'`))[0];
/** What the preview accepts, since it writes no audit row, and the commit does not. */
async function refusedCommit(why: string) {
  const before = await deal();
  const { confirm, requestId } = await preview(shim, { ...change(dealId, 'NextStep', 'Sign'), justification: why });
  const refusal = await refusalOf(shim, 'confirm_write', confirm);
  expect(await deal()).toEqual(before);
  expect(refusal.details['request_id']).toBe(requestId);
  return refusal;
}

const rows = (): Promise<unknown> =>
  org.auditRows(
    'Id, Field_Name__c, Old_Value__c, New_Value__c, Changed__c, Failed__c, Error_Code__c, Error_Message__c, Confirmation__c',
    dealId,
  );

async function refusedWrite(field: string, value: unknown, justification?: string) {
  const before = await deal();
  const args = { ...change(dealId, field, value), ...(justification === undefined ? {} : { justification }) };
  const refusal = await refusalOf(shim, 'update_field', args);
  expect(await deal()).toEqual(before);
  return refusal;
}

describe('with a failed row that says why', () => {
  test("the customer's own rule [revops-036, revops-043]", async () => {
    const said =
      'Salesforce refused the change: Say who does what, and by when. Choose a value that meets this rule, or ask your administrator.';
    const { code, message, details } = await refusedWrite('NextStep', 'TBD');
    expect({ code, message }).toEqual({
      code: 'SF_API_ERROR',
      message: `${said} Then call update_field again.`,
    });
    expect(details).toMatchObject({ cause: 'VALIDATION_RULE', sf_code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: ['NextStep'] });
    expect(await rows()).toEqual([
      {
        Id: details['audit_id'],
        Field_Name__c: 'NextStep',
        Old_Value__c: 'Call the buyer',
        New_Value__c: 'TBD',
        Changed__c: false,
        Failed__c: true,
        Error_Code__c: 'WRITE_REJECTED',
        Error_Message__c: said,
        Confirmation__c: 'preview',
      },
    ]);
  });

  test('automation that fails: its name, and no stack trace', async () => {
    const { message, details } = await refusedWrite('NextStep', 'Break the automation');
    expect(details).toMatchObject({ cause: 'WRITE_REJECTED', sf_code: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' });
    expect(message).toContain('DealRules');
    expect(message).not.toMatch(/Trigger\.|line \d|\n/);
    expect(await rows()).toMatchObject([{ Id: details['audit_id'], Failed__c: true, Changed__c: false, Error_Code__c: 'WRITE_REJECTED' }]);
  });

  test.each([
    ['IsClosed', true],
    ['ExpectedRevenue', 1],
    ['CreatedDate', '2026-12-02T09:30:00Z'],
  ])('%s, which nobody may set', async (field, value) => {
    const { code, message, details } = await refusedWrite(field, value);
    expect({ code, message }).toEqual({
      code: 'PERMISSION_DENIED',
      message: `You may not change ${field} of Opportunity. Ask your administrator for edit access.`,
    });
    expect(details).toMatchObject({ cause: 'PERMISSION_DENIED', fields: [field] });
    expect(await rows()).toMatchObject([
      { Id: details['audit_id'], Field_Name__c: field, Failed__c: true, Changed__c: false, Error_Code__c: 'PERMISSION_DENIED' },
    ]);
  });
});

describe('without an audit row there is no change [revops-021]', () => {
  test.each([
    ['when the row cannot be inserted', 'There is no audit insert today'],
    ['when the row cannot be completed, after the record was changed', 'There is no audit completion today'],
  ])('%s', async (_when, why) => {
    expect(await refusedCommit(why)).toMatchObject({
      code: 'SF_API_ERROR',
      message: 'The audit row could not be written, so nothing was changed. Ask your administrator to look at Cleanup_Audit__c.',
      details: { cause: 'AUDIT_UNAVAILABLE' },
    });
    expect(await rows()).toEqual([]);
  });

  test('nor a failed row that could not be written', async () => {
    expect(await refusedWrite('NextStep', 'TBD', 'There is no audit insert today')).toMatchObject({
      details: { cause: 'AUDIT_UNAVAILABLE' },
    });
    expect(await rows()).toEqual([]);
  });
});
