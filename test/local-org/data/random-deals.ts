import { FORECAST_CATEGORIES, FORECAST_CATEGORY_NAMES, STAGES, type Stage } from '../src/schema/standard/stages.ts';
import type { Value } from '../src/schema/types.ts';
import type { Calendar } from './calendar.ts';
import type { DemoRecord } from './demo-record.ts';
import type { Random } from './random.ts';

/** Days from today at which rules of the tools begin or end, and their neighbours; negative ones are past. */
export const EDGES = [-540, -366, -365, -91, -90, -61, -60, -59, -31, -30, -29, -15, -14, -13, -8, -7, -6, -2, -1, 0] as const;
const AHEAD = [0, 1, 2, 7, 13, 14, 15, 29, 30, 31, 59, 60, 61, 89, 90, 91, 180, 364, 365, 366, 729, 730, 731] as const;
const FROM_QUARTER_END = [-16, -15, -14, -13, -1, 0, 1, 13, 14, 15, 16] as const;
const AMOUNTS = [null, null, 0, 0.01, 0.1, 0.2, 0.3, 1, 1_234.56, 99_999.99, 100_000, 100_000.01, 250_000, 7_654_321.99, -500] as const;
const NEXT_STEPS = [null, null, 'Call', 'Send the quote; then wait', '  ', "O'Neil decides"] as const;

interface State {
  readonly at: number;
  readonly stage: Stage;
  readonly category: string;
  readonly probability: number;
  readonly amount: number | null;
  readonly closeDate: string;
}

/** A moment that day: hours at which days begin in the zones of the users, and the minute before. UTC. */
export function moment(random: Random, calendar: Calendar, day: number): number {
  const [hour, minute] = random.pick([[0, 0], [3, 59], [4, 0], [4, 59], [5, 0], [6, 59], [8, 0], [15, 30], [23, 59]] as const); // prettier-ignore
  return calendar.at(day, hour, minute);
}

/** Deals with the values at which rules change their mind, and the history that led there. */
export function randomDeals(
  random: Random,
  calendar: Calendar,
  nextId: (object: string) => string,
  count: number,
  parents: { readonly accounts: readonly DemoRecord[]; readonly owners: readonly string[] },
): DemoRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const id = nextId('Opportunity');
    const account = random.chance(0.9) ? random.pick(parents.accounts) : null;
    return deal(random, calendar, nextId, { id, name: `Deal ${index}`, account: account?.id ?? null, owner: random.pick(parents.owners) });
  }).flat();
}

interface Identity {
  readonly id: string;
  readonly name: string;
  readonly account: string | null;
  readonly owner: string;
}

function deal(random: Random, calendar: Calendar, nextId: (object: string) => string, identity: Identity): DemoRecord[] {
  const states = statesOf(random, calendar);
  const [first] = states;
  const last = states.at(-1);
  if (!first || !last) throw new Error('a deal has at least one state');
  const stageChange = states.findLast((state, index) => index > 0 && state.stage !== states[index - 1]?.stage);
  const pushes = states.filter((state, index) => state.closeDate.slice(0, 7) > (states[index - 1]?.closeDate ?? '9').slice(0, 7));
  const { year, quarter } = calendar.fiscalPeriod(last.closeDate);
  const { IsClosed, IsWon } = { IsClosed: last.stage.isClosed, IsWon: last.stage.isWon };
  const record: DemoRecord = {
    object: 'Opportunity',
    id: identity.id,
    createdAt: first.at,
    changedAt: last.at,
    createdBy: identity.owner,
    values: {
      ...{ Name: identity.name, AccountId: identity.account, OwnerId: identity.owner, IsClosed, IsWon },
      ...tracked(last),
      ForecastCategoryName: FORECAST_CATEGORY_NAMES[FORECAST_CATEGORIES.indexOf(last.category)] ?? null,
      ...{ FiscalYear: year, FiscalQuarter: quarter, Fiscal: `${year} ${quarter}`, PushCount: pushes.length },
      NextStep: random.pick(NEXT_STEPS)?.trim() || null,
      // Empty where the stage never changed, and now and then where it did, before the platform kept the date.
      LastStageChangeDate: stageChange === undefined || random.chance(0.05) ? null : stageChange.at,
    },
  };
  return [record, ...states.map((state, index) => historyRow(record, state, states[index - 1], nextId('OpportunityHistory')))];
}

function statesOf(random: Random, calendar: Calendar): State[] {
  const days = Array.from({ length: 1 + random.int(0, 4) }, () => random.pick(EDGES)).sort((a, b) => a - b);
  const times = days.map((day) => moment(random, calendar, day)).sort((a, b) => a - b);
  const states: State[] = [];
  for (const at of times) {
    const before = states.at(-1);
    const keeps = (share: number): boolean => before !== undefined && random.chance(share);
    const stage = before && keeps(0.5) ? before.stage : random.pick(STAGES);
    const follows = stage !== before?.stage;
    const category = before && !follows ? before.category : categoryOf(random, stage);
    const state = {
      at,
      stage,
      category,
      probability: follows ? stage.probability : random.chance(0.1) ? random.int(0, 100) : (before?.probability ?? stage.probability),
      amount: before && keeps(0.6) ? before.amount : random.pick(AMOUNTS),
      closeDate: before && keeps(0.6) ? before.closeDate : closeDate(random, calendar),
    };
    if (!before || isChange(before, state)) states.push(state);
  }
  return states;
}

/** That of the stage, unless somebody has given an open deal another. */
function categoryOf(random: Random, stage: Stage): string {
  if (stage.isClosed || random.chance(0.8)) return stage.forecastCategory;
  return random.pick(FORECAST_CATEGORIES.filter((category) => category !== 'Closed'));
}

function closeDate(random: Random, calendar: Calendar): string {
  if (random.chance(0.3)) return calendar.day(random.pick(EDGES));
  return calendar.day(random.chance(0.5) ? random.pick(AHEAD) : calendar.daysToQuarterEnd() + random.pick(FROM_QUARTER_END));
}

/** The platform writes history only where one of these changes. */
function isChange(before: State, after: State): boolean {
  return (['stage', 'category', 'probability', 'amount', 'closeDate'] as const).some((field) => before[field] !== after[field]);
}

function tracked(state: State): Record<string, Value> {
  return {
    StageName: state.stage.name,
    Amount: state.amount,
    Probability: state.probability,
    ExpectedRevenue: state.amount === null ? null : Math.round(state.amount * state.probability) / 100,
    CloseDate: state.closeDate,
    ForecastCategory: state.category,
  };
}

function historyRow(opportunity: DemoRecord, state: State, before: State | undefined, id: string): DemoRecord {
  if (before && before.amount !== state.amount) opportunity.values['LastAmountChangedHistoryId'] = id;
  if (before && before.closeDate !== state.closeDate) opportunity.values['LastCloseDateChangedHistoryId'] = id;
  return {
    object: 'OpportunityHistory',
    id,
    createdAt: state.at,
    changedAt: state.at,
    createdBy: opportunity.createdBy,
    values: {
      OpportunityId: opportunity.id,
      ...tracked(state),
      PrevAmount: before?.amount ?? null,
      PrevCloseDate: before?.closeDate ?? null,
    },
  };
}
