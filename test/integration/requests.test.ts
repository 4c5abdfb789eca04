import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { preview, refusalOf } from './support/calls.ts';
import { withNames } from './support/named-ids.ts';
import { change, createDeal, justification } from './support/sample-deal.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';
import type { SeenRequest } from './support/wire.ts';

/** What leaves the process, seen on the wire. */
let org: TestOrg;
let shim: ShimClient;
let dealId: string;
beforeAll(async () => {
  org = await startTestOrg();
});
beforeEach(async () => {
  shim = await org.connect();
  ({ dealId } = await createDeal(org));
  org.wire.take();
});
afterAll(() => org.close());

describe('dry_run shows the requests and sends none', () => {
  const composite = '/services/data/v60.0/composite';
  const organization = {
    method: 'GET',
    url: '/services/data/v60.0/query?q=SELECT%20Id%2C%20Name%2C%20IsSandbox%20FROM%20Organization%20LIMIT%201',
    referenceId: 'organization',
  };
  const record = {
    method: 'GET',
    url: "/services/data/v60.0/query?q=SELECT%20Id%2C%20Name%2C%20NextStep%20FROM%20Opportunity%20WHERE%20Id%20%3D%20'<deal>'%20LIMIT%201",
    referenceId: 'record',
  };
  const nothingSent = async (tool: string, args: Record<string, unknown>): Promise<unknown> => {
    const counted = org.apiRequests;
    const answer = await shim.call(tool, { ...args, dry_run: true });
    expect({ wire: org.wire.take(), counted: org.apiRequests }).toEqual({ wire: [], counted });
    return withNames(answer, { [dealId]: 'deal' });
  };
  /** The call that was shown, made: what went over the wire, in the form of dry_run. */
  const really = async (tool: string, args: Record<string, unknown>): Promise<unknown> => {
    expect(await shim.call(tool, args)).not.toHaveProperty('error');
    const sent = org.wire
      .take()
      .map(({ method, target, body }) => ({ method, path: target, ...(body === '' ? {} : { body: JSON.parse(body) as unknown }) }));
    return withNames(sent, { [dealId]: 'deal' });
  };

  test('query', async () => {
    const shown = await nothingSent('query', { soql: 'SELECT Name FROM Account LIMIT 1' });
    const dry_run = [{ method: 'GET', path: '/services/data/v60.0/query?q=SELECT%20Name%20FROM%20Account%20LIMIT%201' }];
    expect(shown).toEqual({ meta: { dry_run } });
    expect(await really('query', { soql: 'SELECT Name FROM Account LIMIT 1' })).toEqual(dry_run);
  });

  test('update_field', async () => {
    const args = change(dealId, 'NextStep', 'Sign');
    const shown = await nothingSent('update_field', args);
    const dry_run = [
      { method: 'GET', path: '/services/data/v60.0/sobjects/Opportunity/describe' },
      { method: 'POST', path: composite, body: { allOrNone: false, compositeRequest: [record, organization] } },
    ];
    expect(shown).toEqual({ meta: { dry_run } });
    expect(await really('update_field', args)).toEqual(dry_run);
    // What is known by then is not asked for again.
    expect(await nothingSent('update_field', args)).toEqual({
      meta: { dry_run: [{ method: 'POST', path: composite, body: { allOrNone: false, compositeRequest: [record] } }] },
    });
  });

  test('confirm_write, and the token stays good', async () => {
    const { confirm, requestId } = await preview(shim, change(dealId, 'NextStep', 'Sign'));
    org.wire.take();
    const shown = await nothingSent('confirm_write', confirm);
    const dry_run = [
      {
        method: 'POST',
        path: '/services/apexrest/revops/v1/writes/update_field',
        body: {
          request_id: requestId,
          mode: 'commit',
          justification,
          client: 'test-client/1.2.3',
          confirmation: 'token',
          input: { object_type: 'Opportunity', object_id: '<deal>', field_name: 'NextStep', new_value: 'Sign' },
          expected: { NextStep: 'Call the buyer' },
        },
      },
    ];
    expect(shown).toEqual({ meta: { dry_run } });
    expect(await org.auditRows('Id', dealId)).toEqual([]);
    expect(await really('confirm_write', confirm)).toEqual(dry_run);
    expect(await org.auditRows('Changed__c', dealId)).toEqual([{ Changed__c: true }]);
  });

  test('check_connection', async () => {
    const shown = (await nothingSent('check_connection', {})) as { meta: { dry_run: unknown[] } };
    expect(shown.meta.dry_run).toHaveLength(3);
    expect(await really('check_connection', {})).toEqual(shown.meta.dry_run);
  });

  test('what would be refused is refused', async () => {
    expect(await refusalOf(shim, 'query', { soql: 'DELETE FROM Account', dry_run: true })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(
      await refusalOf(shim, 'update_field', { ...change(dealId, 'NextStep', 'Sign'), justification: 'short', dry_run: true }),
    ).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await refusalOf(shim, 'confirm_write', { change: 'x', confirmation_token: 'x', dry_run: true })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(org.wire.take()).toEqual([]);
  });
});

describe('read-only mode', () => {
  test('the tools that write are not listed and cannot be called', async () => {
    const readOnly = await org.connect({ REVOPS_READ_ONLY: 'true' });
    expect((await readOnly.client.listTools()).tools.map(({ name }) => name)).toEqual(['query', 'check_connection']);
    for (const [name, args] of [
      ['update_field', change(dealId, 'NextStep', 'Sign')],
      ['confirm_write', { change: 'x', confirmation_token: 'x' }],
    ] as const) {
      await expect(readOnly.client.callTool({ name, arguments: args })).rejects.toThrow(`${name} is not offered: REVOPS_READ_ONLY is set`);
    }
    expect(org.wire.take()).toEqual([]);
    expect(await readOnly.call('query', { soql: `SELECT NextStep FROM Opportunity WHERE Id = '${dealId}' LIMIT 1` })).toMatchObject({
      rows: [['Call the buyer']],
    });
    expect(await readOnly.call('check_connection')).toMatchObject({ ok: true, connection: { read_only: true } });
  });

  test('otherwise all four are offered, and say what they do', async () => {
    const { tools } = await shim.client.listTools();
    expect(tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint, annotations?.destructiveHint])).toEqual([
      ['query', true, false],
      ['update_field', false, false],
      ['confirm_write', false, true],
      ['check_connection', true, false],
    ]);
  });
});

describe('nothing is sent but reads and the Apex write service', () => {
  /** Every request that this product may send, a composite only with queries in it. */
  const allowed = ({ method, target, body }: SeenRequest): boolean => {
    const { pathname, search } = new URL(target, 'http://org');
    if (method === 'GET') return /^\/services\/(oauth2\/userinfo|data\/v60\.0\/(query|sobjects\/\w+\/describe))$/.test(pathname);
    if (method !== 'POST' || search !== '') return false;
    if (pathname === '/services/apexrest/revops/v1/writes/update_field') return true;
    if (pathname !== '/services/data/v60.0/composite') return false;
    const parts = (JSON.parse(body) as { compositeRequest: { method: string; url: string }[] }).compositeRequest;
    return parts.length > 0 && parts.every((part) => part.method === 'GET' && part.url.startsWith('/services/data/v60.0/query?q='));
  };

  test('in a session with everything in it; and one commit is one request', async () => {
    await shim.call('check_connection');
    await shim.call('query', { soql: 'SELECT Id FROM Account' });
    await shim.call('query', { soql: 'SELECT COUNT() FROM Account' });
    await shim.call('query', { soql: 'SELECT Nope FROM Account' });
    await shim.call('query', { soql: 'SELECT Id FROM Account; DELETE FROM Account' });
    const first = await preview(shim, change(dealId, 'NextStep', 'Sign'));
    await shim.call('confirm_write', first.confirm);
    await shim.call('confirm_write', first.confirm);
    const second = await preview(shim, change(dealId, 'Amount', 'many'));
    await shim.call('confirm_write', second.confirm);
    await shim.call('update_field', change(dealId, 'Nope', 1));

    const sent = org.wire.take();
    expect(sent.filter((request) => !allowed(request))).toEqual([]);
    expect(sent.filter(({ target }) => target.includes('/apexrest/'))).toHaveLength(2);
    expect(new Set(sent.map(({ method, target }) => `${method} ${new URL(target, 'http://org').pathname}`))).toEqual(
      new Set([
        'GET /services/oauth2/userinfo',
        'POST /services/data/v60.0/composite',
        'GET /services/data/v60.0/query',
        'GET /services/data/v60.0/sobjects/Cleanup_Audit__c/describe',
        'GET /services/data/v60.0/sobjects/Opportunity/describe',
        'POST /services/apexrest/revops/v1/writes/update_field',
      ]),
    );
  });
});
