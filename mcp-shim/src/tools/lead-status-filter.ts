import { invalidInput } from '../errors.ts';
import { cleanText } from '../untrusted-text.ts';
import type { LeadStatus } from '../salesforce/org-facts.ts';

/**
 * The values that records hold of the statuses that a name means: a label or an API name, without regard to case.
 * @throws ContractError INVALID_INPUT with the active statuses, for a name that is none
 */
export function leadStatusesNamed(name: string, statuses: readonly LeadStatus[]): string[] {
  const wanted = name.toLowerCase();
  const found = statuses.filter(({ label, apiName }) => label.toLowerCase() === wanted || apiName.toLowerCase() === wanted);
  if (found.length > 0) return found.map(({ apiName }) => apiName);
  const known = statuses.map(({ label }) => label).join(', ');
  throw invalidInput(
    `status: ${JSON.stringify(cleanText(name, 255))} is no active lead status. Active ones: ${known === '' ? '(none is visible)' : known}.`,
    {
      cause: 'UNKNOWN_STATUS',
      fields: ['status'],
    },
  );
}
