import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { opportunityId, startSampleOrg } from '../testing/sample-org.ts';
import { fault, ok } from '../testing/scripted-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';
import { ThresholdsFile } from '../testing/thresholds-file.ts';

let org: ScriptedOrg;
let shim: ShimClient;

const recordPath = `/services/data/v60.0/sobjects/Opportunity/${opportunityId}`;
const record = {
  attributes: { type: 'Opportunity', url: recordPath },
  Id: opportunityId,
  Name: 'Acme renewal',
  AccountId: '001000000000001AAA',
  OwnerId: '005000000000001AAA',
  StageName: 'Commit',
  Amount: 5000.5,
  CloseDate: '2026-11-30',
  Probability: 90,
  ForecastCategoryName: 'Commit',
  NextStep: null,
  LastActivityDate: '2026-11-19',
  // In Los Angeles this was still the 9th.
  LastStageChangeDate: '2026-11-10T03:00:00.000+0000',
  CreatedDate: '2026-01-05T03:00:00.000+0000',
  Description: 'x'.repeat(3000),
  Site__c: { latitude: 1, longitude: 2 },
  Empty__c: null,
  IsPrivate: false,
  IsClosed: false,
  PushCount: 0,
};

beforeEach(async () => {
  org = await startSampleOrg();
  org.onPath(recordPath, ok(record));
  org.onQuery(/^SELECT Account.Name FROM Opportunity/, [{ Account: { Name: 'Acme\u202e Corp' } }]);
  org.onQuery(/^SELECT Owner.Name FROM Opportunity/, [{ Owner: { Name: 'Ada Ops' } }]);
  org.onQuery(/^SELECT Owner.IsActive FROM Opportunity/, [{ Owner: { IsActive: true } }]);
  org.onQuery(/^SELECT COUNT\(Id\) roles FROM OpportunityContactRole/, [{ roles: 1 }]);
  org.onQuery(/FROM Event/, [{ AccountId: '001000000000001AAA', next: '2026-12-01T10:00:00.000+0000' }]);
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

const summary = {
  id: opportunityId,
  name: 'Acme renewal',
  account_id: '001000000000001AAA',
  account_name: 'Acme Corp',
  owner_id: '005000000000001AAA',
  owner_name: 'Ada Ops',
  stage: 'Commit',
  amount: 5000.5,
  close_date: '2026-11-30',
  probability: 90,
  forecast_category: 'Commit',
  next_step: null,
  last_activity_date: '2026-11-19',
  days_in_stage: 12,
  risk_flags: [],
};

it('answers with a summary, names, and every other filled field [revops-005]', async () => {
  expect(await shim.call('get_opportunity', { opp_id: opportunityId.slice(0, 15) })).toEqual({
    opportunity: summary,
    fields: {
      LastStageChangeDate: '2026-11-10T03:00:00.000Z',
      CreatedDate: '2026-01-05T03:00:00.000Z',
      Description: `${'x'.repeat(2000)}… [+1,000 chars]`,
      IsPrivate: false,
      IsClosed: false,
      PushCount: 0,
    },
    url: `${org.url}/${opportunityId}`,
  });
  // The last request asks for events ahead: only they can clear a commit that closes soon.
  const composite = 'POST /services/data/v60.0/composite';
  expect(org.wire).toEqual(['GET /services/oauth2/userinfo', composite, composite]);
  org.onPath(recordPath, ok({ ...record, StageName: 'Prospecting' }));
  await shim.call('get_opportunity', { opp_id: opportunityId });
  expect(org.wire).toHaveLength(4);
  expect(org.requests.filter(({ soql }) => soql?.includes('OpportunityStage'))).toHaveLength(1);
});

describe('risk_flags', () => {
  async function flags(env: NodeJS.ProcessEnv = {}): Promise<{ flags: string[]; notes: unknown }> {
    const other = await connectShim(org.url, { env });
    const answer = (await other.call('get_opportunity', { opp_id: opportunityId, detail: 'summary' })) as {
      opportunity: { risk_flags: { rule: string; severity: string; reason: string }[] };
      meta?: { notes?: string[] };
    };
    await other.close();
    const said = answer.opportunity.risk_flags.map(({ rule, severity, reason }) => `${rule} ${severity}: ${reason}`);
    return { flags: said, notes: answer.meta?.notes };
  }

  it('every rule with its numbers, and what they do not know', async () => {
    org.onPath(
      recordPath,
      ok({ ...record, Amount: 200_000, LastActivityDate: '2026-11-01', PushCount: 3, LastStageChangeDate: '2026-10-01T12:00:00.000+0000' }),
    );
    org.onQuery(/^SELECT Owner.IsActive FROM Opportunity/, [{ Owner: { IsActive: false } }]);
    org.onQuery(/roles FROM OpportunityContactRole/, [{ roles: 0 }]);
    org.onQuery(/FROM Event/, []);
    expect(await flags()).toEqual({
      flags: [
        'days_in_stage medium: 51 days in Commit (limit 21)',
        'days_since_activity high: No activity for 20 days (limit 14)',
        'pushed medium: Close date pushed 3 times (from 2 on)',
        'large_deal_without_next_step medium: Amount 200,000 is above 100,000, and there is no next step',
        'inactive_owner high: Its owner is inactive',
        'no_contact_role low: No contact has a role in this deal',
        'commit_closing_soon high: Commit that closes in 9 days (limit 14), and no event ahead on the account',
      ],
      notes: [expect.stringContaining('Einstein Activity Capture')],
    });
  });

  it('a closed deal has none, and asks for no events', async () => {
    org.onPath(recordPath, ok({ ...record, IsClosed: true, CloseDate: '2026-01-01' }));
    expect(await flags()).toEqual({ flags: [], notes: undefined });
    expect(org.requests.some(({ soql }) => soql?.includes('FROM Event'))).toBe(false);
  });

  it('a deal without an account has no event ahead', async () => {
    org.onPath(recordPath, ok({ ...record, AccountId: null }));
    expect((await flags()).flags).toEqual([expect.stringContaining('commit_closing_soon')]);
  });

  it('what is not visible leaves its rule out, with a note', async () => {
    const visible: Record<string, unknown> = { ...record };
    delete visible['PushCount'];
    org.onPath(recordPath, ok(visible));
    org.on(({ soql }) =>
      /OpportunityContactRole|FROM Event|Owner.IsActive/.test(soql ?? '') ? fault(400, 'INVALID_TYPE', 'No such object') : undefined,
    );
    expect(await flags({ SFDC_COMMIT_STAGE_NAME: 'Commit' })).toEqual({
      flags: [],
      notes: ['pushed', 'inactive_owner', 'no_contact_role', 'commit_closing_soon'].map((rule) => expect.stringContaining(rule) as unknown),
    });
  });

  it('stages of the thresholds go by label; one that the org does not have is told', async () => {
    using file = new ThresholdsFile('days_in_stage: { severity: low, default: 100, by_stage: { zusage: 11, Comit: 1 } }');
    org.onQuery(/FROM OpportunityStage/, [{ MasterLabel: 'Zusage', ApiName: 'Commit', IsClosed: false }]);
    expect(await flags({ REVOPS_RISK_THRESHOLDS: file.path, SFDC_COMMIT_STAGE_NAME: 'Zusage' })).toEqual({
      flags: ['days_in_stage low: 12 days in Commit (limit 11)'],
      notes: [
        'days_in_stage.by_stage of the risk thresholds names what is no active opportunity stage: "Comit". Active stages: Zusage. Correct the thresholds.',
      ],
    });
  });

  it('a field of their own for activity, in any spelling: then nothing is said of LastActivityDate', async () => {
    using file = new ThresholdsFile('days_since_activity: { severity: low, days: 5, field: last_touch__c }');
    org.onPath(recordPath, ok({ ...record, Last_Touch__c: '2026-11-15' }));
    expect(await flags({ REVOPS_RISK_THRESHOLDS: file.path })).toEqual({
      flags: ['days_since_activity low: No activity for 6 days (limit 5)'],
      notes: undefined,
    });
  });

  it('a query that fails for another reason is the error of the call', async () => {
    org.on(({ soql }) => (soql?.includes('OpportunityContactRole') ? fault(400, 'QUERY_TIMEOUT', 'too slow') : undefined));
    expect(await shim.call('get_opportunity', { opp_id: opportunityId })).toMatchObject({
      error: { details: { sf_code: 'QUERY_TIMEOUT' } },
    });
  });

  it('several currencies: the threshold is that of the corporate one', async () => {
    org.onPath(recordPath, ok({ ...record, CurrencyIsoCode: 'JPY', Amount: 200_000 }));
    org.onQuery(/FROM CurrencyType/, [
      { IsoCode: 'EUR', ConversionRate: 1, IsCorporate: true, IsActive: true },
      { IsoCode: 'JPY', ConversionRate: 160, IsCorporate: false, IsActive: true },
    ]);
    expect(await flags()).toEqual({ flags: [], notes: undefined });
    org.onPath(recordPath, ok({ ...record, CurrencyIsoCode: 'JPY', Amount: 16_000_001 }));
    expect((await flags()).flags).toEqual([
      'large_deal_without_next_step medium: Amount 16,000,001 JPY is above 100,000 EUR, and there is no next step',
    ]);
  });
});

it('detail: summary leaves the fields out', async () => {
  expect(await shim.call('get_opportunity', { opp_id: opportunityId, detail: 'summary' })).toEqual({
    opportunity: summary,
    url: `${org.url}/${opportunityId}`,
  });
});

it('names what the user may not see, and a name that cannot be read is null', async () => {
  const visible: Record<string, unknown> = { ...record, LastStageChangeDate: null };
  delete visible['Amount'];
  delete visible['AccountId'];
  org.onPath(recordPath, ok(visible));
  org.on(({ soql }) => (/^SELECT (Account|Owner).Name/.test(soql ?? '') ? fault(400, 'INVALID_FIELD', 'No such relation') : undefined));
  const answer = await shim.call('get_opportunity', { opp_id: opportunityId, detail: 'summary' });
  expect(answer['meta']).toMatchObject({ fields_not_visible: ['AccountId', 'Amount'] });
  expect(answer['opportunity']).toMatchObject({ owner_name: null, days_in_stage: 321 });
  expect(answer['opportunity']).not.toHaveProperty('amount');
  expect(answer['opportunity']).not.toHaveProperty('account_name');
});

it('shows the currency where the org has several', async () => {
  org.onPath(recordPath, ok({ ...record, CurrencyIsoCode: 'EUR' }));
  org.onQuery(/FROM CurrencyType/, [{ IsoCode: 'EUR', ConversionRate: 1, IsCorporate: true, IsActive: true }]);
  expect(await shim.call('get_opportunity', { opp_id: opportunityId })).toMatchObject({ opportunity: { amount: 5000.5, currency: 'EUR' } });
});

it('leaves fields out where the answer would be longer than 60,000 characters, and says so', async () => {
  const long = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`Long${index}__c`, 'y'.repeat(2000)]));
  org.onPath(recordPath, ok({ ...record, Name: '"'.repeat(120), NextStep: '"'.repeat(3_000), ...long }));
  const answer = await shim.call('get_opportunity', { opp_id: opportunityId });
  expect(answer['truncated']).toBe(true);
  expect(JSON.stringify(answer).length).toBeLessThanOrEqual(60_000);
  expect(JSON.stringify(answer).length).toBeGreaterThan(54_000);
});

it('says NOT_FOUND with what to check', async () => {
  org.onPath(recordPath, fault(404, 'NOT_FOUND', 'The requested resource does not exist'));
  expect(await shim.call('get_opportunity', { opp_id: opportunityId })).toMatchObject({
    error: {
      code: 'NOT_FOUND',
      message: `Opportunity ${opportunityId} does not exist, is deleted, or is not visible to you. Check the id.`,
    },
  });
});

it('works with UTC days where the user info is forbidden', async () => {
  org.onPath('/services/oauth2/userinfo', { status: 403, body: 'insufficient scope' });
  expect(await shim.call('get_opportunity', { opp_id: opportunityId })).toMatchObject({ opportunity: { days_in_stage: 11 } });
});

describe('refuses, before any request', () => {
  it.each([
    [{ opp_id: '001000000000001AAA' }, 'those start with 006'],
    [{ opp_id: '006000000000001AAB' }, 'must be a 15- or 18-character Salesforce record id'],
    [{ opp_id: opportunityId, detail: 'all' }, 'detail must be full or summary'],
    [{}, 'opp_id is missing'],
  ])('%j', async (args, reason) => {
    expect(await shim.call('get_opportunity', args)).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining(reason) as string },
    });
    expect(org.requests).toEqual([]);
  });
});

it('dry_run shows the composite and sends nothing', async () => {
  const { meta } = (await shim.call('get_opportunity', { opp_id: opportunityId, dry_run: true })) as {
    meta: { dry_run: { method: string; path: string }[] };
  };
  expect(meta.dry_run.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /services/oauth2/userinfo',
    'POST /services/data/v60.0/composite',
  ]);
  expect(org.requests).toEqual([]);
});
