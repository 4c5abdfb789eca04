import { allOf, anyOf, compare, equals, soqlDate, soqlInstant, soqlNumber, soqlString } from './soql-builder.ts';
import type { Operator } from './soql-builder.ts';
import type { SalesforceRecord } from './gateway.ts';

/**
 * A value to compare with. Money of an org with one currency is a plain number; of an org with several it is what it comes to in each of
 * them, by ISO code, and a record compares with that of its own.
 */
export type Literal =
  | { kind: 'text' | 'date' | 'instant'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'money'; amounts: ReadonlyMap<string, number> };

const currencyField = 'CurrencyIsoCode';

/** A condition that both sides can judge: SOQL over all records, and this server over one that it has read. */
export type Condition =
  | { field: string; operator: Operator; literal: Literal }
  | { field: string; isNull: boolean }
  | { all: readonly Condition[] }
  | { any: readonly Condition[] };

export function conditionSoql(condition: Condition): string {
  if ('all' in condition) return allOf(condition.all.map(conditionSoql));
  if ('any' in condition) return anyOf(condition.any.map(conditionSoql));
  if ('isNull' in condition) return compare(condition.field, condition.isNull ? '=' : '!=', 'null');
  const { field, operator, literal } = condition;
  return literal.kind === 'money' ? moneySoql(field, operator, literal.amounts) : compare(field, operator, literalSoql(literal));
}

/**
 * Not as a currency literal (`Amount > USD5000`): those may not stand in a query with an aggregate function (SOQL Reference,
 * "convertCurrency()"), and conditions are counted by.
 */
function moneySoql(field: string, operator: Operator, amounts: ReadonlyMap<string, number>): string {
  return anyOf([...amounts].map(([code, amount]) => allOf([equals(currencyField, code), compare(field, operator, soqlNumber(amount))])));
}

const opposite: Readonly<Record<Operator, Operator>> = { '=': '!=', '!=': '=', '<': '>=', '>=': '<', '>': '<=', '<=': '>' };

/** The opposite, empty values included: what is empty is neither before nor after anything. */
export function negated(condition: Condition): Condition {
  if ('all' in condition) return { any: condition.all.map(negated) };
  if ('any' in condition) return { all: condition.any.map(negated) };
  if ('isNull' in condition) return { field: condition.field, isNull: !condition.isNull };
  const { field, operator, literal } = condition;
  const turned: Condition = { field, operator: opposite[operator], literal };
  // SOQL's != holds for empty values, and = never does; the others hold for none, so their opposite adds them.
  return operator === '=' || operator === '!=' ? turned : { any: [turned, { field, isNull: true }] };
}

/** Whether a record, with the fields of the condition selected, meets it: what SOQL says of it. */
export function meets(record: SalesforceRecord, condition: Condition): boolean {
  if ('all' in condition) return condition.all.every((part) => meets(record, part));
  if ('any' in condition) return condition.any.some((part) => meets(record, part));
  const value = fieldOf(record, condition.field);
  const empty = value === null || value === undefined;
  if ('isNull' in condition) return empty === condition.isNull;
  if (empty) return condition.operator === '!=';
  return holds(condition.operator, orderOf(value, condition.literal, record));
}

/** The fields that a condition reads. */
export function fieldsOf(condition: Condition): string[] {
  if ('all' in condition) return [...new Set(condition.all.flatMap(fieldsOf))];
  if ('any' in condition) return [...new Set(condition.any.flatMap(fieldsOf))];
  return 'literal' in condition && condition.literal.kind === 'money' ? [condition.field, currencyField] : [condition.field];
}

function fieldOf(record: SalesforceRecord, path: string): unknown {
  const [relation = '', field] = path.split('.');
  const value = record[relation];
  return field === undefined ? value : typeof value === 'object' && value !== null ? (value as SalesforceRecord)[field] : undefined;
}

function literalSoql(literal: Exclude<Literal, { kind: 'money' }>): string {
  switch (literal.kind) {
    case 'text':
      return soqlString(literal.value);
    case 'date':
      return soqlDate(literal.value);
    case 'instant':
      return soqlInstant(literal.value);
    case 'boolean':
      return String(literal.value);
    case 'number':
      return soqlNumber(literal.value);
  }
}

/** Below, at or above 0. Texts compare as SOQL does it, without regard to case. */
function orderOf(value: unknown, literal: Literal, record: SalesforceRecord): number {
  switch (literal.kind) {
    case 'text':
      return compareParts(String(value).toLowerCase(), literal.value.toLowerCase());
    case 'date':
      return compareParts(String(value).slice(0, 10), literal.value);
    case 'instant':
      return compareParts(Date.parse(String(value)), Date.parse(literal.value));
    case 'money':
      return compareParts(Number(value), literal.amounts.get(String(record[currencyField])) ?? Number.NaN);
    default:
      return compareParts(Number(value), Number(literal.value));
  }
}

function compareParts<Part extends string | number>(one: Part, other: Part): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function holds(operator: Operator, order: number): boolean {
  switch (operator) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}
