import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deploy, manifest, zipOf, type DeployFiles } from '../api/metadata/testing.ts';
import { startTestOrg, type TestClient } from '../api/test-client.ts';
import { componentKey } from '../metadata/merge-packages.ts';
import { metadataFormatFiles } from '../metadata/metadata-format-files.ts';
import { readPackage } from '../metadata/read-package.ts';
import type { LocalOrg } from '../org-types.ts';
import { APEX_VARIANTS } from './apex-variants.ts';
import { COMPONENT_VARIANTS } from './component-variants.ts';
import { OBJECT_VARIANTS } from './object-variants.ts';
import { PAGE_VARIANTS } from './page-variants.ts';
import { placeOf, toldIn, withMistake, type Variant } from './variant.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const FORCE_APP = [join(ROOT, 'force-app', 'main')];
const CONSOLE = [join(ROOT, 'test', 'local-org', 'fixtures', 'console-package')];
const TYPES = [
  'ApexClass', 'ApexTrigger', 'CompactLayout', 'CustomApplication', 'CustomField', 'CustomMetadata', 'CustomObject', 'CustomPermission', 'CustomTab',
  'FlexiPage', 'Layout', 'LightningComponentBundle', 'ListView', 'PermissionSet', 'Report', 'ReportFolder', 'ValidationRule',
]; // prettier-ignore

/** What every faulty deploy brings besides, sound and new: none of it may be there afterwards. */
const BESIDES: DeployFiles = {
  'classes/Untouched.cls': 'public with sharing class Untouched {\n}\n',
  'classes/Untouched.cls-meta.xml': xml('ApexClass', '<apiVersion>67.0</apiVersion><status>Active</status>'),
  'objects/Untouched__c.object': xml(
    'CustomObject',
    '<deploymentStatus>Deployed</deploymentStatus><label>U</label><nameField><label>N</label><type>Text</type></nameField><pluralLabel>Us</pluralLabel><sharingModel>Private</sharingModel>',
  ),
  'permissionsets/Untouched.permissionset': xml('PermissionSet', '<label>Untouched</label>'),
};

function xml(type: string, body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="http://soap.sforce.com/2006/04/metadata">${body}</${type}>\n`;
}

/** A package in metadata format, as the CLI sends it. */
function filesOf(directories: readonly string[]): DeployFiles {
  const pkg = readPackage(directories, ROOT);
  const files = metadataFormatFiles(pkg, new Set(pkg.components.map(componentKey)));
  return Object.fromEntries(files.map(({ file, text }) => [file, text]));
}

function asDeploy(files: DeployFiles): Uint8Array {
  const members = Object.fromEntries(TYPES.map((type) => [type, ['*']]));
  return zipOf({ ...files, 'package.xml': manifest(members) });
}

/** Everything that a deploy can change. */
function stateOf(org: LocalOrg) {
  return {
    metadata: org.metadata,
    schema: org.schema,
    classes: [...org.engine.classNames()],
    tables: org.store.select('SELECT name, sql FROM sqlite_schema ORDER BY name', []),
    permissionSets: org.store.select('SELECT Name FROM PermissionSet ORDER BY Name', []),
  };
}

let client: TestClient;
let org: LocalOrg;
beforeAll(async () => {
  client = await startTestOrg({ root: ROOT });
  org = client.started.org;
}, 120_000);
afterAll(() => client.started.close());

describe.each([
  ['force-app', FORCE_APP, [...OBJECT_VARIANTS, ...APEX_VARIANTS]],
  ['the console package', CONSOLE, [...COMPONENT_VARIANTS, ...PAGE_VARIANTS]],
] as const)('%s', (_name, directories, variants: readonly Variant[]) => {
  const sound = filesOf(directories);

  test('is deployed as it is, and a second time changes nothing', async () => {
    const first = await deploy(client, asDeploy(sound));
    expect(first).toMatchObject({ status: 'Succeeded', failures: [] });
    expect(first.successes.filter(({ created }) => created !== 'true')).toEqual([]);
    const second = await deploy(client, asDeploy(sound));
    expect(second).toMatchObject({ status: 'Succeeded', failures: [] });
    expect(second.successes.filter(({ changed }) => changed === 'true')).toEqual([]);
  }, 120_000);

  test.each(variants)('$name is told where it stands, and nothing is deployed', async (variant) => {
    const files = withMistake(sound, variant);
    const { line, column } = placeOf(files, variant);
    const before = stateOf(org);
    const report = await deploy(client, asDeploy({ ...files, ...BESIDES }));
    expect(
      report.failures.map((each) => ({
        ...each,
        problem: (each['problem'] ?? '').includes(variant.message) ? variant.message : each['problem'],
      })),
    ).toEqual([
      expect.objectContaining({
        componentType: variant.component.slice(0, variant.component.indexOf(' ')),
        fullName: variant.component.slice(variant.component.indexOf(' ') + 1),
        fileName: toldIn(variant),
        lineNumber: String(line),
        columnNumber: String(column),
        problem: variant.message,
        problemType: 'Error',
      }),
    ]);
    expect(report).toMatchObject({ status: 'Failed', successes: [] });
    const after = stateOf(org);
    expect(after.metadata).toBe(before.metadata);
    expect(after.schema).toBe(before.schema);
    expect(after).toEqual(before);
  });
});

test('there are forty mistakes and more, each under a name of its own', () => {
  const names = [...OBJECT_VARIANTS, ...APEX_VARIANTS, ...COMPONENT_VARIANTS, ...PAGE_VARIANTS].map(({ file, name }) => `${file} ${name}`);
  expect(names.length).toBeGreaterThanOrEqual(40);
  expect(new Set(names).size).toBe(names.length);
});
