import type { Problem } from '../errors.ts';
import { invalidElement, unsupported } from './check-elements.ts';
import { fromManifest } from './manifest-names.ts';
import type { SourceFile } from './source-files.ts';
import { childrenNamed, parseXml, textOf, type XmlElement } from './xml-element.ts';

export interface ManifestMember {
  readonly type: string;
  /** `*` for all; else a full name. */
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** A package.xml or one of the destructive ones. */
export interface Manifest {
  readonly file: string;
  /** `67.0`; null where it does not say. */
  readonly version: string | null;
  readonly members: readonly ManifestMember[];
}

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/file_based_zip_file.htm */
export function readManifest(source: SourceFile): { manifest: Manifest; problems: Problem[] } {
  const { root, problem } = parseXml(source.file, source.read());
  const empty: Manifest = { file: source.file, version: null, members: [] };
  if (problem) return { manifest: empty, problems: [problem] };
  if (root.name !== 'Package') {
    return { manifest: empty, problems: [{ message: `${source.file} holds ${root.name}, not Package`, location: root.at }] };
  }
  const problems = root.children.flatMap(elementProblems);
  if (problems.length > 0) return { manifest: empty, problems };
  const members = childrenNamed(root, 'types').flatMap((types) => {
    const type = textOf(types, 'name') ?? '';
    return childrenNamed(types, 'members').map(({ text, at }) => ({
      ...fromManifest({ type, name: text.trim() }),
      line: at.line,
      column: at.column,
    }));
  });
  return { manifest: { file: source.file, version: textOf(root, 'version'), members }, problems: [] };
}

/** Elements of a Package that belong to managed packages. */
const OF_PACKAGES = [
  'apiAccessLevel',
  'description',
  'fullName',
  'namespacePrefix',
  'objectPermissions',
  'postInstallClass',
  'setupWeblink',
  'uninstallClass',
];

function elementProblems(element: XmlElement): Problem[] {
  if (element.name === 'version') return [];
  if (element.name === 'types')
    return element.children
      .filter(({ name }) => name !== 'members' && name !== 'name')
      .map((each) => invalidElement(each, 'PackageTypeMembers'));
  return [OF_PACKAGES.includes(element.name) ? unsupported(`Package.${element.name}`, element) : invalidElement(element, 'Package')];
}
