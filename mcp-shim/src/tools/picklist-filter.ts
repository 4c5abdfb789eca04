import { invalidInput } from '../errors.ts';
import type { ObjectDescribe } from '../salesforce/gateway.ts';
import { cleanText } from '../untrusted-text.ts';
import { findField } from './describe-visible.ts';

const maxListed = 60;

/**
 * The active value of a picklist that a filter means, without regard to case: a misspelt one would find nothing and look like an answer.
 * @throws ContractError INVALID_INPUT with the active values
 */
export function activeValue(argument: string, text: string, object: ObjectDescribe, fieldName: string): string {
  const field = findField(object, fieldName);
  const values = field?.picklistValues ?? [];
  const found = values.find((value) => value.toLowerCase() === text.toLowerCase());
  // A field that the org made a text has no values to choose from.
  if (found !== undefined || field?.type !== 'picklist') return found ?? text;
  const listed = values.slice(0, maxListed).join(', ');
  const more = values.length > maxListed ? ` and ${values.length - maxListed} more` : '';
  throw invalidInput(
    `${argument}: ${JSON.stringify(cleanText(text, 255))} is no active value. Active values: ${listed === '' ? '(none)' : listed}${more}.`,
    {
      cause: 'UNKNOWN_VALUE',
      fields: [argument],
    },
  );
}
