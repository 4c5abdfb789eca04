import { NotSupported, type Problem } from '../errors.ts';
import { compileFormula } from '../formula/compile-formula.ts';
import type { Schema } from '../schema/types.ts';
import type { Package, ValidationRuleComponent } from './package.ts';

/**
 * What is wrong with the validation rules of a package: names and types of their formulas, and the field beside which the
 * message is shown.
 * @param schema as it will be after the deploy
 */
export function validateValidationRules(pkg: Package, schema: Schema): Problem[] {
  return pkg.objects.flatMap(({ validationRules }) => validationRules).flatMap((rule) => ruleProblems(rule, schema));
}

function ruleProblems({ object, rule, conditionAt, displayFieldAt }: ValidationRuleComponent, schema: Schema): Problem[] {
  const owner = schema.object(object);
  if (owner.kind !== 'known') return [];
  const problems: Problem[] = [];
  try {
    const compiled = compileFormula(rule.condition, owner.def, schema, 'Boolean', 'validation');
    if (compiled.kind === 'problems') problems.push(...compiled.problems.map((message) => ({ message, location: conditionAt })));
  } catch (error) {
    if (!(error instanceof NotSupported)) throw error;
    problems.push({ message: error.message, location: conditionAt });
  }
  const { displayField } = rule;
  if (displayField !== null && schema.field(owner.def, displayField).kind !== 'known') {
    problems.push({
      message: `In field: errorDisplayField - no CustomField named ${object}.${displayField} found`,
      location: displayFieldAt,
    });
  }
  return problems;
}
