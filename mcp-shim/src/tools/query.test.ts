import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ScriptedOrg, fault, ok } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

let org: ScriptedOrg;
let shim: ShimClient;

beforeEach(async () => {
  org = await ScriptedOrg.start();
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

const attributes = { type: 'Opportunity', url: '/x' };

it('answers rows as columns and arrays, in Salesforce spelling', async () => {
  org.onQuery('SELECT id, name, owner.name FROM Opportunity LIMIT 2', [
    { attributes, Id: '006A', Name: 'Acme', Owner: { attributes, Name: 'Ada' } },
    { attributes, Id: '006B', Name: null, Owner: null },
  ]);
  expect(await shim.call('query', { soql: 'SELECT id, name, owner.name FROM Opportunity LIMIT 2' })).toEqual({
    columns: ['Id', 'Name', 'Owner.Name'],
    rows: [
      ['006A', 'Acme', 'Ada'],
      ['006B', null, null],
    ],
    returned: 2,
    truncated: false,
  });
  expect(org.wire).toEqual(['GET /services/data/v60.0/query']);
});

it('bounds to 200 rows and counts all in the same request', async () => {
  org.onQuery(
    'SELECT Id FROM Account LIMIT 200',
    Array.from({ length: 200 }, (_, index) => ({ Id: String(index) })),
  );
  org.onQuery('SELECT COUNT() FROM Account', [], { totalSize: 12_345 });
  expect(await shim.call('query', { soql: 'SELECT Id FROM Account' })).toMatchObject({
    returned: 200,
    truncated: true,
    total_size: 12_345,
    meta: {
      notes: ['More rows match than are returned. Narrow WHERE, aggregate with GROUP BY, or page with ORDER BY and OFFSET (up to 2,000).'],
    },
  });
  expect(org.wire).toEqual(['POST /services/data/v60.0/composite']);
});

it('is not truncated when the bound was not reached', async () => {
  org.onQuery('SELECT Id FROM Account LIMIT 200', [{ Id: '1' }]);
  org.onQuery('SELECT COUNT() FROM Account', [], { totalSize: 1 });
  expect(await shim.call('query', { soql: 'SELECT Id FROM Account' })).toEqual({
    columns: ['Id'],
    rows: [['1']],
    returned: 1,
    truncated: false,
    total_size: 1,
  });
});

it('is not truncated on the last page: what OFFSET skipped is not missing', async () => {
  org.onQuery(/^SELECT Id FROM Account/, [{ Id: '1' }]);
  org.onQuery('SELECT COUNT() FROM Account', [], { totalSize: 401 });
  const page = async (offset: number) => shim.call('query', { soql: `SELECT Id FROM Account ORDER BY Id OFFSET ${offset}` });
  expect(await page(400)).toEqual({ columns: ['Id'], rows: [['1']], returned: 1, truncated: false, total_size: 401 });
  expect(await page(399)).toMatchObject({ returned: 1, truncated: true });
});

it('says where a child list ends at the bound', async () => {
  const children = (count: number) => ({
    totalSize: count,
    done: true,
    records: Array.from({ length: count }, (_, index) => ({ Id: String(index) })),
  });
  const ask = async (contacts: unknown, inner = 'SELECT Id FROM Contacts') => {
    org.onQuery(/^SELECT Name/, [{ Name: 'Acme', Contacts: contacts }]);
    return shim.call('query', { soql: `SELECT Name, (${inner}) FROM Account LIMIT 1` });
  };
  const notes = ['Child lists end after 200 records, and some reach that. Query the child object itself to see the rest.'];
  expect(await ask(children(200))).toMatchObject({ returned: 1, truncated: true, meta: { notes } });
  expect(await ask({ ...children(120), done: false })).toMatchObject({ truncated: true, meta: { notes } });
  for (const [contacts, inner] of [[children(199)], [null], [children(200), 'SELECT Id FROM Contacts LIMIT 200']] as const) {
    const answer = await ask(contacts, inner);
    expect(answer).toMatchObject({ returned: 1, truncated: false });
    expect(answer).not.toHaveProperty('meta');
  }
});

it('leaves the count out where Salesforce cannot give it', async () => {
  org.onQuery('SELECT Id FROM Account LIMIT 200', [{ Id: '1' }]);
  org.on((request) => (request.soql === 'SELECT COUNT() FROM Account' ? fault(400, 'QUERY_TIMEOUT', 'too slow') : undefined));
  expect(await shim.call('query', { soql: 'SELECT Id FROM Account' })).toEqual({
    columns: ['Id'],
    rows: [['1']],
    returned: 1,
    truncated: false,
  });
});

describe('shapes', () => {
  it.each([
    ['COUNT()', 'SELECT COUNT() FROM Lead', { totalSize: 7, done: true, records: [] }, ['count'], [[7]]],
    [
      'groups, with and without alias',
      'SELECT StageName, Owner.Name, COUNT(Id), SUM(Amount) total FROM Opportunity GROUP BY StageName, Owner.Name LIMIT 9',
      { totalSize: 1, done: true, records: [{ attributes, StageName: 'Commit', Name: 'Ada', expr0: 3, total: 9.5 }] },
      ['StageName', 'Owner.Name', 'COUNT(Id)', 'total'],
      [['Commit', 'Ada', 3, 9.5]],
    ],
    [
      'children, without their wrapping',
      'SELECT Name, (SELECT LastName FROM Contacts LIMIT 2) FROM Account LIMIT 2',
      {
        totalSize: 2,
        done: true,
        records: [
          { attributes, Name: 'A', Contacts: { totalSize: 1, done: true, records: [{ attributes, LastName: 'L' }] } },
          { attributes, Name: 'B', Contacts: null },
        ],
      },
      ['Name', 'Contacts'],
      [
        ['A', [{ LastName: 'L' }]],
        ['B', null],
      ],
    ],
    [
      'translated labels under the name of the field',
      'SELECT toLabel(StageName), FORMAT(Amount) shown FROM Opportunity LIMIT 1',
      { totalSize: 1, done: true, records: [{ attributes, StageName: 'Zusage', shown: 'EUR 5' }] },
      ['StageName', 'shown'],
      [['Zusage', 'EUR 5']],
    ],
    [
      'an alias of the object in paths',
      'SELECT o.Name, o.Account.Name FROM Opportunity o LIMIT 1',
      { totalSize: 1, done: true, records: [{ attributes, Name: 'Deal', Account: { attributes, Name: 'Acme' } }] },
      ['Name', 'Account.Name'],
      [['Deal', 'Acme']],
    ],
    [
      'FIELDS(STANDARD)',
      'SELECT FIELDS(STANDARD) FROM Account LIMIT 1',
      { totalSize: 1, done: true, records: [{ attributes, Id: '1', Name: 'A' }] },
      ['Id', 'Name'],
      [['1', 'A']],
    ],
  ])('%s', async (_what, soql, answer, columns, rows) => {
    org.on((request) => (request.soql === soql ? ok(answer) : undefined));
    expect(await shim.call('query', { soql })).toEqual({ columns, rows, returned: rows.length, truncated: false });
  });

  it('text without what hides, and cut where it is long', async () => {
    org.onQuery(/./, [{ Description: `a\u202eb\u0000c\r\nd${'x'.repeat(2_000)}` }]);
    const result = await shim.call('query', { soql: 'SELECT Description FROM Account LIMIT 1' });
    expect(result['rows']).toEqual([[`abc\nd${'x'.repeat(995)}… [+1,005 chars]`]]);
  });

  it('as many rows as fit into an answer', async () => {
    org.onQuery(
      /./,
      Array.from({ length: 150 }, () => ({ Description: 'x'.repeat(996) })),
    );
    const result = await shim.call('query', { soql: 'SELECT Description FROM Account LIMIT 150' });
    expect(result).toMatchObject({
      returned: 57,
      truncated: true,
      meta: { notes: ['Only 57 of 150 rows fit into one answer. Select fewer fields or narrow the query.'] },
    });
  });
});

describe('refuses', () => {
  it.each([
    [{ soql: 'DELETE FROM Account' }, 'DELETE deletes records'],
    [{ soql: 'SELECT Id FROM Account; SELECT Id FROM Lead' }, 'more than one statement'],
    [{ soql: 'SELECT Id FROM Account', bypass_sharing: true }, 'bypass_sharing is not available'],
    [{ soql: '  ' }, 'soql must not be empty'],
    [{}, 'soql is missing'],
    [{ soql: 5 }, 'soql must be a string, not 5'],
    [{ soql: 'SELECT Id FROM Account', limit: 5 }, 'unknown argument "limit". Arguments: soql, bypass_sharing, dry_run.'],
    [{ soql: `SELECT Id FROM Account WHERE Name = '${'x'.repeat(13_000)}' LIMIT 1` }, 'Select fewer fields or shorten the lists'],
  ])('%j before a request [revops-011]', async (args, reason) => {
    expect(await shim.call('query', args)).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining(reason) as string },
    });
    expect(org.requests).toEqual([]);
  });

  it.each([
    [
      fault(400, 'INVALID_FIELD', "No such column 'Nope' on entity 'Account'"),
      'INVALID_INPUT',
      "No such column 'Nope' on entity 'Account'. The object or field does not exist or is not visible to you: check the API name and your access to it.",
    ],
    [
      fault(400, 'INVALID_FIELD', "value of filter criterion for field 'Amount' must be of type double"),
      'INVALID_INPUT',
      "value of filter criterion for field 'Amount' must be of type double. Correct the SOQL and call again.",
    ],
    [fault(400, 'MALFORMED_QUERY', 'unexpected token'), 'INVALID_INPUT', 'unexpected token. Correct the SOQL and call again.'],
    [
      fault(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
      'RATE_LIMIT_EXCEEDED',
      'TotalRequests Limit exceeded. The org has used up its API requests. Wait, or ask an administrator about the limit.',
    ],
    [
      fault(403, 'API_DISABLED_FOR_ORG', 'API is not enabled'),
      'PERMISSION_DENIED',
      'API is not enabled. The user needs the permission "API Enabled".',
    ],
    [
      fault(400, 'QUERY_TIMEOUT', 'Your query request was running for too long.'),
      'SF_API_ERROR',
      'Your query request was running for too long. Narrow the query, for example by a date or an owner, and call again.',
    ],
    [
      { status: 500, body: '<html><b>secret</b></html>' },
      'SF_API_ERROR',
      'Salesforce answered HTTP 500 without an API error. Try again in a few minutes; see status.salesforce.com.',
    ],
  ])('what Salesforce refuses: %j', async (reply, code, message) => {
    org.on(() => reply);
    expect(await shim.call('query', { soql: 'SELECT Nope FROM Account LIMIT 1' })).toMatchObject({ error: { code, message } });
  });

  it('an expired token at once, without quoting it [revops-037]', async () => {
    org.on(() => fault(401, 'INVALID_SESSION_ID', 'Session 00Dxx!secret expired'));
    expect(await shim.call('query', { soql: 'SELECT Id FROM Account LIMIT 1' })).toEqual({
      error: {
        code: 'AUTH_ERROR',
        message:
          'Salesforce did not accept the access token: it has expired or was revoked. Put a fresh one into SFDC_ACCESS_TOKEN and restart the server.',
        details: { http_status: 401, sf_code: 'INVALID_SESSION_ID' },
      },
    });
    expect(org.requests).toHaveLength(1);
  });

  it('the same inside a composite', async () => {
    org.on((request) => (request.inComposite ? fault(400, 'INVALID_TYPE', "sObject type 'Nope' is not supported") : undefined));
    expect(await shim.call('query', { soql: 'SELECT Id FROM Nope' })).toMatchObject({
      error: { code: 'INVALID_INPUT', details: { sf_code: 'INVALID_TYPE' } },
    });
  });
});

it('dry_run shows the request and sends nothing [revops-008]', async () => {
  expect(await shim.call('query', { soql: 'SELECT Id FROM Account', dry_run: true })).toEqual({
    meta: {
      dry_run: [
        {
          method: 'POST',
          path: '/services/data/v60.0/composite',
          body: {
            allOrNone: false,
            compositeRequest: [
              { method: 'GET', url: '/services/data/v60.0/query?q=SELECT%20Id%20FROM%20Account%20LIMIT%20200', referenceId: 'rows' },
              { method: 'GET', url: '/services/data/v60.0/query?q=SELECT%20COUNT()%20FROM%20Account', referenceId: 'total' },
            ],
          },
        },
      ],
    },
  });
  expect(org.requests).toEqual([]);
});

it('null for an optional argument counts as absent', async () => {
  org.onQuery(/./, []);
  expect(await shim.call('query', { soql: 'SELECT Id FROM Account LIMIT 1', bypass_sharing: null, dry_run: null })).toMatchObject({
    returned: 0,
  });
});

it('refuses half of a surrogate pair, which cannot stand in a URL', async () => {
  expect(await shim.call('query', { soql: "SELECT Id FROM Account WHERE Name = '\ud800'" })).toMatchObject({
    error: { code: 'INVALID_INPUT', message: expect.stringContaining('soql contains half of a character') as string },
  });
  expect(org.requests).toEqual([]);
});
