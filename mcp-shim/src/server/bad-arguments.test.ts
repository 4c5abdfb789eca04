import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toLongId } from '../salesforce/record-id.ts';
import { dealRow, describeDeals } from '../testing/sample-deals.ts';
import { opportunityId, startSampleOrg } from '../testing/sample-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';
import { catalogues } from '../tools/catalogue.ts';
import toolLists from './generated/tool-list.json' with { type: 'json' };

/** What every tool refuses before it sends anything, made from the schemas that clients see. */
let org: ScriptedOrg;
let shim: ShimClient;
beforeAll(async () => {
  org = await startSampleOrg();
  describeDeals(org);
  org.onQuery(/^SELECT Id, Name, .* FROM Opportunity/, [dealRow()]);
  shim = await connectShim(org.url, { newRequestId: () => '00000000-0000-4000-8000-000000000001' });
});
beforeEach(() => void org.requests.splice(0));
afterAll(async () => {
  await shim.close();
  await org.close();
});

interface Property {
  type?: string;
  minimum?: number;
  maximum?: number;
  enum?: string[];
}
type Arguments = Record<string, unknown>;

const account = '001000000000001AAA';
const lead = toLongId('00Q000000000001');
const auditRow = toLongId('a0X000000000001');
const write = { justification: 'Agreed with the account owner' };

/** Arguments that each tool takes: what is required, and of the optional ones those that go together. A tool without a row fails. */
const valid: Record<string, Arguments> = {
  get_account: { account_id: account },
  search_accounts: { query: 'Acme', owner_id: 'me' },
  get_contacts_for_account: { account_id: account },
  get_contact: { contact_id: '003000000000001AAA' },
  get_lead: { lead_id: lead },
  get_opportunity: { opp_id: opportunityId },
  get_opportunities: { owner_id: 'me', account_id: account, stage: 'Commit', name: 'Acme', close_date_from: '2026-01-01' },
  get_leads: { owner_id: 'me', name: 'Acme' },
  get_case: { case_id: '500000000000001AAA' },
  get_recent_activities: { related_to_id: account },
  get_team_members: { manager_id: 'me' },
  get_pipeline_summary: { close_date_from: '2026-01-01', close_date_to: '2026-12-31' },
  pipeline_by_stage: { owner_id: 'me' },
  pipeline_changes: { since: '2026-11-01' },
  stale_opps: {},
  at_risk_commits: { quarter_end_date: '2026-12-31' },
  query: { soql: 'SELECT Id FROM Account' },
  describe_object: { object_type: 'Opportunity', search: 'Name' },
  add_note: { object_type: 'Account', object_id: account, body: 'They want to sign', ...write },
  update_field: { object_type: 'Opportunity', object_id: opportunityId, field_name: 'NextStep', new_value: 'Sign', ...write },
  create_case: { subject: 'Broken', description: 'It does not start', ...write },
  update_case: { case_id: '500000000000001AAA', status: 'Working', ...write },
  create_task: { subject: 'Call the buyer', related_to_id: opportunityId, ...write },
  update_lead_status: { lead_id: lead, status: 'New', ...write },
  revert_change: { audit_id: auditRow, ...write },
  confirm_write: { change: 'PRODUCTION · Acme renewal', confirmation_token: 'ABCDEFGHJK' },
  get_audit_trail: { user: 'me', since: '2026-11-01' },
  check_connection: {},
};

const listed = toolLists.required.map(({ name, inputSchema }) => ({
  name,
  properties: inputSchema.properties as Record<string, Property>,
  required: 'required' in inputSchema ? inputSchema.required : [],
}));

it('every tool has a row', () => {
  expect(Object.keys(valid).sort()).toEqual(catalogues.required.map(({ name }) => name).sort());
});

async function refused(tool: string, args: Arguments): Promise<string> {
  const answer = await shim.call(tool, args);
  const { error } = answer as { error?: { code: string; message: string } };
  expect({ args: JSON.stringify(args).slice(0, 300), code: error?.code }).toMatchObject({ code: 'INVALID_INPUT' });
  expect(org.requests).toEqual([]);
  return error?.message ?? '';
}

/** What no argument of a type takes. */
function wrongTypes({ type }: Property): unknown[] {
  const everywhere = [{ $ne: 1 }, ['x'], [[]]];
  if (type === 'string') return [...everywhere, 5, true];
  if (type === 'boolean') return [...everywhere, 'true', 1];
  if (type === 'integer' || type === 'number') return [...everywhere, '5', true, 1.5];
  return everywhere;
}

const isDate = (name: string): boolean => /(^since$|_date$|_date_from$|_date_to$|^due_date$)/.test(name);
const isId = (name: string): boolean => /_id$/.test(name) && !['owner_id', 'manager_id', 'request_id'].includes(name);

describe.each(listed)('$name', ({ name, properties, required }) => {
  const base = valid[name] ?? {};
  const entries = Object.entries(properties);

  it('takes its row, and null for what may be left out', async () => {
    if (name === 'confirm_write') return void expect(await refused(name, base)).toMatch(/preview/i);
    const dry = { ...base, dry_run: true };
    const answer = await shim.call(name, dry);
    expect(answer).not.toHaveProperty('error');
    const nulls = Object.fromEntries(entries.filter(([key]) => !required.includes(key) && !(key in dry)).map(([key]) => [key, null]));
    expect(await shim.call(name, { ...dry, ...nulls })).toEqual(answer);
    expect(org.requests).toEqual([]);
  });

  it('misses what it needs', async () => {
    for (const key of required) {
      const { [key]: _left, ...rest } = base;
      expect(await refused(name, rest)).toContain(key);
      if (!(name === 'update_field' && key === 'new_value')) expect(await refused(name, { ...base, [key]: null })).toContain(key);
    }
  });

  it('values of another type', async () => {
    for (const [key, property] of entries) {
      for (const value of wrongTypes(property)) expect(await refused(name, { ...base, [key]: value })).toContain(`${key} must be `);
    }
  });

  it('numbers out of bounds, and texts that are too long', async () => {
    for (const [key, { type, minimum, maximum, enum: values }] of entries) {
      if (type === 'integer') {
        expect({ key, bounded: minimum !== undefined && maximum !== undefined }).toEqual({ key, bounded: true });
        const [low, high] = [minimum ?? 0, maximum ?? 0].map((bound) => bound.toLocaleString('en-US'));
        for (const value of [(minimum ?? 0) - 1, -1e9]) {
          expect(await refused(name, { ...base, [key]: value })).toContain(`${name}: ${key} must be at least ${low}. `);
        }
        for (const value of [(maximum ?? 0) + 1, 1e15]) {
          expect(await refused(name, { ...base, [key]: value })).toContain(`${name}: ${key} must be at most ${high}. `);
        }
      }
      if (type === 'string' || type === undefined) {
        // As a word, and as what passes for an address.
        for (const text of ['x'.repeat(200_000), `x@${'x'.repeat(200_000)}`]) {
          expect(await refused(name, { ...base, [key]: text })).toContain(key);
        }
      }
      if (values) expect(await refused(name, { ...base, [key]: 'none_of_them' })).toContain(key);
    }
  });

  it('arguments that it does not have, those of the prototype among them', async () => {
    for (const key of ['unknown', 'Limit', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(await refused(name, { ...base, [key]: 1 })).toContain(`unknown argument "${key}"`);
    }
    // The SDK drops it before anybody reads it; what matters is that no prototype learns of it.
    const polluting = JSON.parse(
      JSON.stringify({ ...base, dry_run: true, own: { polluted: 1 } }).replace('"own"', '"__proto__"'),
    ) as Arguments;
    await shim.call(name, polluting);
    expect(({} as Arguments)['polluted']).toBeUndefined();
  });

  it('ids that are none, and dates that no calendar has', async () => {
    for (const [key, { type }] of entries.filter(([key]) => isId(key))) {
      expect(type).toBe('string');
      const own = typeof base[key] === 'string' ? base[key] : account;
      const none = ['', ' ', own.slice(0, 14), own.slice(0, 17), `${own}A`, `${own.slice(0, 17)}${own.endsWith('B') ? 'C' : 'B'}`];
      const hostile = [`${own.slice(0, 15)}' O`, '../../../../x', '00100000000000\n', '001000000000001%00', '０01000000000001'];
      for (const id of [...none, ...hostile]) {
        // One reason, and the true one: what is no id is not an id of another object.
        expect((await refused(name, { ...base, [key]: id })).split(key)[1]).toMatch(
          /^ must be (the|a 15- or 18-character)[^;]+\. Arguments: /,
        );
      }
    }
    for (const [key] of entries.filter(([key]) => isDate(key))) {
      const none = [
        '',
        '2026-02-30',
        '2026-13-01',
        '2026-00-10',
        '2026-1-1',
        '21.11.2026',
        '2026-11-21T00:00:00Z',
        'today',
        'TODAY',
        '0000-00-00',
        '1699-12-31',
      ];
      for (const date of [...none, '9999-12-31', "2026-11-21' OR"]) expect(await refused(name, { ...base, [key]: date })).toContain(key);
    }
  });

  it('text goes nowhere but into literals and bodies', async () => {
    for (const [key] of entries.filter(([key, { type }]) => (type ?? 'string') === 'string' && key !== 'soql')) {
      for (const quote of [`'`, `\\'`, `\\\\'`, `"`, `%27`, `\u2019`, `\n'`]) {
        await shim.call(name, { ...base, [key]: `zqx${quote} OR zqx != ${quote}zqx@zqx.zq 💥%_` });
      }
    }
    if (['search_accounts', 'get_opportunities'].includes(name)) {
      expect(org.requests.some(({ soql }) => soql?.includes('zqx'))).toBe(true);
    }
    for (const { soql, path } of org.requests) {
      expect(path).not.toContain('zqx');
      expect((soql ?? '').replaceAll(/'(\\.|[^'\\])*'/g, '')).not.toMatch(/zqx/);
    }
  });
});

it.each([
  ['get_account', 'account_id', '003000000000001AAA'],
  ['get_contacts_for_account', 'account_id', opportunityId],
  ['get_contact', 'contact_id', account],
  ['get_lead', 'lead_id', '003000000000001AAA'],
  ['get_opportunity', 'opp_id', account],
  ['get_opportunities', 'account_id', opportunityId],
  ['get_opportunities', 'owner_id', account],
  ['get_case', 'case_id', opportunityId],
  ['get_recent_activities', 'related_to_id', '005000000000001AAA'],
  ['get_team_members', 'manager_id', account],
  ['update_case', 'case_id', account],
  ['update_lead_status', 'lead_id', '003000000000001AAA'],
])('%s refuses in %s an id of another object', async (tool, key, id) => {
  expect(await refused(tool, { ...valid[tool], [key]: id })).toContain(key);
});
