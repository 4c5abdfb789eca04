import type { ApexSource } from './apex/engine-types.ts';
import { DeployFailed, type Problem } from './errors.ts';
import { readPackage } from './metadata/read-package.ts';
import { toDeployedObjects } from './metadata/to-deployed-objects.ts';
import { toDeployedPermissions } from './metadata/to-deployed-permissions.ts';
import { validatePackage } from './metadata/validate-package.ts';
import type { DeployResult } from './org-types.ts';
import { createSchema, type OrgFeatures } from './schema/create-schema.ts';
import type { DeployedObject } from './schema/deployed-object.ts';
import { NO_PERMISSIONS, type DeployedPermissions } from './schema/deployed-permissions.ts';
import type { Schema } from './schema/types.ts';

/** What a deploy changes in its org; the caller takes it back when the deploy throws. */
export interface DeployTarget {
  /** Switches to a schema: tables and columns are there afterwards. */
  define(schema: Schema): void;
  /** Checks and installs Apex against that schema; with problems nothing is installed. */
  installApex(sources: readonly ApexSource[]): readonly Problem[];
  /** Of the Apex that is installed already. */
  classNames(): readonly string[];
}

/** The metadata of one org, deploy by deploy. */
export class Deployments {
  readonly #root: string;
  readonly #features: OrgFeatures;
  #objects: readonly DeployedObject[] = [];
  #permissions: DeployedPermissions = NO_PERMISSIONS;

  /**
   * @param root what file names in messages are relative to
   * @param features what is switched on in the org
   */
  constructor(root: string, features: OrgFeatures = {}) {
    this.#root = root;
    this.#features = features;
  }

  /** @throws DeployFailed; what was deployed before is then still all there is */
  deploy(directories: readonly string[], target: DeployTarget): DeployResult {
    const pkg = readPackage(directories, this.#root);
    refuse(validatePackage(pkg, this.#objects, target.classNames(), this.#permissions.customPermissions));
    const objects = toDeployedObjects(pkg, this.#objects);
    const permissions = toDeployedPermissions(pkg, this.#permissions);
    target.define(createSchema(objects, permissions, this.#features));
    refuse(target.installApex(pkg.apex.map(({ file, name, kind, source, apiVersion }) => ({ file, name, kind, source, apiVersion }))));
    this.#objects = objects;
    this.#permissions = permissions;
    return { components: pkg.components.map(({ type, name, file }) => ({ type, name, file })) };
  }
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new DeployFailed(problems);
}
