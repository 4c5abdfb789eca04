import type { Value } from '../schema/types.ts';
import { FormulaError, isBlank, type Checked, type Evaluation, type FormulaType, type FormulaUse } from './formula-types.ts';

const ORDERED: ReadonlySet<FormulaType> = new Set(['Number', 'Date', 'DateTime', 'Time']);
const DAY_MS = 86_400_000;

/** The result of a binary operator on two checked operands, or what is wrong with their types. */
export function operation(operator: string, left: Checked, right: Checked, use: FormulaUse): Checked | string {
  if (operator === '&') return concatenation(operator, left, right);
  if (operator === '+' && (left.type === 'Text' || right.type === 'Text')) return concatenation(operator, left, right);
  if (/^[-+*/^]$/.test(operator)) return arithmetic(operator, left, right, use);
  return comparison(operator, left, right, use);
}

function wrongType(operator: string, expected: string, received: FormulaType): string {
  return `Incorrect parameter type for operator '${operator}'. Expected ${expected}, received ${received}`;
}

function concatenation(operator: string, left: Checked, right: Checked): Checked | string {
  const strange = [left, right].find(({ type }) => type !== 'Text' && type !== 'Null');
  if (strange) return wrongType(operator, 'Text', strange.type);
  return { type: 'Text', run: (evaluation) => String(left.run(evaluation) ?? '') + String(right.run(evaluation) ?? '') };
}

/** @see https://help.salesforce.com/s/articleView?id=platform.customize_functions.htm (math operators; days for dates) */
function arithmetic(operator: string, left: Checked, right: Checked, use: FormulaUse): Checked | string {
  const [a, b] = [left.type === 'Null' ? 'Number' : left.type, right.type === 'Null' ? 'Number' : right.type];
  const moves = operator === '+' || operator === '-';
  const strange = [a, b].find((type) => type !== 'Number' && !(moves && (type === 'Date' || type === 'DateTime')));
  if (strange) return wrongType(operator, moves ? 'Number, Date, DateTime' : 'Number', strange);
  if (a === 'Number' && b === 'Number') {
    return { type: 'Number', run: both(left, right, use, (one, other) => exact(computed(operator, Number(one), Number(other)))) };
  }
  if (a !== 'Number' && b !== 'Number') {
    if (operator === '+' || a !== b) return wrongType(operator, operator === '+' ? 'Number' : a, b);
    return { type: 'Number', run: both(left, right, use, (one, other) => exact((moment(one) - moment(other)) / DAY_MS)) };
  }
  if (a === 'Number' && operator === '-') return wrongType(operator, 'Number', b);
  const type = a === 'Number' ? b : a;
  const sign = operator === '-' ? -1 : 1;
  const run = both(left, right, use, (one, other) => {
    const [date, days] = a === 'Number' ? [other, one] : [one, other];
    return type === 'Date' ? moved(moment(date), sign * Number(days)) : moment(date) + Math.round(sign * Number(days) * DAY_MS);
  });
  return { type, run };
}

/** A result without what binary fractions leave behind; the platform computes in decimals. */
function exact(value: number): number {
  if (!Number.isFinite(value)) throw new FormulaError('the result is no number');
  return Number(value.toPrecision(15));
}

function computed(operator: string, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      if (right === 0) throw new FormulaError('Division by zero');
      return left / right;
    default:
      return left ** right;
  }
}

/** Epoch milliseconds of a date (its midnight in UTC) or a datetime. */
function moment(value: Value): number {
  return typeof value === 'number' ? value : Date.parse(`${String(value)}T00:00:00Z`);
}

/** Fractions of a day are cut off. */
function moved(from: number, days: number): string {
  return new Date(from + Math.trunc(days) * DAY_MS).toISOString().slice(0, 10);
}

/** Runs `compute` on both values; null where one is blank and does not count as zero. */
function both(
  left: Checked,
  right: Checked,
  use: FormulaUse,
  compute: (left: Value, right: Value) => Value,
): (evaluation: Evaluation) => Value {
  return (evaluation) => {
    const [one, other] = [operand(left, evaluation, use), operand(right, evaluation, use)];
    return one === null || other === null ? null : compute(one, other);
  };
}

function operand({ type, run }: Checked, evaluation: Evaluation, use: FormulaUse): Value {
  const value = run(evaluation);
  if (!isBlank(value)) return value;
  if (type === 'Text') return '';
  return use === 'field' && (type === 'Number' || type === 'Null') ? 0 : null;
}

function comparison(operator: string, left: Checked, right: Checked, use: FormulaUse): Checked | string {
  const type = left.type === 'Null' ? right.type : left.type;
  const isEquality = /^(?:=|==|<>|!=)$/.test(operator);
  if (!isEquality && !ORDERED.has(type) && type !== 'Null') return wrongType(operator, 'Number, Date, DateTime', type);
  if (right.type !== type && right.type !== 'Null' && left.type !== 'Null') return wrongType(operator, type, right.type);
  const isBlankTest = left.type === 'Null' || right.type === 'Null';
  return {
    type: 'Boolean',
    run: (evaluation) => {
      const [one, other] = [operand({ ...left, type }, evaluation, use), operand({ ...right, type }, evaluation, use)];
      // In a validation rule a blank number is not unequal to a number, nor equal: the comparison has no answer.
      if (type === 'Number' && !isBlankTest && (one === null) !== (other === null)) return false;
      return compared(operator, one, other);
    },
  };
}

function compared(operator: string, left: Value, right: Value): boolean {
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '<>':
    case '!=':
      return left !== right;
  }
  if (left === null || right === null) return false;
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    default:
      return left >= right;
  }
}
