import { allOf, anyOf, compare, soqlDate, soqlInstant, soqlNumber, soqlString } from './soql-builder.ts';
import type { Operator } from './soql-builder.ts';
import type { SalesforceRecord } from './gateway.ts';

/** A value to compare with. Money without a currency is a plain number. */
export type Literal =
  | { kind: 'text' | 'date' | 'instant'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'money'; value: number; currency: string };

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
  return compare(condition.field, condition.operator, literalSoql(condition.literal));
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

/** How many of a currency one of the corporate currency is worth. */
export type Rates = ReadonlyMap<string, number>;

/** Whether a record, with the fields of the condition selected, meets it: what SOQL says of it. */
export function meets(record: SalesforceRecord, condition: Condition, rates: Rates = new Map()): boolean {
  if ('all' in condition) return condition.all.every((part) => meets(record, part, rates));
  if ('any' in condition) return condition.any.some((part) => meets(record, part, rates));
  const value = fieldOf(record, condition.field);
  const empty = value === null || value === undefined;
  if ('isNull' in condition) return empty === condition.isNull;
  if (empty) return condition.operator === '!=';
  return holds(condition.operator, orderOf(value, condition.literal, record, rates));
}

/** The fields that a condition reads. */
export function fieldsOf(condition: Condition): string[] {
  if ('all' in condition) return [...new Set(condition.all.flatMap(fieldsOf))];
  if ('any' in condition) return [...new Set(condition.any.flatMap(fieldsOf))];
  return [condition.field];
}

function fieldOf(record: SalesforceRecord, path: string): unknown {
  const [relation = '', field] = path.split('.');
  const value = record[relation];
  return field === undefined ? value : typeof value === 'object' && value !== null ? (value as SalesforceRecord)[field] : undefined;
}

function literalSoql(literal: Literal): string {
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
    case 'money':
      return soqlNumber(literal.value, literal.currency);
  }
}

/** Below, at or above 0. Texts compare as SOQL does it, without regard to case. */
function orderOf(value: unknown, literal: Literal, record: SalesforceRecord, rates: Rates): number {
  switch (literal.kind) {
    case 'text':
      return compareParts(String(value).toLowerCase(), literal.value.toLowerCase());
    case 'date':
      return compareParts(String(value).slice(0, 10), literal.value);
    case 'instant':
      return compareParts(Date.parse(String(value)), Date.parse(literal.value));
    case 'money':
      return compareParts(
        corporate(Number(value), String(record['CurrencyIsoCode']), rates),
        corporate(literal.value, literal.currency, rates),
      );
    default:
      return compareParts(Number(value), Number(literal.value));
  }
}

function corporate(value: number, currency: string, rates: Rates): number {
  return value / (rates.get(currency) ?? 1);
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
