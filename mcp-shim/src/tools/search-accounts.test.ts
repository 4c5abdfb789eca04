import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeAs } from '../testing/sample-describe.ts';
import { startSampleOrg } from '../testing/sample-org.ts';
import { fault } from '../testing/scripted-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

let org: ScriptedOrg;
let shim: ShimClient;

const fields = {
  Name: {},
  Industry: { values: ['Energy', 'Old', 'Retail'] },
  Type: {},
  AnnualRevenue: { type: 'currency' },
  BillingCity: {},
  BillingState: {},
  OwnerId: { referenceTo: ['User'] },
};
const row = (name: string, index: number) => ({
  Id: `00100000000000${index}AAA`,
  Name: name,
  Industry: null,
  Type: 'Prospect',
  AnnualRevenue: 5,
  BillingCity: 'x'.repeat(400),
  BillingState: null,
  Owner: null,
});

beforeEach(async () => {
  org = await startSampleOrg();
  describeAs(org, 'Account', fields);
  holds(['Acme'], ['1 Acme', 'Acme Labs']);
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

/** Accounts called so exactly, and those that contain the name; `LIMIT` and `OFFSET` are obeyed. */
function holds(exact: string[], similar: string[]): void {
  for (const [pattern, names] of [
    [/WHERE Name = /, exact],
    [/WHERE Name LIKE .* AND Name != /, similar],
  ] as const) {
    const rows = names.map((name, index) => row(name, index + (names === exact ? 1 : 5)));
    org.on(({ soql = '' }) => {
      if (!pattern.test(soql) || !soql.includes('FROM Account')) return undefined;
      const [, limit = '0', offset = '0'] = /LIMIT (\d+)(?: OFFSET (\d+))?$/.exec(soql) ?? [];
      const records = soql.startsWith('SELECT COUNT') ? [{ total: rows.length }] : rows.slice(+offset, +offset + +limit);
      return { status: 200, body: { totalSize: records.length, done: true, records } };
    });
  }
}

interface Answer {
  accounts: { id: string; name: string }[];
  next_cursor?: string;
}
const search = async (args: Record<string, unknown>) => (await shim.call('search_accounts', args)) as unknown as Answer;
const queries = () => org.requests.flatMap(({ soql }) => (soql?.includes('FROM Account') ? [soql] : []));

it('exact names first; one describe and one request', async () => {
  const answer = await search({ query: ' acme ', industry: null });
  expect(answer).toMatchObject({ total_count: 3, has_more: false, meta: { record_url: `${org.url}/{id}` } });
  expect(answer.accounts.map(({ name }) => name)).toEqual(['Acme', '1 Acme', 'Acme Labs']);
  expect(answer.accounts[0]).toEqual({
    id: '001000000000001AAA',
    name: 'Acme',
    industry: null,
    type: 'Prospect',
    annual_revenue: 5,
    billing_city: `${'x'.repeat(300)}… [+100 chars]`,
    billing_state: null,
    owner_name: null,
  });
  expect(org.wire).toEqual(['GET /services/data/v60.0/sobjects/Account/describe', 'POST /services/data/v60.0/composite']);
});

it.each([1, 2, 3, 50])('pages of %i neither repeat nor leave out', async (limit) => {
  holds(['Acme', 'ACME'], ['1 Acme', 'Acme Labs', 'Acme Zoo']);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await search({ query: 'acme', limit, cursor });
    seen.push(...page.accounts.map(({ name }) => name));
    cursor = page.next_cursor;
  } while (cursor !== undefined);
  expect(seen).toEqual(['Acme', 'ACME', '1 Acme', 'Acme Labs', 'Acme Zoo']);
});

it('filters become conditions of rows and counts, in their literals [crm-016, crm-017]', async () => {
  await search({ query: "50%_o'\\", industry: 'energy', owner_id: 'me', limit: 7 });
  const filters = "Industry = 'Energy' AND OwnerId = '005000000000001AAA'";
  const columns = 'Id, Name, Industry, Type, AnnualRevenue, BillingCity, BillingState, Owner.Name';
  const first = `FROM Account WHERE Name = '50%_o\\'\\\\' AND ${filters}`;
  const second = `FROM Account WHERE Name LIKE '%50\\%\\_o\\'\\\\%' AND Name != '50%_o\\'\\\\' AND ${filters}`;
  expect(queries()).toEqual([
    `SELECT COUNT(Id) total ${first}`,
    `SELECT COUNT(Id) total ${second}`,
    `SELECT ${columns} ${first} ORDER BY Name, Id LIMIT 7`,
    `SELECT ${columns} ${second} ORDER BY Name, Id LIMIT 7`,
  ]);
});

it('leaves out what the user may not see, and refuses to filter by it', async () => {
  describeAs(org, 'Account', { Name: {}, OwnerId: { referenceTo: ['User'] } });
  expect(await search({ query: 'acme' })).toMatchObject({
    meta: { fields_not_visible: ['Industry', 'Type', 'AnnualRevenue', 'BillingCity', 'BillingState'] },
  });
  expect(queries()[2]).toMatch(/^SELECT Id, Name, Owner.Name FROM Account/);
  expect(await search({ query: 'acme', industry: 'Energy' })).toMatchObject({
    error: { code: 'PERMISSION_DENIED', message: expect.stringContaining('Account.Industry') as unknown },
  });
});

it('passes errors of the org on', async () => {
  org.on(({ soql }) => (soql?.startsWith('SELECT COUNT') ? fault(400, 'QUERY_TIMEOUT', 'Your query took too long.') : undefined));
  expect(await search({ query: 'acme' })).toMatchObject({ error: { code: 'SF_API_ERROR', details: { sf_code: 'QUERY_TIMEOUT' } } });
});

describe('refuses', () => {
  it.each([
    [{}, 'query is missing'],
    [{ query: ' ' }, 'query must have at least 1 character'],
    [{ query: 'x'.repeat(10_000) }, 'query must have at most 255 characters'],
    [{ query: 'Acme', limit: 0 }, 'limit'],
    [{ query: 'Acme', limit: 51 }, 'limit'],
    [{ query: 'Acme', owner_id: '001000000000001AAA' }, "owner_id must be a user's id, username or e-mail, or me"],
    [{ query: 'Acme', cursor: 'x' }, 'cursor is not one that this server gave'],
    [{ query: 'Acme', name: 'x' }, 'unknown argument "name"'],
  ])('case %#, before any request', async (args, reason) => {
    expect(await search(args)).toMatchObject({ error: { code: 'INVALID_INPUT', message: expect.stringContaining(reason) as unknown } });
    expect(org.requests).toEqual([]);
  });

  it('a cursor of another search, and an industry that is not active', async () => {
    const { next_cursor: cursor } = await search({ query: 'acme', limit: 1 });
    expect(await search({ query: 'other', limit: 1, cursor })).toMatchObject({ error: { details: { cause: 'INVALID_CURSOR' } } });
    expect(await search({ query: 'acme', industry: 'Old' })).toMatchObject({
      error: { code: 'INVALID_INPUT', message: 'industry: "Old" is no active value. Active values: Energy, Retail.' },
    });
  });
});

it('dry_run shows the requests and sends nothing', async () => {
  const { meta } = (await shim.call('search_accounts', { query: 'acme', owner_id: 'me', dry_run: true })) as {
    meta: { dry_run: { method: string; path: string }[] };
  };
  expect(meta.dry_run.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /services/data/v60.0/sobjects/Account/describe',
    'GET /services/oauth2/userinfo',
    'POST /services/data/v60.0/composite',
  ]);
  expect(org.requests).toEqual([]);
});
