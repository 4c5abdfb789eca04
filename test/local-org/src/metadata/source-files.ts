import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** One file of a package, wherever it comes from. */
export interface SourceFile {
  /** How messages name it, with `/`: relative to the project's root, or to the root of a zip. */
  readonly file: string;
  /** The folders and the file's name below the package directory. */
  readonly parts: readonly string[];
  read(): string;
}

/** All files of a package directory, hidden ones left out, in the order of their names. */
export function sourceFiles(directory: string, root: string): SourceFile[] {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const parts = slashes(relative(directory, path)).split('/');
      return { file: slashes(relative(root, path)), parts, read: () => readFileSync(path, 'utf8') };
    });
  return files.filter(({ parts }) => !parts.some((part) => part.startsWith('.'))).sort((a, b) => (a.file < b.file ? -1 : 1));
}

function slashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
