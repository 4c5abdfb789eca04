// @module-tag people
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { changePolicy, changeSettings, restoreSettings } from './support/administrator.ts';
import { preview, refusalOf } from './support/calls.ts';
import type { PreviewedChange } from './support/calls.ts';
import { assign, person, unassign } from './support/people.ts';
import type { Person } from './support/people.ts';
import { change, createDeal, justification } from './support/sample-deal.ts';
import { fixture, FORCE_APP, startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** A confirmation is that of one change, by one person, in one server: with anything else nothing is sent, or the org refuses. */
let org: TestOrg;
let shim: ShimClient;
let dealId: string;
beforeAll(async () => {
  org = await startTestOrg({ packageDirectories: [FORCE_APP, join(FORCE_APP, '..', 'crm-access'), fixture('access')] });
});
beforeEach(async () => {
  shim = await org.connect();
  ({ dealId } = await createDeal(org));
});
afterAll(() => org.close());

const nextStep = async (id = dealId): Promise<unknown> =>
  (await org.rest.query(`SELECT NextStep FROM Opportunity WHERE Id = '${id}'`))[0]?.['NextStep'];

async function previewOf(tool: string, args: Record<string, unknown>): Promise<PreviewedChange> {
  const { change: line, confirmation_token: token, ...rest } = await shim.call(tool, args);
  if (typeof line !== 'string' || typeof token !== 'string') throw new Error(`no preview: ${JSON.stringify(rest)}`);
  return { change: line, confirmation_token: token };
}

const mismatch = (line: string): unknown => ({
  code: 'INVALID_INPUT',
  message: 'change is not the line that was previewed under this token. Pass the change line of that preview, word for word.',
  details: { cause: 'CHANGE_MISMATCH', expected_change: line },
});
const unknown = { code: 'INVALID_INPUT', details: { cause: 'CONFIRMATION_EXPIRED' } };

test('the token of one tool with the line of another: refused whichever way round, and each still writes its own', async () => {
  const leadId = await org.rest.create('Lead', { LastName: 'Ng', Company: 'Globex', Status: 'Open - Not Contacted' });
  const caseId = await org.rest.create('Case', { Subject: 'Broken', Priority: 'Low' });
  const previews = [
    await previewOf('update_field', change(dealId, 'NextStep', 'Sign')),
    await previewOf('add_note', { object_type: 'Opportunity', object_id: dealId, body: 'Sign', title: 'Sign' }),
    await previewOf('create_case', { subject: 'Sign', description: 'Sign' }),
    await previewOf('update_case', { case_id: caseId, comment: 'Sign' }),
    await previewOf('create_task', { subject: 'Sign', related_to_id: dealId }),
    await previewOf('update_lead_status', { lead_id: leadId, status: 'Working - Contacted' }),
  ];
  const before = await org.state();
  org.wire.take();
  for (const own of previews) {
    for (const other of previews.filter((preview) => preview !== own))
      expect(await refusalOf(shim, 'confirm_write', { ...own, change: other.change })).toEqual(mismatch(own.change));
  }
  expect(org.wire.take()).toEqual([]);
  expect(await org.state()).toEqual(before);

  const rows = 'SELECT Operation__c, Ordinal__c FROM Cleanup_Audit__c ORDER BY Name';
  const known = (await org.rest.query(rows)).length;
  for (const own of previews) expect(await shim.call('confirm_write', own)).toMatchObject({ status: 'committed' });
  const written = (await org.rest.query(rows)).slice(known).filter((row) => row['Ordinal__c'] === 0);
  expect(written.map((row) => row['Operation__c'])).toEqual([
    'update_field',
    'add_note',
    'create_case',
    'update_case',
    'create_task',
    'update_lead_status',
  ]);
});

describe('of another record', () => {
  test('its line is another one', async () => {
    const { dealId: otherId } = await createDeal(org, { Name: 'Globex renewal' });
    const { confirm } = await preview(shim, change(dealId, 'NextStep', 'Sign'));
    const { confirm: other } = await preview(shim, change(otherId, 'NextStep', 'Sign'));
    expect(await refusalOf(shim, 'confirm_write', { ...confirm, change: other.change })).toEqual(mismatch(confirm.change));
    expect([await nextStep(), await nextStep(otherId)]).toEqual(['Call the buyer', 'Call the buyer']);
  });

  test('whose line is the same, since it has the same name: the token says which', async () => {
    const { dealId: otherId } = await createDeal(org);
    const { confirm } = await preview(shim, change(dealId, 'NextStep', 'Sign'));
    const { confirm: other } = await preview(shim, change(otherId, 'NextStep', 'Sign'));
    expect(other.change).toBe(confirm.change);
    expect(await shim.call('confirm_write', other)).toMatchObject({ record_id: otherId });
    expect([await nextStep(), await nextStep(otherId)]).toEqual(['Call the buyer', 'Sign']);
  });
});

describe('of another user', () => {
  let colleague: Person;
  let theirs: ShimClient;
  beforeEach(async () => {
    colleague = await person(org, ['RevOps_MCP_User', 'RevOps_CRM_Access']);
    await org.rest.update('Opportunity', dealId, { OwnerId: colleague.id });
    theirs = await org.connect({ SFDC_ACCESS_TOKEN: org.local.sessions.issue(colleague.username) });
  });

  test('their server does not know it, and sends nothing', async () => {
    const { confirm } = await preview(shim, change(dealId, 'NextStep', 'Sign'));
    org.wire.take();
    expect(await refusalOf(theirs, 'confirm_write', confirm)).toMatchObject(unknown);
    expect(org.wire.take()).toEqual([]);
    expect(await nextStep()).toBe('Call the buyer');
    expect(await org.auditRows('Id', dealId)).toEqual([]);
  });

  test('the same code in both servers stands for the own change of each', async () => {
    const { confirm } = await preview(shim, change(dealId, 'NextStep', 'Sign'));
    const { confirm: their } = await preview(theirs, change(dealId, 'Amount', 7));
    // Codes are counted up in tests: the first of each server is the same.
    expect(their.confirmation_token).toBe(confirm.confirmation_token);
    expect(await refusalOf(theirs, 'confirm_write', { ...their, change: confirm.change })).toEqual(mismatch(their.change));
    expect(await theirs.call('confirm_write', their)).toMatchObject({ status: 'committed' });
    expect(await nextStep()).toBe('Call the buyer');
    expect(await org.auditRows('Field_Name__c, Performed_By__c', dealId)).toEqual([
      { Field_Name__c: 'Amount', Performed_By__c: colleague.username },
    ]);
  });

  test('who loses access between preview and confirmation is refused', async () => {
    const { confirm } = await preview(theirs, change(dealId, 'NextStep', 'Sign'));
    await unassign(org, colleague.id, 'RevOps_MCP_User');
    expect(await refusalOf(theirs, 'confirm_write', confirm)).toMatchObject({ code: 'PERMISSION_DENIED' });
    expect(await nextStep()).toBe('Call the buyer');
  });

  test('who may no longer edit deals is refused, with a failed row', async () => {
    const { confirm } = await preview(theirs, change(dealId, 'NextStep', 'Sign'));
    await assign(org, colleague.id, 'Deal_Reader');
    await unassign(org, colleague.id, 'RevOps_CRM_Access');
    expect(await refusalOf(theirs, 'confirm_write', confirm)).toMatchObject({
      code: 'PERMISSION_DENIED',
      message: 'You may not change NextStep of Opportunity. Ask your administrator for edit access.',
    });
    expect(await nextStep()).toBe('Call the buyer');
    expect(await org.auditRows('Failed__c, Changed__c, Confirmation__c', dealId)).toEqual([
      { Failed__c: true, Changed__c: false, Confirmation__c: 'token' },
    ]);
  });
});

describe('the line as it was shown', () => {
  test.each<[what: string, altered: (line: string) => string]>([
    ['another letter case', (line) => line.toLowerCase()],
    ['a Cyrillic letter that looks the same', (line) => line.replace('A', '\u0410')],
    ['a bullet for the middle dot', (line) => line.replaceAll('·', '•')],
    ['another arrow', (line) => line.replace('→', '⟶')],
    ['a zero-width blank in it', (line) => line.replace('Sign', 'Si\u200bgn')],
    ['turned around', (line) => `\u202e${line}`],
    ['something behind it', (line) => `${line} · Amount 1200.5 → 0`],
    ['another line behind it', (line) => `${line}\n${line}`],
    ['cut short', (line) => line.slice(0, -1)],
  ])('%s is another line', async (_what, altered) => {
    const { confirm } = await preview(shim, change(dealId, 'NextStep', 'Sign'));
    org.wire.take();
    const refusal = await refusalOf(shim, 'confirm_write', { ...confirm, change: altered(confirm.change) });
    expect(refusal).toEqual(mismatch(confirm.change));
    expect(org.wire.take()).toEqual([]);
    expect(await nextStep()).toBe('Call the buyer');
  });

  test.each<[what: string, same: (line: string) => string]>([
    ['blanks around it', (line) => `  ${line}\n`],
    ['no-break blanks and line ends in it', (line) => line.replaceAll(' ', '\u00a0\n')],
    ['accents taken apart', (line) => line.normalize('NFD')],
  ])('%s make no difference', async (_what, same) => {
    const { confirm } = await preview(shim, change(dealId, 'NextStep', 'Signé'));
    expect(await shim.call('confirm_write', { ...confirm, change: same(confirm.change) })).toMatchObject({ status: 'committed' });
    expect(await nextStep()).toBe('Signé');
  });

  test.each<[what: string, altered: (token: string) => string]>([
    ['wide digits', (token) => token.replace('0', '\uff10')],
    ['the letter O for a zero', (token) => token.replace('0', 'O')],
    ['one character less', (token) => token.slice(1)],
    ['a blank in it', (token) => `${token.slice(0, 5)} ${token.slice(5)}`],
  ])('a token with %s is none', async (_what, altered) => {
    const { confirm } = await preview(shim, change(dealId, 'NextStep', 'Sign'));
    const confirmation_token = altered(confirm.confirmation_token);
    expect(confirmation_token).not.toBe(confirm.confirmation_token);
    expect(await refusalOf(shim, 'confirm_write', { ...confirm, confirmation_token })).toMatchObject(unknown);
    expect(await nextStep()).toBe('Call the buyer');
  });
});

describe('what an administrator changes between preview and confirmation counts', () => {
  test('a field that the policy denies by now: refused, with a failed row', async () => {
    const { confirm } = await preview(shim, change(dealId, 'NextStep', 'Sign'));
    changePolicy(org, [{ name: 'Deny_Next_Step', object: 'Opportunity', field: 'NextStep', access: 'Deny', reason: 'Frozen.' }]);
    try {
      expect(await refusalOf(shim, 'confirm_write', confirm)).toMatchObject({
        code: 'PERMISSION_DENIED',
        message: expect.stringContaining('Frozen.') as unknown,
        details: { cause: 'POLICY_DENIED', fields: ['NextStep'] },
      });
    } finally {
      changePolicy(org, [{ name: 'Deny_Next_Step', object: 'Opportunity', field: 'NextStep', access: 'Deny', active: false }]);
    }
    expect(await nextStep()).toBe('Call the buyer');
    expect(await org.auditRows('Failed__c, Changed__c, Error_Code__c, Confirmation__c', dealId)).toEqual([
      { Failed__c: true, Changed__c: false, Error_Code__c: 'POLICY_DENIED', Confirmation__c: 'token' },
    ]);
  });

  test('writes that are switched off: refused, without a row', async () => {
    const { confirm } = await preview(shim, change(dealId, 'NextStep', 'Sign'));
    changeSettings(org, { Writes_Enabled__c: false });
    try {
      expect(await refusalOf(shim, 'confirm_write', confirm)).toMatchObject({
        code: 'PERMISSION_DENIED',
        message: expect.stringMatching(/check_connection shows whether they are on\.$/) as unknown,
        details: { cause: 'WRITES_DISABLED' },
      });
    } finally {
      restoreSettings(org);
    }
    expect(await nextStep()).toBe('Call the buyer');
    expect(await org.auditRows('Id', dealId)).toEqual([]);
  });
});

test('revert_change: the token is void once somebody else has reverted or changed it', async () => {
  const { confirm } = await preview(shim, change(dealId, 'NextStep', 'Sign'));
  const { audit_id } = await shim.call('confirm_write', confirm);
  const undo = { audit_id, justification };
  const [first, second] = [await previewOf('revert_change', undo), await previewOf('revert_change', undo)];
  expect(second.change).toBe(first.change);
  expect(await shim.call('confirm_write', first)).toMatchObject({ status: 'committed' });
  expect(await refusalOf(shim, 'confirm_write', second)).toMatchObject({ code: 'SF_API_ERROR', details: { cause: 'CONFLICT' } });
  expect(await nextStep()).toBe('Call the buyer');
});
