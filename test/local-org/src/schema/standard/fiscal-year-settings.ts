import { bool, date, idField, picklist, reference, stampField, text } from './fields.ts';
import type { StandardTable } from './table.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_fiscalyearsettings.htm */
export const FISCAL_YEAR_SETTINGS: StandardTable = {
  name: 'FiscalYearSettings',
  label: 'Fiscal Year Settings',
  labelPlural: 'Fiscal Year Settings',
  keyPrefix: '022',
  createable: false,
  updateable: false,
  deletable: false,
  fields: [
    ...idField(),
    reference('PeriodId', 'Period', { write: 'none' }),
    date('StartDate', { write: 'none' }),
    date('EndDate', { write: 'none' }),
    text('Name', 80, { filled: true, write: 'none', nameField: true }),
    bool('IsStandardYear', { write: 'none' }),
    picklist('YearType', ['Standard', 'Custom'], { write: 'none', restricted: true }),
    text('Description', 255, { write: 'none' }),
    stampField(),
  ],
};
