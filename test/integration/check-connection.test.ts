import { afterEach, expect, test } from 'vitest';
import { refusalOf } from './support/calls.ts';
import { withNames } from './support/named-ids.ts';
import { change, createDeal } from './support/sample-deal.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

let org: TestOrg;
afterEach(() => org.close());

const theOrg = () => ({ id: expect.stringMatching(/^00D\w{15}$/) as unknown, name: org.facts.orgName, type: org.facts.orgType });
const theUser = () => ({ id: expect.stringMatching(/^005\w{15}$/) as unknown, username: org.facts.username, name: org.facts.userName });
const untouched = { max_per_hour: 100, committed: 0, failed: 0, left: 100 };
const connection = { instance_url: '<org>', api_version: 'v60.0', server_version: '0.1.0', read_only: false };

const serviceMissing =
  'The Apex write service does not answer in this org, so nothing can be written. Deploy force-app (or install the package) and set SFDC_AUDIT_OBJECT with its namespace, if it has one.';

test('an org with force-app is in order [revops-003]', async () => {
  org = await startTestOrg();
  const shim = await org.connect();
  expect(withNames(await shim.call('check_connection'), { [org.url]: 'org' })).toEqual({
    ok: true,
    org: theOrg(),
    user: theUser(),
    connection,
    api_usage: { used: org.apiRequests ?? (expect.any(Number) as unknown), limit: org.isTarget ? (expect.any(Number) as unknown) : 15_000 },
    audit: { object: 'Cleanup_Audit__c', visible: true },
    service: {
      package_version: '0.1.0',
      api_version: 'v1',
      settings: {
        writes_enabled: true,
        preview_enabled: true,
        require_confirmation: true,
        min_justification_length: 10,
        use_assignment_rules: false,
      },
      quota: org.isTarget ? (expect.objectContaining({ max_per_hour: 100 }) as unknown) : untouched,
    },
    access_review: { last: null },
    warnings: [
      'No review of who may read and write what is recorded. An administrator records one with AuditReview.recordAccessReview, once it is done.',
    ],
    commit_stage: { name: 'Commit', active: true },
    problems: [],
  });
  expect(org.wire.take().map(({ method, target }) => `${method} ${target}`)).toEqual([
    'GET /services/oauth2/userinfo',
    'POST /services/data/v60.0/composite',
    'GET /services/data/v60.0/sobjects/Cleanup_Audit__c/describe',
    'GET /services/apexrest/revops/v1/status',
  ]);
});

test(
  'an org without force-app: the problem and its remedy; reads work, a write says what is missing and nothing is changed',
  { tags: 'deploys' },
  async () => {
    org = await startTestOrg({ packageDirectories: [] });
    const shim = await org.connect();
    expect(withNames(await shim.call('check_connection'), { [org.url]: 'org' })).toEqual({
      ok: false,
      org: theOrg(),
      user: theUser(),
      connection,
      api_usage: { used: org.apiRequests, limit: 15_000 },
      audit: { object: 'Cleanup_Audit__c', visible: false },
      commit_stage: { name: 'Commit', active: true },
      problems: [
        {
          check: 'audit',
          code: 'NOT_FOUND',
          message:
            'Cleanup_Audit__c does not exist or is not visible to you: writes cannot be audited, so they will be refused. Deploy force-app (or install the package), ' +
            'assign the permission set RevOps_MCP_User, and set SFDC_AUDIT_OBJECT with the namespace, if there is one.',
        },
        { check: 'service', code: 'SF_API_ERROR', message: serviceMissing },
      ],
    });

    const { dealId } = await createDeal(org);
    expect(await refusalOf(shim, 'update_field', change(dealId, 'NextStep', 'Sign'))).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringMatching(/^Cleanup_Audit__c does not exist .* Deploy force-app/) as unknown,
      details: { cause: 'AUDIT_OBJECT_NOT_VISIBLE' },
    });
    expect(await shim.call('query', { soql: 'SELECT NextStep FROM Opportunity LIMIT 1' })).toMatchObject({ rows: [['Call the buyer']] });
  },
);

test('settings that do not fit the org, each with its remedy [revops-044]', async () => {
  org = await startTestOrg();
  const shim = await org.connect({ SFDC_COMMIT_STAGE_NAME: 'Best Case', SFDC_AUDIT_OBJECT: 'acme__Cleanup_Audit__c' });
  expect(await shim.call('check_connection')).toMatchObject({
    ok: false,
    commit_stage: { name: 'Best Case', active: false },
    audit: { object: 'acme__Cleanup_Audit__c', visible: false },
    problems: [
      {
        check: 'commit_stage',
        code: 'INVALID_INPUT',
        message:
          '"Best Case" is no active opportunity stage. Set SFDC_COMMIT_STAGE_NAME to one of: Prospecting, Qualification, Needs Analysis, Value Proposition, ' +
          'Id. Decision Makers, Perception Analysis, Proposal/Price Quote, Negotiation/Review, Commit.',
      },
      {
        check: 'audit',
        code: 'NOT_FOUND',
        message: expect.stringMatching(/^acme__Cleanup_Audit__c does not exist .* Deploy force-app/) as unknown,
      },
      { check: 'service', code: 'SF_API_ERROR', message: serviceMissing },
    ],
  });
});

test('an API version that the org does not have', async () => {
  org = await startTestOrg();
  const shim = await org.connect({ SFDC_API_VERSION: 'v99.0' });
  const message = 'The org does not offer API version v99.0. Set SFDC_API_VERSION to one that it has, such as v60.0.';
  expect(await shim.call('check_connection')).toMatchObject({
    ok: false,
    user: theUser(),
    problems: [{ check: 'queries', code: 'INVALID_INPUT', message }],
  });
});
