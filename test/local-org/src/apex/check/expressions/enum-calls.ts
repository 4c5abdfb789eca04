import type { Expression } from '../../parse/ast.ts';
import { T } from '../../types.ts';
import type { ApexType } from '../../types.ts';
import { ApexEnumValue } from '../../values/apex-enum-value.ts';
import { ApexList } from '../../values/apex-list.ts';
import { platformEnum } from '../../values/platform-enum.ts';
import type { Context } from '../context.ts';
import { notSupported } from '../problems.ts';
import { coerce } from '../typed.ts';
import type { Typed } from '../typed.ts';

type CallExpression = Extract<Expression, { kind: 'call' }>;

function constants(type: ApexType, context: Context): readonly ApexEnumValue[] {
  return type.kind === 'user' ? (context.program.classNamed(type.name)?.enumConstants ?? []) : platformEnum(type.name);
}

/** `Season.values()`, `Season.valueOf('WINTER')`. @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_enums.htm */
export function enumStatic(type: ApexType, e: CallExpression, args: readonly Typed[], context: Context): Typed | undefined {
  const name = e.name.toLowerCase();
  const all = constants(type, context);
  if (name === 'values' && args.length === 0) return { type: T.list(type), code: () => new ApexList(type, [...all]) };
  const text = args[0];
  if (name !== 'valueof' || !text || args.length !== 1) return undefined;
  const code = coerce(text, T.String, context, e.pos);
  return {
    type,
    code: (f) => {
      const wanted = code(f);
      if (typeof wanted !== 'string') return f.rt.nullPointer();
      return (
        all.find((value) => value.name.toLowerCase() === wanted.toLowerCase()) ??
        f.rt.throwApex('NoSuchElementException', `No enum constant ${type.name}.${wanted}`)
      );
    },
  };
}

/** `season.name()`, `season.ordinal()` */
export function enumMethod(target: Typed, e: CallExpression, args: readonly Typed[], context: Context): Typed | undefined {
  const name = e.name.toLowerCase();
  const enumValue = (f: Parameters<Typed['code']>[0]): ApexEnumValue => {
    const value = target.code(f);
    return value instanceof ApexEnumValue ? value : f.rt.nullPointer();
  };
  if (args.length === 0) {
    if (name === 'name' || name === 'tostring') return { type: T.String, code: (f) => enumValue(f).name };
    // The catalogue has the constants of platform enums in alphabetical order.
    if (name === 'ordinal' && target.type.kind === 'platform') notSupported(`${target.type.name}.ordinal()`, e.pos);
    if (name === 'ordinal' || name === 'hashcode') return { type: T.Integer, code: (f) => enumValue(f).ordinal };
  }
  const other = args[0];
  if (name === 'equals' && other && args.length === 1) {
    const code = coerce(other, T.Object, context, e.pos);
    return { type: T.Boolean, code: (f) => f.rt.equals(enumValue(f), code(f)) };
  }
  return undefined;
}
