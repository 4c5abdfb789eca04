import { DeployFailed, type Problem } from '../../errors.ts';
import { readManifest, type Manifest, type ManifestMember } from '../../metadata/manifest.ts';
import { isPartOfObject } from '../../metadata/object-parts.ts';
import type { Component } from '../../metadata/package.ts';
import { readMetadataFormat } from '../../metadata/read-package.ts';
import { BadZip, zipFiles } from '../../metadata/zip-files.ts';
import type { Deletion, DeployRequest } from '../../org-types.ts';
import { NEWEST_VERSION } from '../rest/versions.ts';

const DESTRUCTIVE: Readonly<Record<string, Deletion['phase']>> = {
  'destructiveChanges.xml': 'before',
  'destructiveChangesPre.xml': 'before',
  'destructiveChangesPost.xml': 'after',
};
const PACKAGE = 'package.xml';

/**
 * What a deploy's zip asks for.
 * @throws DeployFailed with every problem of manifests and files
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy_deleting_files.htm
 */
export function readDeployZip(bytes: Uint8Array, singlePackage: boolean): DeployRequest {
  const files = unpack(bytes, singlePackage);
  const manifests = files.filter(({ file }) => file === PACKAGE || file in DESTRUCTIVE).map(readManifest);
  refuse(manifests.flatMap(({ problems }) => problems));
  const named = manifests.map(({ manifest }) => manifest);
  const main = named.find(({ file }) => file === PACKAGE);
  if (!main) throw new DeployFailed([at(PACKAGE, 'No package.xml found')]);
  refuse(versionProblems(main));
  const members = new Set(main.members.map(({ type, name }) => keyOf(type, name)));
  const pkg = readMetadataFormat(
    files.filter(({ file }) => file !== PACKAGE && !(file in DESTRUCTIVE)),
    (object) => members.has(keyOf('CustomObject', object)) || members.has(keyOf('CustomObject', '*')),
  );
  refuse([...unnamed(pkg.components, members), ...notFound(main.members, pkg.components)]);
  return { package: pkg, deletions: named.filter(({ file }) => file in DESTRUCTIVE).flatMap(deletionsOf) };
}

function unpack(bytes: Uint8Array, singlePackage: boolean): ReturnType<typeof zipFiles> {
  try {
    return zipFiles(bytes, singlePackage);
  } catch (error) {
    if (error instanceof BadZip) throw new DeployFailed([at(PACKAGE, error.message)]);
    throw error;
  }
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new DeployFailed(problems);
}

function at(file: string, message: string, line = 1, column = 1): Problem {
  return { message, location: { file, line, column } };
}

function versionProblems({ file, version }: Manifest): Problem[] {
  if (version === null) return [at(file, 'The version is missing')];
  const number = /^(\d+)\.0$/.exec(version)?.[1];
  if (number === undefined) return [at(file, `Invalid version: ${version}`)];
  return Number(number) > NEWEST_VERSION ? [at(file, `The version ${version} is higher than that of this org, ${NEWEST_VERSION}.0`)] : [];
}

/** Every component is named itself, by a `*` of its type, or by the object that it is a part of. */
function unnamed(components: readonly Component[], members: ReadonlySet<string>): Problem[] {
  const isNamed = ({ type, name }: Component): boolean => {
    const [owner = ''] = name.split('.');
    const isPart = isPartOfObject(type) && (members.has(keyOf('CustomObject', owner)) || members.has(keyOf('CustomObject', '*')));
    return isPart || members.has(keyOf(type, name)) || members.has(keyOf(type, '*'));
  };
  return components
    .filter((component) => !isNamed(component))
    .map((component) => ({ message: 'Not in package.xml', location: component.at }));
}

function notFound(members: readonly ManifestMember[], components: readonly Component[]): Problem[] {
  const found = new Set(components.map(({ type, name }) => keyOf(type, name)));
  return members
    .filter(({ type, name }) => name !== '*' && !found.has(keyOf(type, name)))
    .map(({ type, name, line, column }) =>
      at(PACKAGE, `An object '${name}' of type ${type} was named in package.xml, but was not found in zipped directory`, line, column),
    );
}

function deletionsOf({ file, members }: Manifest): Deletion[] {
  const phase = DESTRUCTIVE[file];
  const wildcard = members.find(({ name }) => name === '*');
  if (wildcard) throw new DeployFailed([at(file, 'A destructive manifest cannot name *', wildcard.line, wildcard.column)]);
  return members.map(({ type, name, line, column }) => ({ type, name, phase: phase ?? 'before', at: { file, line, column } }));
}

function keyOf(type: string, name: string): string {
  return `${type} ${name}`.toLowerCase();
}
