import { createdFields, currency, date, deletedField, idField, percent, picklist, reference, stampField } from './fields.ts';
import { FORECAST_CATEGORIES, pickNames, STAGES } from './stages.ts';
import type { StandardTable } from './table.ts';

/**
 * One row for each change of amount, close date, probability or stage; the platform writes them.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunityhistory.htm
 */
export const OPPORTUNITY_HISTORY: StandardTable = {
  name: 'OpportunityHistory',
  label: 'Opportunity History',
  labelPlural: 'Opportunity History',
  keyPrefix: '008',
  createable: false,
  updateable: false,
  deletable: false,
  sharingModel: 'ControlledByParent',
  fields: [
    ...idField(),
    reference('OpportunityId', 'Opportunity', { filled: true, write: 'none', children: 'OpportunityHistories' }),
    ...createdFields(),
    picklist('StageName', pickNames(STAGES), { label: 'Stage Name', filled: true, write: 'none' }),
    currency('Amount', 18, 2, { write: 'none' }),
    currency('ExpectedRevenue', 18, 2, { write: 'none' }),
    date('CloseDate', { write: 'none' }),
    percent('Probability', 3, 0, { write: 'none' }),
    picklist('ForecastCategory', FORECAST_CATEGORIES, { label: 'To ForecastCategory', write: 'none', restricted: true }),
    stampField(),
    deletedField(),
    currency('PrevAmount', 18, 2, { label: 'Previous Amount', write: 'none' }),
    date('PrevCloseDate', { label: 'Previous Close Date', write: 'none' }),
  ],
};
