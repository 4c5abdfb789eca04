import { COMPONENT_TYPES } from './component-types.ts';
import type { SourceFile } from './source-files.ts';

const META = '-meta.xml';

/** The type and name that a metadata file must have by where it lies; `suffix` is '' where its name tells no type. */
export function componentNameOf({ file, parts }: Pick<SourceFile, 'file' | 'parts'>): {
  readonly type: string | undefined;
  readonly name: string;
  readonly suffix: string;
} {
  const stem = file.slice(file.lastIndexOf('/') + 1).replace(META, '');
  const suffix = /\.([^.]+)$/.exec(stem)?.[1] ?? '';
  const reports = parts.lastIndexOf('reports');
  // In metadata format a folder is described by Folder-meta.xml beside it.
  if (reports >= 0 && suffix === '' && file.endsWith(META))
    return { type: 'ReportFolder', name: inFolder(parts, reports, stem), suffix: 'reportFolder' };
  const name = stem.slice(0, -suffix.length - 1);
  const type = COMPONENT_TYPES[suffix];
  const isInFolder = (type === 'Report' || type === 'ReportFolder') && reports >= 0;
  return { type, name: isInFolder ? inFolder(parts, reports, name) : name, suffix };
}

/** Reports and their folders are named with the folders that they lie in: `Audit/Writes_By_Day`. */
function inFolder(parts: readonly string[], reports: number, name: string): string {
  return [...parts.slice(reports + 1, -1), name].join('/');
}
