import { expect, it } from 'vitest';
import { dealRow } from '../testing/sample-deals.ts';
import { anyFieldRule, riskFlags, riskPlan, ruleConditions } from './risk-rules.ts';
import type { RiskSituation } from './risk-rules.ts';
import { thresholdsInForce } from './thresholds-in-force.ts';

const thresholds = thresholdsInForce({});
const situation: RiskSituation = {
  today: { date: '2026-11-21', timeZone: 'America/Los_Angeles' },
  commit: { stages: ['Commit'] },
  sees: () => true,
  fieldNamed: (name) => ({ name, type: 'date' }),
  seesContactRoles: true,
  seesEvents: true,
};
const fine = { hasContactRole: true, hasFutureEvent: true };

function reasons(fields: Record<string, unknown>, facts = fine, changes: Partial<RiskSituation> = {}): string[] {
  const plan = riskPlan(thresholds, { ...situation, ...changes });
  return riskFlags(plan, dealRow(fields), facts).map(({ rule, severity, reason }) => `${rule} ${severity}: ${reason}`);
}

it('a deal that is in order has no flags, and a closed one never has', () => {
  expect(reasons({})).toEqual([]);
  expect(reasons({ IsClosed: true, Amount: null })).toEqual([]);
});

it.each([
  [{ LastStageChangeDate: '2026-10-31T06:59:59.000+0000' }, 'days_in_stage medium: 22 days in Commit (limit 21)'],
  [
    { StageName: 'Negotiation', LastStageChangeDate: null, CreatedDate: '2026-10-01T12:00:00.000+0000' },
    'days_in_stage medium: 51 days in Negotiation, since it was created (limit 30)',
  ],
  [{ LastActivityDate: '2026-11-06' }, 'days_since_activity high: No activity for 15 days (limit 14)'],
  [{ LastActivityDate: null }, 'days_since_activity high: No activity since it was created 321 days ago (limit 14)'],
  [{ CloseDate: '2026-11-20' }, 'close_date_passed high: Close date 2026-11-20 passed 1 day ago'],
  [{ PushCount: 2 }, 'pushed medium: Close date pushed 2 times (from 2 on)'],
  [
    { Amount: 100_000.5, NextStep: null },
    'large_deal_without_next_step medium: Amount 100,000.5 is above 100,000, and there is no next step',
  ],
  [{ Amount: null }, 'no_amount medium: No amount'],
  [{ Owner: { IsActive: false } }, 'inactive_owner high: Its owner is inactive'],
])('%j', (fields, expected) => {
  expect(reasons(fields)).toEqual([expected]);
});

it.each([
  { LastStageChangeDate: '2026-10-31T07:00:00.000+0000' }, // midnight in Los Angeles, 21 days ago
  { LastActivityDate: '2026-11-07' },
  { LastActivityDate: null, CreatedDate: '2026-11-07T08:00:00.000+0000' },
  { LastActivityDate: '2027-01-01' },
  { CloseDate: '2026-11-21' },
  { PushCount: 1 },
  { Amount: 100_000, NextStep: null },
  { Amount: 0 },
])('at the limit is not over it: %j', (fields) => {
  expect(reasons(fields)).toEqual([]);
});

it('contact roles and events are facts of their own; what is not known is no flag', () => {
  expect(reasons({}, { ...fine, hasContactRole: false })).toEqual(['no_contact_role low: No contact has a role in this deal']);
  expect(reasons({}, { ...fine, hasFutureEvent: false })).toEqual([
    'commit_closing_soon high: Commit that closes in 9 days (limit 14), and no event ahead on the account',
  ]);
  expect(reasons({ CloseDate: '2026-11-21', AccountId: null }, { ...fine, hasFutureEvent: false })).toEqual([
    'commit_closing_soon high: Commit that closes today (limit 14), and it has no account, so no event ahead',
  ]);
  expect(reasons({ CloseDate: '2026-12-06' }, { ...fine, hasFutureEvent: false })).toEqual([]);
  expect(reasons({ StageName: 'Prospecting' }, { ...fine, hasFutureEvent: false })).toEqual([]);
  const byForecast = { commit: { stages: [], forecastCategory: 'Commit' } };
  expect(reasons({ StageName: 'Prospecting' }, { ...fine, hasFutureEvent: false }, byForecast)).toHaveLength(1);
});

it('what is not there or hidden leaves its rule out, with a note', () => {
  const plan = riskPlan(thresholds, {
    ...situation,
    commit: undefined,
    sees: (path) => path !== 'PushCount' && path !== 'Amount',
    seesContactRoles: false,
  });
  expect(plan.fieldRules.map(({ rule }) => rule)).toEqual(['days_in_stage', 'days_since_activity', 'close_date_passed', 'inactive_owner']);
  expect(plan.notes.map((note) => /^Risk rule (\w+) was left out: (.*)$/.exec(note)?.slice(1))).toEqual([
    ['pushed', 'PushCount is not there or not visible to you.'],
    ['large_deal_without_next_step', 'Amount is not there or not visible to you.'],
    ['no_amount', 'Amount is not there or not visible to you.'],
    ['commit_closing_soon', expect.stringContaining('SFDC_COMMIT_STAGE_NAME')],
    ['no_contact_role', 'you cannot see contact roles.'],
  ]);
  expect(plan.fields).not.toContain('PushCount');
});

it('a field that is no date cannot tell activity; a date/time counts by its moment', () => {
  expect(riskPlan(thresholds, { ...situation, fieldNamed: (name) => ({ name, type: 'string' }) }).notes).toEqual([
    'Risk rule days_since_activity was left out: LastActivityDate is no date. Name a date field in the thresholds.',
  ]);
  const plan = riskPlan(thresholds, { ...situation, fieldNamed: (name) => ({ name, type: 'datetime' }) });
  expect(ruleConditions(plan).find(({ rule }) => rule === 'days_since_activity')?.soql).toBe(
    '(LastActivityDate < 2026-11-07T08:00:00Z OR (LastActivityDate = null AND CreatedDate < 2026-11-07T08:00:00Z))',
  );
});

it('several currencies: the threshold has one, and rows are converted', () => {
  const currencies = {
    corporate: 'USD',
    active: new Set(['USD', 'EUR']),
    rates: new Map([
      ['USD', 1],
      ['EUR', 0.5],
      ['ITL', 2000],
    ]),
  };
  const row = { Amount: 50_001, CurrencyIsoCode: 'EUR', NextStep: null };
  expect(reasons(row, fine, { currencies })).toEqual([
    'large_deal_without_next_step medium: Amount 50,001 EUR is above 100,000 USD, and there is no next step',
  ]);
  const plan = riskPlan(thresholds, { ...situation, currencies });
  expect(ruleConditions(plan).find(({ rule }) => rule === 'large_deal_without_next_step')?.soql).toBe(
    "(((CurrencyIsoCode = 'USD' AND Amount > 100000) OR (CurrencyIsoCode = 'EUR' AND Amount > 50000) OR (CurrencyIsoCode = 'ITL' AND Amount > 200000000)) AND NextStep = null)",
  );
  const inEuros = { large_deal_without_next_step: { severity: 'low', amount: 0.1, currency: 'EUR' } } as const;
  expect(ruleConditions(riskPlan(inEuros, { ...situation, currencies }))[0]?.soql).toContain("(CurrencyIsoCode = 'ITL' AND Amount > 400)");
  expect(reasons({ ...row, Amount: 90_000_000, CurrencyIsoCode: 'ITL' }, fine, { currencies })).toEqual([]);
  for (const currency of ['XYZ', 'ITL']) {
    const unusable = { large_deal_without_next_step: { severity: 'low', amount: 1, currency } } as const;
    expect(riskPlan(unusable, { ...situation, currencies }).notes).toEqual([
      `Risk rule large_deal_without_next_step was left out: ${currency} is no active currency of the org. Change it in the thresholds.`,
    ]);
  }
});

it('more currencies than a query has room for leave the rule of amounts out', () => {
  const codes = Array.from({ length: 81 }, (_, index) => `C${String(index).padStart(2, '0')}`);
  const currencies = (count: number) => ({
    corporate: 'C00',
    active: new Set(['C00']),
    rates: new Map(codes.slice(0, count).map((code, index) => [code, 1 + index / 7])),
  });
  const rules = (count: number) => riskPlan(thresholds, { ...situation, currencies: currencies(count) });
  expect(rules(80).notes).toEqual([]);
  expect(rules(81).notes).toEqual([
    'Risk rule large_deal_without_next_step was left out: the org has 81 currencies, and a query has room for 80.',
  ]);
  expect(rules(81).fieldRules.map(({ rule }) => rule)).not.toContain('large_deal_without_next_step');
});

it('any field rule, and none, as SOQL', () => {
  const plan = riskPlan({ no_amount: { severity: 'low' }, pushed: { severity: 'low', times: 2 } }, situation);
  expect(anyFieldRule(plan)).toEqual({
    met: '(PushCount >= 2 OR Amount = null)',
    unmet: '((PushCount < 2 OR PushCount = null) AND Amount != null)',
  });
  expect(anyFieldRule(riskPlan({}, situation))).toBeUndefined();
});
