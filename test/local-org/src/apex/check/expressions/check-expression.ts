import type { Expression } from '../../parse/ast.ts';
import { T, typeName } from '../../types.ts';
import type { Code } from '../../run/frame.ts';
import type { Context } from '../context.ts';
import { fail, notSupported } from '../problems.ts';
import type { Typed } from '../typed.ts';
import { checkAssign, checkStep } from './assignment.ts';
import { checkCall } from './calls.ts';
import { checkCast, checkInstanceOf } from './casts.ts';
import { checkElements, checkNew, checkPairs, checkSized } from './creators.ts';
import { checkField, checkName } from './names.ts';
import { checkIndex } from './index-access.ts';
import { checkLiteral } from './literals.ts';
import { checkBinary, checkTernary, checkUnary } from './operators.ts';
import { checkSoql } from './soql.ts';
import { classLiteral } from '../../run/type-values.ts';

/** Checks one expression: names, types, and the code that will run. */
export function checkExpression(e: Expression, context: Context): Typed {
  switch (e.kind) {
    case 'literal':
      return checkLiteral(e);
    case 'name':
      return checkName(e, context);
    case 'this':
      if (!context.cls || context.isStatic) fail('This cannot be referenced in a static context', e.pos);
      return { type: context.cls.type, code: (f) => f.self };
    case 'super':
      return fail("'super' may only be used to call a method or constructor", e.pos);
    case 'classLiteral':
      return { type: T.Type, code: classLiteral(context.type(e.type)) };
    case 'field':
      return checkField(e, context);
    case 'call':
      return checkCall(e, context);
    case 'constructorCall':
      return fail(`Call to '${e.which}()' must be the first statement in a constructor method`, e.pos);
    case 'index':
      return checkIndex(e, context);
    case 'new':
      return checkNew(e, context);
    case 'newSized':
      return checkSized(e, context);
    case 'newElements':
      return checkElements(e, context);
    case 'newPairs':
      return checkPairs(e, context);
    case 'cast':
      return checkCast(e, context);
    case 'instanceOf':
      return checkInstanceOf(e, context);
    case 'unary':
      return checkUnary(e, context);
    case 'step':
      return checkStep(e, context);
    case 'binary':
      return checkBinary(e, context);
    case 'ternary':
      return checkTernary(e, context);
    case 'assign':
      return checkAssign(e, context);
    case 'soql':
      return checkSoql(e, context);
    case 'unsupported':
      return notSupported(e.construct, e.pos);
  }
}

/** A condition: Boolean, and null throws as any null that is used. */
export function checkCondition(e: Expression, context: Context): Code {
  const typed = checkExpression(e, context);
  if (typed.type !== T.Boolean) fail(`Condition expression must be of type Boolean: ${typeName(typed.type)}`, e.pos);
  return (f) => {
    const value = typed.code(f);
    return value === null ? f.rt.nullPointer() : value;
  };
}

/** An expression whose value is used; one of type void fits nowhere, which whoever takes it says in its own words. */
export function checkValue(e: Expression, context: Context): Typed {
  return checkExpression(e, context);
}
