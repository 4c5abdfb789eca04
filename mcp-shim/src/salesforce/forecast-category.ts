import { ContractError } from '../errors.ts';
import type { ObjectDescribe } from './gateway.ts';

export const forecastCategoryField = 'ForecastCategoryName';

/**
 * A misspelt category would find no deal, and look like an answer.
 * @param object the describe of Opportunity; where it does not tell the values, every category passes
 * @throws ContractError INVALID_INPUT with the categories that there are
 */
export function refuseUnknownCategory(category: string, object: ObjectDescribe): void {
  const field = object.fields.find(({ name }) => name.toLowerCase() === forecastCategoryField.toLowerCase());
  const known = field?.picklistValues ?? [];
  if (known.length === 0 || known.some((one) => one.toLowerCase() === category.toLowerCase())) return;
  throw new ContractError(
    'INVALID_INPUT',
    `"${category}" is no forecast category of the org, so no deal is a commit by it. Forecast categories: ${known.join(', ')}. ` +
      'Set SFDC_COMMIT_FORECAST_CATEGORY to one of them, or leave it out, and restart the server.',
    { cause: 'COMMIT_FORECAST_CATEGORY' },
  );
}
