import type { BinaryOperator, Expression, Position } from '../../parse/ast.ts';
import { widenNumber } from '../../run/convert.ts';
import { T, typeName } from '../../types.ts';
import type { ApexType } from '../../types.ts';
import type { ApexValue } from '../../values/values.ts';
import type { Context } from '../context.ts';
import { fail } from '../problems.ts';
import { isNumeric, isSObject } from '../type-relations.ts';
import { coerce } from '../typed.ts';
import type { Target, Typed } from '../typed.ts';
import { checkExpression, checkValue } from './check-expression.ts';
import { fieldTarget, refuseStatic } from './class-fields.ts';
import { indexTarget } from './index-access.ts';
import { resolveEntity } from './names.ts';
import { binaryOperation } from './operators.ts';
import { platformStaticTarget, platformTarget } from './platform-properties.ts';
import { sobjectTarget } from './sobject-fields.ts';
import type { ClassSymbol } from '../symbols.ts';
import { cast } from '../../run/cast.ts';

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>;

/** What may stand left of `=`. */
function checkTarget(e: Expression, context: Context): Target {
  if (e.kind === 'name') return nameTarget(e, context);
  if (isSafe(e)) fail('Safe navigation operator cannot stand left of an assignment', e.pos);
  if (e.kind === 'index') return indexTarget(e, context);
  if (e.kind !== 'field') fail('Expression cannot be assigned', e.pos);
  const owner =
    e.target.kind === 'name' || e.target.kind === 'field'
      ? resolveEntity(e.target, context)
      : { kind: 'value' as const, typed: checkExpression(e.target, context) };
  if (owner.kind === 'namespace') fail(`Variable does not exist: ${e.name}`, e.pos);
  if (owner.kind === 'type') {
    const cls = owner.type.kind === 'user' ? context.program.classNamed(owner.type.name) : undefined;
    const field = cls?.fieldNamed(e.name);
    if (field?.isStatic) return fieldTarget(field, null, e.pos, context);
    return platformStaticTarget(owner.type, e.name, e.pos, context) ?? fail(`Variable does not exist: ${e.name}`, e.pos);
  }
  const { typed } = owner;
  if (isSObject(typed.type)) return writeable(sobjectTarget(typed, e.name, e.pos, context), e.pos);
  if (typed.type.kind === 'user') {
    const field = context.program.classNamed(typed.type.name)?.fieldNamed(e.name);
    if (!field) fail(`Variable does not exist: ${e.name}`, e.pos);
    refuseStatic(field, e.pos);
    return fieldTarget(field, typed.code, e.pos, context);
  }
  return platformTarget(typed, e.name, e.pos, context) ?? fail(`Variable does not exist: ${e.name}`, e.pos);
}

/** `a?.b` and `a?.b.c`: there may be nothing to assign to. */
function isSafe(e: Expression): boolean {
  if (e.kind === 'field') return e.safe || isSafe(e.target);
  if (e.kind === 'index') return isSafe(e.target);
  return e.kind === 'call' && (e.safe || (e.target !== null && isSafe(e.target)));
}

export function writeable(target: Target, pos: Position): Target {
  if (target.unwriteable !== undefined) fail(`Field is not writeable: ${target.unwriteable}`, pos);
  return target;
}

function nameTarget(e: Of<'name'>, context: Context): Target {
  const local = context.scope.find(e.name);
  if (local) {
    if (local.isFinal) fail(`Final variable can only be initialized in a variable declaration: ${local.name}`, e.pos);
    const { slot } = local;
    return {
      type: local.type,
      open: () => null,
      read: (f) => f.locals[slot] ?? null,
      write: (f, _o, _i, value) => void (f.locals[slot] = value),
    };
  }
  for (let scope: ClassSymbol | null = context.cls; scope; scope = scope.outer) {
    const field = scope.fieldNamed(e.name);
    if (!field) continue;
    if (!field.isStatic && (context.isStatic || scope !== context.cls)) break;
    return fieldTarget(field, field.isStatic ? null : (f) => f.self, e.pos, context);
  }
  return fail(`Variable does not exist: ${e.name}`, e.pos);
}

export function checkAssign(e: Of<'assign'>, context: Context): Typed {
  const target = checkTarget(e.target, context);
  const value = checkValue(e.value, context);
  const { type } = target;
  if (e.operator === '=') {
    const code = coerce(value, type, context, e.pos);
    return {
      type,
      code: (f) => {
        const opened = target.open(f);
        const index = target.openIndex?.(f) ?? null;
        const result = code(f);
        target.write(f, opened, index, result);
        return result;
      },
    };
  }
  const operator = e.operator.slice(0, -1) as BinaryOperator;
  const operation = binaryOperation(operator, type, value.type, e.pos);
  const narrowed = narrowing(operation.type, type, e);
  const widen = operation.from && operation.from !== T.Integer ? widenNumber(operation.from) : (x: ApexValue) => x;
  return {
    type,
    code: (f) => {
      const opened = target.open(f);
      const index = target.openIndex?.(f) ?? null;
      const computed = operation.compute(widen(target.read(f, opened, index)), widen(value.code(f)), f.rt);
      const result = narrowed ? cast(computed, type, f.rt) : computed;
      target.write(f, opened, index, result);
      return result;
    },
  };
}

/** `integer += 1L` does not compile; `string += 1` does. */
function narrowing(result: ApexType, target: ApexType, e: Of<'assign'>): boolean {
  if (result === target) return false;
  if (isNumeric(result) && isNumeric(target)) {
    if (target === T.Double || target === T.Decimal) return true;
    fail(`Illegal assignment from ${typeName(result)} to ${typeName(target)}`, e.pos);
  }
  return fail(`Illegal assignment from ${typeName(result)} to ${typeName(target)}`, e.pos);
}

export function checkStep(e: Of<'step'>, context: Context): Typed {
  const target = checkTarget(e.operand, context);
  const { type } = target;
  if (!isNumeric(type)) fail(`Incorrect expression type for operation: ${typeName(type)}${e.operator}`, e.pos);
  const one = widenNumber(type)(1);
  const operation = binaryOperation(e.operator === '++' ? '+' : '-', type, type, e.pos);
  const { prefix } = e;
  return {
    type,
    code: (f) => {
      const opened = target.open(f);
      const index = target.openIndex?.(f) ?? null;
      const before = target.read(f, opened, index);
      const after = operation.compute(before, one, f.rt);
      target.write(f, opened, index, after);
      return prefix ? after : before;
    },
  };
}
