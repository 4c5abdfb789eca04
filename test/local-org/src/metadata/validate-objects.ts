import type { Problem } from '../errors.ts';
import type { DeployedObject } from '../schema/deployed-object.ts';
import type { Schema } from '../schema/types.ts';
import type { Package } from './package.ts';

/**
 * References of a package to objects that are nowhere: neither standard, nor deployed before, nor in the package. Comes
 * before `createSchema`, which takes them for granted.
 * @param standard the schema of an org without any package
 */
export function validateObjects(pkg: Package, deployed: readonly DeployedObject[], standard: Schema): Problem[] {
  const custom = new Map(deployed.map((object) => [object.name.toLowerCase(), object]));
  const problems: Problem[] = [];
  for (const { name, declared, fields, validationRules, records, parts } of pkg.objects) {
    const at = declared?.at ?? fields[0]?.at ?? validationRules[0]?.at ?? records[0]?.at ?? parts[0]?.at;
    if (at === undefined) continue;
    const known = standard.object(name).kind;
    if (known === 'unsupported') problems.push({ message: `Not supported by the local org: object ${name}`, location: at });
    else if (known === 'unknown' && !isDeclared(custom.get(name.toLowerCase()))) {
      problems.push({ message: `Entity of type 'CustomObject' named '${name}' cannot be found`, location: at });
    }
    for (const { field, at: location } of fields) {
      const target = field.referenceTo;
      if (target === null || custom.get(target.toLowerCase())?.nameField != null) continue;
      const kind = standard.object(target).kind;
      if (kind === 'unsupported') problems.push({ message: `Not supported by the local org: object ${target}`, location });
      if (kind === 'unknown')
        problems.push({ message: `referenceTo value of '${target}' does not resolve to a valid sObject type`, location });
    }
  }
  return [...problems, ...relationshipNames(pkg, deployed)];
}

function isDeclared(object: DeployedObject | undefined): boolean {
  return object !== undefined && (object.nameField !== null || object.metadataRecords !== undefined);
}

/** Two fields may not give one parent the same child relationship. */
function relationshipNames(pkg: Package, deployed: readonly DeployedObject[]): Problem[] {
  const owners = new Map<string, string>();
  const problems: Problem[] = [];
  const places = new Map(pkg.objects.flatMap(({ fields }) => fields.map((field) => [field.name.toLowerCase(), field.at])));
  for (const object of deployed) {
    for (const field of object.fields) {
      if (field.referenceTo === null || field.relationshipName === null) continue;
      const key = `${field.referenceTo}.${field.relationshipName}`.toLowerCase();
      const name = `${object.name}.${field.name}`;
      const other = owners.get(key);
      const location = places.get(name.toLowerCase()) ?? (other === undefined ? undefined : places.get(other.toLowerCase()));
      if (other !== undefined && location) {
        const message = `There is already a Child Relationship named ${field.relationshipName} on ${field.referenceTo}, of ${other}`;
        problems.push({ message, location });
      }
      owners.set(key, name);
    }
  }
  return problems;
}
