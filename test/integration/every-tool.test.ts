// @module-tag faults
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { preview } from './support/calls.ts';
import type { PreviewedChange } from './support/calls.ts';
import { change, createDeal } from './support/sample-deal.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** What can go wrong between this server and any org, for each tool alike; what they answer otherwise stands in their own suites. */
let org: TestOrg;
let shim: ShimClient;
let dealId: string;
let confirm: PreviewedChange;
/** A record of each object that is read by its id. */
const known: Record<string, string> = {};
beforeAll(async () => {
  org = await startTestOrg();
  const AccountId = await org.rest.create('Account', { Name: 'Larkfield' });
  known['Account'] = AccountId;
  known['Contact'] = await org.rest.create('Contact', { LastName: 'Young', AccountId });
  known['Lead'] = await org.rest.create('Lead', { LastName: 'Zed', Company: 'Zed Inc' });
  known['Case'] = await org.rest.create('Case', { Subject: 'Broken', AccountId });
});
beforeEach(async () => {
  // No access token: each server fetches one, and can renew it.
  shim = await org.connect({ SFDC_ACCESS_TOKEN: '', REVOPS_TIME_LIMIT_SECONDS: '4', ...org.renewable });
  ({ dealId } = await createDeal(org));
  ({ confirm } = await preview(shim, change(dealId, 'NextStep', 'Sign')));
  org.wire.take();
});
afterEach(() => {
  org.faults.clear();
  org.local.apiUsage.used = 0;
});
afterAll(() => org.close());

const reads = [
  'query',
  'get_account',
  'search_accounts',
  'get_contacts_for_account',
  'get_contact',
  'get_lead',
  'get_leads',
  'get_case',
  'get_recent_activities',
  'get_team_members',
  'get_opportunity',
  'get_opportunities',
  'get_pipeline_summary',
  'pipeline_by_stage',
  'pipeline_changes',
  'stale_opps',
  'at_risk_commits',
  'describe_object',
  'check_connection',
];
const tools = [...reads, 'update_field', 'confirm_write'];
/** These go however few requests are left. */
const alwaysGo = ['check_connection', 'confirm_write'];

function argumentsOf(tool: string): Record<string, unknown> {
  const all: Record<string, Record<string, unknown>> = {
    query: { soql: `SELECT NextStep FROM Opportunity WHERE Id = '${dealId}' LIMIT 1` },
    get_opportunity: { opp_id: dealId },
    get_account: { account_name: 'Larkfield' },
    search_accounts: { query: 'Larkfield' },
    get_contacts_for_account: { account_id: known['Account'] },
    get_contact: { contact_id: known['Contact'] },
    get_lead: { lead_id: known['Lead'] },
    get_case: { case_id: known['Case'] },
    get_recent_activities: { related_to_id: known['Account'] },
    get_team_members: { manager_id: 'me' },
    pipeline_changes: { since: '2026-11-21' },
    describe_object: { object_type: 'Account' },
    update_field: change(dealId, 'NextStep', 'Sign'),
    confirm_write: { ...confirm },
  };
  return all[tool] ?? {};
}

/** How the call ended: `ok`, or what a caller can tell it by. The report of check_connection is judged by its problems. */
async function endOf(tool: string): Promise<string> {
  const answer = (await shim.call(tool, argumentsOf(tool))) as {
    error?: { code: string; details: { cause?: string } };
    problems?: { code: string }[];
  };
  expect(JSON.stringify(answer)).not.toMatch(/<html|na77/);
  if (answer.error) return [answer.error.code, answer.error.details.cause].filter((part) => part !== undefined).join(' ');
  return answer.problems?.[0]?.code ?? 'ok';
}

async function nextStep(): Promise<unknown> {
  return (await org.rest.query(`SELECT NextStep FROM Opportunity WHERE Id = '${dealId}'`))[0]?.['NextStep'];
}

/** Only a confirmed write writes, and with its row. */
async function expectWritten(written: boolean): Promise<void> {
  org.faults.clear();
  expect(await nextStep()).toBe(written ? 'Sign' : 'Call the buyer');
  expect(await org.auditRows('Changed__c', dealId)).toEqual(written ? [{ Changed__c: true }] : []);
}

const html = { kind: 'status', status: 502, body: '<html>internal host na77.sfdc.net</html>' } as const;
const busy = { kind: 'status', status: 503, body: JSON.stringify([{ errorCode: 'SERVER_UNAVAILABLE', message: 'busy' }]) } as const;
const expired = { kind: 'status', status: 401, body: JSON.stringify([{ errorCode: 'INVALID_SESSION_ID', message: 'expired' }]) } as const;

describe.each(tools)('%s', (tool) => {
  const commits = tool === 'confirm_write';

  test('an expired token is renewed, and the call goes on [revops-038]', async () => {
    org.expireToken();
    expect(await endOf(tool)).toBe('ok');
    const refreshes = org.wire.take().filter(({ target }) => target === '/services/oauth2/token');
    expect(refreshes).toHaveLength(1);
    await expectWritten(commits);
  });

  test('a token that is refused for good: AUTH_ERROR after three requests', async () => {
    org.faults.add({ path: '/services/data/*', times: 99, effect: expired });
    org.faults.add({ path: '/services/apexrest/*', times: 99, effect: expired });
    org.faults.add({ path: '/services/oauth2/userinfo', times: 99, effect: expired });
    expect(await endOf(tool)).toMatch(/^AUTH_ERROR/);
    expect(org.wire.take().length).toBeLessThanOrEqual(3);
    await expectWritten(false);
  });

  test('a 503, and then it works', async () => {
    org.faults.add({ path: '/services/*', effect: busy });
    expect(await endOf(tool)).toBe('ok');
    await expectWritten(commits);
  });

  test('an HTML 502 for good, without the page', async () => {
    org.faults.add({ path: '/services/*', times: 99, effect: html });
    expect(await endOf(tool)).toMatch(commits ? /^SF_API_ERROR UNKNOWN_OUTCOME$/ : /^SF_API_ERROR/);
    const sent = org.wire.take().length;
    // A commit is repeated while there is time: nobody knows what became of it.
    if (commits) expect(sent).toBeGreaterThan(3);
    else expect(sent).toBe(3);
    await expectWritten(false);
  });

  test('the limit: a warning from 80 % on', async () => {
    org.local.apiUsage.used = 12_000;
    expect(await shim.call(tool, argumentsOf(tool))).toMatchObject({
      meta: {
        warnings: expect.arrayContaining([
          expect.stringMatching(/^RATE_LIMIT_WARNING: 12,0\d\d of the org's 15,000 API requests/),
        ]) as unknown,
      },
    });
  });

  test(`the limit: from 95 % on ${alwaysGo.includes(tool) ? 'it goes all the same' : 'nothing is sent'}`, async () => {
    org.local.apiUsage.used = 14_250;
    await shim.call('check_connection'); // reads the limit
    org.wire.take();
    expect(await endOf(tool)).toBe(alwaysGo.includes(tool) ? 'ok' : 'RATE_LIMIT_EXCEEDED API_BUDGET');
    expect(org.wire.take().length > 0).toBe(alwaysGo.includes(tool));
    await expectWritten(commits);
  });

  test('a call that is cancelled lets go of its connection', async () => {
    const before = org.wire.brokenOff;
    org.faults.add({ path: '/services/*', times: 99, effect: { kind: 'silent' } });
    const controller = new AbortController();
    const call = shim.client.callTool({ name: tool, arguments: argumentsOf(tool) }, undefined, { signal: controller.signal });
    const rejected = expect(call).rejects.toThrow('no longer needed');
    await expect.poll(() => org.wire.take().length).toBe(1);
    controller.abort('no longer needed');
    await rejected;
    await expect.poll(() => org.wire.brokenOff).toBe(before + 1);
    expect(org.wire.take()).toEqual([]);
    await expectWritten(false);
  });
});

describe('a silent org', () => {
  test.each(tools)('%s ends in its time', async (tool) => {
    shim = await org.connect({ SFDC_ACCESS_TOKEN: '', REVOPS_TIME_LIMIT_SECONDS: '1', ...org.renewable });
    ({ confirm } = await preview(shim, change(dealId, 'NextStep', 'Sign')));
    org.faults.add({ path: '/services/*', times: 99, effect: { kind: 'silent' } });
    expect(await endOf(tool)).toBe(tool === 'confirm_write' ? 'SF_API_ERROR UNKNOWN_OUTCOME' : 'SF_API_ERROR TIMEOUT');
    await expectWritten(false);
  });
});
