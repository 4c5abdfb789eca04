import { userInfoRequest } from '../salesforce/api-request.ts';
import type { ApiRequest } from '../salesforce/api-request.ts';
import type { Today } from './summaries/opportunity-summary.ts';
import type { ToolContext } from './tool.ts';

/** Which day it is for the user, and what to say where nobody knows. */
export interface UserDay extends Today {
  notes: string[];
}

export async function userDay(context: ToolContext): Promise<UserDay> {
  const timeZone = await context.user.timeZone(context.signal);
  const notes = timeZone === undefined ? ['Your time zone is not known to this connection: dates are those of UTC.'] : [];
  return { date: context.user.today(timeZone), timeZone: timeZone ?? 'UTC', notes };
}

/** The day as far as it is known by now, for a dry run. */
export function supposedDay(context: ToolContext): UserDay {
  const timeZone = context.user.peek()?.timeZone;
  return { date: context.user.today(timeZone), timeZone: timeZone ?? 'UTC', notes: [] };
}

/** The request that `userDay` would send. */
export function planUserDay(context: ToolContext): ApiRequest[] {
  return context.user.peek() ? [] : [userInfoRequest()];
}
