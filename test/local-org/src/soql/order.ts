import { familyOf, keySql } from './comparable.ts';
import type { Comparable } from './comparable.ts';
import type { Statement } from './statement.ts';
import type { OrderItem } from './types.ts';

/**
 * ORDER BY in SQL. Nulls come first unless the query says otherwise, descending too; picklists sort in the order of their values.
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_orderby.htm
 */
export function orderSql(statement: Statement, items: readonly OrderItem[], comparable: (item: OrderItem) => Comparable): string {
  return items
    .map(
      (item) =>
        `${sortKey(statement, comparable(item))} ${item.descending ? 'DESC' : 'ASC'} NULLS ${item.nullsLast === true ? 'LAST' : 'FIRST'}`,
    )
    .join(', ');
}

function sortKey(statement: Statement, key: Comparable): string {
  const values = key.field?.type === 'picklist' ? key.field.picklistValues : [];
  if (values.length === 0 || familyOf(key.type) !== 'text') return keySql(key);
  const places = values.map((entry, place) => `WHEN ${statement.constant(entry.value)} THEN ${place}`).join(' ');
  return `CASE ${key.sql} ${places} ELSE iif(${key.sql} IS NULL, NULL, ${values.length}) END`;
}
