import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDeal, justification } from './support/sample-deal.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** The Apex service by itself, over HTTP: what the shim would never send, and other callers may. */
let org: TestOrg;
let dealId: string;
let requestId: string;
beforeAll(async () => {
  org = await startTestOrg();
});
beforeEach(async () => {
  ({ dealId } = await createDeal(org));
  requestId = randomUUID();
});
afterAll(() => org.close());

const envelope = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  request_id: requestId,
  mode: 'commit',
  justification,
  client: 'curl/8',
  confirmation: 'console',
  input: { object_type: 'Opportunity', object_id: dealId, field_name: 'NextStep', new_value: 'Sign' },
  ...over,
});
const input = (over: Record<string, unknown>): Record<string, unknown> => ({ input: { ...(envelope()['input'] as object), ...over } });

describe('400 INVALID_INPUT: nothing is changed, and there is no row', () => {
  let before: unknown;
  beforeEach(async () => (before = await org.state()));
  afterEach(async () => expect(await org.state()).toEqual(before));

  test.each<[what: string, body: () => unknown, message: string]>([
    ['an empty body', () => '', 'The body is empty. Send one JSON object.'],
    ['a list', () => [], 'body must be a JSON object.'],
    ['no request id', () => envelope({ request_id: null }), 'body.request_id is missing or blank.'],
    [
      'a request id that is none',
      () => envelope({ request_id: 'first' }),
      'request_id must be a UUID, chosen by the caller for each new write.',
    ],
    [
      'no justification',
      () => envelope({ justification: undefined }),
      'justification must say in at least 10 characters why this change is made.',
    ],
    [
      'a short justification',
      () => envelope({ justification: '  too short ' }),
      'justification must say in at least 10 characters why this change is made.',
    ],
    ['an unknown mode', () => envelope({ mode: 'force' }), 'body.mode must be one of: commit, preview.'],
    [
      'an unknown confirmation',
      () => envelope({ confirmation: 'telepathy' }),
      'body.confirmation must be one of: token, elicitation, host, console, none.',
    ],
    ['a client as number', () => envelope({ client: 5 }), 'body.client must be a text.'],
    ['no input', () => envelope({ input: undefined }), 'body.input is missing.'],
    ['input as text', () => envelope({ input: 'x' }), 'input must be a JSON object.'],
    ['no new value', () => envelope(input({ new_value: undefined })), 'input.new_value is missing.'],
    ['a value of another shape', () => envelope(input({ new_value: { text: 'Sign' } })), 'NextStep takes a text.'],
    [
      'an id that is none',
      () => envelope(input({ object_id: 'acme' })),
      '"acme" is not a Salesforce id. An id has 15 or 18 letters and digits.',
    ],
    [
      'an id of another object',
      () => envelope(input({ object_type: 'Account' })),
      'There is no object Account that you can see and whose record has the id <deal>. Check both.',
    ],
    [
      'a field that is not there',
      () => envelope(input({ field_name: 'Nope' })),
      'There is no field Nope on Opportunity that you can see. Check its API name.',
    ],
    [
      'an expectation about another field',
      () => envelope({ expected: { Amount: 5 } }),
      'expected names Amount, which this operation does not write.',
    ],
    ['an expectation of the wrong type', () => envelope({ expected: { NextStep: 5 } }), 'NextStep takes a text.'],
    [
      'more than 100,000 bytes',
      () => envelope({ client: 'x'.repeat(100_000) }),
      expect.stringMatching(/^The body has 100\d{3} bytes; at most 100000 are allowed\.$/) as string,
    ],
  ])('%s', async (_what, body, message) => {
    const { status, body: answer } = await org.rest.write('update_field', body());
    expect(status).toBe(400);
    expect(answer).toMatchObject({ error: { code: 'INVALID_INPUT', details: {} } });
    expect((answer as { error: { message: string } }).error.message.replace(dealId, '<deal>')).toEqual(message);
  });

  test('an unknown key names the known ones', async () => {
    const message =
      'body has the unknown key "force". Its keys are: request_id, mode, justification, client, confirmation, input, expected.';
    expect(await org.rest.write('update_field', envelope({ force: true }))).toMatchObject({
      status: 400,
      body: { request_id: requestId, error: { message } },
    });
  });

  test('JSON that is none, and an operation that there is not', async () => {
    expect(await org.rest.write('update_field', '{"request_id": ')).toMatchObject({
      status: 400,
      body: { error: { code: 'INVALID_INPUT', message: expect.stringMatching(/^The body is not valid JSON: /) as unknown } },
    });
    expect(await org.rest.write('delete_record', envelope())).toMatchObject({ status: 400, body: { error: { code: 'INVALID_INPUT' } } });
  });
});

describe('the other lines of the response table', () => {
  test('404 NOT_FOUND leaves no row', async () => {
    await org.rest.delete('Opportunity', dealId);
    expect(await org.rest.write('update_field', envelope())).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
    expect(await org.auditRows('Id', dealId)).toEqual([]);
  });

  test('409 CONFLICT and 403 PERMISSION_DENIED leave one failed row each', async () => {
    expect(await org.rest.write('update_field', envelope({ expected: { NextStep: 'Something older' } }))).toMatchObject({
      status: 409,
      body: { error: { code: 'CONFLICT', details: { fields: ['NextStep'] } } },
    });
    expect(await org.rest.write('update_field', envelope(input({ field_name: 'IsWon', new_value: true })))).toMatchObject({
      status: 403,
      body: { error: { code: 'PERMISSION_DENIED' } },
    });
    expect(await org.auditRows('Error_Code__c, Failed__c, Changed__c', dealId)).toEqual([
      { Error_Code__c: 'CONFLICT', Failed__c: true, Changed__c: false },
      { Error_Code__c: 'PERMISSION_DENIED', Failed__c: true, Changed__c: false },
    ]);
    expect(await org.rest.query(`SELECT NextStep, IsWon FROM Opportunity WHERE Id = '${dealId}'`)).toEqual([
      { NextStep: 'Call the buyer', IsWon: false },
    ]);
  });

  test('200: the whole answer; what the caller expected is compared as it is stored', async () => {
    const { status, body } = await org.rest.write('update_field', envelope({ expected: { nextstep: '  Call the buyer ' } }));
    const [row] = await org.auditRows('Id', dealId);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      request_id: requestId,
      status: 'committed',
      replayed: false,
      changed: true,
      audit_ids: [row?.['Id']],
      record_id: dealId,
      record_label: org.own('Acme renewal'),
      changes: [{ field: 'NextStep', old: 'Call the buyer', new: 'Sign', requested: true }],
    });
  });

  test('the same request again: the same answer, and nothing written; its id for another one: 409 REQUEST_ID_REUSED', async () => {
    const first = await org.rest.write('update_field', envelope());
    const after = await org.state();
    const second = await org.rest.write('update_field', envelope());
    expect(second).toEqual({ status: first.status, body: { ...(first.body as object), replayed: true } });
    expect(await org.rest.write('update_field', envelope(input({ new_value: 'Wait' })))).toMatchObject({
      status: 409,
      body: { request_id: requestId, error: { code: 'REQUEST_ID_REUSED' } },
    });
    expect(await org.state()).toEqual(after);
  });

  test('line ends do not make a conflict', async () => {
    await org.rest.update('Opportunity', dealId, { Description: 'First\r\nsecond' });
    const body = envelope({ ...input({ field_name: 'Description', new_value: 'Third' }), expected: { Description: 'First\nsecond' } });
    expect(await org.rest.write('update_field', body)).toMatchObject({ status: 200, body: { changed: true } });
  });
});
