import type { Expression } from '../../parse/ast.ts';
import { castValue } from '../../run/cast.ts';
import { T, typeName } from '../../types.ts';
import type { ApexType } from '../../types.ts';
import type { Context } from '../context.ts';
import { conversionCost, convert } from '../conversions.ts';
import { fail } from '../problems.ts';
import { isNumeric, isPrimitive, isSObject, isSubtype } from '../type-relations.ts';
import type { Typed } from '../typed.ts';
import { singleRow } from '../typed.ts';
import { checkValue } from './check-expression.ts';

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>;

/** `(Account) record`. A plain name in parentheses before a sign, `(x) - 1`, is a cast to the platform's own compiler too: Invalid type: x. */
export function checkCast(e: Of<'cast'>, context: Context): Typed {
  const type = context.type(e.type);
  const operand = checkValue(e.operand, context);
  if (operand.isQuery && isSObject(type))
    return {
      type,
      code: singleRow(
        operand,
        type,
        e.pos,
        `Incompatible types since an instance of ${typeName(operand.type)} is never an instance of ${typeName(type)}`,
      ),
    };
  const implicit = convert(operand.code, operand.type, type, context.program);
  if (implicit) return { type, code: implicit, ...(operand.isQuery ? { isQuery: true } : {}) };
  if (!castable(operand.type, type, context))
    fail(`Incompatible types since an instance of ${typeName(operand.type)} is never an instance of ${typeName(type)}`, e.pos);
  return { type, code: castValue(operand.code, type) };
}

/** Down the hierarchy, between interfaces and classes, and between numbers. */
function castable(from: ApexType, to: ApexType, context: Context): boolean {
  if (from === T.Object || to === T.Object) return true;
  if (isNumeric(from) && isNumeric(to)) return true;
  if (isPrimitive(from) || isPrimitive(to)) return conversionCost(to, from, context.program) !== null && !isPrimitive(from);
  if (isSubtype(to, from, context.program)) return true;
  if (from.args.length > 0 || to.args.length > 0) {
    if (from.name !== to.name) return to.name === 'Iterable' || from.name === 'Iterable';
    return from.args.every(
      (arg, index) => castable(arg, to.args[index] ?? arg, context) || arg === T.Object || to.args[index] === T.Object,
    );
  }
  const isInterface = (type: ApexType): boolean =>
    type.kind === 'user' ? context.program.classNamed(type.name)?.kind === 'interface' : false;
  return isInterface(from) || isInterface(to) || (from.kind === 'user' && to.kind === 'platform' && !isPrimitive(to));
}

export function checkInstanceOf(e: Of<'instanceOf'>, context: Context): Typed {
  const operand = checkValue(e.operand, context);
  const type = context.type(e.type);
  if (operand.type.kind !== 'null' && isSubtype(operand.type, type, context.program)) {
    fail(
      `Operation instanceof is always true since an instance of ${typeName(operand.type)} is always an instance of ${typeName(type)}`,
      e.pos,
    );
  }
  if (!castable(operand.type, type, context) && conversionCost(operand.type, type, context.program) === null) {
    fail(
      `Operation instanceof is always false since an instance of ${typeName(operand.type)} is never an instance of ${typeName(type)}`,
      e.pos,
    );
  }
  return {
    type: T.Boolean,
    code: (f) => {
      const value = operand.code(f);
      return value !== null && f.rt.isInstance(value, type);
    },
  };
}
