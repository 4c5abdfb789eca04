/** The only place where SOQL is put together from parts. */

const apiName = /^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/;

/** A string literal: quotes, backslashes and line ends escaped (SOQL Reference, "Quoted String Escape Sequences"). */
export function soqlString(text: string): string {
  return `'${escapeText(text)}'`;
}

/** A LIKE pattern that finds `text` anywhere: its own `%` and `_` count as themselves. */
export function soqlContains(text: string): string {
  return `'%${escapeText(text).replace(/[%_]/g, '\\$&')}%'`;
}

/** A field, relationship path or object name. Names come from a describe or from validated input, never from free text. */
export function soqlName(name: string): string {
  if (!apiName.test(name)) throw new TypeError(`not an API name: ${JSON.stringify(name)}`);
  return name;
}

/** One column of an aggregate query. */
export interface Aggregate {
  function: 'COUNT' | 'SUM' | 'MIN' | 'MAX';
  field: string;
  /** The key of the value in the result. */
  as: string;
}

/** A field to sort by; ascending, empty values first, unless told otherwise. */
export interface Order {
  field: string;
  direction?: 'ASC' | 'DESC';
  nulls?: 'FIRST' | 'LAST';
}

export interface SelectParts {
  fields: readonly string[];
  aggregates?: readonly Aggregate[];
  /** Related records of each row; `from` names their relationship, and `limit` counts for each row. */
  children?: readonly SelectParts[];
  from: string;
  /** Ready conditions, joined by AND; values already literals. */
  where?: readonly string[];
  groupBy?: string | readonly string[];
  orderBy?: string | readonly (string | Order)[];
  limit?: number;
  /** Rows to skip, at most 2,000. */
  offset?: number;
}

export function selectSoql(parts: SelectParts): string {
  const aggregates = (parts.aggregates ?? []).map(({ function: name, field, as }) => `${name}(${soqlName(field)}) ${soqlName(as)}`);
  const children = (parts.children ?? []).map((child) => `(${selectSoql(child)})`);
  const clauses = [`SELECT ${[...parts.fields.map(soqlName), ...aggregates, ...children].join(', ')} FROM ${soqlName(parts.from)}`];
  if (parts.where && parts.where.length > 0) clauses.push(`WHERE ${parts.where.join(' AND ')}`);
  const [groupBy, orderBy] = [[parts.groupBy ?? []].flat(), [parts.orderBy ?? []].flat()];
  if (groupBy.length > 0) clauses.push(`GROUP BY ${groupBy.map(soqlName).join(', ')}`);
  if (orderBy.length > 0) clauses.push(`ORDER BY ${orderBy.map(order).join(', ')}`);
  if (parts.limit !== undefined) clauses.push(`LIMIT ${parts.limit}`);
  if (parts.offset !== undefined && parts.offset > 0) clauses.push(`OFFSET ${parts.offset}`);
  return clauses.join(' ');
}

export function equals(field: string, value: string): string {
  return `${soqlName(field)} = ${soqlString(value)}`;
}

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** @param literal ready: a date, a number, a boolean, null, or a quoted string */
export function compare(field: string, operator: Operator, literal: string): string {
  return `${soqlName(field)} ${operator} ${literal}`;
}

export function contains(field: string, text: string): string {
  return `${soqlName(field)} LIKE ${soqlContains(text)}`;
}

/** @throws TypeError for no values, which SOQL cannot say */
export function oneOf(field: string, values: readonly string[]): string {
  if (values.length === 0) throw new TypeError(`no values for ${field}`);
  return `${soqlName(field)} IN (${values.map(soqlString).join(', ')})`;
}

/** A semi-join. SOQL takes at most two of a query, and none under OR. @param select of one id field, from `selectSoql` */
export function inSelect(field: string, select: string): string {
  return `${soqlName(field)} IN (${select})`;
}

/** An anti-join, as above. */
export function notInSelect(field: string, select: string): string {
  return `${soqlName(field)} NOT IN (${select})`;
}

export function anyOf(conditions: readonly string[]): string {
  return conditions.length === 1 ? conditions.join('') : `(${conditions.join(' OR ')})`;
}

export function allOf(conditions: readonly string[]): string {
  return conditions.length === 1 ? conditions.join('') : `(${conditions.join(' AND ')})`;
}

/** A date literal, which SOQL writes without quotes. @throws TypeError for anything but YYYY-MM-DD */
export function soqlDate(date: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new TypeError(`not a date: ${JSON.stringify(date)}`);
  return date;
}

/** An instant, which SOQL writes without quotes. @throws TypeError for anything but UTC in ISO 8601 */
export function soqlInstant(instant: string): string {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/.test(instant)) throw new TypeError(`not an instant: ${JSON.stringify(instant)}`);
  return instant;
}

/** A number without an exponent. @throws TypeError for what is no such number */
export function soqlNumber(value: number): string {
  const text = String(value);
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new TypeError(`not a number: ${text}`);
  return text;
}

function order(by: string | Order): string {
  if (typeof by === 'string') return soqlName(by);
  return [soqlName(by.field), by.direction, by.nulls === undefined ? undefined : `NULLS ${by.nulls}`].filter(Boolean).join(' ');
}

function escapeText(text: string): string {
  return text
    .replace(/[\\']/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')
    .replace(/\f/g, '\\f')
    .replace(/[\b]/g, '\\b');
}
