import type { Problem } from '../errors.ts';
import type { BundleFile } from './package.ts';
import type { SourceFile } from './source-files.ts';

const META = '.js-meta.xml';
/** Folders and files that developers keep beside components and that no deploy takes along. */
const NOT_DEPLOYED = new Set(['__tests__', '__mocks__', '__utam__']);
const TOOL_FILES = new Set(['jsconfig.json', 'tsconfig.json']);

/** Where in a component bundle a file lies, or null where it is in none. */
export function placeInBundle({ parts }: SourceFile): { readonly bundle: string; readonly path: readonly string[] } | null {
  const folder = parts.lastIndexOf('lwc');
  if (folder < 0) return null;
  const [bundle, ...path] = parts.slice(folder + 1);
  if (bundle === undefined) return null;
  return path.length === 0 ? { bundle: '', path: [bundle] } : { bundle, path };
}

/** The deployed files of one bundle, without its -meta.xml. */
export function bundleFiles(bundle: string, files: readonly SourceFile[]): BundleFile[] {
  return files.flatMap((file) => {
    const place = placeInBundle(file);
    const [name = '', ...deeper] = place?.path ?? [];
    if (place?.bundle !== bundle || deeper.length > 0 || name.endsWith(META)) return [];
    return [{ file: file.file, name, text: file.read() }];
  });
}

/**
 * Files below `lwc` that belong to no sound bundle.
 * @see https://developer.salesforce.com/docs/platform/lwc/guide/create-components-folder.html
 */
export function strayBundleFiles(files: readonly SourceFile[]): Problem[] {
  const described = new Set(files.filter(({ file }) => file.endsWith(META)).map((file) => placeInBundle(file)?.bundle));
  const reported = new Set<string>();
  return files.flatMap((source) => {
    const place = placeInBundle(source);
    if (!place || place.path.some((part) => NOT_DEPLOYED.has(part))) return [];
    const problem = (message: string): Problem[] => [{ message, location: { file: source.file, line: 1, column: 1 } }];
    const { bundle, path } = place;
    const [name = ''] = path;
    if (bundle === '') return TOOL_FILES.has(name) ? [] : problem(`The file ${name} must lie in the folder of a component bundle`);
    if (!described.has(bundle)) {
      if (reported.has(bundle)) return [];
      reported.add(bundle);
      return problem(`The component bundle ${bundle} has no file ${bundle}${META}`);
    }
    if (path.length > 1) return problem(`Not supported by the local org: the folder ${path.slice(0, -1).join('/')} of a component bundle`);
    if (name === `${bundle}${META}`) return [];
    if (name.endsWith(META)) return problem(`The bundle's ${META.slice(1)} file must be named ${bundle}${META}`);
    if (name.endsWith('.ts')) return problem('Not supported by the local org: components in TypeScript');
    const isKnown = /\.(?:js|html|css)$/.test(name) || name === `${bundle}.svg`;
    return isKnown
      ? []
      : problem(`A component bundle can not hold the file ${name}: it holds .js, .html and .css files, and ${bundle}.svg`);
  });
}
