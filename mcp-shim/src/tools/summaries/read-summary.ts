import { isoInstant } from '../../salesforce/field-value.ts';
import type { SalesforceRecord } from '../../salesforce/gateway.ts';
import { cleanText } from '../../untrusted-text.ts';

/** Longest text of a value in a list. */
export const maxListCellLength = 300;

/** Key of the result → path in the record, at most one relationship up (`Owner.Name`). */
export type SummaryFields = Readonly<Record<string, string>>;

/**
 * The values of a summary. A key whose field is not in the record, because this user cannot see it, is left out; a field that is
 * empty is null.
 * @param maxLength longest text, in characters
 */
export function readSummary(fields: SummaryFields, record: SalesforceRecord, maxLength: number): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [key, path] of Object.entries(fields)) {
    const value = valueAt(record, path);
    if (value !== undefined) values[key] = typeof value === 'string' ? cleanText(isoInstant(value), maxLength) : value;
  }
  return values;
}

/** What stands at a path: null where it, or the parent it leads over, is empty; undefined where it was not selected. */
export function valueAt(record: SalesforceRecord, path: string): unknown {
  const [relation = '', field] = path.split('.');
  const value = record[relation];
  if (field === undefined || value === undefined || value === null) return value;
  return typeof value === 'object' ? (value as SalesforceRecord)[field] : undefined;
}
