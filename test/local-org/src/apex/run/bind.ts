import type { BindUse, BindValue } from '../../soql/types.ts';
import { bindValue } from '../platform/bind-value.ts';
import type { ApexValue } from '../values/values.ts';
import type { Interpreter } from './interpreter.ts';

/** A bind expression's value as SOQL compares it; one value after IN stands for a list of it. */
export function bindFor(rt: Interpreter, value: ApexValue, use: BindUse | undefined): BindValue {
  const bound = bindValue(rt, value);
  return use?.list && !Array.isArray(bound) ? [bound as Exclude<BindValue, readonly unknown[]>] : bound;
}
