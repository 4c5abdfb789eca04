import type { SalesforceRecord } from '../salesforce/gateway.ts';
import type { StageOutcome } from '../salesforce/org-facts.ts';
import { valueAt } from './summaries/read-summary.ts';

/** What can happen to a deal, in the order in which a review asks for it. */
export const changeKinds = ['new', 'won', 'lost', 'pushed', 'pulled_in', 'up', 'down'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** One thing that happened to a deal. A row of history may tell of several. */
export interface DealChange {
  kind: ChangeKind;
  row: SalesforceRecord;
  /** A stage (won, lost), a close date (pushed, pulled_in) or an amount (up, down); null for a new deal, and for what was empty. */
  before: string | number | null;
  /** As before; of a new deal, its stage. */
  after: string | number | null;
  /** What it moves, in the currency of the row: the amount after it, or, for up and down, the difference. Absent where Amount is hidden. */
  value?: number;
}

type Outcomes = ReadonlyMap<string, StageOutcome>;

/** What rows of OpportunityHistory tell of, and what they leave open. */
export interface DealHistory {
  /** Newest first. */
  rows: readonly SalesforceRecord[];
  /** The window begins here: an instant in milliseconds. */
  start: number;
  outcomes: Outcomes;
}

/**
 * The deals of which the stage before the first row must be asked for. A row holds the previous amount and close date, not the previous
 * stage (Object Reference, "OpportunityHistory"); where the stage after it is open, none of the kinds needs it.
 */
export function dealsOfUnknownStage({ rows, start, outcomes }: DealHistory): string[] {
  const first = new Map(rows.map((row) => [dealOf(row), row])); // newest first, so the oldest stays
  return [...first].filter(([, row]) => !isCreation(row, start) && outcomeOf(row, outcomes) !== 'open').map(([deal]) => deal);
}

/**
 * Newest first; of one row, in the order of `changeKinds`.
 * @param stageBefore the stage of a deal before its first row, as far as `dealsOfUnknownStage` asks for it
 */
export function dealChanges(history: DealHistory, stageBefore: ReadonlyMap<string, string>): DealChange[] {
  const stages = new Map(stageBefore);
  const seen = new Set<string>();
  return history.rows
    .toReversed()
    .map((row) => {
      const deal = dealOf(row);
      const isNew = !seen.has(deal) && isCreation(row, history.start);
      const changes = changesIn(row, { isNew, stageBefore: stages.get(deal), outcomes: history.outcomes });
      seen.add(deal);
      stages.set(deal, stageOf(row));
      return changes;
    })
    .reverse()
    .flat();
}

interface Before {
  isNew: boolean;
  stageBefore: string | undefined;
  outcomes: Outcomes;
}

function changesIn(row: SalesforceRecord, { isNew, stageBefore, outcomes }: Before): DealChange[] {
  const seesAmount = 'Amount' in row && 'PrevAmount' in row;
  const amount = numberOf(row['Amount']);
  const worth = seesAmount ? { value: amount } : {};
  const stage = stageOf(row);
  const changes: DealChange[] = [];
  if (isNew) changes.push({ kind: 'new', row, before: null, after: stage, ...worth });
  const outcome = outcomeOf(row, outcomes);
  if (outcome !== 'open' && (stageBefore === undefined || outcomes.get(stageBefore) !== outcome)) {
    changes.push({ kind: outcome, row, before: stageBefore ?? null, after: stage, ...worth });
  }
  const [date, dateBefore] = [row['CloseDate'], row['PrevCloseDate']];
  // The platform moves the close date of a deal that is won to the day: that is no pull-in.
  if (outcome === 'open' && typeof date === 'string' && typeof dateBefore === 'string' && date !== dateBefore) {
    changes.push({ kind: date > dateBefore ? 'pushed' : 'pulled_in', row, before: dateBefore, after: date, ...worth });
  }
  const difference = amount - numberOf(row['PrevAmount']);
  // The row that a deal begins with has no amount before it; what it begins with is new.
  if (seesAmount && typeof dateBefore === 'string' && difference !== 0) {
    const [before, after] = [nullableNumber(row['PrevAmount']), nullableNumber(row['Amount'])];
    changes.push({ kind: difference > 0 ? 'up' : 'down', row, before, after, value: difference });
  }
  return changes;
}

/** Every row but the first of a deal holds the close date before it, which is never empty. */
function isCreation(row: SalesforceRecord, start: number): boolean {
  return row['PrevCloseDate'] === null && Date.parse(String(valueAt(row, 'Opportunity.CreatedDate'))) >= start;
}

export function dealOf(row: SalesforceRecord): string {
  return String(row['OpportunityId']);
}

function stageOf(row: SalesforceRecord): string {
  return String(row['StageName']);
}

/** A stage that the org has deleted counts as open. */
function outcomeOf(row: SalesforceRecord, outcomes: Outcomes): StageOutcome {
  return outcomes.get(stageOf(row)) ?? 'open';
}

function nullableNumber(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function numberOf(value: unknown): number {
  return nullableNumber(value) ?? 0;
}
