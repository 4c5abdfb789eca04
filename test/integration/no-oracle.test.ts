// @module-tag people
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changePolicy, changeSettings } from './support/administrator.ts';
import { assign, person } from './support/people.ts';
import type { Person } from './support/people.ts';
import type { PlainRecord } from './support/rest-client.ts';
import { createDeal } from './support/sample-deal.ts';
import { fixture, FORCE_APP, startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/**
 * Somebody who does not see a field, an object or a record tries every way to learn that it is there, or what it holds. What is
 * hidden is answered like what does not exist: the two answers are equal but for the name that was asked for.
 */
let org: TestOrg;
let outsider: Person;
let dealId: string;

beforeAll(async () => {
  org = await startTestOrg({ packageDirectories: [FORCE_APP, fixture('secrets')] });
  changeSettings(org, { Max_Writes_Per_Hour__c: 100_000 });
  changePolicy(org, [
    // Denied and explained: neither may be told to somebody who does not see the field.
    { name: 'Secret', object: 'Opportunity', field: 'Secret__c', access: 'Deny', reason: 'The secret is a secret.' },
    { name: 'Deal_Account', object: 'Opportunity', field: 'AccountId', access: 'Allow' },
  ]);
  outsider = await person(org, ['RevOps_MCP_User', 'Outsider']);
});
beforeEach(async () => {
  ({ dealId } = await createDeal(org, { OwnerId: outsider.id, Amount: 4711, Secret__c: 'Xanadu' }));
});
afterAll(() => org.close());

const MODES = ['commit', 'preview'] as const;

const body = (input: PlainRecord, over: PlainRecord = {}): PlainRecord => ({
  request_id: randomUUID(),
  mode: 'commit',
  justification: 'Agreed with the account owner',
  client: 'no-oracle.test',
  ...(over['mode'] === 'preview' ? {} : { confirmation: 'console' }),
  input,
  ...over,
});
const field = (name: string, value: unknown): PlainRecord => ({
  object_type: 'Opportunity',
  object_id: dealId,
  field_name: name,
  new_value: value,
});

/** An answer in which the name that was asked for, and what is new each time, do not show. */
function anonymous(answer: unknown, ...names: readonly string[]): unknown {
  let text = JSON.stringify(answer);
  for (const name of names) text = text.replaceAll(name, '<asked>');
  return JSON.parse(
    text
      .replaceAll(/"request_id":"[^"]*"/g, '"request_id":"<request>"')
      .replaceAll(/"audit_id":"[^"]*"/g, '"audit_id":"<row>"')
      .replaceAll(/\b[0-9a-f]{64}\b/g, '<hash>'),
  );
}

/** Two requests that differ in a name only are answered alike, and leave alike rows. */
async function alike(
  operation: string,
  hidden: PlainRecord,
  missing: PlainRecord,
  names: { hidden: string; missing: string },
): Promise<unknown> {
  const rowsBefore = (await org.auditRows('Id')).length;
  const ofHidden = await outsider.rest.write(operation, hidden);
  const rowsOfHidden = (await org.auditRows('Id')).length - rowsBefore;
  const ofMissing = await outsider.rest.write(operation, missing);
  const rowsOfMissing = (await org.auditRows('Id')).length - rowsBefore - rowsOfHidden;
  expect({ ...(anonymous(ofHidden, names.hidden) as object), rows: rowsOfHidden }).toEqual({
    ...(anonymous(ofMissing, names.missing) as object),
    rows: rowsOfMissing,
  });
  return ofMissing;
}

describe('a field', () => {
  const FIELDS = [
    { hidden: 'Amount', missing: 'Amoumt' },
    { hidden: 'AMOUNT', missing: 'AMOUMT' },
    { hidden: 'Secret__c', missing: 'Sekret__c' },
  ];

  describe.each(FIELDS)('$hidden, like $missing', (names) => {
    test.each([
      ['what it holds', 4711],
      ['something else', 1],
      ['a text', 'Xanadu'],
      ['nothing', null],
      ['what no field holds', [1]],
    ])('set to %s', async (_what, value) => {
      for (const mode of MODES) {
        const answer = await alike(
          'update_field',
          body(field(names.hidden, value), { mode }),
          body(field(names.missing, value), { mode }),
          names,
        );
        expect(answer).toMatchObject({ status: 400, body: { error: { code: 'INVALID_INPUT' } } });
      }
    });

    test.each([4711, 1, null, 'Xanadu'])('expected to hold %s while another is set', async (value) => {
      for (const mode of MODES) {
        const request = (name: string): PlainRecord => body(field('NextStep', 'Sign'), { mode, expected: { [name]: value } });
        const answer = await alike('update_field', request(names.hidden), request(names.missing), names);
        expect(answer).toMatchObject({ status: 400, body: { error: { code: 'INVALID_INPUT' } } });
      }
    });
  });

  test('is in no list of fields, not in what is denied either', async () => {
    const { body: report } = await outsider.rest.read('objects/Opportunity');
    expect(JSON.stringify(report)).not.toMatch(/Amount|Secret|ExpectedRevenue|Probability/);
    expect(report).toMatchObject({ object: 'Opportunity', denied_by_policy: expect.not.arrayContaining(['Secret__c']) as unknown });
    expect(JSON.stringify(await outsider.rest.read('status'))).not.toMatch(/Amount|Secret/);
  });

  test.each(MODES)('that moves with the one that is set is no side effect to whom it is hidden: %s', async (mode) => {
    const { body: answer } = await outsider.rest.write('update_field', body(field('NextStep', `Sign, ${mode}`), { mode }));
    expect(answer).toMatchObject({ changed: true, changes: [{ field: 'NextStep', requested: true }] });
    expect(JSON.stringify(answer)).not.toMatch(/Secret|Xanadu|after/);
    const seen = await org.rest.query(`SELECT Secret__c FROM Opportunity WHERE Id = '${dealId}'`);
    expect(seen).toEqual([{ Secret__c: mode === 'commit' ? 'after Sign, commit' : 'Xanadu' }]);
  });

  test.each(MODES)('at which a trigger finds fault is not named in the refusal: %s', async (mode) => {
    const answer = await outsider.rest.write('update_field', body(field('NextStep', 'Blame the secret'), { mode }));
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'WRITE_REJECTED' } } });
    expect(JSON.stringify(answer)).not.toContain('Secret__c');
  });

  describe('that somebody may no longer see', () => {
    let takeAway: () => Promise<void>;
    let request: PlainRecord;
    beforeEach(async () => {
      takeAway = await assign(org, outsider.id, 'Insider');
      request = body(field('Amount', 4712));
      expect(await outsider.rest.write('update_field', request)).toMatchObject({
        status: 200,
        body: { replayed: false, changes: [{ field: 'Amount', old: 4711, new: 4712 }] },
      });
      expect(await outsider.rest.write('update_field', request)).toMatchObject({
        body: { replayed: true, changes: [{ field: 'Amount', old: 4711, new: 4712 }] },
      });
    });
    afterEach(() => takeAway().catch(() => undefined));

    test('is not in the answer to the same request again', async () => {
      await takeAway();
      await org.rest.update('Opportunity', dealId, { Amount: 4713 });
      const { status, body: answer } = await outsider.rest.write('update_field', request);
      expect({ status, answer }).toMatchObject({ status: 200, answer: { replayed: true, changes: [], result: {} } });
      expect(JSON.stringify(answer)).not.toMatch(/Amount|471\d/);
    });

    test('is unknown to a new request', async () => {
      await takeAway();
      const names = { hidden: 'Amount', missing: 'Amoumt' };
      await alike('update_field', body(field('Amount', 4712)), body(field('Amoumt', 4712)), names);
    });

    test('is not in what somebody may read of the rows of their own writes', async () => {
      await takeAway();
      for (const secret of ['Old_Value__c', 'New_Value__c', 'Requested_Value__c', 'Side_Effects__c', 'Response__c', 'Error_Message__c'])
        await expect(outsider.rest.query(`SELECT ${secret} FROM Cleanup_Audit__c`)).rejects.toThrow(`No such column '${secret}'`);
      for (const secret of ['Old_Value__c', 'New_Value__c'])
        await expect(outsider.rest.query(`SELECT Id FROM Cleanup_Audit__c WHERE ${secret} = '4712'`)).rejects.toThrow('No such column');
    });
  });

  test('that the same request moved as a side effect is not in its replay, once it is hidden', async () => {
    const takeAway = await assign(org, outsider.id, 'Insider');
    const request = body(field('NextStep', 'Sign'));
    const first = await outsider.rest.write('update_field', request);
    expect(first).toMatchObject({ body: { changes: [{ field: 'NextStep' }, { field: 'Secret__c', requested: false }] } });
    await takeAway();
    const again = await outsider.rest.write('update_field', request);
    expect(again).toMatchObject({ body: { replayed: true, changes: [{ field: 'NextStep', old: 'Call the buyer', new: 'Sign' }] } });
    expect(JSON.stringify(again)).not.toMatch(/Secret|after/);
  });
});

describe('an object', () => {
  const OBJECTS = [
    { hidden: 'Lead', missing: 'Leed' },
    { hidden: 'lead', missing: 'leed' },
    { hidden: 'Vault__c', missing: 'Fault__c' },
    { hidden: 'Write_Policy__mdt', missing: 'Write_Polizy__mdt' },
  ];

  test.each(OBJECTS)('$hidden is reported like $missing', async ({ hidden, missing }) => {
    const [ofHidden, ofMissing] = [await outsider.rest.read(`objects/${hidden}`), await outsider.rest.read(`objects/${missing}`)];
    expect(ofMissing).toMatchObject({ status: 400, body: { error: { code: 'INVALID_INPUT' } } });
    expect(anonymous(ofHidden, hidden)).toEqual(anonymous(ofMissing, missing));
  });

  test.each(MODES)('is as a target like one that does not exist: %s', async (mode) => {
    const vaultId = await org.rest.create('Vault__c', { Name: 'Gold' });
    const leadId = await org.rest.create('Lead', { LastName: 'Ito', Company: 'Acme' });
    for (const [name, id, nobody, nothing] of [
      ['Vault__c', vaultId, 'Fault__c', '0zz000000000001'],
      ['Lead', leadId, 'Leed', '0zz000000000001'],
      ['Lead', leadId.slice(0, 15), 'Lead', '0zz000000000001'],
      ['Opportunity', vaultId.slice(0, 15), 'Opportunity', '0zz000000000001'],
    ] as const) {
      const target = (object_type: string, object_id: string): PlainRecord =>
        body({ object_type, object_id, field_name: 'Name', new_value: 'Silver' }, { mode });
      const ofHidden = await outsider.rest.write('update_field', target(name, id));
      const ofMissing = await outsider.rest.write('update_field', target(nobody, nothing));
      expect(ofMissing).toMatchObject({ status: 400, body: { error: { code: 'INVALID_INPUT' } } });
      expect(anonymous(ofHidden, id, name)).toEqual(anonymous(ofMissing, nothing, nobody));
      const note = (object_type: string, object_id: string): PlainRecord => body({ object_type, object_id, body: 'Seen?' }, { mode });
      expect(anonymous(await outsider.rest.write('add_note', note(name, id)), id, name)).toEqual(
        anonymous(await outsider.rest.write('add_note', note(nobody, nothing)), nothing, nobody),
      );
    }
  });

  test.each(MODES)('is as the target of a reference like one that does not exist: %s', async (mode) => {
    const vaultId = await org.rest.create('Vault__c', { Name: 'Gold' });
    const nothing = '0zz000000000001AAA';
    await alike('update_field', body(field('AccountId', vaultId), { mode }), body(field('AccountId', nothing), { mode }), {
      hidden: vaultId,
      missing: nothing,
    });
  });

  test('is as the object of an operation like one that does not exist', async () => {
    const leadId = await org.rest.create('Lead', { LastName: 'Ito', Company: 'Acme' });
    const request = (lead_id: string, status: string): PlainRecord => body({ lead_id, status });
    const names = { hidden: leadId, missing: '0zz000000000001' };
    for (const status of ['Working - Contacted', 'Closed - Converted', 'Nonsense'])
      await alike('update_lead_status', request(names.hidden, status), request(names.missing, status), names);
  });
});

describe('a record', () => {
  const NEVER = { Opportunity: '006000000000001AAA', Account: '001000000000001AAA', Case: '500000000000001AAA' } as const;
  let foreign: { deal: string; account: string; case: string };
  beforeEach(async () => {
    const { dealId: deal, accountId: account } = await createDeal(org, { Name: 'Merger', Amount: 4711 });
    foreign = { deal, account, case: await org.rest.create('Case', { Subject: 'Fraud', Priority: 'High' }) };
  });

  const onDeal = (id: string, over: PlainRecord): PlainRecord =>
    body({ object_type: 'Opportunity', object_id: id, field_name: 'NextStep', new_value: 'Sign' }, over);

  test.each([
    ['a write', {}],
    ['a preview', { mode: 'preview' }],
    ['a right expectation', { expected: { NextStep: 'Call the buyer' } }],
    ['a wrong expectation', { expected: { NextStep: 'Nothing' } }],
  ])('of somebody else is like none: %s', async (_what, over) => {
    const names = { hidden: foreign.deal, missing: NEVER.Opportunity };
    const answer = await alike('update_field', onDeal(names.hidden, over), onDeal(names.missing, over), names);
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
  });

  test('is not found by its 15 characters, nor while it is locked, nor once it is deleted', async () => {
    const nobody = anonymous(await outsider.rest.write('update_field', onDeal(NEVER.Opportunity, {})), NEVER.Opportunity);
    const ask = async (id: string): Promise<unknown> => anonymous(await outsider.rest.write('update_field', onDeal(id, {})), foreign.deal);
    expect(await ask(foreign.deal.slice(0, 15))).toEqual(nobody);
    const release = org.local.hold(foreign.deal);
    expect(await ask(foreign.deal)).toEqual(nobody);
    release();
    await org.rest.delete('Opportunity', foreign.deal);
    expect(await ask(foreign.deal)).toEqual(nobody);
  });

  test.each(MODES)('of somebody else takes neither note nor comment: %s', async (mode) => {
    const note = (id: string): PlainRecord => body({ object_type: 'Opportunity', object_id: id, body: 'Seen?' }, { mode });
    await alike('add_note', note(foreign.deal), note(NEVER.Opportunity), { hidden: foreign.deal, missing: NEVER.Opportunity });
    const comment = (id: string): PlainRecord => body({ case_id: id, comment: 'Seen?' }, { mode });
    await alike('update_case', comment(foreign.case), comment(NEVER.Case), { hidden: foreign.case, missing: NEVER.Case });
  });

  test.each(MODES)('of somebody else is as a reference like none: %s', async (mode) => {
    const deal = { hidden: foreign.deal, missing: NEVER.Opportunity };
    const account = { hidden: foreign.account, missing: NEVER.Account };
    const task = (id: string): PlainRecord => body({ subject: 'Call', related_to_id: id }, { mode });
    await alike('create_task', task(deal.hidden), task(deal.missing), deal);
    await alike('create_task', task(account.hidden), task(account.missing), account);
    const newCase = (id: string): PlainRecord => body({ subject: 'Broken', description: 'It smokes', account_id: id }, { mode });
    await alike('create_case', newCase(account.hidden), newCase(account.missing), account);
    await alike('update_field', body(field('AccountId', account.hidden), { mode }), body(field('AccountId', account.missing), { mode }), account); // prettier-ignore
  });

  test('that was taken from somebody is in the replay of their write as it was then, and no more', async () => {
    const request = body(field('NextStep', 'Sign'));
    const first = await outsider.rest.write('update_field', request);
    await org.rest.update('Opportunity', dealId, {
      OwnerId: org.local.user('dana.whitfield@larkfield.example').id,
      NextStep: 'Hidden now',
      Name: 'Hidden name',
    });
    const again = await outsider.rest.write('update_field', request);
    expect(first.status).toBe(again.status);
    expect(JSON.stringify(again)).not.toMatch(/Hidden/);
    const names = { hidden: dealId, missing: NEVER.Opportunity };
    await alike('update_field', onDeal(names.hidden, {}), onDeal(names.missing, {}), names);
  });
});
