import type { Calendar } from './calendar.ts';
import { FEATURED_DEALS } from './demo-opportunities.ts';
import { text, type DemoRecord } from './demo-record.ts';
import type { Random } from './random.ts';

/** One in so many open deals of every stage has gone quiet. */
const ONE_IN = 14;
/** Days from now, and around the end of the quarter, in which a commit without a meeting ahead is a risk. */
const CLOSING = 14;
const WITHOUT_MEETING = 3;

/** Which open deals somebody works on. */
export interface DealAttention {
  /** Somebody did something in the last days. */
  readonly kept: readonly DemoRecord[];
  /** Nobody did anything for weeks. */
  readonly quiet: readonly DemoRecord[];
  /** Just made, and nothing done yet. */
  readonly fresh: readonly DemoRecord[];
  /** Commits that a meeting with the account is planned for. */
  readonly planned: readonly DemoRecord[];
  /** Accounts of commits that close soon, with no meeting ahead. */
  readonly withoutMeeting: ReadonlySet<string>;
}

/** Spread evenly over the stages, so that every stage has its quiet deals whatever the seed. */
export function dealAttention(random: Random, calendar: Calendar, opportunities: readonly DemoRecord[]): DealAttention {
  const neglected = opportunities[2];
  const open = opportunities.filter(({ values }) => values['IsClosed'] === false);
  const drawn = opportunities.slice(FEATURED_DEALS).filter((deal) => open.includes(deal));
  const phase = random.int(0, ONE_IN - 1);
  const byStage = [...Map.groupBy(drawn, (deal) => text(deal, 'StageName')).values()].flat();
  const quiet = new Set(byStage.filter((deal, place) => place % ONE_IN === phase));
  if (neglected) quiet.add(neglected);
  const isNew = ({ createdAt, values }: DemoRecord): boolean =>
    createdAt > calendar.at(-12, 0) && values['StageName'] === 'Prospecting' && values['LastStageChangeDate'] === null;
  const fresh = new Set(drawn.filter((deal) => !quiet.has(deal) && isNew(deal) && random.chance(0.5)));

  const commits = open.filter(({ values }) => values['StageName'] === 'Commit');
  const quarterEnd = calendar.daysToQuarterEnd();
  const closing = (from: number, to: number): DemoRecord[] =>
    commits.filter((deal) => {
      const day = text(deal, 'CloseDate');
      return deal !== opportunities[0] && day >= calendar.day(from) && day <= calendar.day(to);
    });
  const left = [...closing(1, CLOSING).slice(0, WITHOUT_MEETING), ...closing(quarterEnd - CLOSING, quarterEnd).slice(0, WITHOUT_MEETING)];
  const withoutMeeting = new Set(left.map((deal) => text(deal, 'AccountId')));
  return {
    kept: open.filter((deal) => !quiet.has(deal) && !fresh.has(deal)),
    quiet: [...quiet],
    fresh: [...fresh],
    planned: commits.filter((deal) => !quiet.has(deal) && !withoutMeeting.has(text(deal, 'AccountId'))),
    withoutMeeting,
  };
}
