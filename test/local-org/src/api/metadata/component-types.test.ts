import { unzipSync, strFromU8 } from 'fflate';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { componentKey } from '../../metadata/merge-packages.ts';
import { metadataFormatFiles } from '../../metadata/metadata-format-files.ts';
import { readPackage } from '../../metadata/read-package.ts';
import { callSoap } from '../soap/testing.ts';
import { startTestOrg, type TestClient } from '../test-client.ts';
import { deploy, manifest, problemsOf, type DeployFiles } from './testing.ts';

// Component bundles, reports with their folder, layouts, tabs, Lightning pages, apps: there and back over the Metadata API.

const ROOT = resolve(import.meta.dirname, '../../../../..');
const FIXTURE = join(ROOT, 'test', 'local-org', 'fixtures', 'console-package');

/** As the CLI names them: the folder of reports among the reports. */
const MEMBERS = {
  ApexClass: ['DeliveryController', 'DeliveryControllerTest'],
  CompactLayout: ['Delivery__c.Delivery_Summary'],
  CustomApplication: ['Deliveries'],
  CustomObject: ['Delivery__c'],
  CustomTab: ['Delivery_Board', 'Delivery__c'],
  FlexiPage: ['Delivery_Board', 'Delivery_Record'],
  Layout: ['Account-Delivery Account Layout', 'Delivery__c-Delivery Layout'],
  LightningComponentBundle: ['deliveryBoard', 'deliveryRow'],
  ListView: ['Delivery__c.Planned'],
  PermissionSet: ['Delivery_Desk'],
  Report: ['Deliveries/', 'Deliveries/Planned_Deliveries'],
};

let client: TestClient;
let files: Record<string, string>;
beforeAll(async () => {
  client = await startTestOrg({ root: ROOT });
  const pkg = readPackage([FIXTURE], ROOT);
  const sources = metadataFormatFiles(pkg, new Set(pkg.components.map(componentKey)));
  files = Object.fromEntries(sources.map(({ file, text }) => [file, text]));
  expect(await deploy(client, { ...files, 'package.xml': manifest(MEMBERS) })).toMatchObject({ status: 'Succeeded' });
});
afterAll(() => client.started.close());

async function retrieved(members: Readonly<Record<string, readonly string[]>>): Promise<Record<string, string>> {
  const types = manifest(members).replace(/^[\s\S]*?<Package[^>]*>|<\/Package>$/g, '');
  const asked = await callSoap(
    client,
    'm',
    `<retrieve><request><apiVersion>67.0</apiVersion><unpackaged>${types}</unpackaged></request></retrieve>`,
  );
  const { id } = (asked.body as { result: { id: string } }).result;
  const answer = await callSoap(client, 'm', `<checkRetrieveStatus><asyncProcessId>${id}</asyncProcessId></checkRetrieveStatus>`);
  const zip = Buffer.from((answer.body as { result: { zipFile: string } }).result.zipFile, 'base64');
  const entries = Object.entries(unzipSync(zip)).map(([name, bytes]) => [name.replace('unpackaged/', ''), strFromU8(bytes)]);
  return Object.fromEntries(entries) as Record<string, string>;
}

const remove = (members: Readonly<Record<string, readonly string[]>>) =>
  deploy(client, { 'package.xml': manifest({}), 'destructiveChangesPost.xml': manifest(members, '') });

test('a retrieve gives back what was deployed, and its manifest names the folder among the reports', async () => {
  const { 'package.xml': listed = '', ...back } = await retrieved(MEMBERS);
  expect(back).toEqual(files);
  expect(Object.keys(back)).toEqual(
    expect.arrayContaining(['reports/Deliveries-meta.xml', 'lwc/deliveryBoard/dueText.js', 'lwc/deliveryBoard/deliveryBoard.css']),
  );
  expect(listed).toMatch(/<members>Deliveries<\/members>\s*<members>Deliveries\/Planned_Deliveries<\/members>\s*<name>Report<\/name>/);
});

test('the folder of reports is told as a ReportFolder, and one changed file changes its bundle alone', async () => {
  const html = 'lwc/deliveryRow/deliveryRow.html';
  const changed: DeployFiles = { ...files, [html]: (files[html] ?? '').replace('Send', 'Ship') };
  const { successes } = await deploy(client, { ...changed, 'package.xml': manifest(MEMBERS) }, { checkOnly: 'true' });
  expect(successes.filter((each) => each['changed'] === 'true').map((each) => `${each['componentType']} ${each['fullName']}`)).toEqual([
    'LightningComponentBundle deliveryRow',
  ]);
  expect(successes.map((each) => `${each['componentType']} ${each['fullName']}`)).toContain('ReportFolder Deliveries');
});

test('mistakes in what a component imports and in a report are told together', async () => {
  const [js, report] = ['lwc/deliveryBoard/deliveryBoard.js', 'reports/Deliveries/Planned_Deliveries.report'];
  const faulty: DeployFiles = {
    ...files,
    [js]: (files[js] ?? '').replace('DeliveryController.send', 'DeliveryController.sends'),
    [report]: (files[report] ?? '').replace('Delivery__c.Due__c', 'Delivery__c.Dew__c'),
  };
  expect(problemsOf(await deploy(client, { ...faulty, 'package.xml': manifest(MEMBERS) }))).toEqual([
    expect.stringContaining('Report Deliveries/Planned_Deliveries: Invalid field: '),
    expect.stringContaining(
      "LightningComponentBundle deliveryBoard: Unable to find Apex action method referenced as 'DeliveryController.sends'.",
    ),
  ]);
});

test.each([
  [
    'a class that a component imports',
    { ApexClass: MEMBERS.ApexClass, PermissionSet: MEMBERS.PermissionSet },
    "Unable to find Apex action class referenced as 'DeliveryController'.",
  ],
  ['a component in another one', { LightningComponentBundle: ['deliveryRow'] }, 'No MODULE named markup://c:deliveryRow found'],
  ['a page that a tab shows', { FlexiPage: ['Delivery_Board'] }, 'In field: flexiPage - no FlexiPage named Delivery_Board found'],
  ['a tab of an app', { CustomTab: ['Delivery_Board'] }, 'In field: tab - no CustomTab named Delivery_Board found'],
  ['the folder of a report', { Report: ['Deliveries/'] }, 'Cannot find folder:Deliveries'],
  ['a report on a page', { Report: ['Deliveries/Planned_Deliveries'] }, 'no Report named Planned_Deliveries found'],
  ['a field of a layout', { CustomField: ['Delivery__c.Due__c'] }, 'no CustomField named Delivery__c.Due__c found'],
  [
    'the compact layout that an object assigns',
    { CompactLayout: ['Delivery__c.Delivery_Summary'] },
    'no CompactLayout named Delivery__c.Delivery_Summary found',
  ],
] as const)('%s cannot be deleted', async (_name, members, message) => {
  const before = client.started.org.metadata;
  const report = await remove(members);
  expect(report.status).toBe('Failed');
  expect(problemsOf(report)).toContainEqual(
    expect.stringMatching(/^destructiveChangesPost\.xml:\d+:\d+ .* is referenced elsewhere in the org/),
  );
  expect(problemsOf(report).join('\n')).toContain(message);
  expect(client.started.org.metadata).toBe(before);
});

test('the object takes its parts, layouts and tab with it, once nothing else names it', async () => {
  const rest = {
    LightningComponentBundle: MEMBERS.LightningComponentBundle,
    ApexClass: MEMBERS.ApexClass,
    CustomTab: ['Delivery_Board'],
    FlexiPage: MEMBERS.FlexiPage,
  };
  const others = { ...rest, CustomApplication: MEMBERS.CustomApplication, Report: MEMBERS.Report, PermissionSet: MEMBERS.PermissionSet };
  const account = { Layout: ['Account-Delivery Account Layout'] };
  expect(await remove({ ...others, ...account, CustomObject: MEMBERS.CustomObject })).toMatchObject({ status: 'Succeeded', failures: [] });
  expect(client.started.org.metadata).toMatchObject({ components: [], objects: [], others: [], apex: [] });
});
