// @module-tag whole-org
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { riskFlags, riskPlan, ruleConditions, anyFieldRule } from '../../mcp-shim/src/risk/risk-rules.ts';
import { thresholdsInForce } from '../../mcp-shim/src/risk/thresholds-in-force.ts';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import type { PlainRecord } from './support/rest-client.ts';
import { startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

/** What the tools for deals say, against what this file computes by itself from the raw records. */
const TODAY = '2026-11-21';
const QUARTER_END = '2026-12-31';
const FIELDS =
  'Id, StageName, Amount, CloseDate, NextStep, LastActivityDate, LastStageChangeDate, CreatedDate, PushCount, IsClosed, AccountId, OwnerId, Owner.IsActive';

describe.each([
  { dataset: 'demo', seed: 'integration' },
  { dataset: 'random', seed: 'one' },
  { dataset: 'random', seed: 'two' },
  { dataset: 'random', seed: 'three' },
] as const)('$dataset, seed $seed', (options) => {
  let org: TestOrg;
  let shim: ShimClient;
  let deals: PlainRecord[];
  let zone: string;
  beforeAll(async () => {
    org = await startTestOrg(options);
    shim = await org.connect();
    deals = await org.rest.query(`SELECT ${FIELDS} FROM Opportunity WHERE IsClosed = false`);
    const me = await shim.call('check_connection');
    const [user] = await org.rest.query(`SELECT TimeZoneSidKey FROM User WHERE Id = '${(me['user'] as { id: string }).id}'`);
    zone = String(user?.['TimeZoneSidKey']);
    expect(deals.length).toBeGreaterThan(50);
  });
  afterAll(() => org.close());

  const sum = (records: readonly PlainRecord[]): unknown =>
    expect.closeTo(
      records.reduce((total, { Amount }) => total + Number(Amount ?? 0), 0),
      4,
    );
  const dayIn = (instant: unknown): string =>
    new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
      new Date(String(instant)),
    );
  const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;
  const idsOf = (answer: Record<string, unknown>): string[] => {
    const { opportunities, columns, rows } = answer as { opportunities?: { id: string }[]; columns?: string[]; rows?: string[][] };
    return (opportunities?.map(({ id }) => id) ?? rows?.map((row) => row[columns?.indexOf('id') ?? -1] ?? '') ?? []).sort();
  };
  const ids = (records: readonly PlainRecord[]): string[] => records.map(({ Id }) => String(Id)).sort();

  test('get_opportunities: every page, and the totals of all', async () => {
    const wanted = deals.filter(({ CloseDate }) => String(CloseDate) >= '2026-11-01' && String(CloseDate) <= '2027-01-31');
    const seen: { id: string; close_date: string }[] = [];
    let cursor: unknown = null;
    do {
      const args = { close_date_from: '2026-11-01', close_date_to: '2027-01-31', limit: 50, cursor };
      const page = await shim.call('get_opportunities', args);
      expect(page).toMatchObject({ total_count: wanted.length, total_value: sum(wanted) });
      seen.push(...(page['opportunities'] as typeof seen));
      cursor = page['next_cursor'];
    } while (cursor !== undefined);
    expect(seen.map(({ id }) => id).sort()).toEqual(ids(wanted));
    expect(seen.map(({ close_date }) => close_date)).toEqual(seen.map(({ close_date }) => close_date).sort());
  });

  test.each([1, 30, 90])('stale_opps: more than %i days [revops-014]', async (threshold) => {
    const stale = deals.filter((deal) => days(dayIn(deal['LastStageChangeDate'] ?? deal['CreatedDate']), TODAY) > threshold);
    const answer = await shim.call('stale_opps', { days_in_stage_threshold: threshold, limit: 200 });
    expect(answer).toMatchObject({ total_count: stale.length, total_value: sum(stale), truncated: stale.length > 200 });
    if (stale.length <= 200) expect(idsOf(answer)).toEqual(ids(stale));
  });

  test.each([undefined, '2026-11-30', '2027-03-31'])('at_risk_commits: quarter end %s [revops-015, revops-016]', async (given) => {
    const end = given ?? QUARTER_END;
    const events = await org.rest.query('SELECT AccountId, StartDateTime FROM Event WHERE AccountId != null');
    const now = Date.parse('2026-11-21T09:00:00Z');
    const ahead = new Set(events.filter(({ StartDateTime }) => Date.parse(String(StartDateTime)) > now).map(({ AccountId }) => AccountId));
    const atRisk = deals.filter(({ StageName, LastActivityDate, CloseDate, AccountId }) => {
      if (StageName !== 'Commit') return false;
      if (typeof LastActivityDate !== 'string' || days(LastActivityDate, TODAY) > 14) return true;
      return Math.abs(days(String(CloseDate), end)) <= 14 && !ahead.has(AccountId);
    });
    const answer = await shim.call('at_risk_commits', { quarter_end_date: given ?? null, limit: 200 });
    expect(answer).toMatchObject({ quarter_end_date: end, total_count: atRisk.length, total_value: sum(atRisk), truncated: false });
    expect(idsOf(answer)).toEqual(ids(atRisk));
    expect(atRisk.length).toBeGreaterThan(0);
  });

  test('risk rules: this server and the org judge every deal alike', async () => {
    const plan = riskPlan(thresholdsInForce({}), {
      today: { date: TODAY, timeZone: zone },
      commit: { stages: ['Commit'] },
      sees: () => true,
      fieldNamed: (name) => ({ name, type: 'date' }),
      seesContactRoles: true,
      seesEvents: true,
    });
    const flagged = new Map(deals.map((deal) => [String(deal['Id']), riskFlags(plan, deal, {}).map(({ rule }) => rule)]));
    const inOrg = async (condition: string): Promise<string[]> =>
      ids(await org.rest.query(`SELECT Id FROM Opportunity WHERE IsClosed = false AND ${condition}`));
    const here = (met: (rules: readonly string[]) => boolean): string[] =>
      [...flagged]
        .filter(([, rules]) => met(rules))
        .map(([id]) => id)
        .sort();
    for (const { rule, soql } of ruleConditions(plan)) {
      expect({ rule, ids: await inOrg(soql) }).toEqual({ rule, ids: here((rules) => rules.includes(rule)) });
    }
    const any = anyFieldRule(plan);
    expect(await inOrg(any?.met ?? '')).toEqual(here((rules) => rules.length > 0));
    expect(await inOrg(any?.unmet ?? '')).toEqual(here((rules) => rules.length === 0));
  });
});
