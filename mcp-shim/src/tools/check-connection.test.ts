import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { check } from '../cli/check.ts';
import { describeAs } from '../testing/sample-describe.ts';
import { serviceStatus, startSampleOrg, statusPath } from '../testing/sample-org.ts';
import { fault, ok } from '../testing/scripted-org.ts';
import type { Reply, ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';
import { ThresholdsFile } from '../testing/thresholds-file.ts';

let org: ScriptedOrg;
let shim: ShimClient;

const stage = (name: string) => ({ MasterLabel: name, ApiName: name, IsClosed: name.startsWith('Closed') });

beforeEach(async () => {
  org = await startSampleOrg();
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

function env(): NodeJS.ProcessEnv {
  return { SFDC_INSTANCE_URL: org.url, SFDC_ACCESS_TOKEN: 'token-of-the-test', REVOPS_LOG_LEVEL: 'silent' };
}

it('reports org, user, version, usage, audit object and stage', async () => {
  expect(await shim.call('check_connection')).toEqual({
    ok: true,
    org: { id: '00D000000000001EAA', name: 'Acme Corp', type: 'PRODUCTION' },
    user: { id: '005000000000001AAA', username: 'ada@example.com', name: 'Ada Ops' },
    connection: { instance_url: org.url, api_version: 'v60.0', server_version: '0.1.0', read_only: false },
    api_usage: { used: 18, limit: 5000 },
    audit: { object: 'Cleanup_Audit__c', visible: true },
    service: { package_version: '0.1.0', api_version: 'v1' },
    commit_stage: { name: 'Commit', active: true },
    problems: [],
  });
  expect(org.wire).toEqual([
    'GET /services/oauth2/userinfo',
    'POST /services/data/v60.0/composite',
    'GET /services/data/v60.0/sobjects/Cleanup_Audit__c/describe',
    `GET ${statusPath}`,
  ]);
});

describe('what the service tells of itself', () => {
  const told = {
    settings: {
      writes_enabled: true,
      preview_enabled: true,
      require_confirmation: true,
      min_justification_length: 10,
      use_assignment_rules: false,
    },
    quota: { max_per_hour: 100, committed: 3, failed: 1, left: 97 },
  };

  it.each<[string | null, Record<string, unknown>, RegExp | undefined]>([
    ['2026-08-23T10:00:00Z', { last: '2026-08-23T10:00:00Z', days_ago: 90 }, undefined],
    [
      '2026-08-22T10:00:00Z',
      { last: '2026-08-22T10:00:00Z', days_ago: 91 },
      /was 91 days ago; every 90 days one is due\. An administrator/,
    ],
    [null, { last: null }, /^No review of who may read and write what is recorded\. An administrator/],
  ])('settings, quota, and access last reviewed %s [revops-033]', async (last, review, warning) => {
    org.onPath(statusPath, ok({ ...serviceStatus, ...told, last_access_review: last }));
    const report = await shim.call('check_connection');
    expect(report).toMatchObject({ ok: true, service: { package_version: '0.1.0', api_version: 'v1', ...told }, access_review: review });
    expect(report['warnings']).toEqual(warning === undefined ? undefined : [expect.stringMatching(warning)]);
    const lines: string[] = [];
    expect(await check(env(), (line) => lines.push(line))).toBe(0);
    expect(lines.join('\n')).toMatch(/write service +version 0\.1\.0, API v1, 97 of 100 writes left this hour/);
    expect(lines.some((line) => line.startsWith('warn'))).toBe(warning !== undefined);
  });

  it('also where it reports a problem', async () => {
    const problems = [{ problem: 'Writes are switched off.', remedy: 'Ask your administrator.' }];
    org.onPath(statusPath, ok({ ...serviceStatus, ...told, writes_available: false, problems }));
    expect(await shim.call('check_connection')).toMatchObject({
      ok: false,
      service: { quota: { left: 97 } },
      problems: [{ check: 'service', message: expect.stringContaining('Writes are switched off.') as string }],
    });
  });
});

it('says which stages of the risk thresholds the org does not have', async () => {
  using file = new ThresholdsFile('days_in_stage: { severity: low, default: 100, by_stage: { commit: 11, Comit: 1 } }');
  const other = await connectShim(org.url, { env: { REVOPS_RISK_THRESHOLDS: file.path } });
  expect(await other.call('check_connection')).toMatchObject({
    ok: true,
    warnings: [expect.stringContaining('names what is no active opportunity stage: "Comit". Active stages: Prospecting') as string],
  });
  await other.close();
});

it('also where nobody wrote them for this org: then their default counts, and a file of its own mends it', async () => {
  org.onQuery(/FROM OpportunityStage/, ['Discovery', 'Commit'].map(stage));
  expect(await shim.call('check_connection')).toMatchObject({
    ok: true,
    warnings: [
      'The built-in risk thresholds name what is no active opportunity stage: "Prospecting", "Qualification". Active stages: Discovery, Commit. ' +
        'Stages that they do not name have 30 days. To set days for yours, name a file with REVOPS_RISK_THRESHOLDS.',
    ],
    problems: [],
  });
});

it('the check of an org that is silent says which address, and what to look at', async () => {
  org.on(() => 'silence');
  const lines: string[] = [];
  expect(await check({ ...env(), REVOPS_TIME_LIMIT_SECONDS: '1' }, (line) => lines.push(line))).toBe(1);
  expect(lines).toEqual([
    `FAIL  connection  ${org.url} did not answer within 1 s. Check SFDC_INSTANCE_URL, the network and its proxies; status.salesforce.com tells whether Salesforce is up.`,
  ]);
});

it('a read-only server asks for nothing that writes need', async () => {
  const readOnly = await connectShim(org.url, { env: { REVOPS_READ_ONLY: 'true' } });
  const report = await readOnly.call('check_connection');
  expect(report).toMatchObject({ ok: true });
  expect(report).not.toHaveProperty('audit');
  expect(org.wire).toHaveLength(2);
  await readOnly.close();
});

describe('names the problem and its remedy:', () => {
  it.each<[string, Reply]>([
    ['as the REST API says it', fault(401, 'INVALID_SESSION_ID', 'expired')],
    ['as the identity service says it', { status: 403, body: 'Bad_OAuth_Token' }],
  ])('a token that is not accepted, %s, and asks no further', async (_how, reply) => {
    org.on(() => reply);
    expect(await shim.call('check_connection')).toMatchObject({
      ok: false,
      problems: [
        { check: 'user', code: 'AUTH_ERROR', message: expect.stringContaining('Put a fresh one into SFDC_ACCESS_TOKEN') as string },
      ],
    });
    expect(org.requests).toHaveLength(1);
  });

  it('an API version that the org does not offer, and asks no further', async () => {
    org.onPath('/services/data/v60.0/composite', fault(404, 'NOT_FOUND', 'The requested resource does not exist'));
    expect(await shim.call('check_connection')).toMatchObject({
      ok: false,
      problems: [
        {
          check: 'queries',
          code: 'INVALID_INPUT',
          message: 'The org does not offer API version v60.0. Set SFDC_API_VERSION to one that it has, such as v60.0.',
        },
      ],
    });
    expect(org.wire).toHaveLength(2);
  });

  it('a user info that is forbidden, and goes on', async () => {
    org.onPath('/services/oauth2/userinfo', { status: 403, body: 'insufficient scope' });
    expect(await shim.call('check_connection')).toMatchObject({
      ok: false,
      org: { name: 'Acme Corp' },
      audit: { visible: true },
      problems: [{ check: 'user', code: 'PERMISSION_DENIED' }],
    });
  });

  it('a missing audit object [revops-044]', async () => {
    org.onPath('/services/data/v60.0/sobjects/Cleanup_Audit__c/describe', fault(404, 'NOT_FOUND', 'The requested resource does not exist'));
    expect(await shim.call('check_connection')).toMatchObject({
      ok: false,
      audit: { object: 'Cleanup_Audit__c', visible: false },
      problems: [
        { check: 'audit', code: 'NOT_FOUND', message: expect.stringContaining('assign the permission set RevOps_MCP_User') as string },
      ],
    });
  });

  it('an audit object without Failed__c', async () => {
    org.onPath(
      '/services/data/v60.0/sobjects/Cleanup_Audit__c/describe',
      ok({ name: 'Cleanup_Audit__c', label: 'x', keyPrefix: 'a0X', fields: [] }),
    );
    expect(await shim.call('check_connection')).toMatchObject({
      audit: { visible: false },
      problems: [{ check: 'audit', message: expect.stringContaining('its field Failed__c is not') as string }],
    });
  });

  it('a commit stage that is not active [revops-044]', async () => {
    org.onQuery(/FROM OpportunityStage/, [
      { MasterLabel: 'Zusage', ApiName: 'Committed', IsClosed: false },
      { MasterLabel: 'Gewonnen', ApiName: 'Closed Won', IsClosed: true },
    ]);
    expect(await shim.call('check_connection')).toMatchObject({
      ok: false,
      commit_stage: { name: 'Commit', active: false },
      problems: [
        { check: 'commit_stage', message: '"Commit" is no active opportunity stage. Set SFDC_COMMIT_STAGE_NAME to one of: Zusage.' },
      ],
    });
  });

  it('a commit stage of closed deals', async () => {
    const other = await connectShim(org.url, { env: { SFDC_COMMIT_STAGE_NAME: 'Closed Won' } });
    expect(await other.call('check_connection')).toMatchObject({
      ok: false,
      commit_stage: { name: 'Closed Won', active: true },
      problems: [
        {
          check: 'commit_stage',
          message:
            '"Closed Won" is a stage of closed deals, so no open deal is a commit. Set SFDC_COMMIT_STAGE_NAME to one of: Prospecting, Qualification, Commit.',
        },
      ],
    });
    await other.close();
  });

  it.each([
    ['Comit', ['Pipeline', 'Commit'], ['"Comit" is no forecast category of the org']],
    ['commit', ['Pipeline', 'Commit'], []],
    ['Commit', undefined, ['SFDC_COMMIT_FORECAST_CATEGORY needs Opportunity.ForecastCategoryName, which this user cannot see']],
  ])('the forecast category %s, where there are %o', async (category, known, said) => {
    describeAs(org, 'Opportunity', known ? { ForecastCategoryName: { values: known } } : {});
    const other = await connectShim(org.url, { env: { SFDC_COMMIT_FORECAST_CATEGORY: category } });
    const { meta } = (await other.call('check_connection', { dry_run: true })) as { meta: { dry_run: { method: string; path: string }[] } };
    org.wire.length = 0;
    expect(await other.call('check_connection')).toMatchObject({
      ok: said.length === 0,
      problems: said.map((text) => ({ check: 'commit_forecast_category', message: expect.stringContaining(text) as string })),
    });
    expect(meta.dry_run.map(({ method, path }) => `${method} ${path}`)).toEqual(org.wire);
    await other.close();
  });

  it.each<[string, Reply, string, string]>([
    ['is missing', { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'no match' }] }, 'SF_API_ERROR', 'Deploy force-app'],
    ['may not be called', fault(403, 'FORBIDDEN', 'no access to the Apex class'), 'PERMISSION_DENIED', 'RevOps_MCP_User'],
    ['speaks another version', ok({ ...serviceStatus, api_version: 'v2' }), 'SF_API_ERROR', 'speaks v2, and this server v1'],
    ['is no such service', ok({ hello: 1 }), 'SF_API_ERROR', 'its version does not fit'],
    [
      'reports problems',
      ok({
        ...serviceStatus,
        writes_available: false,
        problems: [{ problem: 'The field Failed__c is missing.', remedy: 'Deploy again.' }],
      }),
      'SF_API_ERROR',
      'The field Failed__c is missing. Deploy again.',
    ],
  ])('an Apex service that %s', async (_what, reply, code, message) => {
    org.onPath(statusPath, reply);
    expect(await shim.call('check_connection')).toMatchObject({
      ok: false,
      audit: { visible: true },
      problems: [{ check: 'service', code, message: expect.stringContaining(message) as string }],
    });
  });

  it('stages that cannot be read', async () => {
    org.on((request) => (/OpportunityStage/.test(request.soql ?? '') ? fault(400, 'INVALID_TYPE', 'not supported') : undefined));
    expect(await shim.call('check_connection')).toMatchObject({ problems: [{ check: 'commit_stage', code: 'INVALID_INPUT' }] });
  });
});

it('dry_run shows the four requests and sends none', async () => {
  const { meta } = (await shim.call('check_connection', { dry_run: true })) as { meta: { dry_run: unknown[] } };
  expect(meta.dry_run).toHaveLength(4);
  expect(org.requests).toEqual([]);
});

const noAnswer = 'Salesforce did not answer in time. Ask for less, try again later, or raise REVOPS_TIME_LIMIT_SECONDS.';

it('has no report of an org that does not answer in time', async () => {
  const impatient = await connectShim(org.url, { timeLimitMs: 100 });
  org.on(() => 'silence');
  expect(await impatient.call('check_connection')).toEqual({
    error: { code: 'SF_API_ERROR', message: noAnswer, details: { cause: 'TIMEOUT', retryable: true } },
  });
  await impatient.close();
});

describe('the CLI verb check', () => {
  async function run(environment: NodeJS.ProcessEnv): Promise<{ code: number; lines: string[] }> {
    const lines: string[] = [];
    return { code: await check(environment, (line) => void lines.push(line)), lines };
  }

  it('prints the same as a table and exits 0', async () => {
    expect(await run(env())).toEqual({
      code: 0,
      lines: [
        'ok  server         version 0.1.0',
        `ok  address        ${org.url}, API v60.0`,
        'ok  org            PRODUCTION: Acme Corp (00D000000000001EAA)',
        'ok  user           Ada Ops, ada@example.com (005000000000001AAA)',
        'ok  API requests   18 of 5000 in the last 24 hours',
        'ok  audit object   Cleanup_Audit__c',
        'ok  write service  version 0.1.0, API v1',
        'ok  commit stage   Commit',
      ],
    });
  });

  it('exits 1 on a problem', async () => {
    org.onQuery(/FROM OpportunityStage/, []);
    const { code, lines } = await run(env());
    expect(code).toBe(1);
    expect(lines.at(-1)).toBe(
      'FAIL  commit_stage   "Commit" is no active opportunity stage. Set SFDC_COMMIT_STAGE_NAME to one of: (none is visible).',
    );
  });

  it('says of nothing that is wrong that it is in order', async () => {
    org.onPath(statusPath, ok({ ...serviceStatus, problems: [{ problem: 'The field Failed__c is missing.', remedy: 'Deploy again.' }] }));
    const { code, lines } = await run({ ...env(), SFDC_COMMIT_STAGE_NAME: 'Closed Won' });
    expect(code).toBe(1);
    const told = lines.map((line) => line.split(/ {2,}/).slice(0, 2).join(' '));
    expect(told.slice(-3)).toEqual(['ok audit object', 'FAIL commit_stage', 'FAIL service']);
  });

  it('exits 1 on settings that are wrong', async () => {
    const { code, lines } = await run({ ...env(), SFDC_API_VERSION: 'sixty' });
    expect({ code, lines }).toEqual({ code: 1, lines: ['FAIL  SFDC_API_VERSION  SFDC_API_VERSION must look like v60.0.'] });
  });

  it('exits 1 when the org does not answer in time', async () => {
    org.on(() => 'silence');
    const { code, lines } = await run({ ...env(), REVOPS_TIME_LIMIT_SECONDS: '1' });
    expect({ code, lines }).toEqual({
      code: 1,
      lines: [
        `FAIL  connection  ${org.url} did not answer within 1 s. Check SFDC_INSTANCE_URL, the network and its proxies; status.salesforce.com tells whether Salesforce is up.`,
      ],
    });
  });
});
