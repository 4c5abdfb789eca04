import type { ApexSource } from './apex/engine-types.ts';
import { DeployFailed, NotSupported, type Problem } from './errors.ts';
import { readPackage } from './metadata/read-package.ts';
import { toDeployedObjects } from './metadata/to-deployed-objects.ts';
import { validatePackage } from './metadata/validate-package.ts';
import type { DeployResult } from './org-types.ts';
import { createSchema } from './schema/create-schema.ts';
import type { Schema } from './schema/types.ts';

/** What was deployed to one org so far. */
export class Deployment {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  deploy(directories: readonly string[], install: (schema: Schema, sources: readonly ApexSource[]) => readonly Problem[]): DeployResult {
    void this.#root;
    void directories;
    void install;
    void readPackage;
    void toDeployedObjects;
    void validatePackage;
    void createSchema;
    void DeployFailed;
    void NotSupported;
    return { components: [] };
  }
}
