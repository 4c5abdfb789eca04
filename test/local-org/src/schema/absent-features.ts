/**
 * Names that the catalogue lists but that only orgs with a feature switched on have. This org has none of them, so the
 * names do not exist in it, as they would not in a new Salesforce org.
 */

/** One currency (several, where an org is made so: their names are found first); no divisions, person accounts, state and country picklists, or enterprise territories. */
const ABSENT_EVERYWHERE =
  /^(?:CurrencyIsoCode|DefaultCurrencyIsoCode|Territory2|Territory2Id|IsExcludedFromTerritory2Filter|\w*(?:StateCode|CountryCode)|Person[A-Z]\w*|IsPersonAccount|DefaultDivision)$/i;

/** Division is the feature's field on these; on User and Organization it is ordinary text. */
const DIVISION_IS_TEXT = new Set(['user', 'organization']);

const ABSENT_OBJECTS = new Set([
  'currencytype',
  'datedconversionrate',
  'division',
  'territory2',
  'territory2model',
  'userterritory2association',
]);

export function isAbsentField(objectName: string, name: string): boolean {
  if (/^division$/i.test(name)) return !DIVISION_IS_TEXT.has(objectName.toLowerCase());
  if (objectName.toLowerCase() === 'account' && /^(?:FirstName|LastName|Salutation)$/i.test(name)) return true;
  return ABSENT_EVERYWHERE.test(name);
}

export function isAbsentObject(name: string): boolean {
  return ABSENT_OBJECTS.has(name.toLowerCase());
}
