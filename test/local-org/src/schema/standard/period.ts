import { bool, date, idField, int, picklist, reference, stampField, text } from './fields.ts';
import type { StandardTable } from './table.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_period.htm */
export const PERIOD: StandardTable = {
  name: 'Period',
  label: 'Period',
  labelPlural: 'Period',
  keyPrefix: '026',
  createable: false,
  updateable: false,
  deletable: false,
  fields: [
    ...idField(),
    reference('FiscalYearSettingsId', 'FiscalYearSettings', { write: 'none' }),
    picklist('Type', ['Month', 'Quarter', 'Week', 'Year'], { write: 'none', restricted: true }),
    date('StartDate', { filled: true, write: 'none' }),
    date('EndDate', { filled: true, write: 'none' }),
    stampField(),
    bool('IsForecastPeriod', { write: 'none' }),
    picklist('QuarterLabel', [], { write: 'none', restricted: true }),
    picklist('PeriodLabel', [], { write: 'none', restricted: true }),
    int('Number', 9, { write: 'none' }),
    text('FullyQualifiedLabel', 255, { write: 'none' }),
  ],
};
