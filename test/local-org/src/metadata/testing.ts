import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A package directory for one test; `files` by path below it. */
export class PackageFolder implements Disposable {
  readonly root: string;

  constructor(files: Readonly<Record<string, string>>) {
    this.root = mkdtempSync(join(tmpdir(), 'local-org-package-'));
    for (const [path, text] of Object.entries(files)) {
      const target = join(this.root, 'pkg', path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  }

  get directory(): string {
    return join(this.root, 'pkg');
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true });
  }
}

/** A metadata file, one element a line, so that line 3 is the first. */
export function xml(type: string, ...lines: readonly string[]): string {
  const body = lines.map((line) => `    ${line}\n`).join('');
  return `<?xml version="1.0" encoding="UTF-8" ?>\n<${type} xmlns="http://soap.sforce.com/2006/04/metadata">\n${body}</${type}>\n`;
}

export const OBJECT_FILE = 'objects/Thing__c/Thing__c.object-meta.xml';
export const OBJECT = xml(
  'CustomObject',
  '<deploymentStatus>Deployed</deploymentStatus>',
  '<label>Thing</label>',
  '<nameField><label>Number</label><type>AutoNumber</type><displayFormat>T-{000}</displayFormat></nameField>',
  '<pluralLabel>Things</pluralLabel>',
  '<sharingModel>Private</sharingModel>',
);

export function fieldFile(name: string): string {
  return `objects/Thing__c/fields/${name}.field-meta.xml`;
}

export function field(name: string, ...lines: readonly string[]): string {
  return xml('CustomField', `<fullName>${name}</fullName>`, `<label>${name}</label>`, ...lines);
}

export const CLASS = xml('ApexClass', '<apiVersion>67.0</apiVersion>', '<status>Active</status>');
