import { NotSupported } from '../errors.ts';
import type { FieldType, ObjectDef, Value } from '../schema/types.ts';
import { AGGREGATES, comparableOf, familyOf, isDateFunction, keySql } from './comparable.ts';
import type { Comparable } from './comparable.ts';
import { corporateSql, refuseCurrencyLiterals } from './currency.ts';
import { orderSql } from './order.ts';
import { readValue } from './read-value.ts';
import { limitSql, whereSql } from './records.ts';
import { Scope } from './scope.ts';
import { Statement } from './statement.ts';
import type { Compilation, Run } from './statement.ts';
import type { AggregateColumn, Expression, SelectItem, SoqlQuery } from './types.ts';
import { conditionSql } from './where.ts';

type Call = Expression & { kind: 'call' };

function isAggregateCall(expression: Expression): expression is Call {
  return expression.kind === 'call' && AGGREGATES.has(expression.name);
}

/** `SELECT COUNT() FROM …` */
export function isCount(query: SoqlQuery): boolean {
  return query.select.some(
    (item) =>
      item.kind === 'expression' &&
      item.expression.kind === 'call' &&
      item.expression.name === 'COUNT' &&
      item.expression.args.length === 0,
  );
}

/** True for queries that answer AggregateResult rows. */
export function isAggregateQuery(query: SoqlQuery): boolean {
  return (
    query.groupBy.length > 0 ||
    query.select.some(
      (item) =>
        item.kind === 'expression' &&
        (isAggregateCall(item.expression) || (item.expression.kind === 'call' && isDateFunction(item.expression.name))),
    )
  );
}

export function compileCount(compilation: Compilation, query: SoqlQuery, object: ObjectDef): (run: Run) => number {
  const scope = new Scope(compilation, new Statement(), object, query.from.alias);
  const [item] = query.select;
  if (item?.kind === 'expression' && item.alias !== null)
    throw scope.error('MALFORMED_QUERY', query.from.at, `unexpected token: '${item.alias}'`);
  if (query.select.length > 1) throw scope.error('MALFORMED_QUERY', query.from.at, 'COUNT() must be the only element of the select list');
  if (query.groupBy.length > 0) throw scope.error('MALFORMED_QUERY', query.from.at, 'COUNT() cannot be used with GROUP BY; use COUNT(Id)');
  if (query.orderBy.length > 0) throw scope.error('MALFORMED_QUERY', query.from.at, 'COUNT() cannot be used with ORDER BY');
  refuseCurrencyLiterals(query.where);
  const where = whereSql(scope, query, !query.allRows);
  const limit = limitSql(scope, query);
  const sql = `SELECT count(*) FROM (SELECT 1 FROM ${scope.fromSql}${where}${limit})`;
  const prepared = scope.statement.prepare(sql);
  return (run) => {
    const { sql: text, params } = prepared(run);
    return Number(run.tx.store.select(text, params)[0]?.[0]);
  };
}

/** A query whose rows are AggregateResult. */
export function compileAggregate(
  compilation: Compilation,
  query: SoqlQuery,
  object: ObjectDef,
): { columns: AggregateColumn[]; run: (run: Run) => Value[][] } {
  const scope = new Scope(compilation, new Statement(), object, query.from.alias);
  const { statement } = scope;
  if (query.groupBy.length === 0 && (query.limit || query.offset)) {
    throw scope.error('MALFORMED_QUERY', query.from.at, 'Non-grouped query that uses overall aggregate functions cannot also use LIMIT');
  }
  const groups = new Map(query.groupBy.map((expression) => comparableOf(scope, expression, 'grouped')).map((group) => [group.sql, group]));
  const grouped = (expression: Expression, message: string): Comparable => {
    if (isAggregateCall(expression)) return aggregate(scope, expression, query.groupBy.length > 0);
    const value = comparableOf(scope, expression, 'grouped');
    if (!groups.has(value.sql)) throw scope.error('MALFORMED_QUERY', value.at, `${message}: ${value.label}`);
    return value;
  };
  const outputs = query.select.map((item) => selected(scope, item, grouped));
  const columns = named(scope, outputs);
  const sqlColumns = outputs.map(({ value, isGroup }) => (isGroup && keySql(value) !== value.sql ? `min(${value.sql})` : value.sql));
  refuseCurrencyLiterals(query.where);
  refuseCurrencyLiterals(query.having);
  const where = whereSql(scope, query, !query.allRows);
  const having = query.having
    ? ` HAVING ${conditionSql({ scope, place: 'having', comparable: (expression) => grouped(expression, 'Field must be grouped or aggregated') }, query.having)}`
    : '';
  const order = orderSql(statement, query.orderBy, (item) => grouped(item.expression, 'Ordered field must be grouped or aggregated'));
  const groupBy = groups.size > 0 ? ` GROUP BY ${[...groups.values()].map(keySql).join(', ')}` : '';
  const limit = limitSql(scope, query);
  const sql = `SELECT ${sqlColumns.join(', ')} FROM ${scope.fromSql}${where}${groupBy}${having}${order && ` ORDER BY ${order}`}${limit}`;
  const prepared = statement.prepare(sql);
  const run = (given: Run): Value[][] => {
    const { sql: text, params } = prepared(given);
    return given.tx.store
      .select(text, params)
      .map((row) =>
        columns.map((column, index) => readValue(row[index], column.type, outputs[index]?.value.label === 'AVG' ? null : column.field)),
      );
  };
  return { columns, run };
}

interface Output {
  readonly value: Comparable;
  readonly alias: string | null;
  readonly isGroup: boolean;
}

function selected(scope: Scope, item: SelectItem, grouped: (expression: Expression, message: string) => Comparable): Output {
  if (item.kind !== 'expression')
    throw scope.error(
      'MALFORMED_QUERY',
      0,
      'A grouped query selects grouped fields and aggregates only: no child subquery and no FIELDS()',
    );
  const { expression, alias } = item;
  const value = grouped(expression, 'Field must be grouped or aggregated');
  return { value, alias: alias ?? (expression.kind === 'field' ? value.label : null), isGroup: !isAggregateCall(expression) };
}

/** Unnamed functions are `expr0`, `expr1`, … in select order. */
function named(scope: Scope, outputs: readonly Output[]): AggregateColumn[] {
  let unnamed = 0;
  const taken = new Set<string>();
  return outputs.map(({ value, alias }) => {
    const name = alias ?? `expr${unnamed++}`;
    if (taken.has(name.toLowerCase())) throw scope.error('MALFORMED_QUERY', value.at, `duplicate alias: ${name}`);
    taken.add(name.toLowerCase());
    return { alias: name, field: value.field, type: value.type };
  });
}

/** @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_agg_functions_field_types.htm */
function aggregate(scope: Scope, call: Call, isGrouped: boolean): Comparable {
  const [argument] = call.args;
  if (argument?.kind !== 'field') throw scope.error('MALFORMED_QUERY', call.at, `${call.name} takes one field`);
  const column = scope.resolve(argument.path, argument.at);
  const { field } = column;
  if (column.sql === null) throw new NotSupported(`${call.name} of the formula field ${column.object.name}.${field.name}`);
  const isConverted = column.currencySql !== null && !/^COUNT/u.test(call.name);
  // Documented for GROUP BY and HAVING alone: which currency the amounts of all records come in is not said.
  if (isConverted && !isGrouped) throw new NotSupported(`${call.name}(${field.name}) without GROUP BY in an org with several currencies`);
  const sql = isConverted ? corporateSql({ ...column, sql: column.sql }) : column.sql;
  const of: Comparable = { sql, type: field.type, label: field.name, field, outer: false, at: argument.at };
  const family = familyOf(field.type);
  const unfit = family === 'opaque' || family === 'multipicklist' || field.type === 'textarea';
  const refuse = (): Error =>
    scope.error('INVALID_FIELD', argument.at, `field ${field.name} does not support aggregate operator ${call.name}`);
  const result = (text: string, type: FieldType): Comparable => ({
    sql: text,
    type,
    label: call.name,
    field: null,
    outer: false,
    at: call.at,
  });
  switch (call.name) {
    case 'COUNT':
      if (unfit || family === 'boolean') throw refuse();
      return result(`count(${sql})`, 'int');
    case 'COUNT_DISTINCT':
      if (unfit || family === 'boolean') throw refuse();
      return result(`count(DISTINCT ${keySql(of)})`, 'int');
    case 'SUM':
      if (family !== 'number') throw refuse();
      return { ...result(`sum(${sql})`, field.type === 'int' ? 'double' : field.type), field };
    case 'AVG':
      if (family !== 'number') throw refuse();
      return { ...result(`avg(${sql})`, 'double'), field };
    default:
      if (unfit || family === 'boolean') throw refuse();
      // The least or greatest of texts in folded order would need the row it stands in.
      if (family === 'text') throw new NotSupported(`${call.name}(${field.name}): ${call.name} of a ${field.type}`);
      return { ...result(`${call.name === 'MIN' ? 'min' : 'max'}(${sql})`, field.type), field };
  }
}
