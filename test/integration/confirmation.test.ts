import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { preview, refusalOf } from './support/calls.ts';
import type { PreviewedChange } from './support/calls.ts';
import { change, createDeal } from './support/sample-deal.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

let org: TestOrg;
let shim: ShimClient;
let dealId: string;
let confirm: PreviewedChange;
let requestId: string;
beforeAll(async () => {
  org = await startTestOrg();
  shim = await org.connect();
});
beforeEach(async () => {
  ({ dealId } = await createDeal(org));
  ({ confirm, requestId } = await preview(shim, change(dealId, 'NextStep', 'Sign')));
  org.wire.take();
});
afterAll(() => org.close());

const nextStep = async (): Promise<unknown> =>
  (await org.rest.query(`SELECT NextStep FROM Opportunity WHERE Id = '${dealId}'`))[0]?.['NextStep'];
const writesSent = (): number => org.wire.take().filter(({ target }) => target.includes('/apexrest/')).length;

describe('a token is used once', () => {
  test('the second use answers as the first and sends nothing', async () => {
    const first = await shim.call('confirm_write', confirm);
    const second = await shim.call('confirm_write', confirm);
    const message = `This change had been confirmed before; nothing was written again. Audit row ${String(first['audit_id'])}.`;
    expect(second).toEqual({ ...first, message, meta: { replayed: true } });
    expect(writesSent()).toBe(1);
    expect(await org.auditRows('Id', dealId)).toHaveLength(1);
  });

  test('also after the record went on, and after ten minutes', async () => {
    await shim.call('confirm_write', confirm);
    await org.rest.update('Opportunity', dealId, { NextStep: 'Somebody else' });
    shim.clock.now += 11 * 60_000;
    expect(await shim.call('confirm_write', confirm)).toMatchObject({ meta: { replayed: true }, changes: [{ new: 'Sign' }] });
    expect(await nextStep()).toBe('Somebody else');
    expect(writesSent()).toBe(1);
  });

  test('two at the same time write once', async () => {
    const both = await Promise.all([shim.call('confirm_write', confirm), shim.call('confirm_write', confirm)]);
    expect(both.map(({ audit_id, meta }) => [audit_id, meta])).toEqual([
      [both[0]['audit_id'], undefined],
      [both[0]['audit_id'], { replayed: true }],
    ]);
    expect(writesSent()).toBe(1);
    expect(await org.auditRows('Changed__c', dealId)).toEqual([{ Changed__c: true }]);
  });
});

describe('refused before a request, and nothing is written', () => {
  const gone = {
    code: 'INVALID_INPUT',
    message:
      'This confirmation_token is unknown, has expired or was already used (they last 10 minutes and end with the server). Preview again: call the tool that previewed it.',
    details: { cause: 'CONFIRMATION_EXPIRED' },
  };
  const unwritten = async (): Promise<void> => {
    expect(org.wire.take()).toEqual([]);
    expect(await nextStep()).toBe('Call the buyer');
    expect(await org.auditRows('Id', dealId)).toEqual([]);
  };

  test('an expired token; until then it is good', async () => {
    const other = await preview(shim, change(dealId, 'NextStep', 'Wait'));
    org.wire.take();
    shim.clock.now += 10 * 60_000;
    expect(await refusalOf(shim, 'confirm_write', confirm)).toEqual(gone);
    await unwritten();
    shim.clock.now -= 1;
    expect(await shim.call('confirm_write', other.confirm)).toMatchObject({ status: 'committed' });
  });

  test('a token that was never given, and one of another server', async () => {
    expect(await refusalOf(shim, 'confirm_write', { ...confirm, confirmation_token: 'ZZZZZZZZZZ' })).toEqual(gone);
    expect(await refusalOf(await org.connect(), 'confirm_write', confirm)).toEqual(gone);
    await unwritten();
  });

  test('another line than the one that was shown', async () => {
    const altered = confirm.change.replace('Sign', 'Sign nothing');
    expect(await refusalOf(shim, 'confirm_write', { ...confirm, change: altered })).toEqual({
      code: 'INVALID_INPUT',
      message: 'change is not the line that was previewed under this token. Pass the change line of that preview, word for word.',
      details: { cause: 'CHANGE_MISMATCH', expected_change: confirm.change },
    });
    await unwritten();
    expect(await shim.call('confirm_write', confirm)).toMatchObject({ status: 'committed' });
  });

  test('missing and unknown arguments', async () => {
    expect(await refusalOf(shim, 'confirm_write', { token: 'x' })).toMatchObject({
      code: 'INVALID_INPUT',
      message:
        'confirm_write: change is missing; confirmation_token is missing; unknown argument "token". Arguments: change, confirmation_token, dry_run.',
    });
    await unwritten();
  });
});

describe('a record that changed after it was shown', () => {
  test('is a conflict with a failed row, and keeps what the other wrote', async () => {
    await org.rest.update('Opportunity', dealId, { NextStep: 'Somebody else was faster' });
    const refusal = await refusalOf(shim, 'confirm_write', confirm);
    const [row] = await org.auditRows(
      'Id, Old_Value__c, New_Value__c, Changed__c, Failed__c, Error_Code__c, Error_Message__c, Request_Id__c',
      dealId,
    );
    const said =
      'The record changed after it was read: NextStep no longer has the value that you expected. Read the record again and decide anew.';
    expect(refusal).toEqual({
      code: 'SF_API_ERROR',
      message: `${said.replace(' Read the record again and decide anew.', '')} Call update_field again to see the current value, and confirm the new change line.`,
      details: { cause: 'CONFLICT', fields: ['NextStep'], audit_id: row?.['Id'], request_id: requestId },
    });
    expect(row).toEqual({
      Id: expect.stringMatching(/^a00/) as unknown,
      Old_Value__c: 'Somebody else was faster',
      New_Value__c: 'Sign',
      Changed__c: false,
      Failed__c: true,
      Error_Code__c: 'CONFLICT',
      Error_Message__c: said,
      Request_Id__c: requestId,
    });
    expect(await nextStep()).toBe('Somebody else was faster');
    expect(await org.auditRows('Id', dealId)).toHaveLength(1);
    // The token is used up: the same refusal again, not a second attempt.
    expect(await refusalOf(shim, 'confirm_write', confirm)).toEqual(refusal);
    expect(writesSent()).toBe(1);
  });

  test('in another field is none of this write', async () => {
    await org.rest.update('Opportunity', dealId, { Amount: 7 });
    expect(await shim.call('confirm_write', confirm)).toMatchObject({ status: 'committed' });
    expect(await org.rest.query(`SELECT NextStep, Amount FROM Opportunity WHERE Id = '${dealId}'`)).toEqual([
      { NextStep: 'Sign', Amount: 7 },
    ]);
  });

  test('and is deleted: not found, without a row', async () => {
    await org.rest.delete('Opportunity', dealId);
    expect(await refusalOf(shim, 'confirm_write', confirm)).toEqual({
      code: 'NOT_FOUND',
      message: `There is no Opportunity with the id ${dealId} that you can see. It may have been deleted. Nothing was written: check the id and call update_field again.`,
      details: { cause: 'NOT_FOUND', request_id: requestId },
    });
    expect(await org.auditRows('Id', dealId)).toEqual([]);
  });
});
