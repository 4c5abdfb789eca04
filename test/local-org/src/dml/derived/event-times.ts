import { NotSupported } from '../../errors.ts';
import type { Value } from '../../schema/types.ts';
import { dayOf, isoDay } from '../../soql/calendar.ts';
import type { Transaction } from '../../transaction/types.ts';
import { requiredMissing } from '../dml-errors.ts';
import type { WorkingRecord } from '../types.ts';
import { currentValue, isGiven } from '../working-record.ts';
import type { DerivedRule } from './derived-rule.ts';

const MINUTE = 60_000;
const DAY_MINUTES = 1_440;

/**
 * Start, end, duration and days of an event, of which two decide the rest. ActivityDateTime and StartDateTime are one
 * value under two names; an all-day event has days, whose times are midnights of UTC.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_event.htm
 */
export const eventTimes: DerivedRule = {
  objects: ['Event'],
  beforeSave(record, tx) {
    const start = startOf(record);
    const minutes = start === null ? null : minutesOf(record, start);
    const missing = [...(start === null ? ['ActivityDateTime'] : []), ...(minutes === null && start !== null ? ['DurationInMinutes'] : [])];
    if (start === null || minutes === null) {
      record.errors.push(requiredMissing(missing));
      return;
    }
    if (minutes < 0) throw new NotSupported('an event that ends before it starts');
    for (const [name, value] of Object.entries(times(isAllDay(record), start, minutes, tx))) record.values.set(name, value);
  },
};

function times(allDay: boolean, start: number, minutes: number, tx: Transaction): Record<string, Value> {
  // An all-day event of one day lasts 1,440 minutes and ends on the day it starts.
  const last = allDay ? start + Math.max(minutes - DAY_MINUTES, 0) * MINUTE : start + minutes * MINUTE;
  const zone = allDay ? 'UTC' : tx.user.timeZone;
  return {
    StartDateTime: start,
    ActivityDateTime: start,
    EndDateTime: last,
    DurationInMinutes: minutes,
    ActivityDate: isoDay(dayOf(start, zone)),
    EndDate: isoDay(dayOf(last, zone)),
  };
}

function isAllDay(record: WorkingRecord): boolean {
  return currentValue(record, 'IsAllDayEvent') === true;
}

/** Epoch milliseconds; null where none of the fields that say it is given. */
function startOf(record: WorkingRecord): number | null {
  const start = newer(record, 'StartDateTime', 'ActivityDateTime');
  if (!isAllDay(record)) return typeof start === 'number' ? start : null;
  const day = isGiven(record, 'ActivityDate') || start === null ? currentValue(record, 'ActivityDate') : null;
  if (typeof day === 'string') return Date.parse(`${day}T00:00:00Z`);
  return typeof start === 'number' ? Math.floor(start / (DAY_MINUTES * MINUTE)) * DAY_MINUTES * MINUTE : null;
}

function minutesOf(record: WorkingRecord, start: number): number | null {
  const duration = currentValue(record, 'DurationInMinutes');
  const end = currentValue(record, 'EndDateTime');
  const extra = isAllDay(record) ? DAY_MINUTES : 0;
  const byEnd = typeof end === 'number' ? (end - start) / MINUTE + extra : null;
  if (isGiven(record, 'EndDateTime') && byEnd !== null) {
    if (isGiven(record, 'DurationInMinutes') && duration !== byEnd) throw new NotSupported('an event whose duration and end disagree');
    return byEnd;
  }
  if (typeof duration === 'number') return duration;
  return byEnd ?? (extra || null);
}

/** The value of whichever of two fields was given; two that are given have to agree. */
function newer(record: WorkingRecord, one: string, other: string): Value {
  if (isGiven(record, one) && isGiven(record, other) && record.values.get(one) !== record.values.get(other)) {
    throw new NotSupported(`an event whose ${one} and ${other} disagree`);
  }
  return isGiven(record, other) ? currentValue(record, other) : currentValue(record, one);
}
