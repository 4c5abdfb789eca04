import { STAGES } from '../src/schema/standard/stages.ts';
import type { Value } from '../src/schema/types.ts';
import { text, type DemoRecord } from './demo-record.ts';
import type { Random } from './random.ts';

const DAY = 24 * 60 * 60 * 1000;
const PUSH_DAYS = 31;

interface State {
  readonly at: number;
  readonly stage: string;
  readonly amount: Value;
  readonly closeDate: string;
}

/**
 * How each deal came to be as it is: made in the first stage, its close date pushed as often as PushCount says, now and then
 * pulled in again, sometimes its amount changed, and moved to its stage at LastStageChangeDate. One row for each state, as the
 * platform writes them.
 */
export function demoOpportunityHistory(
  random: Random,
  nextId: (object: string) => string,
  opportunities: readonly DemoRecord[],
): DemoRecord[] {
  return opportunities.flatMap((opportunity) => {
    const states = statesOf(random, opportunity);
    return states.map((state, index) => row(opportunity, state, states[index - 1], nextId('OpportunityHistory')));
  });
}

function statesOf(random: Random, { values, createdAt }: DemoRecord): State[] {
  const moved = values['LastStageChangeDate'];
  const pushes = Number(values['PushCount']);
  const amount = values['Amount'] ?? null;
  const closeDate = String(values['CloseDate']);
  const stage = String(values['StageName']);
  const first = typeof moved === 'number' ? (STAGES[0]?.name ?? stage) : stage;
  const until = typeof moved === 'number' ? moved : createdAt + 7 * DAY;
  // Drawn in with the move to the stage in which it is.
  const pulledIn = typeof moved === 'number' && random.chance(0.12) ? random.int(5, 40) : 0;
  const states: State[] = Array.from({ length: pushes + 1 }, (_, index) => ({
    at: createdAt + Math.floor(((until - createdAt) * index) / (pushes + 1) / 1000) * 1000,
    stage: first,
    amount: typeof amount === 'number' && random.chance(0.3) ? Math.round((amount * random.int(70, 120)) / 50_000) * 500 : amount,
    closeDate: shifted(closeDate, (index - pushes) * PUSH_DAYS + pulledIn),
  }));
  if (typeof moved === 'number') return [...states, { at: moved, stage, amount, closeDate }];
  // What stands in the record is the last state.
  return states.map((state, index) => (index === states.length - 1 ? { ...state, amount } : state));
}

function row(opportunity: DemoRecord, state: State, before: State | undefined, id: string): DemoRecord {
  const stage = STAGES.find((one) => one.name === state.stage);
  if (!stage) throw new Error(`the org has no stage ${state.stage}`);
  if (before && before.amount !== state.amount) opportunity.values['LastAmountChangedHistoryId'] = id;
  if (before && before.closeDate !== state.closeDate) opportunity.values['LastCloseDateChangedHistoryId'] = id;
  return {
    object: 'OpportunityHistory',
    id,
    createdAt: state.at,
    changedAt: state.at,
    createdBy: text(opportunity, 'OwnerId'),
    values: {
      OpportunityId: opportunity.id,
      StageName: stage.name,
      Amount: state.amount,
      ExpectedRevenue: typeof state.amount === 'number' ? (state.amount * stage.probability) / 100 : null,
      CloseDate: state.closeDate,
      Probability: stage.probability,
      ForecastCategory: stage.forecastCategory,
      PrevAmount: before?.amount ?? null,
      PrevCloseDate: before?.closeDate ?? null,
    },
  };
}

function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}
