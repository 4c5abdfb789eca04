import { NotSupported } from '../errors.ts';
import { familyOf, keySql } from './comparable.ts';
import type { Comparable } from './comparable.ts';
import { currencyComparison } from './currency.ts';
import { checkDateLiteral, dateLiteralRange, storedRange } from './date-literals.ts';
import { fiscalYearOf } from './fiscal-year.ts';
import { bindParameter, likeParameter, listParameters, listReader, literalValue, unexpected } from './operands.ts';
import type { Scope } from './scope.ts';
import { semiJoinSql } from './semi-join.ts';
import type { Parameter } from './statement.ts';
import type { ComparisonOperator, Condition, Expression, Operand } from './types.ts';

type Comparison = Condition & { kind: 'comparison' };

export interface ConditionContext {
  readonly scope: Scope;
  /** The left side of a comparison: a field in WHERE, an aggregate or grouped field in HAVING. */
  readonly comparable: (expression: Expression) => Comparable;
  /** Where in the tree the condition stands, as far as semi-joins care. */
  readonly place: 'top' | 'nested' | 'or' | 'not' | 'inner' | 'having';
}

/**
 * A condition in SQL. SOQL's logic has two values: a comparison with null is false, and its negation true.
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_comparisonoperators.htm
 */
export function conditionSql(context: ConditionContext, condition: Condition): string {
  switch (condition.kind) {
    case 'not':
      return `((${conditionSql(placed(context, 'not'), condition.part)}) IS NOT TRUE)`;
    case 'and':
      return `(${condition.parts.map((part) => conditionSql(isGroup(part) ? placed(context, 'nested') : context, part)).join(' AND ')})`;
    case 'or':
      return `(${condition.parts.map((part) => conditionSql(placed(context, 'or'), part)).join(' OR ')})`;
    case 'comparison':
      return comparisonSql(context, condition);
  }
}

function isGroup({ kind }: Condition): boolean {
  return kind === 'and' || kind === 'or';
}

/** An inner select or HAVING stays one, whatever the tree. */
function placed(context: ConditionContext, place: 'nested' | 'or' | 'not'): ConditionContext {
  return context.place === 'top' || context.place === 'not' ? { ...context, place } : context;
}

function comparisonSql(context: ConditionContext, { left: expression, operator, right }: Comparison): string {
  const { scope } = context;
  const left = context.comparable(expression);
  if (right.kind === 'subquery') return semiJoinSql(context, left, operator, right.query, conditionSql);
  checkOperator(scope, left, operator);
  switch (operator) {
    case 'IN':
      return inSql(scope, left, right);
    case 'NOT IN':
      return `((${inSql(scope, left, right)}) IS NOT TRUE)`;
    case 'LIKE':
      return `(${keySql(left)} LIKE ${folded(left, scope.statement.param(likeParameter(scope, left, right)))} ESCAPE '\\')`;
    case 'INCLUDES':
      return includesSql(scope, left, right);
    case 'EXCLUDES':
      return `((${includesSql(scope, left, right)}) IS NOT TRUE)`;
    default:
      return right.kind === 'dateLiteral' ? rangeSql(scope, left, operator, right) : valueSql(scope, left, operator, right);
  }
}

type ValueOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

function valueSql(scope: Scope, left: Comparable, operator: ValueOperator, right: Operand): string {
  if (right.kind === 'currency') {
    const sides = currencyComparison(scope, left, right);
    return `(${sides.left} ${operator === '!=' ? 'IS NOT' : operator} ${sides.right})`;
  }
  const value = valueParameter(scope, left, right);
  const key = keySql(left);
  const placeholder = folded(left, scope.statement.param(value));
  if (operator === '!=') return `(${key} IS NOT ${placeholder})`;
  if (operator !== '=') return `(${key} ${operator} ${placeholder})`;
  return scope.statement.choice((run) => value(run) === null, `(${key} IS NULL)`, presentSql(left, `${key} = ${placeholder}`));
}

/** The indexes of nillable fields leave nulls out, and SQLite does not see by itself that `fold(x) = …` does too. */
function presentSql(left: Comparable, condition: string): string {
  return keySql(left) !== left.sql && left.field?.nillable === true ? `(${condition} AND ${left.sql} IS NOT NULL)` : `(${condition})`;
}

function valueParameter(scope: Scope, left: Comparable, right: Operand): Parameter {
  if (right.kind === 'bind') return bindParameter(scope, left, right.index);
  if (right.kind !== 'literal') throw unexpected(scope, left);
  const value = literalValue(scope, left, right);
  return () => value;
}

/** The right side of a comparison in the form of `keySql`. */
function folded(left: Comparable, sql: string): string {
  return keySql(left).startsWith('fold(') ? `fold(${sql})` : sql;
}

/** A date literal is a range: `=` is inside it, `<` before it, `>` after it. */
function rangeSql(scope: Scope, left: Comparable, operator: ValueOperator, literal: Operand & { kind: 'dateLiteral' }): string {
  const { type } = left;
  if (type !== 'date' && type !== 'datetime') {
    throw scope.error(
      'INVALID_FIELD',
      left.at,
      `value of filter criterion for field '${left.label}' must not be the date literal ${literal.name}`,
    );
  }
  checkDateLiteral(literal.name);
  const bound = (side: 'from' | 'to'): string =>
    scope.statement.param(({ tx }) => {
      const { timeZone, locale } = tx.user;
      const fiscalStartMonth = fiscalYearOf(tx).startMonth;
      const range = dateLiteralRange(literal.name, literal.n, { now: tx.now(), timeZone, locale, fiscalStartMonth });
      return storedRange(range, type, timeZone)[side];
    });
  const inside = (): string => `(${left.sql} >= ${bound('from')} AND ${left.sql} < ${bound('to')})`;
  switch (operator) {
    case '=':
      return inside();
    case '!=':
      return `(${inside()} IS NOT TRUE)`;
    case '<':
      return `(${left.sql} < ${bound('from')})`;
    case '<=':
      return `(${left.sql} < ${bound('to')})`;
    case '>':
      return `(${left.sql} >= ${bound('to')})`;
    case '>=':
      return `(${left.sql} >= ${bound('from')})`;
  }
}

function inSql(scope: Scope, left: Comparable, right: Operand): string {
  if (right.kind !== 'list' && right.kind !== 'bind') throw unexpected(scope, left);
  const { values, hasNull } = listParameters(scope, left, right);
  const inside = `${keySql(left)} IN (SELECT ${folded(left, 'value')} FROM json_each(${scope.statement.param(values)}))`;
  return scope.statement.choice(hasNull, `(${inside} OR ${keySql(left)} IS NULL)`, presentSql(left, inside));
}

/** `INCLUDES ('a;b', 'c')`: both a and b, or c. */
function includesSql(scope: Scope, left: Comparable, right: Operand): string {
  if (right.kind !== 'list' && right.kind !== 'bind') throw unexpected(scope, left);
  const read = listReader(scope, left, right);
  const sets = scope.statement.param((run) => JSON.stringify(read(run).map((value) => String(value ?? '').split(';'))));
  const absent = `instr(';' || fold(coalesce(${left.sql}, '')) || ';', ';' || fold(part.value) || ';') = 0`;
  return `EXISTS (SELECT 1 FROM json_each(${sets}) AS wanted WHERE NOT EXISTS (SELECT 1 FROM json_each(wanted.value) AS part WHERE ${absent}))`;
}

function checkOperator(scope: Scope, left: Comparable, operator: ComparisonOperator): void {
  const family = familyOf(left.type);
  if (family === 'opaque' || family === 'time') throw new NotSupported(`A condition on ${left.label} (${left.type})`);
  const ordered = operator === '<' || operator === '<=' || operator === '>' || operator === '>=';
  const valid =
    operator === 'LIKE'
      ? family === 'text'
      : operator === 'INCLUDES' || operator === 'EXCLUDES'
        ? family === 'multipicklist'
        : !(ordered && (family === 'boolean' || family === 'multipicklist'));
  if (!valid) throw scope.error('INVALID_QUERY_FILTER_OPERATOR', left.at, `invalid operator on ${left.type} field`);
}
