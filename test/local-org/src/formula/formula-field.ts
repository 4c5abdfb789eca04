import type { FieldDef, ObjectDef, Schema, Value } from '../schema/types.ts';
import { compileFormula } from './compile-formula.ts';
import { FormulaError, formulaType, type FieldPath, type FormulaContext, type FormulaType, type ReadField } from './formula-types.ts';

/** The computation of a formula field, in the shape in which queries ask for it (`FormulaCompiler`). */
export interface FormulaFieldComputation {
  readonly paths: readonly FieldPath[];
  /** Null for a record for which the formula has no value. */
  evaluate(context: FormulaContext, read: ReadField): Value;
}

/** Where the computation of each formula field is kept, by the definition: a deploy makes new definitions. */
const compiled = new WeakMap<FieldDef, FormulaFieldComputation>();

/**
 * How a formula field is computed. Formulas have been checked when they were deployed.
 * @throws NotSupported for what the local org has not learned
 */
export function formulaField(object: ObjectDef, field: FieldDef, schema: Schema): FormulaFieldComputation {
  const known = compiled.get(field);
  if (known) return known;
  if (field.formula === null) throw new Error(`${object.name}.${field.name} is no formula field`);
  const result = compileFormula(field.formula, object, schema, resultType(field));
  if (result.kind === 'problems')
    throw new Error(`The formula of ${object.name}.${field.name} was deployed unchecked: ${result.problems.join(' ')}`);
  const made: FormulaFieldComputation = {
    paths: result.paths,
    evaluate: (context, read) => valueOrBlank(() => result.evaluate({ context, read, readPrior: null })),
  };
  compiled.set(field, made);
  return made;
}

/** The type that a formula must have to fit its field. */
export function resultType(field: FieldDef): FormulaType | undefined {
  return formulaType(field.type);
}

/** The API shows a formula that has no value (`#Error!`) as null. */
function valueOrBlank(evaluate: () => Value): Value {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof FormulaError) return null;
    throw error;
  }
}
