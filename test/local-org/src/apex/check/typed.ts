import type { Position } from '../parse/ast.ts';
import type { Code, Frame } from '../run/frame.ts';
import type { ApexType } from '../types.ts';
import type { ApexValue } from '../values/values.ts';
import type { Context } from './context.ts';
import { convert } from './conversions.ts';
import { fail } from './problems.ts';
import { isSObject } from './type-relations.ts';
import { T, typeName } from '../types.ts';
import { ApexList } from '../values/apex-list.ts';

/** A checked expression: its static type and what runs. */
export interface Typed {
  readonly type: ApexType;
  readonly code: Code;
  /** A query: a list that may also stand where one record is wanted. */
  readonly isQuery?: boolean;
  /** `opp.Account`: a field of a parent that is null reads null instead of throwing. */
  readonly isParent?: boolean;
}

/** Something that can be assigned to. `open` runs once; read and write use what it found. */
export interface Target {
  /** Set where the platform lets nobody write: `Account.CreatedDate`. */
  readonly unwriteable?: string;
  readonly type: ApexType;
  readonly open: (frame: Frame) => ApexValue;
  readonly openIndex?: (frame: Frame) => ApexValue;
  readonly read: (frame: Frame, opened: ApexValue, index: ApexValue) => ApexValue;
  readonly write: (frame: Frame, opened: ApexValue, index: ApexValue, value: ApexValue) => void;
}

/** Converts to the type that the place wants, or reports the platform's message. */
export function coerce(
  typed: Typed,
  to: ApexType,
  context: Context,
  pos: Position,
  message = `Illegal assignment from ${typeName(typed.type)} to ${typeName(to)}`,
): Code {
  if (typed.isQuery && isSObject(to)) return singleRow(typed, to, pos, message);
  const code = convert(typed.code, typed.type, to, context.program);
  if (!code) fail(message, pos);
  return code;
}

/** One record out of a query result, as assignment and field access take it. */
export function singleRow(typed: Typed, to: ApexType, pos: Position, message: string): Code {
  const element = typed.type.args[0];
  if (element && element !== to && to !== T.SObject && element !== T.SObject) fail(message, pos);
  return (f) => {
    const list = typed.code(f);
    if (!(list instanceof ApexList)) return list;
    if (list.items.length === 1) return list.items[0] ?? null;
    return f.rt.throwApex(
      'QueryException',
      list.items.length === 0 ? 'List has no rows for assignment to SObject' : 'List has more than 1 row for assignment to SObject',
    );
  };
}
