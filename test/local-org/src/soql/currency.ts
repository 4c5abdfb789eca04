import { NotSupported } from '../errors.ts';
import type { Comparable } from './comparable.ts';
import type { Column, Scope } from './scope.ts';
import type { Condition, Operand } from './types.ts';

/**
 * Amounts of an org with several currencies. Records hold them in their own currency; where they meet (in aggregates, in
 * ORDER BY, beside a currency literal) they are converted at the rates of CurrencyType. Dated rates are not learned.
 * @see https://developer.salesforce.com/docs/platform/salesforce-soql-sosl/guide/sforce-api-calls-soql-querying-currency-fields.html
 */
const rateOf = (isoCode: string): string => `(SELECT "ConversionRate" FROM "CurrencyType" WHERE "IsoCode" = ${isoCode})`;

/** The value of a column, amounts in the corporate currency. */
export function corporateSql(column: Column & { readonly sql: string }): string {
  return column.currencySql === null ? column.sql : `(${column.sql} / ${rateOf(column.currencySql)})`;
}

/** Both sides of a comparison with a literal such as `EUR5000`, in the corporate currency. */
export function currencyComparison(
  scope: Scope,
  left: Comparable,
  literal: Operand & { kind: 'currency' },
): { left: string; right: string } {
  const currencies = scope.compilation.schema.object('CurrencyType');
  const text = `${literal.isoCode}${literal.amount}`;
  if (currencies.kind !== 'known') throw new NotSupported(`The currency literal ${text}`);
  if (left.currencySql === undefined)
    throw new NotSupported(`The currency literal ${text} beside ${left.label}, which is no currency field`);
  const { isoCode } = literal;
  if (!isActive(scope, isoCode)) throw new NotSupported(`The currency literal ${text}, which is no active currency of the org`);
  return {
    left: `(${left.sql} / ${rateOf(left.currencySql)})`,
    right: `(${scope.statement.constant(literal.amount)} / ${rateOf(scope.statement.constant(isoCode))})`,
  };
}

/**
 * "You can't use ISO_CODEvalue to represent a value in a particular currency, such as USD, when you use an aggregate function": the
 * example of that page stands in HAVING, the sentence leaves out no clause.
 * @see https://developer.salesforce.com/docs/platform/salesforce-soql-sosl/guide/sforce-api-calls-soql-querying-currency-fields.html
 */
export function refuseCurrencyLiterals(condition: Condition | null): void {
  if (condition === null) return;
  if (condition.kind === 'not') refuseCurrencyLiterals(condition.part);
  else if (condition.kind !== 'comparison') condition.parts.forEach(refuseCurrencyLiterals);
  else if (condition.right.kind === 'currency')
    throw new NotSupported(
      `The currency literal ${condition.right.isoCode}${condition.right.amount} in a query with an aggregate function`,
    );
}

/** Records can have the active currencies, and only these. */
function isActive(scope: Scope, isoCode: string): boolean {
  const user = scope.compilation.schema.object('User');
  const field = user.kind === 'known' ? user.def.fields.get('currencyisocode') : undefined;
  return field?.picklistValues.some(({ value }) => value === isoCode) === true;
}
