import type { OrgCurrency } from '../org-currencies.ts';
import { bool, createdFields, double, idField, int, modifiedFields, picklist, stampField } from './fields.ts';
import type { StandardTable } from './table.ts';

const filtered = { write: 'none', sortable: false, groupable: false } as const;

/**
 * The currencies of an org that has several. The platform lets holders of Customize Application change them; the local org
 * does not.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_currencytype.htm
 */
export const currencyType = (currencies: readonly OrgCurrency[]): StandardTable => ({
  name: 'CurrencyType',
  label: 'Currency Type',
  labelPlural: 'Currency Types',
  keyPrefix: '01L',
  createable: false,
  updateable: false,
  deletable: false,
  fields: [
    ...idField(),
    picklist(
      'IsoCode',
      currencies.map(({ isoCode }) => isoCode),
      { label: 'Currency ISO Code', filled: true, restricted: true, ...filtered },
    ),
    double('ConversionRate', 18, 6, { filled: true, ...filtered }),
    int('DecimalPlaces', 9, { filled: true, ...filtered }),
    bool('IsActive', filtered),
    bool('IsCorporate', { label: 'Corporate Currency', ...filtered }),
    ...createdFields(),
    ...modifiedFields(),
    stampField(),
  ],
});
