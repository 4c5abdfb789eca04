import { NotSupported } from '../errors.ts';
import type { FieldDef, FieldType } from '../schema/types.ts';
import { corporateSql } from './currency.ts';
import { fiscalYearOf, yearNameOffset } from './fiscal-year.ts';
import type { Scope } from './scope.ts';
import type { Parameter, Statement } from './statement.ts';
import type { Expression } from './types.ts';

/** What a value may be compared, sorted or grouped by: a column, a date function of one, an aggregate. */
export interface Comparable {
  readonly sql: string;
  readonly type: FieldType;
  /** As messages name it. */
  readonly label: string;
  /** The field behind it; null for a count or a date function. */
  readonly field: FieldDef | null;
  /** True where the value comes from a parent that may be missing. */
  readonly outer: boolean;
  /** SQL of the currency of an amount that is compared in it; left out elsewhere. */
  readonly currencySql?: string;
  readonly at: number;
}

/** How the values of a field type behave. */
export type Family = 'text' | 'id' | 'number' | 'boolean' | 'date' | 'datetime' | 'time' | 'multipicklist' | 'opaque';

export function familyOf(type: FieldType): Family {
  switch (type) {
    case 'id':
    case 'reference':
      return 'id';
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return 'number';
    case 'boolean':
    case 'date':
    case 'datetime':
    case 'time':
    case 'multipicklist':
      return type;
    case 'base64':
    case 'address':
    case 'location':
      return 'opaque';
    default:
      return 'text';
  }
}

/** The value of a comparable in the form in which it compares and sorts: text without regard to case, a missing parent's checkbox as false. */
export function keySql(comparable: Comparable): string {
  const family = familyOf(comparable.type);
  if ((family === 'text' || family === 'multipicklist') && comparable.field?.caseSensitive !== true) return `fold(${comparable.sql})`;
  // "Boolean fields of an outer join that finds no parent are treated as false": https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_booleanfields.htm
  if (family === 'boolean' && comparable.outer) return `coalesce(${comparable.sql}, 0)`;
  return comparable.sql;
}

type Clause = 'filtered' | 'sorted' | 'grouped';

/** A field or date function as WHERE, ORDER BY and GROUP BY may use it. */
export function comparableOf(scope: Scope, expression: Expression, clause: Clause): Comparable {
  if (expression.kind === 'call') return dateFunction(scope, expression);
  const column = scope.resolve(expression.path, expression.at);
  const { field } = column;
  const allowed = clause === 'filtered' ? field.filterable : clause === 'sorted' ? field.sortable : field.groupable;
  if (!allowed) throw scope.error('INVALID_FIELD', expression.at, `field '${field.name}' can not be ${clause} in a query call`);
  if (column.sql === null) throw new NotSupported(`The formula field ${column.object.name}.${field.name} where it is ${clause}`);
  const found = { type: field.type, label: field.name, field, outer: column.parents.length > 0, at: expression.at };
  if (clause === 'sorted') return { ...found, sql: corporateSql({ ...column, sql: column.sql }) };
  return { ...found, sql: column.sql, ...(column.currencySql === null ? {} : { currencySql: column.currencySql }) };
}

/** @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_date_functions.htm */
const DATE_PARTS: Readonly<Record<string, (part: (format: string) => string) => string>> = {
  CALENDAR_YEAR: (part) => part('%Y'),
  CALENDAR_MONTH: (part) => part('%m'),
  CALENDAR_QUARTER: (part) => `(${part('%m')} + 2) / 3`,
  DAY_IN_MONTH: (part) => part('%d'),
  DAY_IN_WEEK: (part) => `(${part('%w')} + 1)`,
  DAY_IN_YEAR: (part) => part('%j'),
  WEEK_IN_MONTH: (part) => `(${part('%d')} + 6) / 7`,
  WEEK_IN_YEAR: (part) => `(${part('%j')} + 6) / 7`,
  HOUR_IN_DAY: (part) => part('%H'),
};

/** Functions of this kind ask for the org's fiscal year, which is known when the query runs. */
const FISCAL_PARTS: Readonly<Record<string, (part: (format: string) => string, param: Statement['param']) => string>> = {
  FISCAL_MONTH: (part, param) => `(${fiscalMonths(part, param)} + 1)`,
  FISCAL_QUARTER: (part, param) => `(${fiscalMonths(part, param)} / 3 + 1)`,
  FISCAL_YEAR: (part, param) => `(${part('%Y')} - (${part('%m')} < ${whole(param(fiscalStartMonth))}) + ${whole(param(fiscalYearName))})`,
};
const fiscalStartMonth: Parameter = ({ tx }) => fiscalYearOf(tx).startMonth;
const fiscalYearName: Parameter = ({ tx }) => yearNameOffset(fiscalYearOf(tx));
/** Full months since the fiscal year began. */
const fiscalMonths = (part: (format: string) => string, param: Statement['param']): string =>
  `((${part('%m')} + 12 - ${whole(param(fiscalStartMonth))}) % 12)`;
/** Numbers are bound as REAL, by which whole numbers would not be divided as such. */
const whole = (sql: string): string => `CAST(${sql} AS INTEGER)`;

const NEEDS_TIME = new Set(['DAY_ONLY', 'HOUR_IN_DAY']);

export const AGGREGATES: ReadonlySet<string> = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);

/** True for the functions that answer a part of a date; they work in UTC. Fiscal ones know standard fiscal years only. */
export function isDateFunction(name: string): boolean {
  return name === 'DAY_ONLY' || name in DATE_PARTS || name in FISCAL_PARTS;
}

function dateFunction(scope: Scope, call: Expression & { kind: 'call' }): Comparable {
  if (AGGREGATES.has(call.name))
    throw scope.error(
      'MALFORMED_QUERY',
      call.at,
      `Aggregate functions are not allowed in WHERE, nor in ORDER BY and GROUP BY of a query that is not grouped: ${call.name}`,
    );
  if (!isDateFunction(call.name)) throw new NotSupported(`The SOQL function ${call.name}`);
  const [argument] = call.args;
  if (argument?.kind !== 'field') throw new NotSupported(`convertTimezone() in ${call.name}`);
  const column = scope.resolve(argument.path, argument.at);
  const { type } = column.field;
  if (!(type === 'datetime' || (type === 'date' && !NEEDS_TIME.has(call.name)))) {
    throw scope.error('INVALID_FIELD', argument.at, `field ${column.field.name} does not support the function ${call.name}`);
  }
  if (column.sql === null) throw new NotSupported(`The formula field ${column.object.name}.${column.field.name} in ${call.name}`);
  const source = type === 'datetime' ? `${column.sql} / 1000.0, 'unixepoch'` : column.sql;
  const base = { label: call.name, field: null, outer: column.parents.length > 0, at: call.at };
  if (call.name === 'DAY_ONLY') return { ...base, sql: `date(${source})`, type: 'date' };
  const make = DATE_PARTS[call.name] ?? FISCAL_PARTS[call.name];
  if (!make) throw new NotSupported(`The SOQL function ${call.name}`);
  const part = (format: string): string => `CAST(strftime('${format}', ${source}) AS INTEGER)`;
  return { ...base, sql: make(part, (parameter) => scope.statement.param(parameter)), type: 'int' };
}
