import * as z from 'zod';
import { firstHiddenCharacter } from '../untrusted-text.ts';
import { fitsObject } from '../salesforce/record-id.ts';
import { halfCharacter, recordId } from './shared-schemas.ts';

/** Building blocks of the tools that write: what a person approves must be what is stored. */

const maxJustification = 32_000;

export function justification() {
  return visibleText(maxJustification)
    .refine((text) => text.trim().length >= 10, 'must say why, in at least 10 characters after trimming')
    .describe('Why the change is right; stored with the audit row');
}

/** Text that is stored: not blank, no longer than `max` characters, nothing in it that nobody would see. */
export function writtenText({ max }: { max: number }) {
  return visibleText(max).refine((text) => text.trim() !== '', 'must not be empty');
}

function visibleText(max: number) {
  return z
    .string()
    .max(max, `must be at most ${max.toLocaleString('en-US')} characters`)
    .superRefine((text, context) => {
      const problem = hiddenIn(text);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    });
}

/** The id of a record of one of these standard objects. */
export function idOf(objects: readonly [string, ...string[]]) {
  const known = objects.map((object) => object.toLowerCase()).join(' or ');
  return recordId(`${capitalized(known)} id`).refine(
    (id) => objects.some((object) => fitsObject(id, object)),
    `must be the id of ${/^[aeiou]/.test(known) ? 'an' : 'a'} ${known}`,
  );
}

function hiddenIn(text: string): string | undefined {
  if (!text.isWellFormed()) return halfCharacter;
  const hidden = firstHiddenCharacter(text);
  return hidden === undefined ? undefined : `contains the invisible character ${hidden}, which nobody would see to approve: remove it`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
