import type { FieldDef, ObjectDef, Schema, Value } from '../schema/types.ts';
import { compileFormula } from './compile-formula.ts';
import type { FieldPath, FormulaType, ReadField } from './formula-types.ts';
import { formulaType } from './formula-types.ts';

/** Where the computation of each formula field is kept, by the definition: a deploy makes new definitions. */
const compiled = new WeakMap<FieldDef, { paths: readonly FieldPath[]; evaluate: (context: unknown, read: ReadField) => Value }>();

/**
 * How a formula field is computed, in the shape in which queries ask for it (`FormulaCompiler`). Formulas have been
 * checked when they were deployed.
 * @throws NotSupported for what the local org has not learned
 */
export function formulaField(
  object: ObjectDef,
  field: FieldDef,
  schema: Schema,
): { readonly paths: readonly FieldPath[]; readonly evaluate: (context: unknown, read: ReadField) => Value } {
  const known = compiled.get(field);
  if (known) return known;
  if (field.formula === null) throw new Error(`${object.name}.${field.name} is no formula field`);
  const result = compileFormula(field.formula, object, schema, resultType(field));
  if (result.kind === 'problems')
    throw new Error(`The formula of ${object.name}.${field.name} was deployed unchecked: ${result.problems.join(' ')}`);
  const made = { paths: result.paths, evaluate: (_: unknown, read: ReadField) => result.evaluate(read) };
  compiled.set(field, made);
  return made;
}

/** The type that a formula must have to fit its field. */
export function resultType(field: FieldDef): FormulaType | undefined {
  return formulaType(field.type);
}
