import { T, typeName } from '../types.ts';
import type { ApexType } from '../types.ts';
import { ApexDecimal } from '../values/apex-decimal.ts';
import { ApexDouble } from '../values/apex-double.ts';
import type { ApexValue } from '../values/values.ts';
import { toNumber, widenNumber } from './convert.ts';
import type { Code } from './frame.ts';
import type { Interpreter } from './interpreter.ts';

/** A cast that the static types do not settle: checked when it runs. */
export function castValue(code: Code, type: ApexType): Code {
  return (f) => cast(code(f), type, f.rt);
}

export function cast(value: ApexValue, type: ApexType, rt: Interpreter): ApexValue {
  if (value === null || rt.isInstance(value, type)) return value;
  const number = typeof value === 'number' || typeof value === 'bigint' || value instanceof ApexDouble || value instanceof ApexDecimal;
  if (number && (type === T.Integer || type === T.Long || type === T.Double || type === T.Decimal)) return castNumber(value, type);
  return rt.throwApex('TypeException', `Invalid conversion from runtime type ${typeName(rt.typeOf(value))} to ${typeName(type)}`);
}

/** Narrowing cuts the fraction and wraps. */
function castNumber(value: ApexValue, type: ApexType): ApexValue {
  if (type === T.Decimal || type === T.Double) return widenNumber(type)(value);
  const whole = value instanceof ApexDecimal ? value.toBigInt() : typeof value === 'bigint' ? value : BigInt(Math.trunc(toNumber(value)));
  return type === T.Long ? BigInt.asIntN(64, whole) : Number(BigInt.asIntN(32, whole));
}
