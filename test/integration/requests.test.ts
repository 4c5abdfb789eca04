import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { catalogues } from '../../mcp-shim/src/tools/catalogue.ts';
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

describe('dry_run shows the requests and sends none [revops-046]', () => {
  const composite = '/services/data/v60.0/composite';
  const organization = {
    method: 'GET',
    url: '/services/data/v60.0/query?q=SELECT%20Id%2C%20Name%2C%20IsSandbox%20FROM%20Organization%20LIMIT%201',
    referenceId: 'organization',
  };
  /** A dry run of a write takes a request id of its own. */
  const withoutRequestId = (json: unknown): unknown =>
    JSON.parse(JSON.stringify(json).replace(/"request_id":"[0-9a-f-]{36}"/g, '"request_id":"<request>"'));
  const nothingSent = async (tool: string, args: Record<string, unknown>): Promise<unknown> => {
    const counted = org.apiRequests;
    const answer = await shim.call(tool, { ...args, dry_run: true });
    expect({ wire: org.wire.take(), counted: org.apiRequests }).toEqual({ wire: [], counted });
    return withoutRequestId(withNames(answer, { [dealId]: 'deal' }));
  };
  /** The call that was shown, made: what went over the wire, in the form of dry_run. */
  const really = async (tool: string, args: Record<string, unknown>): Promise<unknown> => {
    expect(await shim.call(tool, args)).not.toHaveProperty('error');
    const sent = org.wire
      .take()
      .map(({ method, target, body }) => ({ method, path: target, ...(body === '' ? {} : { body: JSON.parse(body) as unknown }) }));
    return withoutRequestId(withNames(sent, { [dealId]: 'deal' }));
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
    const tried = {
      method: 'POST',
      path: '/services/apexrest/revops/v1/writes/update_field',
      body: {
        mode: 'preview',
        request_id: '<request>',
        justification,
        client: 'test-client/1.2.3',
        input: { object_type: 'Opportunity', object_id: '<deal>', field_name: 'NextStep', new_value: 'Sign' },
      },
    };
    const dry_run = [
      { method: 'GET', path: '/services/data/v60.0/sobjects/Cleanup_Audit__c/describe' },
      { method: 'GET', path: '/services/apexrest/revops/v1/status' },
      { method: 'GET', path: '/services/data/v60.0/sobjects/Opportunity/describe' },
      { method: 'POST', path: composite, body: { allOrNone: false, compositeRequest: [organization] } },
      tried,
    ];
    expect(shown).toEqual({ meta: { dry_run } });
    expect(await really('update_field', args)).toEqual(dry_run);
    // What is known by then is not asked for again.
    expect(await nothingSent('update_field', args)).toEqual({
      meta: { dry_run: [tried] },
    });
  });

  test('confirm_write, and the token stays good', async () => {
    const { confirm } = await preview(shim, change(dealId, 'NextStep', 'Sign'));
    org.wire.take();
    const shown = await nothingSent('confirm_write', confirm);
    const dry_run = [
      {
        method: 'POST',
        path: '/services/apexrest/revops/v1/writes/update_field',
        body: {
          request_id: '<request>',
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
    expect(shown.meta.dry_run).toHaveLength(4);
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
    const reads = catalogues.required.filter(({ annotations }) => annotations.readOnlyHint);
    expect((await readOnly.client.listTools()).tools.map(({ name }) => name)).toEqual(reads.map(({ name }) => name));
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

  test('otherwise all are offered, and say what they do', async () => {
    const { tools } = await shim.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(catalogues.required.map(({ name }) => name));
    const hints = tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint, annotations?.destructiveHint]);
    expect(hints.filter(([, readOnly, destructive]) => readOnly !== true || destructive !== false)).toEqual([
      ['add_note', false, false],
      ['update_field', false, false],
      ['create_case', false, false],
      ['update_case', false, false],
      ['create_task', false, false],
      ['update_lead_status', false, false],
      ['revert_change', false, false],
      ['confirm_write', false, true],
    ]);
  });
});

describe('nothing is sent but reads and the Apex write service', () => {
  /** Every request that this product may send, a composite only with queries in it. */
  const allowed = ({ method, target, body }: SeenRequest): boolean => {
    const { pathname, search } = new URL(target, 'http://org');
    if (method === 'GET')
      return /^\/services\/(oauth2\/userinfo|apexrest\/revops\/v1\/(status|objects\/\w+)|data\/v60\.0\/(query|sobjects\/\w+\/describe))$/.test(
        pathname,
      );
    if (method !== 'POST' || search !== '') return false;
    if (pathname === '/services/apexrest/revops/v1/writes/update_field') return true;
    if (pathname !== '/services/data/v60.0/composite') return false;
    const parts = (JSON.parse(body) as { compositeRequest: { method: string; url: string }[] }).compositeRequest;
    return (
      parts.length > 0 &&
      parts.every((part) => part.method === 'GET' && /^\/services\/data\/v60\.0\/(query\?q=|sobjects\/Opportunity\/\w{18}$)/.test(part.url))
    );
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
    await shim.call('update_field', change(dealId, 'Amount', 'many'));
    await shim.call('get_opportunity', { opp_id: dealId });
    await shim.call('pipeline_by_stage', { owner_id: 'me' });
    await shim.call('describe_object', { object_type: 'Account' });
    await shim.call('update_field', change(dealId, 'Nope', 1));

    const sent = org.wire.take();
    expect(sent.filter((request) => !allowed(request))).toEqual([]);
    const modes = sent
      .filter(({ target }) => target.endsWith('/writes/update_field'))
      .map(({ body }) => (JSON.parse(body) as { mode: string }).mode);
    expect(modes).toEqual(['preview', 'commit', 'preview']);
    expect(new Set(sent.map(({ method, target }) => `${method} ${new URL(target, 'http://org').pathname}`))).toEqual(
      new Set([
        'GET /services/oauth2/userinfo',
        'POST /services/data/v60.0/composite',
        'GET /services/data/v60.0/query',
        'GET /services/data/v60.0/sobjects/Cleanup_Audit__c/describe',
        'GET /services/data/v60.0/sobjects/Opportunity/describe',
        'GET /services/data/v60.0/sobjects/Account/describe',
        'GET /services/apexrest/revops/v1/status',
        'GET /services/apexrest/revops/v1/objects/Account',
        'POST /services/apexrest/revops/v1/writes/update_field',
      ]),
    );
  });
});
