import { NotSupported, type Problem } from '../errors.ts';
import { compileFormula } from '../formula/compile-formula.ts';
import { resultType } from '../formula/formula-field.ts';
import { createSchema } from '../schema/create-schema.ts';
import type { DeployedObject } from '../schema/deployed-object.ts';
import type { DeployedCustomPermission } from '../schema/deployed-permissions.ts';
import type { Schema } from '../schema/types.ts';
import type { Package } from './package.ts';
import { toDeployedObjects } from './to-deployed-objects.ts';
import { validateCustomMetadata } from './validate-custom-metadata.ts';
import { validateObjects } from './validate-objects.ts';
import { validatePermissionSets } from './validate-permission-sets.ts';
import { validateValidationRules } from './validate-validation-rules.ts';

/**
 * Everything in a package that refers to something: lookups, formulas, permission sets. Empty if it can be deployed;
 * then `createSchema(toDeployedObjects(pkg, before))` succeeds. Apex is checked by the engine.
 * @param before the objects that earlier deploys brought
 * @param classNames of the Apex classes that are installed already
 * @param customPermissions that earlier deploys brought
 */
export function validatePackage(
  pkg: Package,
  before: readonly DeployedObject[] = [],
  classNames: Iterable<string> = [],
  customPermissions: readonly DeployedCustomPermission[] = [],
): Problem[] {
  const deployed = toDeployedObjects(pkg, before);
  const problems = validateObjects(pkg, deployed, createSchema([]));
  if (problems.length > 0) return problems;
  const schema = createSchema(deployed);
  const own = pkg.apex.filter(({ kind }) => kind === 'class').map(({ name }) => name);
  return [
    ...validateFormulas(pkg, schema),
    ...validateValidationRules(pkg, schema),
    ...validateCustomMetadata(pkg, schema),
    ...validatePermissionSets(
      pkg,
      schema,
      [...classNames, ...own],
      [...customPermissions, ...pkg.customPermissions].map(({ name }) => name),
    ),
  ];
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
