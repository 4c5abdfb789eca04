import type { BinaryOperator, Expression, Position } from '../../parse/ast.ts';
import { addDays, arithmetic, bitwise, negate } from '../../run/arithmetic.ts';
import type { Arithmetic, ArithmeticOperator, BitOperator } from '../../run/arithmetic.ts';
import { widenNumber } from '../../run/convert.ts';
import type { Code } from '../../run/frame.ts';
import { T, typeName } from '../../types.ts';
import type { ApexType } from '../../types.ts';
import type { Context } from '../context.ts';
import { conversionCost, convert } from '../conversions.ts';
import { fail } from '../problems.ts';
import { isNumeric, isSObject, numericRank } from '../type-relations.ts';
import type { Typed } from '../typed.ts';
import { checkCondition, checkValue } from './check-expression.ts';

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>;

export function checkUnary(e: Of<'unary'>, context: Context): Typed {
  const operand = checkValue(e.operand, context);
  if (e.operator === '!') {
    if (operand.type !== T.Boolean) fail('NOT operator can only be applied to boolean expressions', e.pos);
    return { type: T.Boolean, code: (f) => !(operand.code(f) ?? f.rt.nullPointer()) };
  }
  if (e.operator === '~') {
    if (operand.type !== T.Integer && operand.type !== T.Long)
      fail(`Incorrect expression type for operation: ~${typeName(operand.type)}`, e.pos);
    return {
      type: operand.type,
      code: (f) => {
        const value = operand.code(f);
        return typeof value === 'number' ? ~value : typeof value === 'bigint' ? ~value : f.rt.nullPointer();
      },
    };
  }
  if (!isNumeric(operand.type)) fail(`Unary ${e.operator === '-' ? 'negation' : 'plus'} must use a numeric argument`, e.pos);
  if (e.operator === '+') return operand;
  return { type: operand.type, code: (f) => negate(operand.code(f), f.rt) };
}

export function checkTernary(e: Of<'ternary'>, context: Context): Typed {
  const condition = checkCondition(e.condition, context);
  const a = checkValue(e.whenTrue, context);
  const b = checkValue(e.whenFalse, context);
  const type = commonType(a.type, b.type, context);
  if (!type) fail(`Incompatible types in ternary operator: ${typeName(b.type)}, ${typeName(a.type)}`, e.pos);
  const whenTrue = convert(a.code, a.type, type, context.program) ?? a.code;
  const whenFalse = convert(b.code, b.type, type, context.program) ?? b.code;
  return { type, code: (f) => (condition(f) === true ? whenTrue(f) : whenFalse(f)) };
}

/** The type that both sides of `?:` and `??` fit into. */
function commonType(a: ApexType, b: ApexType, context: Context): ApexType | null {
  if (a === b) return a;
  if (conversionCost(b, a, context.program) !== null && b !== T.Object) {
    if (!(isNumeric(a) && isNumeric(b)) || numericRank(a) > numericRank(b)) return a;
  }
  if (conversionCost(a, b, context.program) !== null) return b;
  if (isSObject(a) && isSObject(b)) return T.SObject;
  return null;
}

export function checkBinary(e: Of<'binary'>, context: Context): Typed {
  const { operator } = e;
  if (operator === '&&' || operator === '||') return logical(e, context);
  const left = checkValue(e.left, context);
  const right = checkValue(e.right, context);
  if (operator === '??') return coalesce(left, right, e.pos, context);
  if (operator === '==' || operator === '!=' || operator === '===' || operator === '!==')
    return equality(operator, left, right, e.pos, context);
  if (operator === '<' || operator === '>' || operator === '<=' || operator === '>=') return comparison(operator, left, right, e.pos);
  const { type, compute, from } = binaryOperation(operator, left.type, right.type, e.pos);
  return apply(left.code, right.code, type, compute, from);
}

function apply(left: Code, right: Code, type: ApexType, compute: Arithmetic, widenTo: ApexType | null): Typed {
  if (!widenTo) return { type, code: (f) => compute(left(f), right(f), f.rt) };
  const widen = widenNumber(widenTo);
  if (widenTo === T.Integer) return { type, code: (f) => compute(left(f), right(f), f.rt) };
  return { type, code: (f) => compute(widen(left(f)), widen(right(f)), f.rt) };
}

/** What `a op b` computes for static types; compound assignment uses it too. */
export function binaryOperation(
  operator: BinaryOperator,
  left: ApexType,
  right: ApexType,
  pos: Position,
): { type: ApexType; compute: Arithmetic; from: ApexType | null } {
  if (left.kind === 'void' || right.kind === 'void') fail('Arithmetic expressions are not allowed on void types', pos);
  if (operator === '+' && (left === T.String || right === T.String)) {
    return { type: T.String, compute: (a, b, rt) => rt.concatText(a) + rt.concatText(b), from: null };
  }
  if (isNumeric(left) && isNumeric(right)) {
    const type = numericRank(left) >= numericRank(right) ? left : right;
    if (isArithmetic(operator)) return { type, compute: arithmetic(operator, type), from: type };
    if (isBit(operator) && (type === T.Integer || type === T.Long)) {
      const result = operator === '<<' || operator === '>>' || operator === '>>>' ? left : type;
      return { type: result, compute: bitwise(operator, result), from: null };
    }
  }
  if (left === T.Boolean && right === T.Boolean && (operator === '&' || operator === '|' || operator === '^')) {
    return { type: T.Boolean, compute: bitwise(operator, T.Boolean), from: null };
  }
  if (left === T.Date && (right === T.Double || right === T.Decimal) && (operator === '+' || operator === '-'))
    fail('Date expressions must use Integer or Long', pos);
  if ((left === T.Date || left === T.Datetime) && isNumeric(right) && (operator === '+' || operator === '-')) {
    return { type: left, compute: addDays(operator === '+' ? 1 : -1), from: null };
  }
  if ((left === T.Date || left === T.Datetime) && (operator === '+' || operator === '-'))
    fail(`${typeName(left)} expressions must use Integer or Long`, pos);
  if (isArithmetic(operator)) fail('Arithmetic expressions must use numeric arguments', pos);
  return fail(`Incorrect expression types for operation: ${typeName(left)} ${operator} ${typeName(right)}`, pos);
}

function isArithmetic(operator: BinaryOperator): operator is ArithmeticOperator {
  return operator === '+' || operator === '-' || operator === '*' || operator === '/';
}

function isBit(operator: BinaryOperator): operator is BitOperator {
  return ['&', '|', '^', '<<', '>>', '>>>'].includes(operator);
}

function logical(e: Of<'binary'>, context: Context): Typed {
  const left = booleanOperand(e.left, context);
  const right = booleanOperand(e.right, context);
  if (e.operator === '&&') return { type: T.Boolean, code: (f) => left(f) === true && right(f) };
  return { type: T.Boolean, code: (f) => left(f) === true || right(f) };
}

function booleanOperand(e: Expression, context: Context): Code {
  const typed = checkValue(e, context);
  if (typed.type !== T.Boolean) fail('Logical operator can only be applied to Boolean', e.pos);
  return (f) => typed.code(f) ?? f.rt.nullPointer();
}

function coalesce(left: Typed, right: Typed, pos: Position, context: Context): Typed {
  if (left.type.kind === 'null') return right;
  const type = commonType(left.isQuery ? (left.type.args[0] ?? left.type) : left.type, right.type, context);
  if (!type) fail(`Incompatible types in null coalescing operator: ${typeName(left.type)}, ${typeName(right.type)}`, pos);
  const a = convert(left.code, left.type, type, context.program) ?? left.code;
  const b = convert(right.code, right.type, type, context.program) ?? right.code;
  return { type, code: (f) => a(f) ?? b(f) };
}

function equality(operator: '==' | '!=' | '===' | '!==', left: Typed, right: Typed, pos: Position, context: Context): Typed {
  if (!comparable(left.type, right.type, context))
    fail(`Comparison arguments must be compatible types: ${typeName(left.type)}, ${typeName(right.type)}`, pos);
  if (operator.length === 3 && [left.type, right.type].some((type) => isNumeric(type) || type === T.Boolean))
    fail('Exact equality operator only allowed for reference types', pos);
  const a = left.code;
  const b = right.code;
  switch (operator) {
    case '==':
      return { type: T.Boolean, code: (f) => f.rt.equals(a(f), b(f)) };
    case '!=':
      return { type: T.Boolean, code: (f) => !f.rt.equals(a(f), b(f)) };
    case '===':
      return { type: T.Boolean, code: (f) => f.rt.identical(a(f), b(f)) };
    case '!==':
      return { type: T.Boolean, code: (f) => !f.rt.identical(a(f), b(f)) };
  }
}

function comparable(a: ApexType, b: ApexType, context: Context): boolean {
  if (a.kind === 'null' || b.kind === 'null') return true;
  return conversionCost(a, b, context.program) !== null || conversionCost(b, a, context.program) !== null;
}

const ORDERED: ReadonlySet<ApexType> = new Set([T.String, T.Id, T.Date, T.Datetime, T.Time]);

/** Ordering: a null on either side is false. */
function comparison(operator: '<' | '>' | '<=' | '>=', left: Typed, right: Typed, pos: Position): Typed {
  const numeric = isNumeric(left.type) && isNumeric(right.type);
  const same = left.type === right.type && ORDERED.has(left.type);
  const mixed =
    [left.type, right.type].every((type) => type === T.Date || type === T.Datetime) ||
    [left.type, right.type].every((type) => type === T.String || type === T.Id);
  if (!numeric && !same && !mixed) {
    const unordered = [left.type, right.type].find((type) => !isNumeric(type) && !ORDERED.has(type) && type.kind !== 'null');
    if (unordered) fail(`Inequality operator not allowed for this type: ${typeName(unordered)}`, pos);
    fail(`Comparison arguments must be compatible types: ${typeName(left.type)}, ${typeName(right.type)}`, pos);
  }
  const test: (order: number) => boolean =
    operator === '<'
      ? (order) => order < 0
      : operator === '>'
        ? (order) => order > 0
        : operator === '<='
          ? (order) => order <= 0
          : (order) => order >= 0;
  const a = left.code;
  const b = right.code;
  return {
    type: T.Boolean,
    code: (f) => {
      const x = a(f);
      const y = b(f);
      return x !== null && y !== null && test(f.rt.order(x, y));
    },
  };
}
