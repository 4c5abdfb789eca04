import { addressFields, bool, datetime, int, phone, picklist, setupFields, text } from './fields.ts';
import { LANGUAGES, LOCALES, ORG_WIDE_DEFAULTS, TIME_ZONES } from './picklists.ts';
import type { StandardTable } from './table.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_organization.htm */
export const ORGANIZATION: StandardTable = {
  name: 'Organization',
  label: 'Organization',
  labelPlural: 'Organizations',
  keyPrefix: '00D',
  createable: false,
  deletable: false,
  fields: [
    ...setupFields(),
    text('Name', 80, { filled: true, write: 'none', nameField: true }),
    text('Division', 80, { write: 'update' }),
    ...addressFields(''),
    phone('Phone', { write: 'update' }),
    phone('Fax', { write: 'update' }),
    text('PrimaryContact', 80, { write: 'update' }),
    picklist('DefaultLocaleSidKey', LOCALES, { label: 'Locale', filled: true, write: 'update', restricted: true }),
    picklist('TimeZoneSidKey', TIME_ZONES, { label: 'Time Zone', filled: true, write: 'update', restricted: true }),
    picklist('LanguageLocaleKey', LANGUAGES, { label: 'Language', filled: true, write: 'update', restricted: true }),
    int('FiscalYearStartMonth', 9, { label: 'Fiscal Year Starts In', write: 'none' }),
    bool('UsesStartDateAsFiscalYearName', { label: 'Fiscal Year Name by Start', write: 'none' }),
    picklist('DefaultAccountAccess', ORG_WIDE_DEFAULTS, { write: 'none', restricted: true }),
    picklist('DefaultContactAccess', ['ControlledByParent', ...ORG_WIDE_DEFAULTS], { write: 'none', restricted: true }),
    picklist('DefaultOpportunityAccess', ORG_WIDE_DEFAULTS, { write: 'none', restricted: true }),
    picklist('DefaultLeadAccess', ORG_WIDE_DEFAULTS, { write: 'none', restricted: true }),
    picklist('DefaultCaseAccess', ORG_WIDE_DEFAULTS, { write: 'none', restricted: true }),
    picklist(
      'OrganizationType',
      ['Team Edition', 'Professional Edition', 'Enterprise Edition', 'Developer Edition', 'Personal Edition', 'Unlimited Edition'],
      { label: 'Edition', write: 'none', restricted: true },
    ),
    text('NamespacePrefix', 15, { write: 'none' }),
    text('InstanceName', 5, { write: 'none' }),
    bool('IsSandbox', { label: 'Is Sandbox', write: 'none' }),
    bool('IsReadOnly', { label: 'Is Read Only', write: 'none' }),
    datetime('TrialExpirationDate', { write: 'none' }),
  ],
};
