// @module-tag whole-org
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { refusalOf } from './support/calls.ts';
import { withNames } from './support/named-ids.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** get_opportunities by each of its filters, on five deals that differ in what is filtered by. */
let org: TestOrg;
let shim: ShimClient;
const names: Record<string, string> = {};
const idOf = (name: string): string => Object.keys(names).find((id) => names[id] === name) ?? '';

beforeAll(async () => {
  org = await startTestOrg();
  shim = await org.connect();
  const [marcus] = await org.rest.query("SELECT Id FROM User WHERE Username = 'marcus.oyelaran@larkfield.example'");
  names[String(marcus?.['Id'])] = 'Marcus';
  const create = async (name: string, object: string, fields: Record<string, unknown>): Promise<void> => {
    names[await org.rest.create(object, fields)] = name;
  };
  await create('Acme', 'Account', { Name: 'Acme' });
  await create('Globex', 'Account', { Name: 'Globex' });
  const deal = (name: string, fields: Record<string, unknown>): Promise<void> =>
    create(name, 'Opportunity', {
      Name: name,
      AccountId: idOf('Acme'),
      StageName: 'Qualification',
      CloseDate: '2026-12-18',
      OwnerId: idOf('Marcus'),
      ...fields,
    });
  await deal('usual', { Amount: 100, NextStep: 'Call' });
  await deal('early', { CloseDate: '2026-11-30', Amount: 20.5 });
  await deal("50%_o'hara", { StageName: 'Commit', AccountId: idOf('Globex'), Amount: 0.1 });
  await deal('won', { StageName: 'Closed Won', CloseDate: '2026-11-20', Amount: 1000 });
  await deal('mine', { OwnerId: undefined, CloseDate: '2027-01-31' });
});
afterAll(() => org.close());

/** Names in the order of the answer, and its totals. */
async function found(args: Record<string, unknown>): Promise<unknown[]> {
  const answer = (await shim.call('get_opportunities', args)) as {
    opportunities: { id: string }[];
    total_count: number;
    total_value: number;
  };
  return [answer.opportunities.map(({ id }) => names[id]), answer.total_count, answer.total_value];
}

test('open deals by close date; closed ones only where asked for [crm-029, crm-035]', async () => {
  expect(await found({})).toEqual([['early', 'usual', "50%_o'hara", 'mine'].sort(inOrder), 4, 120.6]);
  expect(await found({ include_closed: true })).toEqual([['won', 'early', 'usual', "50%_o'hara", 'mine'].sort(inOrder), 5, 1120.6]);
});

test.each<[id: string, args: () => Record<string, unknown>, expected: unknown[]]>([
  [
    '[crm-030] the owner, by 15 characters of the id',
    () => ({ owner_id: idOf('Marcus').slice(0, 15), stage: 'Commit' }),
    [["50%_o'hara"], 1, 0.1],
  ],
  [
    '[crm-030] the owner, by id, and no deal of others',
    () => ({ owner_id: idOf('Marcus') }),
    [['early', 'usual', "50%_o'hara"].sort(inOrder), 3, 120.6],
  ],
  ['[crm-030] the owner, by username', () => ({ owner_id: 'sam.okafor@larkfield.example' }), [['mine'], 1, 0]],
  ['[crm-030] the owner, who has none', () => ({ owner_id: 'me' }), [[], 0, 0]],
  ['[crm-031] the account, 15 characters of its id', () => ({ account_id: idOf('Globex').slice(0, 15) }), [["50%_o'hara"], 1, 0.1]],
  ['[crm-032] the stage, whatever its case', () => ({ stage: 'commit' }), [["50%_o'hara"], 1, 0.1]],
  ['[crm-033] the first day, included', () => ({ close_date_from: '2027-01-31' }), [['mine'], 1, 0]],
  ['[crm-034] the last day, included', () => ({ close_date_to: '2026-11-30' }), [['early'], 1, 20.5]],
  ['part of the name, its own wildcards being text', () => ({ name: "%_o'" }), [["50%_o'hara"], 1, 0.1]],
  ['all at once, and none', () => ({ owner_id: 'me', account_id: idOf('Acme'), stage: 'Commit' }), [[], 0, 0]],
])('%s', async (_what, args, expected) => {
  expect(await found(args())).toEqual(expected);
});

test('the whole answer [crm-037]', async () => {
  expect(withNames(await shim.call('get_opportunities', { name: 'usual' }), { ...names, [org.url]: 'org' })).toEqual({
    opportunities: [
      {
        id: '<usual>',
        name: 'usual',
        account_id: '<Acme>',
        account_name: 'Acme',
        owner_id: '<Marcus>',
        owner_name: 'Marcus Oyelaran',
        stage: 'Qualification',
        amount: 100,
        close_date: '2026-12-18',
        probability: 10,
        forecast_category: 'Pipeline',
        next_step: 'Call',
        last_activity_date: null,
        days_in_stage: 0,
        risk_flags: [{ rule: 'no_contact_role', severity: 'low', reason: 'No contact has a role in this deal' }],
      },
    ],
    total_count: 1,
    total_value: 100,
    has_more: false,
    meta: { record_url: '<org>/{id}' },
  });
});

test('a stage, an owner and an account that there are not, and a range that ends before it starts', async () => {
  expect(await refusalOf(shim, 'get_opportunities', { stage: 'Comit' })).toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining('Commit') as unknown,
  });
  expect(await refusalOf(shim, 'get_opportunities', { owner_id: 'nobody@larkfield.example' })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await refusalOf(shim, 'get_opportunities', { account_id: '001000000000999AAA' })).toEqual({
    code: 'NOT_FOUND',
    message: 'Account 001000000000999AAA does not exist, is deleted, or is not visible to you. Check the id.',
    details: { cause: 'NOT_FOUND', fields: ['account_id'] },
  });
  expect(await found({ account_id: idOf('Globex'), name: 'usual' })).toEqual([[], 0, 0]);
  expect(await refusalOf(shim, 'get_opportunities', { close_date_from: '2027-01-01', close_date_to: '2026-12-31' })).toMatchObject({
    code: 'INVALID_INPUT',
  });
});

/** By close date, then id. */
function inOrder(one: string, other: string): number {
  const days: Record<string, string> = { won: '2026-11-20', early: '2026-11-30', mine: '2027-01-31' };
  const key = (name: string): string => `${days[name] ?? '2026-12-18'} ${idOf(name)}`;
  return key(one).localeCompare(key(other));
}
