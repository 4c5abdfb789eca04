import { describe, expect, it } from 'vitest';
import { DeployFailed } from '../errors.ts';
import type { Package } from './package.ts';
import { readPackage } from './read-package.ts';
import { CLASS, field, fieldFile, OBJECT, OBJECT_FILE, PackageFolder, xml } from './testing.ts';
import { toDeployedObjects } from './to-deployed-objects.ts';

function read(files: Readonly<Record<string, string>>): Package {
  using folder = new PackageFolder(files);
  return readPackage([folder.directory], folder.root);
}

/** `file:line:column message` of each problem. */
function problems(files: Readonly<Record<string, string>>): string[] {
  try {
    read(files);
    return [];
  } catch (error) {
    if (!(error instanceof DeployFailed)) throw error;
    return error.problems.map(({ location, message }) => `${location.file}:${location.line}:${location.column} ${message}`);
  }
}

/** The messages alone, for a field that is all of the package but its object. */
function fieldProblems(...lines: readonly string[]): string[] {
  return problems({ [OBJECT_FILE]: OBJECT, [fieldFile('A__c')]: field('A__c', ...lines) }).map((text) => text.replace(/^\S+ /, ''));
}

const VALUES = '<valueSet><valueSetDefinition><sorted>false</sorted>';
const END = '</valueSetDefinition></valueSet>';
const value = (name: string, isDefault = false): string =>
  `<value><fullName>${name}</fullName><default>${isDefault}</default><label>${name}</label></value>`;

describe('a package', () => {
  it('holds the components of its folders', () => {
    const pkg = read({
      [OBJECT_FILE]: OBJECT,
      [fieldFile('Note__c')]: field('Note__c', '<length>20</length>', '<type>Text</type>'),
      'classes/deep/Thing.cls': 'public class Thing {}',
      'classes/deep/Thing.cls-meta.xml': CLASS,
      'triggers/OnThing.trigger': 'trigger OnThing on Thing__c (before insert) {}',
      'triggers/OnThing.trigger-meta.xml': CLASS.replaceAll('ApexClass', 'ApexTrigger'),
      'permissionsets/Users.permissionset-meta.xml': xml('PermissionSet', '<label>Users</label>'),
      '.hidden/x.txt': '',
    });
    expect(pkg.components.map(({ type, name, file }) => [type, name, file])).toEqual([
      ['ApexClass', 'Thing', 'pkg/classes/deep/Thing.cls'],
      ['CustomObject', 'Thing__c', `pkg/${OBJECT_FILE}`],
      ['CustomField', 'Thing__c.Note__c', `pkg/${fieldFile('Note__c')}`],
      ['PermissionSet', 'Users', 'pkg/permissionsets/Users.permissionset-meta.xml'],
      ['ApexTrigger', 'OnThing', 'pkg/triggers/OnThing.trigger'],
    ]);
    expect(pkg.apex.map(({ name, kind, apiVersion, source }) => ({ name, kind, apiVersion, source }))).toEqual([
      { name: 'Thing', kind: 'class', apiVersion: 67, source: 'public class Thing {}' },
      { name: 'OnThing', kind: 'trigger', apiVersion: 67, source: 'trigger OnThing on Thing__c (before insert) {}' },
    ]);
  });

  it('becomes objects, on top of those that are there', () => {
    const first = toDeployedObjects(
      read({
        [OBJECT_FILE]: OBJECT,
        [fieldFile('Note__c')]: field('Note__c', '<length>20</length>', '<type>Text</type>', '<required>true</required>'),
      }),
    );
    expect(first).toMatchObject([
      { name: 'Thing__c', label: 'Thing', labelPlural: 'Things', nameField: { type: 'AutoNumber', displayFormat: 'T-{000}' } },
    ]);
    expect(first[0]?.fields).toMatchObject([
      { name: 'Note__c', type: 'Text', length: 20, required: true, unique: false, defaultValue: null },
    ]);
    const second = toDeployedObjects(
      read({
        [fieldFile('Note__c')]: field('Note__c', '<length>30</length>', '<type>Text</type>'),
        [fieldFile('Kind__c')]: field('Kind__c', '<type>Picklist</type>', `${VALUES}${value('a')}${value('b', true)}${END}`),
      }),
      first,
    );
    expect(second).toHaveLength(1);
    expect(second[0]?.label).toBe('Thing');
    expect(second[0]?.fields.map(({ name, length }) => [name, length])).toEqual([
      ['Note__c', 30],
      ['Kind__c', null],
    ]);
    expect(second[0]?.fields[1]?.picklist?.values[1]).toEqual({ value: 'b', label: 'b', active: true, isDefault: true });
  });

  it('reports the problems of all files together', () => {
    const files = { [OBJECT_FILE]: OBJECT.replace('Private', 'Privat'), [fieldFile('A__c')]: field('A__c', '<type>Numbr</type>') };
    expect(problems(files)).toHaveLength(2);
  });
});

describe('text that is no metadata', () => {
  const file = 'permissionsets/P.permissionset-meta.xml';

  it.each([
    ['<PermissionSet>\n  <label>x</lable>\n</PermissionSet>', '2:10', 'Opening and ending tag mismatch'],
    ['<PermissionSet>\n  <label>x', '2:3', 'unclosed xml tag'],
    ['<PermissionSet>\n <label a=b/></PermissionSet>', '2:2', 'missed quot'],
    ['<PermissionSet>&nbsp;</PermissionSet>', '1:1', 'entity not found'],
    ['<PermissionSet>\n <label>\u0007</label></PermissionSet>', '2:9', 'invalid XML character'],
    ['', '1:1', 'missing root element'],
    ['<PermissionSet/>', '1:1', 'is not in the namespace http://soap.sforce.com/2006/04/metadata'],
  ])('%j', (text, place, message) => {
    const found = problems({ [file]: text });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`pkg/${file}:${place} `);
    expect(found[0]).toContain(message);
  });
});

describe('what public projects have', () => {
  const cls = (ns: string): Record<string, string> => ({
    'classes/Old.cls': 'public class Old {}',
    'classes/Old.cls-meta.xml': `<ApexClass xmlns="${ns}" fqn="Old"><apiVersion>64.0</apiVersion><status>Active</status></ApexClass>`,
  });

  it('the namespace that old tools wrote beside code is read, no other is', () => {
    expect(problems(cls('urn:metadata.tooling.soap.sforce.com'))).toEqual([]);
    expect(problems(cls('urn:other'))).toEqual([expect.stringContaining('is not in the namespace')]);
  });

  it('an action that is not overridden says nothing; others are refused', () => {
    const withAction = (type: string): string[] =>
      problems({
        [OBJECT_FILE]: OBJECT.replace(
          '</CustomObject>',
          `<actionOverrides><actionName>View</actionName><type>${type}</type></actionOverrides></CustomObject>`,
        ),
      });
    expect(withAction('Default')).toEqual([]);
    expect(withAction('Flexipage')).toEqual([expect.stringContaining('Not supported by the local org: CustomObject.actionOverrides')]);
  });

  it('empty search layouts say nothing; others are refused', () => {
    const withLayouts = (layouts: string): string[] =>
      problems({ [OBJECT_FILE]: OBJECT.replace('</CustomObject>', `${layouts}</CustomObject>`) });
    expect(withLayouts('<searchLayouts/>')).toEqual([]);
    expect(withLayouts('<searchLayouts><searchResultsAdditionalFields>A__c</searchResultsAdditionalFields></searchLayouts>')).toEqual([
      expect.stringContaining('Not supported by the local org: metadata type SearchLayouts'),
    ]);
  });
});

describe('elements', () => {
  const ns = '{http://soap.sforce.com/2006/04/metadata}';

  it.each([
    [
      '<deploymentStatuss>Deployed</deploymentStatuss>',
      `Error parsing file: Element ${ns}deploymentStatuss invalid at this location in type CustomObject`,
    ],
    ['<label>Again</label>', `Error parsing file: Element ${ns}label is duplicated at this location in type CustomObject`],
    [
      '<externalSharingModel>Privat</externalSharingModel>',
      "Error parsing file: 'Privat' is not a valid value for the enum 'SharingModel' (element externalSharingModel)",
    ],
    [
      '<enableReports>yes</enableReports>',
      "Error parsing file: 'yes' is not a valid value for the type xsd:boolean (element enableReports)",
    ],
    ['<fields>x</fields>', 'Error parsing file: Element fields of type CustomField holds text: x'],
    ['<description><b>x</b></description>', `Error parsing file: Element ${ns}b invalid at this location in type string`],
    ['<recordTypes/>', 'Not supported by the local org: metadata type RecordType'],
  ])('%s is refused in an object', (line, message) => {
    const [only, ...more] = problems({ [OBJECT_FILE]: OBJECT.replace('</CustomObject>', `    ${line}\n</CustomObject>`) });
    expect(more).toEqual([]);
    expect(only).toMatch(new RegExp(`^pkg/${OBJECT_FILE}:8:\\d+ `));
    expect(only).toContain(message);
  });

  it('must be there where they are required, and numbers be numbers', () => {
    const file = 'permissionsets/P.permissionset-meta.xml';
    expect(problems({ [file]: xml('PermissionSet', '<description>x</description>') })).toEqual([
      `pkg/${file}:2:1 Required field is missing: label`,
    ]);
    expect(fieldProblems('<type>Text</type>', '<length>ten</length>')).toEqual([
      "Error parsing file: 'ten' is not a valid value for the type xsd:double (element length)",
    ]);
  });

  it('that the local org would ignore are refused by name', () => {
    const history = OBJECT.replace('</CustomObject>', '    <enableHistory>true</enableHistory>\n</CustomObject>');
    expect(problems({ [OBJECT_FILE]: history })).toEqual([
      `pkg/${OBJECT_FILE}:8:5 Not supported by the local org: CustomObject.enableHistory`,
    ]);
    expect(problems({ [OBJECT_FILE]: history.replace('true', 'false') })).toEqual([]);
    const lookup = ['<type>Lookup</type>', '<referenceTo>User</referenceTo>', '<relationshipName>Things</relationshipName>'];
    expect(fieldProblems(...lookup, '<deleteConstraint>Restrict</deleteConstraint>')).toEqual([
      'Not supported by the local org: CustomField.deleteConstraint Restrict',
    ]);
    expect(fieldProblems(...lookup, '<deleteConstraint>SetNull</deleteConstraint>')).toEqual([]);
    expect(fieldProblems('<type>Date</type>', '<defaultValue>TODAY()</defaultValue>')).toEqual([
      'Not supported by the local org: default value TODAY() (Thing__c.A__c)',
    ]);
    expect(fieldProblems('<type>Location</type>')).toEqual(['Not supported by the local org: field type Location (Thing__c.A__c)']);
  });
});

describe('rules of fields', () => {
  it.each([
    [['<type>Text</type>'], "Must specify 'length' for a CustomField of type Text"],
    [['<type>Text</type>', '<length>256</length>'], 'The length of a CustomField of type Text must be a whole number from 1 to 255'],
    [['<type>Date</type>', '<length>5</length>'], "Can not specify 'length' for a CustomField of type Date"],
    [['<type>LongTextArea</type>', '<length>1000</length>'], "Must specify 'visibleLines' for a CustomField of type LongTextArea"],
    [['<type>Number</type>', '<precision>10</precision>'], "Must specify 'scale' for a CustomField of type Number"],
    [
      ['<type>Number</type>', '<precision>3</precision>', '<scale>4</scale>'],
      'The precision must be from 1 to 18, and the scale from 0 to the precision',
    ],
    [['<type>Checkbox</type>'], "Must specify 'defaultValue' for a CustomField of type Checkbox"],
    [['<type>Picklist</type>'], "Must specify 'valueSet' for a CustomField of type Picklist"],
    [['<type>Picklist</type>', `${VALUES}${value('a')}${value('A')}${END}`], 'Duplicate value: A'],
    [['<type>Picklist</type>', `${VALUES}${value('a', true)}${value('b', true)}${END}`], 'A picklist has one default value at most'],
    [['<type>Date</type>', `${VALUES}${value('a')}${END}`], "Can not specify 'valueSet' for a CustomField of type Date"],
    [['<type>Lookup</type>', '<referenceTo>User</referenceTo>'], "Must specify 'relationshipName' for a CustomField of type Lookup"],
    [
      ['<type>Lookup</type>', '<referenceTo>User</referenceTo>', '<relationshipName>As</relationshipName>', '<required>true</required>'],
      'field integrity exception: unknown (must specify either cascade delete or restrict delete for required lookup foreign key)',
    ],
    [['<type>Date</type>', '<unique>true</unique>'], "Can not specify 'unique' for a CustomField of type Date"],
    [['<type>Date</type>', '<externalId>true</externalId>'], "Can not specify 'externalId' for a CustomField of type Date"],
    [
      ['<type>Checkbox</type>', '<defaultValue>false</defaultValue>', '<required>true</required>'],
      "Can not specify 'required' for a CustomField of type Checkbox",
    ],
    [
      ['<type>Text</type>', '<length>5</length>', '<caseSensitive>true</caseSensitive>'],
      "Can not specify 'caseSensitive' for a CustomField that is not a unique Text",
    ],
    [['<formula>Name</formula>'], "Must specify 'type' for a CustomField with a formula"],
    [['<formula>Name</formula>', '<type>Text</type>', '<length>5</length>'], "Can not specify 'length' for a CustomField with a formula"],
    [['<formula>Name</formula>', '<type>LongTextArea</type>'], "Can not specify 'formula' for a CustomField of type LongTextArea"],
    [['<formula>Name</formula>', '<type>Text</type>', '<unique>true</unique>'], "Can not specify 'unique' for a CustomField of type Text"],
  ])('%j', (lines, message) => {
    expect(fieldProblems(...lines)).toEqual([message]);
  });

  it('let pass what the platform lets pass', () => {
    expect(
      fieldProblems('<type>Text</type>', '<length>64</length>', '<unique>true</unique>', '<caseSensitive>true</caseSensitive>'),
    ).toEqual([]);
    expect(fieldProblems('<type>Number</type>', '<precision>18</precision>', '<scale>2</scale>', '<externalId>true</externalId>')).toEqual(
      [],
    );
    expect(fieldProblems('<formula>Name</formula>', '<type>Text</type>', '<unique>false</unique>')).toEqual([]);
  });
});

describe('names and files', () => {
  it('have to agree', () => {
    const renamed = { [OBJECT_FILE]: OBJECT, [fieldFile('B__c')]: field('A__c', '<type>Date</type>') };
    expect(problems(renamed)).toEqual([`pkg/${fieldFile('B__c')}:2:1 The fullName A__c is not the file's name B__c`]);
    expect(problems({ 'objects/Other__c/Thing__c.object-meta.xml': OBJECT })[0]).toContain('must lie in a folder of its name');
    expect(problems({ 'objects/Thing__c/A__c.field-meta.xml': field('A__c', '<type>Date</type>') })[0]).toContain(
      'objects/<object>/fields',
    );
    expect(problems({ [fieldFile('Total')]: field('Total', '<type>Date</type>') })[0]).toContain(
      'The name Total is not that of a custom field',
    );
    expect(problems({ 'classes/A.cls-meta.xml': OBJECT, 'classes/A.cls': '' })[0]).toContain(
      'A .cls file holds ApexClass, not CustomObject',
    );
  });

  it('occur once, across package directories too', () => {
    using first = new PackageFolder({ 'classes/A.cls': 'class A {}', 'classes/A.cls-meta.xml': CLASS });
    using second = new PackageFolder({ 'classes/a.cls': 'class a {}', 'classes/a.cls-meta.xml': CLASS });
    expect(() => readPackage([first.directory, second.directory], first.root)).toThrow(
      'Duplicate ApexClass a: it is in pkg/classes/A.cls too',
    );
  });

  it('come in pairs, and none is passed over', () => {
    expect(problems({ 'classes/A.cls': 'class A {}' })).toEqual(['pkg/classes/A.cls:1:1 The file A.cls-meta.xml is missing beside it']);
    expect(problems({ 'classes/A.cls-meta.xml': CLASS })).toEqual(['pkg/classes/A.cls-meta.xml:1:1 The source A.cls is missing beside it']);
    expect(problems({ 'notes.txt': '' })[0]).toContain('pkg/notes.txt:1:1 Could not infer a metadata type');
    expect(problems({ 'flows/Close.flow-meta.xml': xml('Flow', '<label>Close</label>') })).toEqual([
      'pkg/flows/Close.flow-meta.xml:2:1 Not supported by the local org: metadata type Flow',
    ]);
    expect(problems({ 'classes/A.cls': '', 'classes/A.cls-meta.xml': CLASS.replace('Active', 'Deleted') })[0]).toContain(
      'ApexClass with status Deleted',
    );
  });

  it('of objects say what an object needs', () => {
    const bare = xml('CustomObject');
    expect(problems({ [OBJECT_FILE]: bare }).map((text) => text.replace(/^\S+ /, ''))).toEqual([
      'Must specify a non-empty label for the CustomObject',
      'Must specify a non-empty pluralLabel for the CustomObject',
      "Must specify 'nameField' for the CustomObject",
      "Must specify 'deploymentStatus' for the CustomObject",
      "Must specify 'sharingModel' for the CustomObject",
    ]);
    expect(problems({ [OBJECT_FILE]: OBJECT.replace('T-{000}', 'T-') })[0]).toContain(
      'The displayFormat of an AutoNumber must hold its number',
    );
    expect(problems({ 'objects/Pol__e/Pol__e.object-meta.xml': bare })[0]).toContain('Not supported by the local org: object Pol__e');
  });

  it('of objects enable what belongs together', () => {
    const flags = (bulk: boolean, sharing: boolean): string =>
      OBJECT.replace(
        '    <label>',
        `    <enableBulkApi>${bulk}</enableBulkApi><enableSharing>${sharing}</enableSharing><enableStreamingApi>true</enableStreamingApi>\n    <label>`,
      );
    expect(problems({ [OBJECT_FILE]: flags(true, true) })).toEqual([]);
    expect(problems({ [OBJECT_FILE]: flags(true, false) })[0]).toContain(
      'enableBulkApi, enableSharing, enableStreamingApi must be enabled',
    );
  });

  it('hold no text that is too long', () => {
    const file = 'permissionsets/P.permissionset-meta.xml';
    const set = (label: number, description: number): string =>
      xml('PermissionSet', `<description>${'x'.repeat(description)}</description>`, `<label>${'x'.repeat(label)}</label>`);
    expect(problems({ [file]: set(80, 255) })).toEqual([]);
    expect(problems({ [file]: set(81, 256) })).toEqual([
      `pkg/${file}:3:5 The description of a PermissionSet has 256 characters, more than 255`,
      `pkg/${file}:4:5 The label of a PermissionSet has 81 characters, more than 80`,
    ]);
    expect(
      problems({ [OBJECT_FILE]: OBJECT.replace('    <label>', `    <description>${'x'.repeat(1001)}</description>\n    <label>`) }),
    ).toEqual([`pkg/${OBJECT_FILE}:4:5 The description of a CustomObject has 1001 characters, more than 1000`]);
  });

  it('of validation rules say what a rule needs', () => {
    const path = 'objects/Thing__c/validationRules/Rule.validationRule-meta.xml';
    const rule = (...lines: readonly string[]): string => xml('ValidationRule', '<active>true</active>', ...lines);
    const condition = '<errorConditionFormula>TRUE</errorConditionFormula>';
    const message = '<errorMessage>No</errorMessage>';
    expect(problems({ [path]: rule(condition, message) })).toEqual([]);
    expect(problems({ [path]: rule(message) })[0]).toContain('Required field is missing: errorConditionFormula');
    expect(problems({ [path]: rule('<errorConditionFormula> </errorConditionFormula>', message) })).toEqual([
      `pkg/${path}:4:5 Required field is missing: errorConditionFormula`,
    ]);
    expect(problems({ [path]: rule(condition, `<errorMessage>${'x'.repeat(256)}</errorMessage>`) })).toEqual([
      `pkg/${path}:5:5 The error message has 256 characters, more than 255`,
    ]);
    expect(problems({ [path.replace('Rule.', 'Rule__2.')]: rule(condition, message) })[0]).toContain('is not that of a validation rule');
    expect(problems({ 'rules/Rule.validationRule-meta.xml': rule(condition, message) })[0]).toContain(
      'The validation rule Rule must lie in objects/<object>/validationRules',
    );
  });
});
