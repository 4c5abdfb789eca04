import * as z from 'zod';
import type { SalesforceRecord } from '../../salesforce/gateway.ts';
import { dateIn, daysBetween } from '../../salesforce/user-facts.ts';
import { riskFlag } from './risk-flag.ts';
import { readSummary } from './read-summary.ts';
import type { SummaryFields } from './read-summary.ts';

/** One deal. What this user cannot see is left out; what is empty is null. */
export const opportunitySummary = () =>
  z.strictObject({
    id: z.string(),
    name: z.string().nullable().optional(),
    account_id: z.string().nullable().optional(),
    account_name: z.string().nullable().optional(),
    owner_id: z.string().nullable().optional(),
    owner_name: z.string().nullable().optional(),
    stage: z.string().nullable().optional(),
    amount: z.number().nullable().optional(),
    /** ISO code, where the org has several currencies. */
    currency: z.string().nullable().optional(),
    close_date: z.string().nullable().optional(),
    /** Percent. */
    probability: z.number().nullable().optional(),
    forecast_category: z.string().nullable().optional(),
    next_step: z.string().nullable().optional(),
    /** May lie in the future: Salesforce counts what is planned. */
    last_activity_date: z.string().nullable().optional(),
    /** Since the last change of stage, or since creation where it never changed. */
    days_in_stage: z.int().nullable().optional(),
    /** Why it is at risk, by the thresholds in force; none for closed deals. */
    risk_flags: z.array(riskFlag()).optional(),
  });
export type OpportunitySummary = z.output<ReturnType<typeof opportunitySummary>>;

/** Where the summary takes its values from. */
export const opportunityFields = {
  name: 'Name',
  account_id: 'AccountId',
  account_name: 'Account.Name',
  owner_id: 'OwnerId',
  owner_name: 'Owner.Name',
  stage: 'StageName',
  amount: 'Amount',
  close_date: 'CloseDate',
  probability: 'Probability',
  forecast_category: 'ForecastCategoryName',
  next_step: 'NextStep',
  last_activity_date: 'LastActivityDate',
} as const satisfies SummaryFields;

/** What a query selects for the summary; `optional` exists in some orgs only. */
export const opportunitySelect = {
  fields: [...Object.values(opportunityFields), 'LastStageChangeDate', 'CreatedDate'],
  optional: ['CurrencyIsoCode'],
} as const;

/** The user's day, by which ages are counted. */
export interface Today {
  date: string;
  timeZone: string;
}

/** @param maxLength longest text, in characters */
export function toOpportunitySummary(record: SalesforceRecord, today: Today, maxLength: number): OpportunitySummary {
  const { amount, ...values } = readSummary(opportunityFields, record, maxLength);
  const days = daysInStage(record, today);
  // The dispatcher checks the exact shape before a result leaves.
  return {
    id: String(record['Id']),
    ...values,
    ...(amount === undefined ? {} : { amount: amount, ...readSummary({ currency: 'CurrencyIsoCode' }, record, maxLength) }),
    ...(days === undefined ? {} : { days_in_stage: days }),
  } as OpportunitySummary;
}

/** Undefined where the last change of stage is not visible: then nothing tells. */
export function daysInStage(record: SalesforceRecord, { date, timeZone }: Today): number | null | undefined {
  if (!('LastStageChangeDate' in record)) return undefined;
  const since = record['LastStageChangeDate'] ?? record['CreatedDate'];
  return typeof since === 'string' ? daysBetween(dateIn(timeZone, new Date(since)), date) : null;
}
