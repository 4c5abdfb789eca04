import { standardObject } from '../catalog/standard-objects.ts';
import { picklist } from './standard/fields.ts';
import type { FieldDef, ObjectDef } from './types.ts';

/** A currency of an org that has several. */
export interface OrgCurrency {
  /** ISO 4217: three capital letters. */
  readonly isoCode: string;
  /** How much of it one unit of the corporate currency is; 1 for that itself. */
  readonly conversionRate: number;
  /** Digits after the point that people see; default 2. */
  readonly decimalPlaces?: number;
  /** Default true. */
  readonly isActive?: boolean;
}

/** The first of an org's currencies is the corporate one. @throws RangeError for a list that no org can have */
function corporateCurrency(currencies: readonly OrgCurrency[]): OrgCurrency {
  const [corporate] = currencies;
  if (corporate?.conversionRate !== 1) throw new RangeError('the first currency of an org is the corporate one, at a rate of 1');
  return corporate;
}

/** The currency of a record. Without a value of its own it takes the one of the user who makes it. */
function currencyField(
  name: 'CurrencyIsoCode' | 'DefaultCurrencyIsoCode',
  currencies: readonly OrgCurrency[],
  isWritten: boolean,
): FieldDef {
  const corporate = corporateCurrency(currencies);
  const active = currencies.filter(({ isActive }) => isActive !== false);
  const values = active.map((one) => (one === corporate ? `*${one.isoCode}` : one.isoCode));
  const label = name === 'CurrencyIsoCode' ? 'Currency ISO Code' : 'Default Currency ISO Code';
  return picklist(name, values, { label, filled: true, restricted: true, ...(isWritten ? {} : { write: 'none' }) }).def;
}

/**
 * The fields that an object gets when several currencies are switched on: the catalogue says which standard objects have
 * them, and all custom objects do.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunity.htm
 */
export function currencyFields(object: Pick<ObjectDef, 'name' | 'custom' | 'createable'>, currencies: readonly OrgCurrency[]): FieldDef[] {
  const names = ['CurrencyIsoCode', 'DefaultCurrencyIsoCode'] as const;
  const has = (name: (typeof names)[number]): boolean =>
    object.custom ? name === 'CurrencyIsoCode' : standardObject(object.name)?.fields.has(name.toLowerCase()) === true;
  return names.filter(has).map((name) => currencyField(name, currencies, object.createable));
}
