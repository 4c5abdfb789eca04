import type { Code, Frame } from '../../run/frame.ts';
import type { ApexValue } from '../../values/values.ts';
import type { Context } from '../context.ts';
import type { Typed } from '../typed.ts';

/** What a chain gives its next link where a null left of `?.` has ended it. */
const ENDED = Symbol('the chain has ended');
type Link = (frame: Frame) => ApexValue | typeof ENDED;

/** Of an expression with `?.` in it: what the next link of its chain asks. Gone from whatever is made of the expression. */
const links = new WeakMap<Typed, Link>();

/**
 * A member of `target`: `a?.b` evaluates `a` once, and null ends the whole chain there: `a?.b.c()` is null and calls nothing.
 * @param isSafe whether `?.` stands before the member
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_SafeNavigationOperator.htm
 */
export function memberOf(target: Typed, isSafe: boolean, context: Context, member: (known: Typed) => Typed): Typed {
  const before = links.get(target);
  if (!isSafe && before === undefined) return member(target);
  const slot = context.scope.hidden();
  const typed = member({ ...target, code: (f) => f.locals[slot] ?? null });
  const link: Link = (f) => {
    const value = (before ?? target.code)(f);
    if (value === ENDED || (isSafe && value === null)) return ENDED;
    f.locals[slot] = value;
    return typed.code(f);
  };
  const code: Code = (f) => {
    const value = link(f);
    return value === ENDED ? null : value;
  };
  const chain: Typed = { ...typed, code };
  links.set(chain, link);
  return chain;
}
