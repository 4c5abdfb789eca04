import { describe, expect, it } from 'vitest';
import { loadConfig, secretsOf } from './config.ts';

const needed = { SFDC_INSTANCE_URL: 'https://example.my.salesforce.com/', SFDC_ACCESS_TOKEN: '00Dxx!token' };

function problems(env: NodeJS.ProcessEnv): string[] {
  const outcome = loadConfig({ ...needed, ...env });
  return outcome.ok ? [] : outcome.problems.map((problem) => `${problem.code} ${problem.message}`);
}

it('needs the address and the token only [revops-026, revops-027]', () => {
  expect(loadConfig(needed)).toEqual({
    ok: true,
    config: {
      instanceUrl: 'https://example.my.salesforce.com',
      accessToken: '00Dxx!token',
      apiVersion: 'v60.0',
      auditObject: 'Cleanup_Audit__c',
      commitStageName: 'Commit',
      confirmation: 'required',
      readOnly: false,
      logLevel: 'info',
      timeLimitMs: 30_000,
      apiBudget: { warnPercent: 80, stopPercent: 95 },
    },
  });
});

it('takes every setting, and the namespace from the audit object [revops-027, revops-028]', () => {
  const outcome = loadConfig({
    ...needed,
    SFDC_API_VERSION: '67.0',
    SFDC_AUDIT_OBJECT: 'acme_ops__Cleanup_Audit__c',
    SFDC_COMMIT_STAGE_NAME: 'Best Case',
    REVOPS_CONFIRMATION: 'host',
    REVOPS_READ_ONLY: 'TRUE',
    REVOPS_LOG_LEVEL: 'debug',
    REVOPS_TIME_LIMIT_SECONDS: '5',
    REVOPS_API_WARN_PERCENT: '50',
    REVOPS_API_STOP_PERCENT: '60.5',
  });
  expect(outcome).toMatchObject({
    ok: true,
    config: {
      apiVersion: 'v67.0',
      auditObject: 'acme_ops__Cleanup_Audit__c',
      namespace: 'acme_ops',
      confirmation: 'host',
      commitStageName: 'Best Case',
      readOnly: true,
      logLevel: 'debug',
      timeLimitMs: 5_000,
      apiBudget: { warnPercent: 50, stopPercent: 60.5 },
    },
  });
});

it.each(['', '  ', '${user_config.stage}'])('takes %j for unset', (blank) => {
  expect(loadConfig({ ...needed, SFDC_COMMIT_STAGE_NAME: blank, SFDC_API_VERSION: blank, REVOPS_READ_ONLY: blank })).toMatchObject({
    ok: true,
    config: { commitStageName: 'Commit', apiVersion: 'v60.0', readOnly: false },
  });
});

it('says what is missing, with the remedy', () => {
  expect(problems({ SFDC_INSTANCE_URL: '', SFDC_ACCESS_TOKEN: '${user_config.token}' })).toEqual([
    "INVALID_INPUT SFDC_INSTANCE_URL is not set. Set it to the org's My Domain URL, such as https://example.my.salesforce.com.",
    'AUTH_ERROR SFDC_ACCESS_TOKEN is not set. Set it to an access token of the org; "sf org auth show-access-token --target-org <alias>" prints one.',
  ]);
});

describe('a refresh token', () => {
  const grant = { SFDC_REFRESH_TOKEN: '5Aep!refresh', SFDC_CLIENT_ID: 'key' };

  it('stands in for the access token; My Domain is the login server', () => {
    const { SFDC_INSTANCE_URL } = needed;
    const outcome = loadConfig({ SFDC_INSTANCE_URL, ...grant });
    expect(outcome).toMatchObject({
      ok: true,
      config: { refresh: { loginUrl: 'https://example.my.salesforce.com', refreshToken: '5Aep!refresh', clientId: 'key' } },
    });
    expect(outcome.ok && outcome.config).not.toHaveProperty('accessToken');
  });

  it('may have a secret and a login server of its own, and every secret is known as one', () => {
    const outcome = loadConfig({ ...needed, ...grant, SFDC_CLIENT_SECRET: 'sec', SFDC_LOGIN_URL: 'https://test.salesforce.com/x' });
    expect(outcome).toMatchObject({ ok: true, config: { refresh: { loginUrl: 'https://test.salesforce.com', clientSecret: 'sec' } } });
    expect(outcome.ok && secretsOf(outcome.config)).toEqual(['00Dxx!token', '5Aep!refresh', 'sec']);
  });

  it('is of no use without a client id', () => {
    expect(problems({ SFDC_REFRESH_TOKEN: 'x' })).toEqual([
      'AUTH_ERROR SFDC_CLIENT_ID is not set, and SFDC_REFRESH_TOKEN needs it. Set it to the consumer key of the External Client App.',
    ]);
  });
});

it('refuses a warning threshold above the stop', () => {
  expect(problems({ REVOPS_API_WARN_PERCENT: '96' })).toEqual([
    'INVALID_INPUT REVOPS_API_WARN_PERCENT must not be above REVOPS_API_STOP_PERCENT.',
  ]);
});

describe('refuses', () => {
  it.each([
    ['SFDC_INSTANCE_URL', 'example.my.salesforce.com', 'is not a URL'],
    ['SFDC_INSTANCE_URL', 'http://example.my.salesforce.com', 'must start with https://'],
    ['SFDC_INSTANCE_URL', 'http://localhost.evil.example', 'must start with https://'],
    ['SFDC_INSTANCE_URL', 'http://127.0.0.1.evil.example', 'must start with https://'],
    ['SFDC_INSTANCE_URL', 'file:///etc/passwd', 'must start with https://'],
    ['SFDC_INSTANCE_URL', 'https://me:pw@example.my.salesforce.com', 'user name or password'],
    ['SFDC_INSTANCE_URL', 'https://example.lightning.force.com', '.my.salesforce.com'],
    ['SFDC_ACCESS_TOKEN', '00D!a\r\nX-Evil: 1', 'blanks or control characters'],
    ['SFDC_REFRESH_TOKEN', 'a b', 'blanks or control characters'],
    ['SFDC_LOGIN_URL', 'http://login.salesforce.com', 'must start with https://'],
    ['REVOPS_API_STOP_PERCENT', '101', 'at most 100'],
    ['REVOPS_API_WARN_PERCENT', 'most', 'must be a number of percent'],
    ['SFDC_API_VERSION', '60', 'must look like v60.0'],
    ['SFDC_API_VERSION', 'v60.0/../..', 'must look like v60.0'],
    ['SFDC_AUDIT_OBJECT', 'My_Audit__c', 'writes its audit rows to that object and to no other'],
    ['REVOPS_CONFIRMATION', 'none', 'must be "required"'],
    ['REVOPS_READ_ONLY', 'yes', 'must be true or false'],
    ['REVOPS_LOG_LEVEL', 'loud', 'must be one of debug, info, warn, error, silent'],
    ['REVOPS_TIME_LIMIT_SECONDS', '0', 'at least 1 second'],
    ['REVOPS_TIME_LIMIT_SECONDS', 'soon', 'must be a number of seconds'],
  ])('%s=%s', (variable, value, reason) => {
    expect(problems({ SFDC_CLIENT_ID: 'key', [variable]: value })).toEqual([
      expect.stringMatching(new RegExp(`^\\w+ ${variable} .*${reason.replaceAll('.', '\\.')}.*\\.$`, 's')),
    ]);
  });

  it.each(['http://localhost:8080', 'http://127.0.0.1:3000', 'http://[::1]:3000'])('but not %s, which is this machine', (url) => {
    expect(problems({ SFDC_INSTANCE_URL: url })).toEqual([]);
  });

  it('offers no write tool when REVOPS_READ_ONLY cannot be read', () => {
    expect(loadConfig({ ...needed, REVOPS_READ_ONLY: 'yes' })).toMatchObject({ ok: false, readOnly: true });
  });
});
