import { invalidInput } from '../errors.ts';
import { compare, soqlDate } from '../salesforce/soql-builder.ts';
import { isoDate } from './shared-schemas.ts';

export interface CloseDateRange {
  close_date_from?: string | undefined;
  close_date_to?: string | undefined;
}

/** Schema part: first and last close date, both included. */
export function closeDateArguments() {
  return { close_date_from: isoDate('YYYY-MM-DD').optional(), close_date_to: isoDate('YYYY-MM-DD').optional() };
}

/** @throws ContractError INVALID_INPUT, before anything is sent */
export function refuseReversedRange({ close_date_from: from, close_date_to: to }: CloseDateRange): void {
  if (from === undefined || to === undefined || from <= to) return;
  throw invalidInput(`close_date_from ${from} lies after close_date_to ${to}. Swap them.`, {
    fields: ['close_date_from', 'close_date_to'],
  });
}

export function closeDateConditions({ close_date_from: from, close_date_to: to }: CloseDateRange): string[] {
  return [
    ...(from === undefined ? [] : [compare('CloseDate', '>=', soqlDate(from))]),
    ...(to === undefined ? [] : [compare('CloseDate', '<=', soqlDate(to))]),
  ];
}
