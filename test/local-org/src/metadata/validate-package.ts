import { NotSupported, type Problem } from '../errors.ts';
import { compileFormula } from '../formula/compile-formula.ts';
import { resultType } from '../formula/formula-field.ts';
import { createSchema } from '../schema/create-schema.ts';
import type { Schema } from '../schema/types.ts';
import type { Package } from './package.ts';
import { References } from './references.ts';
import { toDeployedObjects } from './to-deployed-objects.ts';
import { validateComponents } from './validate-components.ts';
import { validateCustomMetadata } from './validate-custom-metadata.ts';
import { validateObjects } from './validate-objects.ts';
import { validatePermissionSets } from './validate-permission-sets.ts';
import { validateValidationRules } from './validate-validation-rules.ts';

export interface Validation {
  readonly problems: readonly Problem[];
  /** Whether the objects fit together, so that a schema can be made of them in spite of the problems, and Apex be checked. */
  readonly isSound: boolean;
}

/**
 * Everything in an org's metadata that refers to something: lookups, formulas, permission sets, layouts, pages, components.
 * Without problems it can be deployed. Apex is checked by the engine, and what components import
 * of it by `apexImportProblems`.
 * @param pkg all that the org would have, not only what a deploy brings
 */
export function validatePackage(pkg: Package): Validation {
  const deployed = toDeployedObjects(pkg);
  const problems = validateObjects(pkg, deployed, createSchema([]));
  if (problems.length > 0) return { problems, isSound: false };
  const schema = createSchema(deployed);
  const references = new References(pkg, schema);
  const found = [
    ...validateFormulas(pkg, schema),
    ...validateValidationRules(pkg, schema),
    ...validateCustomMetadata(pkg, schema),
    ...validatePermissionSets(references),
    ...validateComponents(references),
  ];
  return { problems: found, isSound: true };
}

function validateFormulas(pkg: Package, schema: Schema): Problem[] {
  const fields = pkg.objects.flatMap((object) => object.fields);
  return fields.flatMap(({ object, field, at }) => {
    const owner = schema.object(object);
    if (owner.kind !== 'known') return [];
    const def = schema.field(owner.def, field.name);
    if (def.kind !== 'known' || def.def.formula === null) return [];
    try {
      const compiled = compileFormula(def.def.formula, owner.def, schema, resultType(def.def));
      return compiled.kind === 'formula' ? [] : compiled.problems.map((message) => ({ message, location: at }));
    } catch (error) {
      if (!(error instanceof NotSupported)) throw error;
      return [{ message: error.message, location: at }];
    }
  });
}
