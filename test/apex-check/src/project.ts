import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const SfdxProject = z.object({
  packageDirectories: z.array(z.object({ path: z.string() })).min(1),
  sourceApiVersion: z.string(),
});

/** A Salesforce project: a folder with an `sfdx-project.json`, and the files of its package directories. */
export interface Project {
  /** Absolute path of the folder. */
  readonly root: string;
  /** For example `67.0`. */
  readonly apiVersion: string;
  /** Absolute paths, sorted. */
  readonly files: readonly string[];
}

/** Reads the project in a folder; throws where there is none or it is malformed. */
export function openProject(folder: string): Project {
  const root = resolve(folder);
  const settings = SfdxProject.parse(JSON.parse(readFileSync(join(root, 'sfdx-project.json'), 'utf8')));
  const files = settings.packageDirectories.flatMap(({ path }) =>
    globSync('**/*', { cwd: join(root, path), withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return { root, apiVersion: settings.sourceApiVersion, files: [...new Set(files)].sort() };
}

/** The Apex sources of a project. */
export function apexFiles(project: Project): string[] {
  return project.files.filter((file) => /\.(cls|trigger)$/.test(file));
}
