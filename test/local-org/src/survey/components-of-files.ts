import { componentNameOf } from '../metadata/component-name.ts';
import type { SourceFile } from '../metadata/source-files.ts';

/** Files of a foreign project that stand or fall together. */
export interface SurveyedComponent {
  /** `ApexClass`, `StaticResource`; empty for a file that belongs to no component. */
  readonly type: string;
  /** What messages about other components call it by; empty where none can name it. */
  readonly names: readonly string[];
  readonly files: readonly SourceFile[];
}

const META = '-meta.xml';
/** Folders of types of which each folder below is one component. */
const BUNDLES: Readonly<Record<string, string>> = { lwc: 'LightningComponentBundle', aura: 'AuraDefinitionBundle' };
/** Folders whose components are a file, or a file and a folder of the same name. */
const WITH_CONTENT: readonly string[] = ['staticresources', 'experiences'];
/** Types whose components others name. */
const NAMED: ReadonlySet<string> = new Set([
  'ApexClass',
  'AuraDefinitionBundle',
  'CustomPermission',
  'CustomTab',
  'DataWeaveResource',
  'FlexiPage',
  'LightningComponentBundle',
  'StaticResource',
]);

/** The files of one package directory by component, in the order of the files. */
export function componentsOfFiles(files: readonly SourceFile[]): SurveyedComponent[] {
  const groups = new Map<string, SourceFile[]>();
  for (const file of files) {
    const key = keyOf(file);
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups].map(([key, group]) => {
    const type = typeOf(key, group);
    return { type, names: namesOf(type, nameOf(key), group), files: group };
  });
}

/** `classes/Foo` of both Foo.cls and Foo.cls-meta.xml; `lwc/foo` of all that lies in that folder. */
function keyOf({ parts }: SourceFile): string {
  const folder = parts.findIndex((part, index) => index < parts.length - 2 && part in BUNDLES);
  if (folder >= 0) return parts.slice(0, folder + 2).join('/');
  const content = parts.findIndex((part, index) => index < parts.length - 1 && WITH_CONTENT.includes(part));
  if (content >= 0) return [...parts.slice(0, content + 1), (parts[content + 1] ?? '').replace(/\..*$/, '')].join('/');
  const stem = (parts.at(-1) ?? '').replace(META, '');
  return [...parts.slice(0, -1), stem].join('/');
}

function typeOf(key: string, files: readonly SourceFile[]): string {
  const bundle = BUNDLES[key.split('/').at(-2) ?? ''];
  if (bundle !== undefined) return bundle;
  const meta = files.find(({ file }) => file.endsWith(META));
  if (!meta) return '';
  return componentNameOf(meta).type ?? /<(\w+)[^>]*\sxmlns\s*=/.exec(meta.read())?.[1] ?? '';
}

function nameOf(key: string): string {
  return (key.split('/').at(-1) ?? '').replace(/\.[^.]+$/, '');
}

/** A standard object is there whatever becomes of its file, and nothing names a flow or a layout. */
function namesOf(type: string, name: string, files: readonly SourceFile[]): string[] {
  if (type === 'CustomLabels')
    return files.flatMap((file) => [...file.read().matchAll(/<fullName>(\w+)</g)].map(([, label = '']) => label));
  if (type === 'CustomObject' || type === 'CustomField')
    return name.includes('__') ? [name, name.replace(/__c$/, '__r'), name.replace(/__\w+$/, '__Share')] : [];
  return NAMED.has(type) ? [name] : [];
}
