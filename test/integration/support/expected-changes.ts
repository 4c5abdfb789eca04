import type { RawCompany } from './raw-company.ts';
import type { PlainRecord } from './rest-client.ts';

type Sums = Record<'new' | 'won' | 'lost' | 'pushed' | 'pulled_in' | 'up' | 'down', { count: number; value: number }>;

/**
 * What happened in the rows of a window, by comparing each row with the one before it, which `pipeline_changes` never does: it goes by
 * the previous values that rows hold.
 */
export function changesSince(company: RawCompany, isIn: (row: PlainRecord) => boolean): { byKind: Sums; net: number; rows: number } {
  const none = (): { count: number; value: number } => ({ count: 0, value: 0 });
  const byKind: Sums = { new: none(), won: none(), lost: none(), pushed: none(), pulled_in: none(), up: none(), down: none() };
  const add = (kind: keyof Sums, value: number): void => {
    byKind[kind].count += 1;
    byKind[kind].value += value;
  };
  const ends = new Map(company.stages.map((stage) => [stage['ApiName'], stage['IsWon'] ? 'won' : stage['IsClosed'] ? 'lost' : undefined]));
  let net = 0;
  let rows = 0;
  for (const deal of Map.groupBy(company.history, (row) => row['OpportunityId']).values()) {
    deal.forEach((row, index) => {
      if (!isIn(row)) return;
      rows += 1;
      const before = deal[index - 1];
      const worth = company.worth(row);
      const difference = worth - (before ? company.worth(before) : 0);
      net += difference;
      const end = ends.get(row['StageName']) as 'won' | 'lost' | undefined;
      if (end && (!before || ends.get(before['StageName']) !== end)) add(end, worth);
      if (!before) {
        add('new', worth);
        return;
      }
      if (Math.abs(difference) > 1e-9) add(difference > 0 ? 'up' : 'down', difference);
      if (end || before['CloseDate'] === row['CloseDate']) return;
      add(String(row['CloseDate']) > String(before['CloseDate']) ? 'pushed' : 'pulled_in', worth);
    });
  }
  return { byKind, net, rows };
}
