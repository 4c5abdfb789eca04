import { strToU8, zipSync } from 'fflate';
import { componentKey, ownerOf } from '../../metadata/merge-packages.ts';
import { metadataFormatFiles } from '../../metadata/metadata-format-files.ts';
import { toManifest } from '../../metadata/manifest-names.ts';
import { isPartOfObject } from '../../metadata/object-parts.ts';
import type { Component, Package } from '../../metadata/package.ts';
import type { LocalOrg } from '../../org-types.ts';
import type { ComponentIds } from './component-ids.ts';
import { fileProperties, type FileProperties } from './file-properties.ts';

export interface RetrieveMember {
  readonly type: string;
  readonly name: string;
}

/** A retrieve that has ended; it ran whole when it was asked for. */
export interface RetrieveJob {
  readonly id: string;
  readonly properties: readonly FileProperties[];
  /** What was asked for and is not there, or not of a kind that the local org has. */
  readonly messages: readonly { readonly fileName: string; readonly problem: string }[];
  readonly zip: Uint8Array;
}

const MANIFEST = 'package.xml';

/**
 * Zips components in metadata format below `unpackaged/`, with a package.xml of what is in it.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_retrieve.htm
 */
export function retrieve(members: readonly RetrieveMember[], version: string, org: LocalOrg, ids: ComponentIds): RetrieveJob {
  const all = org.metadata;
  const found = new Map(all.components.map((component) => [componentKey(component), component]));
  const wanted = new Set(members.flatMap((member) => matching(member, all).map(componentKey)));
  const missing = members.filter((member) => member.name !== '*' && !found.has(componentKey(member)) && !extendsStandard(member, all));
  for (const member of members) if (extendsStandard(member, all)) wanted.add(componentKey(member));
  const files = metadataFormatFiles(all, wanted);
  const listed = [...found.values()].filter((component) => wanted.has(componentKey(component)) || isPartOf(component, wanted));
  const entries = [
    ...files.map(({ file, text }) => [`unpackaged/${file}`, strToU8(text)] as const),
    [`unpackaged/${MANIFEST}`, strToU8(manifestOf(listed, version))] as const,
  ];
  const fileOf = (component: Component): string => {
    const key = isPartOfObject(component.type) ? { type: 'CustomObject', name: ownerOf(component) } : component;
    return files.find((each) => componentKey(each.component) === componentKey(key))?.file ?? component.file;
  };
  return {
    id: ids.next('09S'),
    properties: [
      ...listed.map((component) => fileProperties(component, `unpackaged/${fileOf(component)}`, org, ids)),
      fileProperties({ type: 'Package', name: `unpackaged/${MANIFEST}` }, `unpackaged/${MANIFEST}`, org, ids),
    ],
    messages: missing.map(({ type, name }) => ({
      fileName: `unpackaged/${MANIFEST}`,
      problem: `Entity of type '${type}' named '${name}' cannot be found`,
    })),
    zip: zipSync(Object.fromEntries(entries)),
  };
}

function matching({ type, name }: RetrieveMember, all: Package): Component[] {
  return all.components.filter(
    (component) => component.type === type && (name === '*' || component.name.toLowerCase() === name.toLowerCase()),
  );
}

/** `Account` is an object of the org without being a component of it: what packages added to it can be retrieved. */
function extendsStandard({ type, name }: RetrieveMember, all: Package): boolean {
  return (
    type === 'CustomObject' && all.objects.some((object) => object.declared === null && object.name.toLowerCase() === name.toLowerCase())
  );
}

function isPartOf(component: Component, wanted: ReadonlySet<string>): boolean {
  return isPartOfObject(component.type) && wanted.has(componentKey({ type: 'CustomObject', name: ownerOf(component) }));
}

function manifestOf(components: readonly Component[], version: string): string {
  const members = components.map(toManifest);
  const types = [...new Set(members.map(({ type }) => type))].sort();
  const groups = types.map((type) => {
    const names = members.filter((member) => member.type === type).map(({ name }) => name);
    const lines = names.sort().map((name) => `        <members>${name}</members>\n`);
    return `    <types>\n${lines.join('')}        <name>${type}</name>\n    </types>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="http://soap.sforce.com/2006/04/metadata">\n${groups.join('')}    <version>${version}</version>\n</Package>\n`;
}
