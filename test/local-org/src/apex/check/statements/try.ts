import type { Statement } from '../../parse/ast.ts';
import { isCatchable } from '../../run/apex-throw.ts';
import { NORMAL } from '../../run/frame.ts';
import type { Completion, Frame, Step } from '../../run/frame.ts';
import { typeName } from '../../types.ts';
import type { ApexValue } from '../../values/values.ts';
import type { Context } from '../context.ts';
import { fail } from '../problems.ts';
import { isException, isSubtype } from '../type-relations.ts';
import { checkBlock } from './check-statement.ts';

/** Only guest exceptions are seen here: a limit or a fault of the host passes through, finally blocks included. */
export function checkTry(s: Extract<Statement, { kind: 'try' }>, context: Context): Step {
  const body = checkBlock(s.body, context);
  const types = s.catches.map((clause) => context.type(clause.type));
  const catches = s.catches.map((clause, index) => {
    const type = types[index];
    if (!type || !isException(type, context.program))
      return fail(`Catch block variable must be of type exception: ${type ? typeName(type) : ''}`, clause.pos);
    if (types.slice(0, index).some((earlier) => isSubtype(type, earlier, context.program)))
      context.report(`Exception type already caught: ${typeName(type)}`, clause.pos);
    return context.scope.nested(() => {
      const { slot } = context.scope.declare(clause.variable, type, clause.pos);
      return { type, slot, body: checkBlock(clause.body, context) };
    });
  });
  const last = s.finallyBody ? checkBlock(s.finallyBody, context) : null;

  const guarded = (f: Frame): Completion => {
    const depth = f.rt.depth;
    try {
      return body(f);
    } catch (error) {
      if (!isCatchable(error)) throw error;
      const clause = catches.find(({ type }) => f.rt.isInstance(error.value, type));
      if (!clause) throw error;
      f.rt.unwind(depth);
      f.locals[clause.slot] = error.value;
      return clause.body(f);
    }
  };
  if (!last) return guarded;
  return (f) => {
    const depth = f.rt.depth;
    let completion: Completion;
    let result: ApexValue;
    try {
      completion = guarded(f);
      ({ result } = f);
    } catch (error) {
      if (!isCatchable(error)) throw error;
      f.rt.unwind(depth);
      const overriding = last(f);
      if (overriding === NORMAL) throw error;
      return overriding;
    }
    const overriding = last(f);
    if (overriding !== NORMAL) return overriding;
    f.result = result;
    return completion;
  };
}
