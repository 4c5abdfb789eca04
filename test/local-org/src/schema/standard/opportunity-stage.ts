import { bool, int, percent, picklist, setupFields, text } from './fields.ts';
import { FORECAST_CATEGORIES, FORECAST_CATEGORY_NAMES } from './stages.ts';
import type { StandardTable } from './table.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunitystage.htm */
export const OPPORTUNITY_STAGE: StandardTable = {
  name: 'OpportunityStage',
  label: 'Opportunity Stage',
  labelPlural: 'Opportunity Stage',
  keyPrefix: '01J',
  createable: false,
  updateable: false,
  deletable: false,
  fields: [
    ...setupFields(),
    text('MasterLabel', 255, { filled: true, write: 'none' }),
    text('ApiName', 255, { label: 'API Name', filled: true, write: 'none', nameField: true }),
    bool('IsActive', { label: 'Is Active', write: 'none' }),
    int('SortOrder', 9, { write: 'none' }),
    bool('IsClosed', { write: 'none' }),
    bool('IsWon', { write: 'none' }),
    picklist('ForecastCategory', FORECAST_CATEGORIES, { filled: true, write: 'none', restricted: true }),
    picklist('ForecastCategoryName', FORECAST_CATEGORY_NAMES, {
      label: 'Forecast Category',
      filled: true,
      write: 'none',
      restricted: true,
    }),
    percent('DefaultProbability', 3, 0, { label: 'Probability (%)', write: 'none' }),
    text('Description', 255, { write: 'none' }),
  ],
};
