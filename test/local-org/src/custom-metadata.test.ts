import { afterEach, describe, expect, it } from 'vitest';
import { DeployFailed } from './errors.ts';
import { CLASS, field, PackageFolder, xml } from './metadata/testing.ts';
import { createLocalOrg } from './org.ts';
import type { LocalOrg } from './org-types.ts';

const TYPE_FILE = 'objects/Toll__mdt/Toll__mdt.object-meta.xml';
const TYPE = xml('CustomObject', '<label>Toll</label>', '<pluralLabel>Tolls</pluralLabel>', '<visibility>Public</visibility>');
const FIELDS: Readonly<Record<string, string>> = {
  [fieldFile('Active__c')]: field('Active__c', '<type>Checkbox</type>', '<defaultValue>false</defaultValue>'),
  [fieldFile('Price__c')]: field('Price__c', '<type>Number</type>', '<precision>4</precision>', '<scale>1</scale>'),
  [fieldFile('Road__c')]: field('Road__c', '<type>Text</type>', '<length>3</length>', '<required>true</required>'),
  [fieldFile('Since__c')]: field('Since__c', '<type>DateTime</type>'),
};
const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"';

function fieldFile(name: string): string {
  return `objects/Toll__mdt/fields/${name}.field-meta.xml`;
}

function value(name: string, type: string, text: string): string {
  return `<values><field>${name}</field><value ${XSI} xsi:type="xsd:${type}">${text}</value></values>`;
}

const ROAD = value('Road__c', 'string', 'A1');

/** Line 3 is the label, the values follow. */
function record(...values: readonly string[]): Record<string, string> {
  return { 'customMetadata/Toll.Bridge.md-meta.xml': xml('CustomMetadata', '<label>Bridge</label>', ...values) };
}

function apex(name: string, source: string): Record<string, string> {
  return { [`classes/${name}.cls`]: source, [`classes/${name}.cls-meta.xml`]: CLASS };
}

const orgs: LocalOrg[] = [];
afterEach(() => {
  for (const org of orgs.splice(0)) org.close();
});

function deployed(...packages: readonly Readonly<Record<string, string>>[]): LocalOrg {
  using folder = new PackageFolder({});
  const org = createLocalOrg({ dataset: 'empty', root: folder.root });
  orgs.push(org);
  for (const files of packages) {
    using each = new PackageFolder(files);
    org.deploy([each.directory]);
  }
  return org;
}

function problems(files: Readonly<Record<string, string>>): string[] {
  using folder = new PackageFolder(files);
  const org = createLocalOrg({ dataset: 'empty', root: folder.root });
  orgs.push(org);
  try {
    org.deploy([folder.directory]);
  } catch (error) {
    if (error instanceof DeployFailed) {
      return error.problems.map(({ message, location }) => `${location.file.replace(/^.*\//, '')}:${location.line} ${message}`);
    }
    throw error;
  }
  return [];
}

const ofRecord = (...values: readonly string[]): string[] => problems({ [TYPE_FILE]: TYPE, ...FIELDS, ...record(...values) });
const FILE = 'Toll.Bridge.md-meta.xml';

describe('a record', () => {
  it('says what its type takes', () => {
    expect(ofRecord(ROAD, value('Price__c', 'int', '12'), value('Since__c', 'dateTime', '2026-01-31T10:00:00.000Z'))).toEqual([]);
  });

  it.each([
    ['a field that is not there', [ROAD, value('Rode__c', 'string', 'x')], `${FILE}:5 Toll__mdt has no field Rode__c`],
    ['a standard field', [ROAD, value('DeveloperName', 'string', 'x')], `${FILE}:5 Toll__mdt has no field DeveloperName`],
    ['a field twice', [ROAD, ROAD], `${FILE}:5 Duplicate value for Road__c`],
    [
      'the wrong type',
      [ROAD, value('Active__c', 'string', 'true')],
      `${FILE}:5 The field Active__c is of type boolean and takes no xsd:string`,
    ],
    ['no boolean', [ROAD, value('Active__c', 'boolean', 'yes')], `${FILE}:5 The field Active__c takes true or false, not yes`],
    ['no number', [ROAD, value('Price__c', 'double', '1e3')], `${FILE}:5 The field Price__c takes a number, not 1e3`],
    ['too many digits', [ROAD, value('Price__c', 'double', '1234')], `${FILE}:5 The field Price__c has 3 digits before the point at most`],
    ['too fine a number', [ROAD, value('Price__c', 'double', '1.25')], `${FILE}:5 The field Price__c has 1 digits after the point at most`],
    [
      'no day',
      [ROAD, value('Since__c', 'dateTime', '2026-02-30T10:00:00Z')],
      'takes a date and time with its zone, not 2026-02-30T10:00:00Z',
    ],
    ['too long a text', [value('Road__c', 'string', 'A123')], `${FILE}:4 The field Road__c has 3 characters at most, not 4`],
    ['no required value', [], `${FILE}:2 Required fields are missing: [Road__c]`],
    ['an empty required value', [value('Road__c', 'string', '')], `${FILE}:4 Required fields are missing: [Road__c]`],
    [
      'no xsi:type',
      ['<values><field>Road__c</field><value>A1</value></values>'],
      `${FILE}:4 The field Road__c needs an xsi:type: xsd:string`,
    ],
  ])('is refused with %s', (_what, values, message) => {
    expect(ofRecord(...values)).toEqual([expect.stringContaining(message)]);
  });

  it('has a type, a folder, a name and a label', () => {
    expect(problems(record(ROAD))).toEqual([`${FILE}:2 Entity of type 'CustomObject' named 'Toll__mdt' cannot be found`]);
    const type = { [TYPE_FILE]: TYPE };
    const bare = xml('CustomMetadata', '<label>x</label>');
    expect(problems({ ...type, 'elsewhere/Toll.A.md-meta.xml': bare })).toEqual([
      expect.stringContaining('must lie in the folder customMetadata'),
    ]);
    expect(problems({ ...type, 'customMetadata/Toll.A__b.md-meta.xml': bare })).toEqual([expect.stringContaining('is named Type.Record')]);
    expect(problems({ ...type, 'customMetadata/Toll.A.md-meta.xml': xml('CustomMetadata') })).toEqual([
      expect.stringContaining('missing: label'),
    ]);
  });
});

describe('a type', () => {
  it('has no parts of an object with records of its own', () => {
    const wrong = TYPE.replace('<visibility>', '<sharingModel>Private</sharingModel><visibility>');
    expect(problems({ [TYPE_FILE]: wrong })).toEqual([
      expect.stringContaining(":5 Can not specify 'sharingModel' for a custom metadata type"),
    ]);
    expect(problems({ [TYPE_FILE]: TYPE.replace('Public', 'Protected') })).toEqual([expect.stringContaining('visibility Protected')]);
  });

  it('has the fields that custom metadata can have', () => {
    const file = { [TYPE_FILE]: TYPE };
    const number = field('No__c', '<displayFormat>A-{0}</displayFormat>', '<type>AutoNumber</type>');
    expect(problems({ ...file, [fieldFile('No__c')]: number })).toEqual([
      'No__c.field-meta.xml:6 A custom metadata type can not have a field of type AutoNumber',
    ]);
    const formula = field('F__c', '<formula>1</formula>', '<precision>4</precision>', '<scale>0</scale>', '<type>Number</type>');
    expect(problems({ ...file, [fieldFile('F__c')]: formula })).toEqual([expect.stringContaining("Can not specify 'formula'")]);
  });
});

it('a later deploy changes a record, adds another and keeps the id', () => {
  const org = deployed({ [TYPE_FILE]: TYPE, ...FIELDS, ...record(ROAD, value('Active__c', 'boolean', 'true')) });
  const rows = (): unknown[][] => org.store.select('SELECT "Id", "DeveloperName", "Road__c", "Active__c" FROM "Toll__mdt" ORDER BY 2', []);
  const [before] = rows();
  expect(before?.slice(1)).toEqual(['Bridge', 'A1', 1]);
  using folder = new PackageFolder({
    ...record(value('Road__c', 'string', 'B2')),
    'customMetadata/Toll.Tunnel.md-meta.xml': xml('CustomMetadata', '<label>T</label>', ROAD),
  });
  org.deploy([folder.directory]);
  expect(rows().map(([, ...rest]) => rest)).toEqual([
    ['Bridge', 'B2', 0],
    ['Tunnel', 'A1', 0],
  ]);
  expect(rows()[0]?.[0]).toBe(before?.[0]);
});

it('Apex tests see the records', () => {
  const source = `@IsTest
private class TollTest {
  @IsTest static void reads() { Assert.areEqual('A1', [SELECT Road__c FROM Toll__mdt].Road__c); }
}`;
  const org = deployed({ [TYPE_FILE]: TYPE, ...FIELDS, ...record(ROAD), ...apex('TollTest', source) });
  expect(org.runTests().results.map(({ outcome }) => outcome)).toEqual(['Pass']);
});

it.each([
  ["insert new Toll__mdt(Road__c = 'x');", 'DML operation INSERT not allowed on Toll__mdt'],
  ['delete [SELECT Id FROM Toll__mdt];', 'DML operation DELETE not allowed on List<Toll__mdt>'],
  ["List<Toll__mdt> a = [SELECT Id FROM Toll__mdt WHERE Road__c = 'x' OR Price__c = 1];", 'OR between different fields in a query on'],
  ['List<Toll__mdt> a = [SELECT Id FROM Toll__mdt ORDER BY Road__c];', 'ORDER BY a field that is not selected'],
  ['Integer n = [SELECT COUNT() FROM Toll__mdt];', 'a function in a query on the custom metadata type Toll__mdt'],
  ["Toll__mdt.getOne('x');", 'Method does not exist or incorrect signature'],
])('refuses %s', (statement, message) => {
  const source = `public class Tolls {\n  public static void run() {\n    ${statement}\n  }\n}`;
  expect(problems({ [TYPE_FILE]: TYPE, ...FIELDS, ...apex('Tolls', source) })).toEqual([expect.stringContaining(`Tolls.cls:3 `)]);
  expect(problems({ [TYPE_FILE]: TYPE, ...FIELDS, ...apex('Tolls', source) })[0]).toContain(message);
});

it('user mode reads them with Customize Application or a permission set', () => {
  const access = '<customMetadataTypeAccesses><enabled>true</enabled><name>Toll__mdt</name></customMetadataTypeAccesses>';
  const source = `@IsTest
private class TollTest {
  private static User person(String permissionSet) {
    User person = [SELECT Id FROM User WHERE LastName = 'Lindqvist'];
    if (permissionSet != null) {
      insert new PermissionSetAssignment(AssigneeId = person.Id, PermissionSetId = [SELECT Id FROM PermissionSet WHERE Name = :permissionSet].Id);
    }
    return person;
  }
  @IsTest static void granted() {
    System.runAs(person('Tolls')) { Assert.areEqual(1, [SELECT Road__c FROM Toll__mdt WITH USER_MODE].size()); }
  }
  @IsTest static void notGranted() {
    System.runAs(person(null)) {
      Assert.areEqual(1, [SELECT Road__c FROM Toll__mdt WITH SYSTEM_MODE].size());
      Assert.areEqual(1, Toll__mdt.getAll().size());
      try {
        Assert.areEqual(1, [SELECT Road__c FROM Toll__mdt WITH USER_MODE].size());
        Assert.fail();
      } catch (QueryException e) {
        Assert.isTrue(e.getMessage().contains('Toll__mdt'), e.getMessage());
      }
    }
  }
}`;
  const set = { 'permissionsets/Tolls.permissionset-meta.xml': xml('PermissionSet', access, '<label>Tolls</label>') };
  const org = deployed({ [TYPE_FILE]: TYPE, ...FIELDS, ...record(ROAD), ...set, ...apex('TollTest', source) });
  expect(org.runTests().results.filter(({ outcome }) => outcome !== 'Pass')).toEqual([]);
  expect(org.runTests().results).toHaveLength(2);
  const bad = {
    'permissionsets/Tolls.permissionset-meta.xml': set['permissionsets/Tolls.permissionset-meta.xml'].replace('Toll__mdt', 'Tool__mdt'),
  };
  expect(problems(bad)).toEqual([expect.stringContaining('no CustomObject named Tool__mdt found')]);
});
