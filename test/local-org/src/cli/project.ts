import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from './usage-error.ts';

const PROJECT_FILE = 'sfdx-project.json';

const projectFile = z.object({ packageDirectories: z.array(z.object({ path: z.string().min(1) })).min(1) });

export interface Project {
  /** Absolute. */
  readonly root: string;
  /** Absolute, in the order of sfdx-project.json. */
  readonly packageDirectories: readonly string[];
}

/**
 * What a folder on the command line stands for: a project (the folder of an sfdx-project.json) for all its package
 * directories, a folder inside one for itself alone.
 * @throws UsageError where there is no project
 */
export function readProject(directory: string): Project {
  const folder = resolve(directory);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new UsageError(`There is no folder ${folder}.`);
  const root = projectRoot(folder);
  if (root === null) {
    throw new UsageError(`No Salesforce project in ${folder} or above it: there is no ${PROJECT_FILE}. Name the folder that has one.`);
  }
  return root === folder ? { root, packageDirectories: packageDirectories(root) } : { root, packageDirectories: [folder] };
}

function projectRoot(folder: string): string | null {
  if (existsSync(join(folder, PROJECT_FILE))) return folder;
  const parent = dirname(folder);
  return parent === folder ? null : projectRoot(parent);
}

function packageDirectories(root: string): string[] {
  const file = join(root, PROJECT_FILE);
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const project = projectFile.safeParse(parsed);
  if (!project.success) throw new UsageError(`${file}: ${z.prettifyError(project.error)}`);
  const directories = project.data.packageDirectories.map((one) => join(root, one.path));
  for (const one of directories) {
    if (!existsSync(one) || !statSync(one).isDirectory()) {
      throw new UsageError(`${file} names the package directory ${one}, which does not exist. Create it or take it out.`);
    }
  }
  return directories;
}
