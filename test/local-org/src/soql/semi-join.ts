import { NotSupported } from '../errors.ts';
import { comparableOf } from './comparable.ts';
import type { Comparable } from './comparable.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { Scope, fromObject } from './scope.ts';
import type { ComparisonOperator, Condition, SoqlError, SoqlQuery } from './types.ts';
import type { ConditionContext } from './where.ts';
import { notDeletedSql } from './deleted-rows.ts';
import { sharedSql } from './shared-rows.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_comparisonoperators.htm */
const NO_INNER_SELECT = new Set(['activityhistory', 'attachment', 'event', 'eventattendee', 'note', 'openactivity', 'task']);

const MAX_SEMI_JOINS = 2;

type ConditionSql = (context: ConditionContext, condition: Condition) => string;

/** `Id IN (SELECT AccountId FROM Contact …)` and its opposite. */
export function semiJoinSql(
  context: ConditionContext,
  left: Comparable,
  operator: ComparisonOperator,
  inner: SoqlQuery,
  conditionSql: ConditionSql,
): string {
  const { scope, place } = context;
  const refuse = (message: string): SoqlError => scope.error('MALFORMED_QUERY', left.at, message);
  if (operator !== 'IN' && operator !== 'NOT IN') throw refuse('A select in parentheses may only stand after IN and NOT IN.');
  if (place === 'inner') throw refuse('Nesting of semi join sub-selects is not supported');
  // Reported with `(A AND Id NOT IN (…)) AND B`: https://github.com/UnofficialSF/LightningFlowComponents/issues/1132
  if (place === 'nested')
    throw refuse('Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions');
  if (place === 'or') throw refuse("Semi join sub-selects are not allowed with the 'OR' operator");
  if (place === 'not') throw refuse("Semi join sub-selects are not allowed with the 'NOT' operator");
  if (place === 'having') throw refuse('Semi join sub-selects are only allowed in WHERE');
  if (left.type !== 'id' && left.type !== 'reference') {
    throw scope.error(
      'INVALID_FIELD',
      left.at,
      `The left operand field in the where expression for outer query should be an id field, cannot use: '${left.label}'`,
    );
  }
  if (scope.compilation.noteSemiJoin() > MAX_SEMI_JOINS) throw refuse(`Maximum ${MAX_SEMI_JOINS} semi join sub-selects are allowed`);
  if (/^UserRecordAccess$/i.test(inner.from.object)) throw new NotSupported('UserRecordAccess in an inner SELECT');
  const object = fromObject(scope.compilation, inner.from.object, inner.from.at);
  if (NO_INNER_SELECT.has(object.name.toLowerCase())) throw refuse(`Entity '${object.name}' is not supported for semi join inner selects`);
  if (left.type === 'id' && !left.outer && object === scope.object)
    throw refuse('The inner and outer selects should not be on the same object type');
  if (inner.orderBy.length > 0 || inner.limit || inner.forUpdate)
    throw refuse('ORDER BY, LIMIT and FOR UPDATE are not allowed in semi join sub-selects');
  const [item] = inner.select;
  if (item?.kind !== 'expression' || inner.select.length > 1 || item.expression.kind !== 'field')
    throw refuse('A semi join sub-select must select exactly one field');

  const innerScope = new Scope(scope.compilation, scope.statement, object, inner.from.alias);
  const column = innerScope.resolve(item.expression.path, item.expression.at);
  const { field, sql } = column;
  if ((field.type !== 'id' && field.type !== 'reference') || sql === null) {
    throw scope.error('INVALID_FIELD', item.expression.at, `The selected field '${field.name}' in the inner select should be an id field`);
  }
  const wanted = targetsOf(left.field, left.field === scope.object.fields.get('id') ? scope.object : null);
  const selected = targetsOf(field, column.parents.length === 0 ? object : null);
  if (wanted && selected && !wanted.some((target) => selected.includes(target))) {
    throw refuse(
      `The selected field '${field.name}' in the subquery and the left operand field in the where expression in the outer query '${left.label}' should point to the same object type`,
    );
  }
  const innerContext: ConditionContext = {
    scope: innerScope,
    place: 'inner',
    comparable: (expression) => comparableOf(innerScope, expression, 'filtered'),
  };
  const conditions = [
    ...notDeletedSql(innerScope),
    ...sharedSql(innerScope),
    ...(inner.where ? [conditionSql(innerContext, inner.where)] : []),
  ];
  const where = (extra: string): string => [...conditions, extra].join(' AND ');
  if (operator === 'NOT IN') return `NOT EXISTS (SELECT 1 FROM ${innerScope.fromSql} WHERE ${where(`${sql} = ${left.sql}`)})`;
  return `${left.sql} IN (SELECT ${sql} FROM ${innerScope.fromSql} WHERE ${where(`${sql} IS NOT NULL`)})`;
}

/** The objects that a field's ids belong to; null for the Id of a parent, whose object is not at hand. */
function targetsOf(field: FieldDef | null, owner: ObjectDef | null): readonly string[] | null {
  if (field?.type === 'reference') return field.referenceTo;
  return owner && [owner.name];
}
