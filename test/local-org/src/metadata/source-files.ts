import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  /** Relative to the project's root, with `/`. */
  readonly file: string;
  /** The folders and the file's name below the package directory. */
  readonly parts: readonly string[];
}

/** All files of a package directory, hidden ones left out, in the order of their names. */
export function sourceFiles(directory: string, root: string): SourceFile[] {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path, file: slashes(relative(root, path)), parts: slashes(relative(directory, path)).split('/') };
    });
  return files.filter(({ parts }) => !parts.some((part) => part.startsWith('.'))).sort((a, b) => (a.file < b.file ? -1 : 1));
}

function slashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
