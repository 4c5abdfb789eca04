import { z } from 'zod';
import { dim, labelled, say, table } from './screen.ts';
import type { ShimProcess } from './shim-process.ts';

const Group = z.object({ count: z.number(), value: z.number(), no_amount_count: z.number() });
const Summary = z.object({
  total_deals: z.number(),
  total_value: z.number(),
  by_stage: z.record(z.string(), Group),
  by_forecast_category: z.record(z.string(), Group),
  closed_won: z.object({ from: z.string(), count: z.number(), value: z.number() }),
  at_risk_count: z.number(),
  risk_counts: z.record(z.string(), z.number()),
});

const Deal = z.object({
  id: z.string(),
  name: z.string(),
  owner_name: z.string().nullable(),
  stage: z.string(),
  amount: z.number().nullish(),
  close_date: z.string(),
  days_in_stage: z.number().nullable(),
});
const Deals = { total_count: z.number(), total_value: z.number() };
const AtRisk = z.object({
  opportunities: z.array(Deal.extend({ reasons: z.array(z.string()) })),
  quarter_end_date: z.string(),
  ...Deals,
});
const Stale = z.object({ opportunities: z.array(Deal), ...Deals });

const RISKS_SHOWN = 5;
const DEALS_SHOWN = 5;
const STALE_DAYS = 60;

/** All open deals by stage, what they come to, and which rules of the risk thresholds speak up most. */
export async function showSummary(shim: ShimProcess): Promise<void> {
  const summary = await shim.must('get_pipeline_summary', {}, Summary);
  const stages = Object.entries(summary.by_stage).map(([stage, group]) => [stage, group.count, group.value, group.no_amount_count]);
  say(table(['Stage', 'Deals', 'Value', 'Without amount'], [...stages, ['Total', summary.total_deals, summary.total_value, '']]));
  const categories = Object.entries(summary.by_forecast_category).map(([name, { value }]) => `${name} ${number(value)}`);
  const risks = Object.entries(summary.risk_counts).toSorted(([, left], [, right]) => right - left);
  const { closed_won: won } = summary;
  say(labelled(dim, 'forecast', categories.join(' · ')));
  say(labelled(dim, 'won', `${number(won.value)} in ${won.count} deals since ${won.from}`));
  const often = risks.slice(0, RISKS_SHOWN).map(([rule, count]) => `${rule.replaceAll('_', ' ')} ${count}`);
  say(labelled(dim, 'at risk', `${summary.at_risk_count} of ${summary.total_deals} deals, most often: ${often.join(' · ')}`));
}

/** A committed deal at risk that may still be mended. */
export interface RiskyCommit {
  readonly id: string;
  readonly closes: string;
}

/** The commits at risk that close next, with their reasons; answers the first that has not passed its close date. */
export async function showCommitsAtRisk(shim: ShimProcess, today: string): Promise<RiskyCommit> {
  const { opportunities, ...all } = await shim.must('at_risk_commits', { limit: 50 }, AtRisk);
  const rows = opportunities
    .slice(0, DEALS_SHOWN)
    .map((deal) => [deal.name, deal.owner_name, deal.amount, deal.close_date, deal.reasons.join('; ')]);
  say(table(['Commit', 'Owner', 'Amount', 'Closes', 'Why'], rows));
  say(
    dim(
      `  The first ${rows.length} of ${all.total_count}, together ${number(all.total_value)}; the quarter ends on ${all.quarter_end_date}`,
    ),
  );
  const deal = opportunities.find(({ close_date }) => close_date >= today);
  if (!deal) throw new Error('the demo company has no commit at risk that is still to come');
  return { id: deal.id, closes: deal.close_date };
}

/** Open deals that have not moved for long, the oldest first. */
export async function showStaleDeals(shim: ShimProcess): Promise<void> {
  const stale = await shim.must('stale_opps', { days_in_stage_threshold: STALE_DAYS, limit: DEALS_SHOWN }, Stale);
  const rows = stale.opportunities.map((deal) => [deal.name, deal.owner_name, deal.stage, deal.amount, deal.days_in_stage]);
  say(table(['Deal', 'Owner', 'Stage', 'Amount', 'Days there'], rows));
  say(dim(`  The oldest ${rows.length} of ${stale.total_count}, together ${number(stale.total_value)}`));
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
