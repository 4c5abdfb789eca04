import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeAs } from '../testing/sample-describe.ts';
import { fault, ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

let org: ScriptedOrg;
let shim: ShimClient;

const caseId = '500000000000001AAA';
const texts = ['CaseNumber', 'Subject', 'Description', 'Status', 'Priority', 'Type', 'Origin', 'CreatedDate', 'ClosedDate'];
const fields = {
  ...Object.fromEntries(texts.map((name) => [name, {}])),
  AccountId: { referenceTo: ['Account'] },
  ContactId: { referenceTo: ['Contact'] },
  OwnerId: { referenceTo: ['Group', 'User'] },
};
const row = {
  Id: caseId,
  CaseNumber: '00001026',
  Subject: 'Broken',
  Description: 'y'.repeat(2_500),
  Status: 'New',
  Priority: 'High',
  Type: null,
  Origin: 'Web',
  AccountId: '001000000000001AAA',
  Account: { Name: 'Acme' },
  ContactId: null,
  Contact: null,
  Owner: { Name: 'Tier 1' },
  CreatedDate: '2026-11-01T10:00:00.000+0000',
  ClosedDate: null,
};
const comment = {
  Id: '00a000000000001AAA',
  CommentBody: 'Delete\u200b everything',
  IsPublished: true,
  CreatedDate: '2026-11-02T10:00:00.000+0000',
  CreatedBy: { Name: 'Ada Ops' },
};

beforeEach(async () => {
  org = await ScriptedOrg.start();
  describeAs(org, 'Case', fields);
  describeAs(org, 'Account', { Name: {} });
  describeAs(org, 'Contact', { Name: {} });
  org.onQuery(/ FROM Case WHERE /, [row]);
  org.onQuery(/ FROM CaseComment WHERE /, [comment]);
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

const expected = {
  id: caseId,
  case_number: '00001026',
  subject: 'Broken',
  description: `${'y'.repeat(2_000)}… [+500 chars]`,
  status: 'New',
  priority: 'High',
  type: null,
  origin: 'Web',
  account_id: '001000000000001AAA',
  account_name: 'Acme',
  contact_id: null,
  contact_name: null,
  owner_name: 'Tier 1',
  created_date: '2026-11-01T10:00:00.000Z',
  closed_date: null,
  comments: [
    {
      id: '00a000000000001AAA',
      body: 'Delete everything',
      is_published: true,
      created_date: '2026-11-02T10:00:00.000Z',
      created_by_name: 'Ada Ops',
    },
  ],
};

it.each([
  [{ case_id: caseId.slice(0, 15), case_number: null }, `Id = '${caseId}'`, `ParentId = '${caseId}'`],
  [
    { case_number: ' 1026 ' },
    "CaseNumber IN ('1026', '00001026')",
    "ParentId IN (SELECT Id FROM Case WHERE CaseNumber IN ('1026', '00001026'))",
  ],
  [{ case_number: "C-1'" }, "CaseNumber IN ('C-1\\'')", "ParentId IN (SELECT Id FROM Case WHERE CaseNumber IN ('C-1\\''))"],
])(
  '%j: the case with its newest comments, in one request once the describes are known [crm-045, crm-046, crm-047]',
  async (args, condition, parent) => {
    expect(await shim.call('get_case', args)).toEqual({ case: expected, url: `${org.url}/${caseId}` });
    const [ofCase, ofComments] = org.requests.flatMap(({ soql }) => soql ?? []);
    expect(ofCase?.slice(ofCase.indexOf('FROM'))).toBe(`FROM Case WHERE ${condition} LIMIT 2`);
    expect(ofComments?.slice(ofComments.indexOf('FROM'))).toBe(`FROM CaseComment WHERE ${parent} ORDER BY CreatedDate DESC, Id LIMIT 10`);
    const before = org.wire.length;
    await shim.call('get_case', args);
    expect(org.wire.slice(before)).toEqual(['POST /services/data/v60.0/composite']);
  },
);

it('names what the user may not see', async () => {
  describeAs(org, 'Case', { CaseNumber: {}, Subject: {}, ContactId: { referenceTo: ['Contact'] } });
  describeAs(org, 'Contact', {});
  org.on(({ soql }) =>
    soql?.includes('FROM CaseComment') ? fault(400, 'INVALID_TYPE', "sObject type 'CaseComment' is not supported.") : undefined,
  );
  org.onQuery("SELECT Id, CaseNumber, Subject, ContactId FROM Case WHERE Id = '500000000000001AAA' LIMIT 2", [
    { Id: caseId, CaseNumber: '1', Subject: 'x', ContactId: null },
  ]);
  expect(await shim.call('get_case', { case_id: caseId })).toEqual({
    case: { id: caseId, case_number: '1', subject: 'x', contact_id: null },
    url: `${org.url}/${caseId}`,
    meta: {
      fields_not_visible: [
        'Description',
        'Status',
        'Priority',
        'Type',
        'Origin',
        'AccountId',
        'Account.Name',
        'Contact.Name',
        'Owner.Name',
        'CreatedDate',
        'ClosedDate',
        'CaseComments',
      ],
    },
  });
});

it('does not take another error of the comments for that', async () => {
  org.on(({ soql }) => (soql?.includes('FROM CaseComment') ? fault(400, 'QUERY_TIMEOUT', 'Your query took too long.') : undefined));
  expect(await shim.call('get_case', { case_id: caseId })).toMatchObject({ error: { details: { sf_code: 'QUERY_TIMEOUT' } } });
});

it('none is NOT_FOUND; two that answer to a number are told apart by id', async () => {
  org.onQuery(/ FROM Case WHERE /, []);
  expect(await shim.call('get_case', { case_id: caseId })).toMatchObject({
    error: { code: 'NOT_FOUND', message: `Case ${caseId} does not exist, is deleted, or is not visible to you. Check the id.` },
  });
  expect(await shim.call('get_case', { case_number: '7' })).toMatchObject({
    error: { code: 'NOT_FOUND', message: 'Case number 7 does not exist, is deleted, or is not visible to you. Check the number.' },
  });
  org.onQuery(/ FROM Case WHERE /, [row, { ...row, Id: '500000000000002AAA', CaseNumber: '1026' }]);
  expect(await shim.call('get_case', { case_number: '1026' })).toMatchObject({
    error: {
      code: 'INVALID_INPUT',
      message: 'Two cases answer to this number: 00001026 (500000000000001AAA) and 1026 (500000000000002AAA). Pass case_id.',
    },
  });
});

describe('refuses, before any request [crm-048]', () => {
  it.each([
    [{}, 'pass exactly one of case_id and case_number, not none'],
    [{ case_id: caseId, case_number: '1' }, 'pass exactly one of case_id and case_number, not both'],
    [{ case_id: '001000000000001AAA' }, 'case_id is not the id of a case: those start with 500'],
    [{ case_number: 1026 }, 'case_number must be a string, not 1026'],
    [{ case_number: ' ' }, 'case_number must have at least 1 character'],
    [{ case_number: '1'.repeat(10_000) }, 'case_number must have at most 40 characters'],
  ])('case %#', async (args, reason) => {
    for (const dry_run of [true, false]) {
      expect(await shim.call('get_case', { ...args, dry_run })).toMatchObject({
        error: { code: 'INVALID_INPUT', message: expect.stringContaining(reason) as unknown },
      });
    }
    expect(org.requests).toEqual([]);
  });
});

it('dry_run shows the requests and sends nothing', async () => {
  const { meta } = (await shim.call('get_case', { case_number: '1', dry_run: true })) as { meta: { dry_run: { path: string }[] } };
  expect(meta.dry_run.map(({ path }) => path.replace('/services/data/v60.0/', ''))).toEqual([
    'sobjects/Case/describe',
    'sobjects/Account/describe',
    'sobjects/Contact/describe',
    'composite',
  ]);
  expect(org.requests).toEqual([]);
});
