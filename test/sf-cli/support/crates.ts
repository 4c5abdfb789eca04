const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const ROOT = 'app/main/default';

/** A class and its -meta.xml, as files of a project. */
export function apexClass(name: string, source: string): Record<string, string> {
  const file = `${ROOT}/classes/${name}.cls`;
  const meta = `${XML}\n<ApexClass ${XMLNS}>\n    <apiVersion>67.0</apiVersion>\n    <status>Active</status>\n</ApexClass>\n`;
  return { [file]: source, [`${file}-meta.xml`]: meta };
}

/** A field of `Crate__c`; `more` holds what its type asks for. */
export function crateField(name: string, type: string, more: string): Record<string, string> {
  const body = `    <fullName>${name}</fullName>\n    <label>${name}</label>\n    <type>${type}</type>\n    ${more}\n`;
  return { [`${ROOT}/objects/Crate__c/fields/${name}.field-meta.xml`]: `${XML}\n<CustomField ${XMLNS}>\n${body}</CustomField>\n` };
}

const OBJECT = `${XML}
<CustomObject ${XMLNS}>
    <deploymentStatus>Deployed</deploymentStatus>
    <label>Crate</label>
    <nameField>
        <label>Crate Name</label>
        <type>Text</type>
    </nameField>
    <pluralLabel>Crates</pluralLabel>
    <sharingModel>ReadWrite</sharingModel>
</CustomObject>
`;

const PERMISSION_SET = `${XML}
<PermissionSet ${XMLNS}>
    <classAccesses>
        <apexClass>Crates</apexClass>
        <enabled>true</enabled>
    </classAccesses>
    <fieldPermissions>
        <editable>true</editable>
        <field>Crate__c.Weight__c</field>
        <readable>true</readable>
    </fieldPermissions>
    <label>Crate User</label>
    <objectPermissions>
        <allowCreate>true</allowCreate>
        <allowDelete>true</allowDelete>
        <allowEdit>true</allowEdit>
        <allowRead>true</allowRead>
        <modifyAllRecords>false</modifyAllRecords>
        <object>Crate__c</object>
        <viewAllRecords>false</viewAllRecords>
    </objectPermissions>
</PermissionSet>
`;

export const CRATES_CLASS = `public with sharing class Crates {
    public static Decimal lighter(Crate__c crate, Decimal tare) {
        if (crate.Weight__c == null) {
            return 0;
        }
        return crate.Weight__c - tare;
    }
}
`;

export const CRATES_TEST = `@IsTest
private class CratesTest {
    @IsTest
    static void takesAway() {
        Assert.areEqual(3, Crates.lighter(new Crate__c(Name = 'A', Weight__c = 5), 2));
    }

    @IsTest
    static void weightless() {
        Assert.areEqual(0, Crates.lighter(new Crate__c(Name = 'B'), 2));
    }
}
`;

export const CRATES_FOLDER = ROOT;

/** A small sound package: an object with a field, a class with its test, a permission set that names all of them. */
export const CRATES: Readonly<Record<string, string>> = {
  [`${ROOT}/objects/Crate__c/Crate__c.object-meta.xml`]: OBJECT,
  ...crateField('Weight__c', 'Number', '<precision>8</precision>\n    <scale>2</scale>'),
  ...apexClass('Crates', CRATES_CLASS),
  ...apexClass('CratesTest', CRATES_TEST),
  [`${ROOT}/permissionsets/Crate_User.permissionset-meta.xml`]: PERMISSION_SET,
};

/** What the package is in the org, as `Type name`. */
export const CRATES_COMPONENTS = [
  'ApexClass Crates',
  'ApexClass CratesTest',
  'CustomField Crate__c.Weight__c',
  'CustomObject Crate__c',
  'PermissionSet Crate_User',
];
