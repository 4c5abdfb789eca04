import { componentKey, ownerOf } from './merge-packages.ts';
import { isPartOfObject, OBJECT_PARTS } from './object-parts.ts';
import type { ApexComponent, Component, ObjectComponent, OtherComponent, Package } from './package.ts';
import { writeXml } from './write-xml.ts';
import type { XmlElement } from './xml-element.ts';

/** A file of a retrieve, and the component that it is the file of. */
export interface MetadataFile {
  readonly file: string;
  readonly text: string;
  readonly component: Pick<Component, 'type' | 'name'>;
}

/** Where a type of component lies in metadata format, and how its files end. */
const PLACES: Readonly<Record<string, { readonly folder: string; readonly suffix: string }>> = {
  ApexClass: { folder: 'classes', suffix: 'cls' },
  ApexTrigger: { folder: 'triggers', suffix: 'trigger' },
  CustomApplication: { folder: 'applications', suffix: 'app' },
  CustomMetadata: { folder: 'customMetadata', suffix: 'md' },
  CustomPermission: { folder: 'customPermissions', suffix: 'customPermission' },
  CustomTab: { folder: 'tabs', suffix: 'tab' },
  FlexiPage: { folder: 'flexipages', suffix: 'flexipage' },
  Layout: { folder: 'layouts', suffix: 'layout' },
  PermissionSet: { folder: 'permissionsets', suffix: 'permissionset' },
  Report: { folder: 'reports', suffix: 'report' },
};

/**
 * The files of components in metadata format: an object that is asked for whole comes with all its parts, one of which only
 * parts are asked for with those alone.
 * @param wanted keys of components
 */
export function metadataFormatFiles(all: Package, wanted: ReadonlySet<string>): MetadataFile[] {
  const files: MetadataFile[] = [];
  for (const component of all.components) {
    if (!wanted.has(componentKey(component))) continue;
    files.push(...otherFiles(component));
    const place = PLACES[component.type];
    if (!place) continue;
    const file = `${place.folder}/${component.name}.${place.suffix}`;
    const xml = writeXml(component.element);
    if ('source' in component) {
      files.push({ file, text: (component as ApexComponent).source, component });
      files.push({ file: `${file}-meta.xml`, text: xml, component });
    } else files.push({ file, text: xml, component });
  }
  return [...files, ...all.objects.flatMap((object) => objectFile(object, all, wanted))];
}

/** What lies otherwise than one file in one folder for each component. */
function otherFiles(component: Component): MetadataFile[] {
  const { type, name, element } = component;
  if (type === 'ReportFolder') return [{ file: `reports/${name}-meta.xml`, text: writeXml(element), component }];
  if (type !== 'LightningComponentBundle') return [];
  const { resources } = component as OtherComponent;
  return [
    ...resources.map((resource) => ({ file: `lwc/${name}/${resource.name}`, text: resource.text, component })),
    { file: `lwc/${name}/${name}.js-meta.xml`, text: writeXml(element), component },
  ];
}

function objectFile(object: ObjectComponent, all: Package, wanted: ReadonlySet<string>): MetadataFile[] {
  const component = { type: 'CustomObject', name: object.name };
  const isWhole = wanted.has(componentKey(component));
  const parts = all.components.filter((each) => isPartOfObject(each.type) && ownerOf(each).toLowerCase() === object.name.toLowerCase());
  const shown = parts.filter((part) => isWhole || wanted.has(componentKey(part)));
  if (!isWhole && shown.length === 0) return [];
  const own = isWhole ? (object.declared?.element.children ?? []).filter(({ name }) => !Object.values(OBJECT_PARTS).includes(name)) : [];
  const children = [...own, ...shown.map(asPart)].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const root: XmlElement = { ...EMPTY, name: 'CustomObject', children };
  return [{ file: `objects/${object.name}.object`, text: writeXml(root), component }];
}

const EMPTY: XmlElement = {
  name: '',
  text: '',
  at: { file: '', line: 1, column: 1 },
  xsiType: null,
  isNil: false,
  attributes: {},
  children: [],
};

/** A part carries its own name inside its object, first. */
function asPart({ type, name, element }: Component): XmlElement {
  const rest = element.children.filter((each) => each.name !== 'fullName');
  return {
    ...element,
    name: OBJECT_PARTS[type] ?? '',
    children: [{ ...EMPTY, name: 'fullName', text: name.split('.').at(-1) ?? name }, ...rest],
  };
}
