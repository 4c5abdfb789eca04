import type { Context } from '../context.ts';
import type { Typed } from '../typed.ts';

/**
 * `a?.b`: `a` is evaluated once, and null ends the expression there.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_SafeNavigationOperator.htm
 */
export function safely(target: Typed, context: Context, member: (known: Typed) => Typed): Typed {
  const slot = context.scope.hidden();
  const typed = member({ ...target, code: (f) => f.locals[slot] ?? null });
  return {
    type: typed.type,
    code: (f) => {
      const value = target.code(f);
      f.locals[slot] = value;
      return value === null ? null : typed.code(f);
    },
  };
}
