import type { ObjectDef, Schema, Value } from '../schema/types.ts';
import { check } from './check-formula.ts';
import type { Evaluation, FieldPath, FormulaType, FormulaUse } from './formula-types.ts';
import { parseFormula } from './parse-formula.ts';
import { FormulaSyntaxError } from './syntax.ts';

export interface CompiledFormula {
  readonly kind: 'formula';
  readonly type: FormulaType;
  /** The fields that it reads, each once. */
  readonly paths: readonly FieldPath[];
  /**
   * Blank text counts as empty. A blank number counts as zero in a formula field; in a validation rule what is computed
   * from it is blank, and a comparison with it does not hold.
   * @throws FormulaError for a record for which the formula has no value
   */
  readonly evaluate: (evaluation: Evaluation) => Value;
}

export type FormulaResult = CompiledFormula | { readonly kind: 'problems'; readonly problems: readonly string[] };

/**
 * Parses and checks a formula on an object's records.
 * @param expected the type that the result must have, if that is given
 * @param use what the formula belongs to
 * @returns the computation, or what is wrong in the platform's words
 * @throws NotSupported for a function, operator or field that the platform has and the local org has not learned
 */
export function compileFormula(
  text: string,
  object: ObjectDef,
  schema: Schema,
  expected?: FormulaType,
  use: FormulaUse = 'field',
): FormulaResult {
  try {
    const { root, paths, problems } = check(parseFormula(text), object, schema, use);
    if (problems.length === 0 && expected !== undefined && root.type !== expected && root.type !== 'Null') {
      problems.push(`Formula result is data type (${root.type}), incompatible with expected data type (${expected}).`);
    }
    if (problems.length > 0) return { kind: 'problems', problems };
    return { kind: 'formula', type: root.type, paths, evaluate: (evaluation) => stored(root.run(evaluation)) };
  } catch (error) {
    if (error instanceof FormulaSyntaxError) return { kind: 'problems', problems: [error.message] };
    throw error;
  }
}

function stored(value: Value): Value {
  return value === '' ? null : value;
}
