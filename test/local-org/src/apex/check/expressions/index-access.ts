import type { Expression } from '../../parse/ast.ts';
import { T, typeName } from '../../types.ts';
import { ApexList } from '../../values/apex-list.ts';
import type { ApexValue } from '../../values/values.ts';
import type { Context } from '../context.ts';
import { fail } from '../problems.ts';
import { coerce } from '../typed.ts';
import type { Target, Typed } from '../typed.ts';
import { checkValue } from './check-expression.ts';
import { memberOf } from './safe-navigation.ts';

type IndexExpression = Extract<Expression, { kind: 'index' }>;

export function indexTarget(e: IndexExpression, context: Context, list: Typed = checkValue(e.target, context)): Target {
  if (list.type.name !== 'List') fail(`Expression must be a list type: ${typeName(list.type)}`, e.pos);
  const at = checkValue(e.index, context);
  const index = coerce(at, T.Integer, context, e.pos, `List index must be of type Integer: ${typeName(at.type)}`);
  return {
    type: list.type.args[0] ?? T.Object,
    open: (f) => list.code(f) ?? f.rt.nullPointer(),
    openIndex: (f) => index(f) ?? f.rt.nullPointer(),
    read: (f, opened, at) => itemsOf(opened, at, f.rt)[Number(at)] ?? null,
    write: (f, opened, at, value) => void (itemsOf(opened, at, f.rt)[Number(at)] = value),
  };
}

export function checkIndex(e: IndexExpression, context: Context): Typed {
  return memberOf(checkValue(e.target, context), false, context, (list) => {
    const target = indexTarget(e, context, list);
    return { type: target.type, code: (f) => target.read(f, target.open(f), target.openIndex?.(f) ?? null) };
  });
}

function itemsOf(
  list: ApexValue,
  index: ApexValue,
  rt: { throwApex(type: string, message: string): never; nullPointer(): never },
): ApexValue[] {
  if (!(list instanceof ApexList) || typeof index !== 'number') return rt.nullPointer();
  if (index < 0 || index >= list.items.length) return rt.throwApex('ListException', `List index out of bounds: ${index}`);
  return list.items;
}
