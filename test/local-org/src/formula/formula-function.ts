import type { Value } from '../schema/types.ts';
import type { Checked, Evaluation, FormulaType, FormulaUse } from './formula-types.ts';

/** One function: how many arguments, of which types, and what it computes. */
export interface FormulaFunction {
  readonly least: number;
  readonly most: number;
  /** False for a number of arguments between them that does not go, either. */
  readonly takesCount?: (count: number) => boolean;
  /** The types that argument `index` may have; null where any will do. */
  readonly expects: (index: number) => readonly FormulaType[] | null;
  /** True where a picklist may stand as argument `index`. */
  readonly takesPicklist?: (index: number) => boolean;
  /** True where the arguments must be fields of the record itself. */
  readonly takesFields?: true;
  /** Groups of arguments that must be of one type. */
  readonly alike?: (count: number) => readonly (readonly number[])[];
  /** Where it may be used; everywhere if left out. */
  readonly only?: FormulaUse;
  readonly returns: (args: readonly Checked[]) => FormulaType;
  readonly run: (args: readonly Checked[], evaluation: Evaluation) => Value;
}

export const VARIADIC = 255;

export function valueOf(args: readonly Checked[], index: number, evaluation: Evaluation): Value {
  const arg = args[index];
  if (!arg) throw new Error(`Argument ${index + 1} was counted and is missing`);
  return arg.run(evaluation);
}

export function textOf(args: readonly Checked[], index: number, evaluation: Evaluation): string {
  return String(valueOf(args, index, evaluation) ?? '');
}

export function firstType(args: readonly Checked[]): FormulaType {
  return args.find(({ type }) => type !== 'Null')?.type ?? 'Null';
}
