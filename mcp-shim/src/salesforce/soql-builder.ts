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

export interface SelectParts {
  fields: readonly string[];
  aggregates?: readonly Aggregate[];
  from: string;
  /** Ready conditions, joined by AND; values already literals. */
  where?: readonly string[];
  groupBy?: string;
  orderBy?: string;
  limit?: number;
}

export function selectSoql(parts: SelectParts): string {
  const aggregates = (parts.aggregates ?? []).map(({ function: name, field, as }) => `${name}(${soqlName(field)}) ${soqlName(as)}`);
  const clauses = [`SELECT ${[...parts.fields.map(soqlName), ...aggregates].join(', ')} FROM ${soqlName(parts.from)}`];
  if (parts.where && parts.where.length > 0) clauses.push(`WHERE ${parts.where.join(' AND ')}`);
  if (parts.groupBy !== undefined) clauses.push(`GROUP BY ${soqlName(parts.groupBy)}`);
  if (parts.orderBy !== undefined) clauses.push(`ORDER BY ${soqlName(parts.orderBy)}`);
  if (parts.limit !== undefined) clauses.push(`LIMIT ${parts.limit}`);
  return clauses.join(' ');
}

export function equals(field: string, value: string): string {
  return `${soqlName(field)} = ${soqlString(value)}`;
}

/** A date literal, which SOQL writes without quotes. @throws TypeError for anything but YYYY-MM-DD */
export function soqlDate(date: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new TypeError(`not a date: ${JSON.stringify(date)}`);
  return date;
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
