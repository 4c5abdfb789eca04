import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';

const needed = { SFDC_INSTANCE_URL: 'https://example.my.salesforce.com/', SFDC_ACCESS_TOKEN: '00Dxx!token' };

function problems(env: NodeJS.ProcessEnv): string[] {
  const outcome = loadConfig({ ...needed, ...env });
  return outcome.ok ? [] : outcome.problems.map((problem) => `${problem.code} ${problem.message}`);
}

it('needs the address and the token only', () => {
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
    },
  });
});

it('takes every setting, and the namespace from the audit object', () => {
  const outcome = loadConfig({
    ...needed,
    SFDC_API_VERSION: '67.0',
    SFDC_AUDIT_OBJECT: 'acme_ops__Cleanup_Audit__c',
    SFDC_COMMIT_STAGE_NAME: 'Best Case',
    REVOPS_CONFIRMATION: 'required',
    REVOPS_READ_ONLY: 'TRUE',
    REVOPS_LOG_LEVEL: 'debug',
    REVOPS_TIME_LIMIT_SECONDS: '5',
  });
  expect(outcome).toMatchObject({
    ok: true,
    config: {
      apiVersion: 'v67.0',
      auditObject: 'acme_ops__Cleanup_Audit__c',
      namespace: 'acme_ops',
      commitStageName: 'Best Case',
      readOnly: true,
      logLevel: 'debug',
      timeLimitMs: 5_000,
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
    'AUTH_ERROR SFDC_ACCESS_TOKEN is not set. Set it to an access token of the org; "sf org display --target-org <alias> --verbose" prints one.',
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
    ['SFDC_API_VERSION', '60', 'must look like v60.0'],
    ['SFDC_API_VERSION', 'v60.0/../..', 'must look like v60.0'],
    ['SFDC_AUDIT_OBJECT', 'My_Audit__c', 'writes its audit rows to that object and to no other'],
    ['REVOPS_CONFIRMATION', 'host', 'must be "required"'],
    ['REVOPS_READ_ONLY', 'yes', 'must be true or false'],
    ['REVOPS_LOG_LEVEL', 'loud', 'must be one of debug, info, warn, error, silent'],
    ['REVOPS_TIME_LIMIT_SECONDS', '0', 'at least 1 second'],
    ['REVOPS_TIME_LIMIT_SECONDS', 'soon', 'must be a number of seconds'],
  ])('%s=%s', (variable, value, reason) => {
    expect(problems({ [variable]: value })).toEqual([
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
