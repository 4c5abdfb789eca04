import type { ApexSource, CheckedApex } from './apex/engine-types.ts';
import { DeployFailed, type Problem } from './errors.ts';
import { apexImportProblems, type RemoteMethod } from './metadata/lwc/apex-imports.ts';
import { componentKey, EMPTY_PACKAGE, mergePackages, withoutComponents } from './metadata/merge-packages.ts';
import type { Component, Package } from './metadata/package.ts';
import { sameContent } from './metadata/same-content.ts';
import { toDeployedObjects } from './metadata/to-deployed-objects.ts';
import { toDeployedPermissions } from './metadata/to-deployed-permissions.ts';
import { validatePackage } from './metadata/validate-package.ts';
import type { DeployedComponent, Deletion, DeployRequest, DeployResult } from './org-types.ts';
import { createSchema, type OrgFeatures } from './schema/create-schema.ts';
import type { DeployedObject } from './schema/deployed-object.ts';
import type { Schema } from './schema/types.ts';
import { ChangedType } from './store/changed-type.ts';
import { UniqueViolation } from './store/unique-violation.ts';

/** What a deploy changes in its org; the caller takes it back when the deploy throws. */
export interface DeployTarget {
  /** Switches to a schema: tables, columns and set-up records are then as it says. */
  define(schema: Schema): void;
  /** Checks and installs Apex against that schema, in place of all that is there; with problems nothing is installed. */
  installApex(sources: readonly ApexSource[]): readonly Problem[];
  /** What is wrong with Apex were it installed against that schema. */
  checkApex(sources: readonly ApexSource[], schema: Schema): CheckedApex;
  /** Asked about what component bundles import, of the Apex that is installed by then. */
  remoteMethod(className: string, method: string): RemoteMethod;
}

/** All metadata of one org, deploy by deploy. */
export class Deployments {
  readonly #features: OrgFeatures;
  /** Custom objects and custom metadata types in the order in which they came, those that are gone too: key prefixes follow it. */
  #everCustom: readonly string[] = [];
  #all: Package = EMPTY_PACKAGE;

  /** @param features what is switched on in the org */
  constructor(features: OrgFeatures = {}) {
    this.#features = features;
  }

  /** Everything that is deployed. */
  get all(): Package {
    return this.#all;
  }

  /** @throws DeployFailed; what was deployed before is then still all there is */
  deploy({ package: pkg, deletions = [] }: DeployRequest, target: DeployTarget): DeployResult {
    const before = this.#all;
    const of = (phase: Deletion['phase']): Set<string> => new Set(deletions.filter((each) => each.phase === phase).map(componentKey));
    const next = withoutComponents(mergePackages(withoutComponents(before, of('before')), pkg), of('after'));
    const found = new Set(before.components.map(componentKey));
    const isKnown = (deletion: Deletion): boolean => found.has(componentKey(deletion));
    const refuse = (problems: readonly Problem[]): void => {
      if (problems.length > 0)
        throw new DeployFailed(attributed(problems, pkg, deletions.filter(isKnown)), [...pkg.components, ...deletions]);
    };
    const { problems, isSound } = validatePackage(next);
    if (!isSound) refuse(problems);
    const everCustom = withNewNames(this.#everCustom, next);
    const schema = createSchema(numbered(toDeployedObjects(next), everCustom), toDeployedPermissions(next), this.#features);
    const apex = next.apex.map(({ file, name, kind, source, apiVersion }) => ({ file, name, kind, source, apiVersion }));
    if (problems.length > 0) refuse([...problems, ...apexProblems(next, target.checkApex(apex, schema))]);
    refuse(definitionProblems(next, () => target.define(schema)));
    refuse(target.installApex(apex));
    refuse(apexImportProblems(next, (className, method) => target.remoteMethod(className, method)));
    this.#all = next;
    this.#everCustom = everCustom;
    return {
      components: [...pkg.components.map((component) => outcomeOf(component, before)), ...deletions.filter(isKnown).map(deleted)],
      missing: deletions.filter((deletion) => !isKnown(deletion)),
    };
  }

  /** What brings back the state of now. */
  checkpoint(): () => void {
    const [all, everCustom] = [this.#all, this.#everCustom];
    return () => void ([this.#all, this.#everCustom] = [all, everCustom]);
  }
}

/** What is wrong with Apex, or with what components import of it. */
function apexProblems(all: Package, { problems, remoteMethod }: CheckedApex): readonly Problem[] {
  return problems.length > 0 ? problems : apexImportProblems(all, remoteMethod);
}

/** What the records that are there do not let happen: a field that becomes unique, or of another type. */
function definitionProblems(all: Package, define: () => void): Problem[] {
  try {
    define();
    return [];
  } catch (error) {
    if (!(error instanceof UniqueViolation) && !(error instanceof ChangedType)) throw error;
    const field = all.components.find((component) => componentKey(component) === componentKey({ type: 'CustomField', name: `${error.object}.${error.field}` })); // prettier-ignore
    if (!field) throw error;
    const message =
      error instanceof ChangedType
        ? error.message
        : `The field ${error.field} can not be unique: records of ${error.object} hold the same value more than once`;
    return [{ message, location: field.at }];
  }
}

function outcomeOf({ type, name, file, ...component }: Component, before: Package): DeployedComponent {
  const key = componentKey({ type, name });
  const existing = before.components.find((each) => componentKey(each) === key);
  const isSame = existing !== undefined && sameContent(existing, { type, name, file, ...component });
  return { type, name, file, state: existing ? (isSame ? 'unchanged' : 'changed') : 'created' };
}

function deleted({ type, name, at }: Deletion): DeployedComponent {
  return { type, name, file: at.file, state: 'deleted' };
}

/**
 * A problem in what was there before is one of the deletions, where there are any: something still refers to what goes. Without
 * deletions it stays where it is: the deploy breaks something that depends on it.
 */
function attributed(problems: readonly Problem[], pkg: Package, deletions: readonly Deletion[]): Problem[] {
  const files = new Set(pkg.components.map(({ file }) => file));
  return problems.map((problem) => {
    const { file, line } = problem.location;
    if (files.has(file) || deletions.length === 0) return problem;
    const deletion = deletions.find(({ name }) => problem.message.includes(name.split(/[./]/).at(-1) ?? name)) ?? deletions[0];
    if (!deletion) return problem;
    const message = `This ${deletion.type} is referenced elsewhere in the org: ${file}:${line} ${problem.message}`;
    return { message, location: deletion.at };
  });
}

function isCustomObject(object: DeployedObject): boolean {
  return object.nameField !== null || object.metadataRecords !== undefined;
}

function withNewNames(ever: readonly string[], pkg: Package): string[] {
  const names = toDeployedObjects(pkg).filter(isCustomObject).map(({ name }) => name.toLowerCase()); // prettier-ignore
  return [...ever, ...names.filter((name) => !ever.includes(name))];
}

function numbered(objects: readonly DeployedObject[], everCustom: readonly string[]): DeployedObject[] {
  const numberOf = (object: DeployedObject): number => {
    const kind = everCustom.filter((name) => name.endsWith('__mdt') === (object.metadataRecords !== undefined));
    return kind.indexOf(object.name.toLowerCase());
  };
  return objects.map((object) => (isCustomObject(object) ? { ...object, ordinal: numberOf(object) } : object));
}
