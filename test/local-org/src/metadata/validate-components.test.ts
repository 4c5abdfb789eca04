import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DeployFailed } from '../errors.ts';
import { mergePackages } from './merge-packages.ts';
import { readPackage } from './read-package.ts';
import { PackageFolder, xml } from './testing.ts';
import { validatePackage } from './validate-package.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const SOUND = readPackage([join(ROOT, 'test', 'local-org', 'fixtures', 'console-package')], ROOT);

/** `line message` of what more files on top of the console package do wrong, in the files that are told. */
function problems(files: Readonly<Record<string, string>>): string[] {
  using folder = new PackageFolder(files);
  try {
    const pkg = mergePackages(SOUND, readPackage([folder.directory], folder.root));
    return validatePackage(pkg).problems.map(({ location, message }) => `${location.line} ${message}`);
  } catch (error) {
    if (!(error instanceof DeployFailed)) throw error;
    return error.problems.map(({ location, message }) => `${location.line} ${message}`);
  }
}

const META = '<isExposed>false</isExposed>';
const bundle = (
  name: string,
  meta: readonly string[],
  files: Readonly<Record<string, string>> = { [`${name}.js`]: 'export const one = 1;' },
) => ({
  [`lwc/${name}/${name}.js-meta.xml`]: xml('LightningComponentBundle', ...meta),
  ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`lwc/${name}/${file}`, text])),
});
const report = (...lines: readonly string[]) => ({
  'reports/Deliveries/More.report-meta.xml': xml(
    'Report',
    ...lines,
    '<name>More</name>',
    '<reportType>CustomEntity$Delivery__c</reportType>',
  ),
});
const TABULAR = '<format>Tabular</format>';
const layout = (...lines: readonly string[]) => ({
  'layouts/Account-Mine.layout-meta.xml': xml(
    'Layout',
    '<layoutSections><layoutColumns>',
    ...lines,
    '</layoutColumns><style>OneColumn</style></layoutSections>',
  ),
});
const item = (behavior: string, field: string): string =>
  `<layoutItems><behavior>${behavior}</behavior><field>${field}</field></layoutItems>`;
const layoutOfRules = (...lines: readonly string[]) => ({
  'objects/Rule__mdt/Rule__mdt.object-meta.xml': xml('CustomObject', '<label>Rule</label>', '<pluralLabel>Rules</pluralLabel>'),
  'layouts/Rule__mdt-Rule Layout.layout-meta.xml': xml(
    'Layout',
    '<layoutSections><layoutColumns>',
    ...lines,
    '</layoutColumns><style>OneColumn</style></layoutSections>',
  ),
});
const tab = (...lines: readonly string[]) => ({
  'tabs/More.tab-meta.xml': xml('CustomTab', '<label>More</label>', ...lines, '<motif>Custom1: Heart</motif>'),
});
const page = (type: string, component: string, ...lines: readonly string[]) => ({
  'flexipages/More.flexipage-meta.xml': xml(
    'FlexiPage',
    `<flexiPageRegions><itemInstances>${component}</itemInstances><name>main</name><type>Region</type></flexiPageRegions>`,
    '<masterLabel>More</masterLabel>',
    ...lines,
    '<template><name>flexipage:defaultAppHomeTemplate</name></template>',
    `<type>${type}</type>`,
  ),
});
const onPage = (name: string, ...more: readonly string[]): string =>
  `<componentInstance>${more.join('')}<componentName>${name}</componentName></componentInstance>`;
const app = (...lines: readonly string[]) => ({
  'applications/More.app-meta.xml': xml('CustomApplication', '<label>More</label>', ...lines),
});
const listView = (...lines: readonly string[]) => ({
  'objects/Delivery__c/listViews/More.listView-meta.xml': xml('ListView', '<fullName>More</fullName>', ...lines, '<label>More</label>'),
});
const EVERYTHING = '<filterScope>Everything</filterScope>';

describe('is sound', () => {
  test.each([
    ['a bundle of styles alone', bundle('styles', [META], { 'styles.css': 'p { color: red; }' })],
    [
      'a bundle with tests and an icon',
      bundle('tested', [META], { 'tested.js': '', 'tested.svg': '<svg/>', '__tests__/tested.test.js': 'x(' }),
    ],
    ['what tools keep beside bundles', { 'lwc/jsconfig.json': '{}' }],
    ['a tabular report', report('<columns><field>CUST_NAME</field></columns>', TABULAR)],
    [
      'a report in a folder in a folder',
      {
        'reports/Deliveries/Old.reportFolder-meta.xml': xml('ReportFolder', '<name>Old</name>'),
        'reports/Deliveries/Old/Past.report-meta.xml': xml(
          'Report',
          TABULAR,
          '<name>Past</name>',
          '<reportType>CustomEntity$Delivery__c</reportType>',
        ),
      },
    ],
    ['a tab of a URL', tab('<url>https://example.com</url>')],
    ['a page with a rich text', page('HomePage', onPage('flexipage:richText'))],
    ['an app with standard tabs', app('<tabs>standard-home</tabs>', '<tabs>standard-Opportunity</tabs>')],
    [
      'a list view of everybody',
      listView('<columns>OWNER.ALIAS</columns>', EVERYTHING, '<sharedTo><allInternalUsers></allInternalUsers></sharedTo>'),
    ],
    [
      'a layout of custom metadata records',
      layoutOfRules(item('Required', 'MasterLabel'), item('Edit', 'IsProtected'), item('Readonly', 'CreatedById')),
    ],
  ])('%s', (_name, files) => {
    expect(problems(files)).toEqual([]);
  });
});

describe('is told', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['a bundle whose name begins with a capital', bundle('Board', [META]), '2 Invalid component name Board'],
    ['a file in no bundle', { 'lwc/stray.js': '' }, '1 The file stray.js must lie in the folder of a component bundle'],
    ['a file of a kind that bundles have not', bundle('b', [META], { 'b.js': '', 'b.json': '' }), '1 A component bundle can not hold the file b.json'],
    ['a component in TypeScript', bundle('b', [META], { 'b.js': '', 'b.ts': '' }), '1 Not supported by the local org: components in TypeScript'],
    ['a folder in a bundle', bundle('b', [META], { 'b.js': '', 'deep/a.js': '' }), '1 Not supported by the local org: the folder deep of a component bundle'],
    ['a configuration under another name', bundle('b', [META], { 'b.js': '', 'a.js-meta.xml': xml('LightningComponentBundle', META) }), "1 The bundle's js-meta.xml file must be named b.js-meta.xml"],
    ['capabilities of a component', bundle('b', ['<capabilities><capability>lightning__ServerRenderable</capability></capabilities>', META]), '3 Not supported by the local org: LightningComponentBundle.capabilities'],
    ['a version that there is not', bundle('b', ['<apiVersion>99.0</apiVersion>', META]), '3 Invalid apiVersion 99.0 of a component'],
    ['an attribute where none is', bundle('b', ['<isExposed a="b">false</isExposed>']), '3 Not supported by the local org: attribute a of isExposed'],
    ['a custom label', bundle('b', [META], { 'b.js': "import a from '@salesforce/label/c.a';" }), '1 Invalid reference c.a of type label'],
    ['a custom permission', bundle('b', [META], { 'b.js': "import a from '@salesforce/customPermission/No';" }), '1 In field: customPermission - no CustomPermission named No found'],
    ['a part of the platform that is not known', bundle('b', [META], { 'b.js': "import a from '@salesforce/user/Name';" }), '1 Not supported by the local org: module @salesforce/user/Name'],
    ['a library', bundle('b', [META], { 'b.js': "import a from 'moment';" }), '1 Cannot find the module moment'],
    ['a report on a standard report type', { 'reports/Deliveries/More.report-meta.xml': xml('Report', TABULAR, '<name>More</name>', '<reportType>Opportunity</reportType>') }, '5 Not supported by the local org: report type Opportunity'],
    ['a report that is filtered across objects', report('<crossFilters><operation>with</operation></crossFilters>', TABULAR), '3 Not supported by the local org: metadata type ReportCrossFilter'],
    ['a summary report without groupings', report('<format>Summary</format>'), '3 A summary report has groupings'],
    ['a matrix report with groupings one way', report('<format>Matrix</format>', '<groupingsDown><field>CUST_OWNER_NAME</field><sortOrder>Asc</sortOrder></groupingsDown>'), '3 A matrix report has groupings down and across'],
    ['a column twice', report('<columns><field>CUST_NAME</field></columns>', '<columns><field>CUST_NAME</field></columns>', TABULAR), '4 The report has the column CUST_NAME twice'],
    ['a report with a long description', report(`<description>${'x'.repeat(256)}</description>`, TABULAR), '3 The description of a report has at most 255 characters'],
    ['a folder that is shared with a role', { 'reports/More.reportFolder-meta.xml': xml('ReportFolder', '<folderShares><accessLevel>View</accessLevel><sharedTo>CEO</sharedTo><sharedToType>Role</sharedToType></folderShares>', '<name>More</name>') }, '3 Not supported by the local org: a folder that is shared with Role CEO'],
    ['a layout of an object that there is not', { 'layouts/Nope__c-Mine.layout-meta.xml': xml('Layout') }, "2 Entity of type 'CustomObject' named 'Nope__c' cannot be found"],
    ['a name that is not that of a layout', { 'layouts/Mine.layout-meta.xml': xml('Layout') }, '2 The name Mine is not that of a layout'],
    ['a button on a layout', { 'layouts/Account-Mine.layout-meta.xml': xml('Layout', '<customButtons>Go</customButtons>') }, '3 Not supported by the local org: Layout.customButtons'],
    ['a name that can be left out', layout(item('Edit', 'Name')), '4 Field:Name must be Required'],
    ['a maker of custom metadata who can be edited', layoutOfRules(item('Edit', 'CreatedById')), '4 Field:CreatedById must be Readonly'],
    ['an owner of custom metadata', layoutOfRules(item('Edit', 'OwnerId')), '4 In field: field - no CustomField named Rule__mdt.OwnerId found'],
    ['a page in a layout', layout('<layoutItems><page>Go</page></layoutItems>'), '4 Not supported by the local org: LayoutItem.page'],
    ['an item without anything', layout('<layoutItems><behavior>Edit</behavior></layoutItems>'), '4 A layout item holds one field, empty space or component'],
    ['a tab of two things', tab('<flexiPage>Delivery_Board</flexiPage>', '<url>https://example.com</url>'), '2 A tab shows one thing'],
    ['a tab of a component that is none', tab('<lwcComponent>deliveryBoard</lwcComponent>'), '4 The component deliveryBoard can not be a tab'],
    ['a tab of a component that there is not', tab('<lwcComponent>nope</lwcComponent>'), '4 In field: lwcComponent - no LightningComponentBundle named nope found'],
    ['a URL that is none', tab('<url>javascript:go()</url>'), '4 Invalid URL: javascript:go()'],
    ['the tab of an object that has one', { 'tabs/Account.tab-meta.xml': xml('CustomTab', '<customObject>true</customObject>', '<motif>Custom1: Heart</motif>') }, '2 Account is no custom object'],
    ['a page of another type', page('CommAppPage', onPage('flexipage:richText')), '6 Not supported by the local org: Lightning page of type CommAppPage'],
    ['a record page without its object', page('RecordPage', onPage('force:detailPanel')), '2 Required field is missing: sobjectType'],
    ['a page with a component that is not known', page('HomePage', onPage('runtime_sales:go')), '3 Not supported by the local org: component runtime_sales:go on a Lightning page'],
    ['a page with a facet that there is not', page('HomePage', onPage('flexipage:tabset', '<componentInstanceProperties><name>tabs</name><value>Facet-1</value></componentInstanceProperties>')), '3 The Lightning page has no region Facet-1'],
    ['a field on a page without a record', page('AppPage', '<fieldInstance><fieldItem>Record.Name</fieldItem></fieldInstance>'), '3 A page of type AppPage has no record whose field Name it could show'],
    ['an app with a tab twice', app('<tabs>Delivery__c</tabs>', '<tabs>Delivery__c</tabs>'), '5 Duplicate tab Delivery__c'],
    ['an app with a utility bar that there is not', app('<utilityBar>Bar</utilityBar>'), '4 In field: utilityBar - no FlexiPage named Bar found'],
    ['an app with a console', app('<consoleConfig></consoleConfig>'), '4 Not supported by the local org: metadata type ServiceCloudConsoleConfig'],
    ['an app with the tab of an object that is not known', app('<tabs>standard-Campaign</tabs>'), '4 Not supported by the local org: tab standard-Campaign'],
    ['a list view of a queue', listView('<filterScope>Queue</filterScope>', '<queue>Desk</queue>'), '5 Not supported by the local org: ListView.queue'],
    ['a list view that is shared with a role', listView(EVERYTHING, '<sharedTo><role>CEO</role></sharedTo>'), '5 Not supported by the local org: SharedTo.role'],
    ['a column that is not known', listView('<columns>FOO</columns>', EVERYTHING), '4 Not supported by the local org: column FOO of Delivery__c'],
    ['a list view in another folder', { 'objects/Delivery__c/fields/More.listView-meta.xml': xml('ListView', EVERYTHING, '<label>More</label>') }, '1 The ListView More must lie in objects/<object>/listViews'],
    ['a list view of an object that there is not', { 'objects/Nope__c/listViews/More.listView-meta.xml': xml('ListView', EVERYTHING, '<label>More</label>') }, "2 Entity of type 'CustomObject' named 'Nope__c' cannot be found"],
    ['an empty compact layout', { 'objects/Delivery__c/compactLayouts/More.compactLayout-meta.xml': xml('CompactLayout', '<fullName>More</fullName>', '<label>More</label>') }, '2 A compact layout has at least one field'],
  ])('%s', (_name, files, message) => {
    expect(problems(files)).toContainEqual(expect.stringContaining(message));
  }); // prettier-ignore
});
