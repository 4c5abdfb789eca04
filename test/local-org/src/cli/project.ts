import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from './usage-error.ts';

const projectFile = z.object({ packageDirectories: z.array(z.object({ path: z.string().min(1) })).min(1) });

export interface Project {
  /** Absolute. */
  readonly root: string;
  /** Absolute, in the order of sfdx-project.json. */
  readonly packageDirectories: readonly string[];
}

/** The Salesforce project in a folder: where its sfdx-project.json says that source is. */
export function readProject(directory: string): Project {
  const root = resolve(directory);
  const file = join(root, 'sfdx-project.json');
  if (!existsSync(file))
    throw new UsageError(`No Salesforce project in ${root}: it has no sfdx-project.json. Name the folder that has one.`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const project = projectFile.safeParse(parsed);
  if (!project.success) throw new UsageError(`${file}: ${z.prettifyError(project.error)}`);
  const packageDirectories = project.data.packageDirectories.map((one) => join(root, one.path));
  for (const one of packageDirectories) {
    if (!existsSync(one) || !statSync(one).isDirectory()) {
      throw new UsageError(`${file} names the package directory ${one}, which does not exist. Create it or take it out.`);
    }
  }
  return { root, packageDirectories };
}
