import * as z from 'zod';
import type { SalesforceRecord } from '../../salesforce/gateway.ts';
import { dateIn } from '../../salesforce/user-facts.ts';
import { readSummary } from './read-summary.ts';
import type { SummaryFields } from './read-summary.ts';

/** One task or event. What this user cannot see is left out; what is empty is null. */
export const activitySummary = () =>
  z.strictObject({
    id: z.string(),
    kind: z.enum(['task', 'event']),
    subject: z.string().nullable().optional(),
    /** Of tasks; events have none. */
    status: z.string().nullable().optional(),
    /** Of tasks; events have none. */
    priority: z.string().nullable().optional(),
    /** The day it is due or starts, for the user; of a task without one, the day it was created. */
    date: z.string(),
    owner_name: z.string().nullable().optional(),
    /** A contact or a lead. */
    who_id: z.string().nullable().optional(),
    who_name: z.string().nullable().optional(),
    /** An account, a deal, a case or another record. */
    what_id: z.string().nullable().optional(),
    what_name: z.string().nullable().optional(),
    description: z.string().nullable().optional(),
  });
export type ActivitySummary = z.output<ReturnType<typeof activitySummary>>;

const shared = {
  owner_name: 'Owner.Name',
  who_id: 'WhoId',
  who_name: 'Who.Name',
  what_id: 'WhatId',
  what_name: 'What.Name',
  description: 'Description',
} as const satisfies SummaryFields;

/** Where the summaries take their values from. */
export const taskFields = { subject: 'Subject', status: 'Status', priority: 'Priority', ...shared } as const satisfies SummaryFields;
export const eventFields = { subject: 'Subject', ...shared } as const satisfies SummaryFields;

/** An activity with the moment by which lists sort. */
export interface DatedActivity {
  activity: ActivitySummary;
  instant: string;
}

/** @param maxLength longest text, in characters */
export function toTask(record: SalesforceRecord, timeZone: string, maxLength: number): DatedActivity {
  const created = String(record['CreatedDate']);
  const due = record['ActivityDate'];
  const date = typeof due === 'string' ? due : dateIn(timeZone, new Date(created));
  return {
    activity: toActivity('task', date, readSummary(taskFields, record, maxLength), record),
    instant: new Date(created).toISOString(),
  };
}

/** @param maxLength longest text, in characters */
export function toEvent(record: SalesforceRecord, timeZone: string, maxLength: number): DatedActivity {
  const start = new Date(String(record['StartDateTime']));
  // An all-day event starts at midnight UTC of its day, wherever it is looked at.
  const date = dateIn(record['IsAllDayEvent'] === true ? 'UTC' : timeZone, start);
  const values = { status: null, priority: null, ...readSummary(eventFields, record, maxLength) };
  return { activity: toActivity('event', date, values, record), instant: start.toISOString() };
}

/** Newest first. */
export function byRecency(one: DatedActivity, other: DatedActivity): number {
  return (
    other.activity.date.localeCompare(one.activity.date) ||
    other.instant.localeCompare(one.instant) ||
    one.activity.id.localeCompare(other.activity.id)
  );
}

function toActivity(kind: 'task' | 'event', date: string, values: Record<string, unknown>, record: SalesforceRecord): ActivitySummary {
  // The dispatcher checks the exact shape before a result leaves.
  return { id: String(record['Id']), kind, date, ...values };
}
