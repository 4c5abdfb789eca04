import * as z from 'zod';
import { isRecordId } from '../salesforce/record-id.ts';
import { firstHiddenCharacter } from '../untrusted-text.ts';
import { isUserReference } from './resolve-user.ts';

/** JSON can spell half a surrogate pair; UTF-8, and so the org, cannot. */
export const halfCharacter = 'contains half of a character (a lone surrogate): send whole characters';

/** Building blocks of tool schemas. Functions, so that nothing is built before a tool is called. */

export function recordId(description: string) {
  // What is no id is of no object either: the schemas built on this one say that only of ids.
  return z.string().refine(isRecordId, { error: 'must be a 15- or 18-character Salesforce record id', abort: true }).describe(description);
}

export function apiName(description: string) {
  return z
    .string()
    .regex(/^[A-Za-z]\w{0,79}$/, 'must be an API name: letters, digits and underscores, starting with a letter')
    .describe(description);
}

/** A date that the calendar has, in the years that Salesforce takes. */
export function isoDate(description: string) {
  return z.string().refine(isCalendarDate, 'must be a date that exists, as YYYY-MM-DD, from 1700 to 4000').describe(description);
}

/** For `resolveUser`. */
export function userReference(description: string) {
  return z.string().trim().refine(isUserReference, "must be a user's id, username or e-mail, or me").describe(description);
}

/** Text to look for, at least `min` characters of it. */
export function searchText(description: string, { min = 1, max = 255 } = {}) {
  return z
    .string()
    .refine((text) => text.isWellFormed(), { error: halfCharacter, abort: true })
    .trim()
    .min(min, `must have at least ${min} character${min === 1 ? '' : 's'}`)
    .max(max, `must have at most ${max} characters`)
    .describe(description);
}

export function dryRun() {
  return z.boolean().optional().describe('Show requests, send none');
}

/** Characters of the longest field that Salesforce has, a long text area (Object Reference, "Custom Field Types"). */
const maxTextLength = 131_072;

/**
 * string, number, boolean or null, listed without a type, since clients differ on unions; the length, which binds strings alone,
 * keeps the schema from saying nothing.
 */
export function scalarValue(description: string) {
  return z
    .unknown()
    .refine(isScalar, 'must be a string, a number, true, false or null')
    .superRefine((value, context) => {
      if (typeof value !== 'string') return;
      if (value.length > maxTextLength) context.addIssue({ code: 'custom', message: 'must be at most 131,072 characters' });
      if (!value.isWellFormed()) context.addIssue({ code: 'custom', message: halfCharacter });
      const hidden = firstHiddenCharacter(value);
      if (hidden === undefined) return;
      context.addIssue({
        code: 'custom',
        message: `contains the invisible character ${hidden}, which nobody would see to approve: remove it`,
      });
    })
    .transform((value) => value as string | number | boolean | null)
    .meta({ description, maxLength: maxTextLength });
}

/** What results say about themselves. */
export function resultMeta() {
  return z.strictObject({
    warnings: z.array(z.string()).optional(),
    notes: z.array(z.string()).optional(),
    /** Fields that the result would hold, were they visible to this user. */
    fields_not_visible: z.array(z.string()).optional(),
    /** Where a record of the list opens, its id in place of `{id}`. */
    record_url: z.string().optional(),
    /** True where a confirmation was repeated and the first outcome is given again. */
    replayed: z.boolean().optional(),
  });
}

/** SOQL takes years 1700 to 4000 (SOQL Reference, "Date Formats and Date Literals"). */
function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year, instant] = [Number(text.slice(0, 4)), new Date(`${text}T00:00:00Z`)];
  return year >= 1700 && year <= 4000 && !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}
