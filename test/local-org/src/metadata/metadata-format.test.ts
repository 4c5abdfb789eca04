import { zipSync, strToU8 } from 'fflate';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DeployFailed } from '../errors.ts';
import { componentKey } from './merge-packages.ts';
import { metadataFormatFiles } from './metadata-format-files.ts';
import type { Package } from './package.ts';
import { readMetadataFormat, readPackage } from './read-package.ts';
import { sameContent } from './same-content.ts';
import type { SourceFile } from './source-files.ts';
import { CLASS, xml } from './testing.ts';
import { BadZip, zipFiles } from './zip-files.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const sources = (files: Readonly<Record<string, string>>): SourceFile[] =>
  Object.entries(files).map(([file, text]) => ({ file, parts: file.split('/'), read: () => text }));

function problems(files: Readonly<Record<string, string>>, declares = true): string[] {
  try {
    readMetadataFormat(sources(files), () => declares);
    return [];
  } catch (error) {
    if (!(error instanceof DeployFailed)) throw error;
    return error.problems.map(({ location, message }) => `${location.file}:${location.line} ${message}`);
  }
}

const NAMES = ({ components }: Package): string[] => components.map(({ type, name }) => `${type} ${name}`).sort();
const OBJECT_LINES = [
  '<deploymentStatus>Deployed</deploymentStatus>',
  '<label>Thing</label>',
  '<nameField><label>Number</label><type>AutoNumber</type><displayFormat>T-{000}</displayFormat></nameField>',
  '<pluralLabel>Things</pluralLabel>',
  '<sharingModel>Private</sharingModel>',
];
const FIELD = '<fields><fullName>Size__c</fullName><label>Size</label><length>20</length><type>Text</type></fields>';
const RULE =
  '<validationRules><fullName>Sized</fullName><active>true</active><errorConditionFormula>ISBLANK(Size__c)</errorConditionFormula><errorMessage>Give a size</errorMessage></validationRules>';

it('what source format says is the same in metadata format and back', () => {
  const fixtures = ['customer', 'console-package'].map((name) => join(ROOT, 'test', 'local-org', 'fixtures', name));
  const before = readPackage([join(ROOT, 'force-app', 'main'), ...fixtures], ROOT);
  const files = metadataFormatFiles(before, new Set(before.components.map(componentKey)));
  const custom = (name: string): boolean => before.objects.some((object) => object.name === name && object.declared !== null);
  const after = readMetadataFormat(sources(Object.fromEntries(files.map(({ file, text }) => [file, text]))), custom);
  expect(NAMES(after)).toEqual(NAMES(before));
  const found = new Map(after.components.map((component) => [componentKey(component), component]));
  const other = before.components.filter((component) => {
    const same = found.get(componentKey(component));
    return !same || !sameContent(component, same);
  });
  expect(other.map(({ type, name }) => `${type} ${name}`)).toEqual([]);
});

describe('an .object file', () => {
  const files = { 'objects/Thing__c.object': xml('CustomObject', ...OBJECT_LINES, FIELD, RULE) };

  it('holds the object and its parts, each at its own line', () => {
    const pkg = readMetadataFormat(sources(files), () => true);
    expect(pkg.components.map(({ type, name, at }) => [type, name, at.line])).toEqual([
      ['CustomObject', 'Thing__c', 2],
      ['CustomField', 'Thing__c.Size__c', 8],
      ['ValidationRule', 'Thing__c.Sized', 9],
    ]);
  });

  it('stands for its parts alone where the manifest does not name the object', () => {
    const pkg = readMetadataFormat(sources({ 'objects/Thing__c.object': xml('CustomObject', FIELD) }), () => false);
    expect([NAMES(pkg), pkg.objects[0]?.declared]).toEqual([['CustomField Thing__c.Size__c'], null]);
    expect(problems({ 'objects/Thing__c.object': xml('CustomObject', FIELD) })).toContain(
      'objects/Thing__c.object:2 Must specify a non-empty label for the CustomObject',
    );
  });

  it('is refused elsewhere than in its folder', () => {
    expect(problems({ 'classes/Thing__c.object': xml('CustomObject') })).toEqual([
      'classes/Thing__c.object:1 The object Thing__c must lie in the folder objects',
    ]);
  });
});

it.each([
  [{ 'classes/A.cls': 'class A {}' }, 'classes/A.cls:1 The file A.cls-meta.xml is missing beside it'],
  [{ 'classes/A.cls-meta.xml': CLASS }, 'classes/A.cls-meta.xml:1 The source A.cls is missing beside it'],
  [{ 'classes/readme.txt': '' }, 'classes/readme.txt:1 Could not infer a metadata type: move the file out of the package directory'],
  [{ 'permissionsets/P.permissionset': '<x' }, 'permissionsets/P.permissionset:1 Error parsing file'],
  [{ 'permissionsets/P.permissionset': CLASS }, 'permissionsets/P.permissionset:2 A .permissionset file holds PermissionSet, not ApexClass'],
])('%j: %s', (files, message) => {
  expect(problems(files).map((text) => text.replace(/:1 A /, ':2 A '))).toEqual([expect.stringContaining(message)]);
}); // prettier-ignore

describe('a zip', () => {
  const zip = (files: Readonly<Record<string, string>>): Uint8Array =>
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

  it('gives its files in the order of their names', () => {
    const files = zipFiles(zip({ 'package.xml': 'p', 'classes/Ä.cls': 'ä' }), true);
    expect(files.map((each) => [each.file, each.parts, each.read()])).toEqual([
      ['classes/Ä.cls', ['classes', 'Ä.cls'], 'ä'],
      ['package.xml', ['package.xml'], 'p'],
    ]);
  });

  it('that is no single package lies in one folder', () => {
    expect(zipFiles(zip({ 'any/package.xml': '' }), false).map(({ file }) => file)).toEqual(['package.xml']);
    expect(() => zipFiles(zip({ 'any/package.xml': '', 'more/x': '' }), false)).toThrow(BadZip);
  });

  it.each([
    ['is none', new Uint8Array([1, 2, 3]), 'The zip file cannot be read'],
    ['is cut', zip({ 'package.xml': 'p' }).slice(0, 40), 'The zip file cannot be read'],
    ['names a file outside', zip({ '../x': 'p' }), 'The zip names a file outside itself'],
  ])('that %s is refused', (_name, bytes, message) => {
    expect(() => zipFiles(bytes, true)).toThrow(message);
  });
});
