import type { PlainRecord } from './rest-client.ts';
import type { TestOrg } from './test-org.ts';

/** Everything that totals are made of, read by the administrator past the shim, without a condition or an aggregate. */
export interface RawCompany {
  readonly deals: readonly PlainRecord[];
  /** Oldest first. */
  readonly history: readonly PlainRecord[];
  readonly stages: readonly PlainRecord[];
  readonly roles: readonly PlainRecord[];
  readonly events: readonly PlainRecord[];
  /** Amounts in the corporate currency; that of the record where the org has one. */
  readonly worth: (record: PlainRecord, field?: string) => number;
}

/** @param currencies ISO code → how many of it one of the corporate currency is worth; empty where the org has one */
export async function readCompany(org: TestOrg, currencies: Readonly<Record<string, number>> = {}): Promise<RawCompany> {
  const currency = Object.keys(currencies).length === 0 ? '' : ', CurrencyIsoCode';
  const read = (soql: string): Promise<PlainRecord[]> => org.rest.query(soql);
  const history = await read(
    `SELECT Id, OpportunityId, StageName, Amount, PrevAmount, CloseDate, PrevCloseDate, CreatedDate${currency} FROM OpportunityHistory`,
  );
  return {
    deals: await read(
      `SELECT Id, OwnerId, Owner.Name, Owner.ManagerId, Owner.IsActive, AccountId, StageName, Amount, CloseDate, IsClosed, IsWon, ForecastCategoryName,
       NextStep, LastActivityDate, LastStageChangeDate, CreatedDate, PushCount${currency} FROM Opportunity`.replace(/\s+/g, ' '),
    ),
    history: history.sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1)),
    stages: await read('SELECT ApiName, MasterLabel, IsClosed, IsWon, IsActive FROM OpportunityStage ORDER BY SortOrder'),
    roles: await read('SELECT OpportunityId FROM OpportunityContactRole'),
    events: await read('SELECT AccountId, StartDateTime FROM Event'),
    worth: (record, field = 'Amount') => Number(record[field] ?? 0) / (currencies[String(record['CurrencyIsoCode'])] ?? 1),
  };
}

function sortKey(row: PlainRecord): string {
  return `${String(row['CreatedDate'])} ${String(row['Id'])}`;
}

/** The calendar day of a moment in a time zone. */
export function dayOf(moment: unknown, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(Date.parse(String(moment)));
}

/** A calendar day later or, with a negative number, earlier. */
export function shifted(day: string, days: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** How many records, and what they are worth. */
export function totalOf(records: readonly PlainRecord[], { worth }: RawCompany): { count: number; value: number } {
  return { count: records.length, value: records.reduce((sum, record) => sum + worth(record), 0) };
}
