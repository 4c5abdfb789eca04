import { describe, expect, it } from 'vitest';
import { createSchema } from '../schema/create-schema.ts';
import type { DeployedObject } from '../schema/deployed-object.ts';
import type { DeployFailed } from '../errors.ts';
import type { DeployedPermissions } from '../schema/deployed-permissions.ts';
import { mergePackages } from './merge-packages.ts';
import type { Package } from './package.ts';
import { readPackage } from './read-package.ts';
import { CLASS, field, fieldFile, OBJECT, OBJECT_FILE, PackageFolder, xml } from './testing.ts';
import { toDeployedObjects } from './to-deployed-objects.ts';
import { toDeployedPermissions } from './to-deployed-permissions.ts';
import { validatePackage } from './validate-package.ts';

const RULE = 'objects/Thing__c/validationRules/Must_Shout.validationRule-meta.xml';
const PERMISSIONS = 'permissionsets/P.permissionset-meta.xml';

function problems(files: Readonly<Record<string, string>>, before: Readonly<Record<string, string>> = {}): string[] {
  const now = packageOf(files);
  const pkg = Object.keys(before).length === 0 ? now : mergePackages(packageOf(before), now);
  return validatePackage(pkg).problems.map(({ location, message }) => `${location.file}:${location.line} ${message}`);
}

function packageOf(files: Readonly<Record<string, string>>): Package {
  using folder = new PackageFolder(files);
  return readPackage([folder.directory], folder.root);
}

const THING = {
  [OBJECT_FILE]: OBJECT,
  [fieldFile('Note__c')]: field('Note__c', '<length>20</length>', '<type>Text</type>'),
  [fieldFile('Must__c')]: field('Must__c', '<length>20</length>', '<required>true</required>', '<type>Text</type>'),
  [fieldFile('Shout__c')]: field('Shout__c', '<formula>Note__c &amp; "!"</formula>', '<type>Text</type>'),
};

function permissions(...lines: readonly string[]): string[] {
  const found = problems({ ...THING, [PERMISSIONS]: xml('PermissionSet', '<label>P</label>', ...lines) });
  return found.map((text) => text.replace(`pkg/${PERMISSIONS}:4 `, ''));
}

function onField(name: string, editable: boolean, readable = true): string {
  return `<fieldPermissions><editable>${editable}</editable><field>${name}</field><readable>${readable}</readable></fieldPermissions>`;
}

function onObject(name: string, ...granted: readonly string[]): string {
  const flag = (right: string): string => `<${right}>${granted.includes(right)}</${right}>`;
  const rights = ['allowCreate', 'allowDelete', 'allowEdit', 'allowRead', 'modifyAllRecords', 'viewAllRecords'];
  return `<objectPermissions>${rights.map(flag).join('')}<object>${name}</object></objectPermissions>`;
}

function onPermission(name: string): string {
  return `<userPermissions><enabled>true</enabled><name>${name}</name></userPermissions>`;
}

describe('permission sets', () => {
  it('may name what is there', () => {
    expect(permissions(onField('Thing__c.Note__c', true), onField('Thing__c.Shout__c', false), onObject('Thing__c', 'allowRead'))).toEqual(
      [],
    );
    expect(permissions(onField('Opportunity.Amount', true), onObject('Opportunity', 'allowRead', 'allowEdit'))).toEqual([]);
    expect(
      permissions(
        onField('Account.BillingAddress', true),
        onField('Opportunity.ExpectedRevenue', false),
        onField('Case.ClosedDate', false),
      ),
    ).toEqual([]);
    expect(permissions(onField('Task.Description', true), onPermission('ActivitiesAccess') + onPermission('EditTask'))).toEqual([]);
  });

  it.each([
    [onField('Thing__c.Nope__c', false), 'In field: field - no CustomField named Thing__c.Nope__c found'],
    [onField('Thingy__c.Note__c', false), 'In field: field - no CustomField named Thingy__c.Note__c found'],
    [onField('Thing__c.Must__c', true), 'You cannot deploy to a required field: Thing__c.Must__c'],
    [onField('Opportunity.StageName', true), 'You cannot deploy to a required field: Opportunity.StageName'],
    [onField('Opportunity.ForecastCategoryName', false), 'You cannot deploy to a required field: Opportunity.ForecastCategoryName'],
    [onField('Event.StartDateTime', false), 'You cannot deploy to a required field: Event.StartDateTime'],
    [onField('Thing__c.CreatedDate', false), 'You cannot deploy to a required field: Thing__c.CreatedDate'],
    [onField('Thing__c.Shout__c', true), 'Field Thing__c.Shout__c is not editable: it is computed'],
    [onField('Thing__c.Note__c', true, false), 'Field Thing__c.Note__c cannot be editable without being readable'],
    [onField('Account.NaicsCode', false), 'Not supported by the local org: field Account.NaicsCode'],
    [onObject('Thingy__c', 'allowRead'), 'In field: object - no CustomObject named Thingy__c found'],
    [onObject('Campaign', 'allowRead'), 'Not supported by the local org: object Campaign'],
    [onObject('Thing__c', 'allowEdit'), 'Permission Edit Thing__c depends on permission(s): Read Thing__c'],
    [
      '<classAccesses><apexClass>Nope</apexClass><enabled>true</enabled></classAccesses>',
      'In field: apexClass - no ApexClass named Nope found',
    ],
    [onObject('Thing__c', 'allowRead') + onObject('thing__c', 'allowRead'), 'Duplicate entry for thing__c'],
    [onObject('Task', 'allowRead'), 'Task has no object permissions: its access follows from user permissions or from another object'],
    [onField('Opportunity.OwnerId', false), 'You cannot deploy to a required field: Opportunity.OwnerId'],
    [onField('Opportunity.IsClosed', false), 'You cannot deploy to a required field: Opportunity.IsClosed'],
    [onField('Contact.FirstName', false), 'You cannot deploy to a required field: Contact.FirstName'],
    [onField('User.Title', false), 'You cannot deploy to a required field: User.Title'],
    [onField('Opportunity.ExpectedRevenue', true), 'Field Opportunity.ExpectedRevenue is not editable: it is computed'],
    [onPermission('Fly'), 'Unknown user permission: Fly'],
    [onPermission('EditTask'), 'Permission EditTask depends on permission(s): ActivitiesAccess'],
    [
      '<customPermissions><enabled>true</enabled><name>Nope</name></customPermissions>',
      'In field: customPermission - no CustomPermission named Nope found',
    ],
    [onPermission('ApiEnabled') + onPermission('ApiEnabled'), 'Duplicate entry for user permission ApiEnabled'],
  ])('%s', (line, message) => {
    expect(permissions(line)).toEqual([message]);
  });

  it('see classes of the package and of the org', () => {
    const access = xml(
      'PermissionSet',
      '<label>P</label>',
      '<classAccesses><apexClass>A</apexClass><enabled>true</enabled></classAccesses>',
    );
    expect(problems({ [PERMISSIONS]: access, 'classes/A.cls': 'class A {}', 'classes/A.cls-meta.xml': CLASS })).toEqual([]);
    expect(problems({ [PERMISSIONS]: access }, { 'classes/a.cls': 'class a {}', 'classes/a.cls-meta.xml': CLASS })).toEqual([]);
    expect(problems({ [PERMISSIONS]: access })).toHaveLength(1);
  });
});

describe('custom permissions', () => {
  const custom = xml('CustomPermission', '<isLicensed>false</isLicensed>', '<label>Write</label>');
  const file = 'customPermissions/Write.customPermission-meta.xml';
  const grant = xml(
    'PermissionSet',
    '<customPermissions><enabled>true</enabled><name>Write</name></customPermissions>',
    '<label>P</label>',
  );

  it('of the package and of the org can be given', () => {
    expect(problems({ [PERMISSIONS]: grant, [file]: custom })).toEqual([]);
    expect(problems({ [PERMISSIONS]: grant }, { 'customPermissions/write.customPermission-meta.xml': custom })).toEqual([]);
    expect(problems({ [PERMISSIONS]: grant })).toHaveLength(1);
  });

  it('stand in the org with the permission sets that give them; a set that is deployed again is replaced whole', () => {
    const deployed = (before: DeployedPermissions | undefined, ...lines: readonly string[]): DeployedPermissions => {
      using folder = new PackageFolder({ ...THING, [file]: custom, [PERMISSIONS]: xml('PermissionSet', '<label>P</label>', ...lines) });
      return toDeployedPermissions(readPackage([folder.directory], folder.root), before);
    };
    const first = deployed(
      undefined,
      onObject('Thing__c', 'allowRead'),
      onField('Thing__c.Note__c', false),
      '<userPermissions><enabled>false</enabled><name>ApiEnabled</name></userPermissions>',
      '<customPermissions><enabled>true</enabled><name>Write</name></customPermissions>',
    );
    expect(first.customPermissions).toEqual([{ name: 'Write', label: 'Write' }]);
    const [set] = first.permissionSets;
    expect(set).toMatchObject({ name: 'P', label: 'P', customPermissions: new Set(['write']), userPermissions: new Set() });
    expect(set?.objects.get('thing__c')).toMatchObject({ read: true, edit: false });
    expect(set?.fields.get('thing__c.note__c')).toEqual({ read: true, edit: false });
    const again = deployed(first, onObject('Thing__c', 'allowRead', 'allowEdit'));
    expect(again.permissionSets).toHaveLength(1);
    expect(again.permissionSets[0]?.customPermissions.size).toBe(0);
    expect(again.permissionSets[0]?.objects.get('thing__c')?.edit).toBe(true);
  });

  it('that need a connected app or a licence are refused', () => {
    const refused = (...lines: readonly string[]): unknown => {
      using folder = new PackageFolder({ [file]: xml('CustomPermission', ...lines, '<label>Write</label>') });
      try {
        return readPackage([folder.directory], folder.root);
      } catch (error) {
        return (error as DeployFailed).problems.map(({ message }) => message);
      }
    };
    expect(refused('<isLicensed>true</isLicensed>')).toEqual(['Not supported by the local org: CustomPermission.isLicensed']);
    expect(refused('<connectedApp>A</connectedApp>', '<isLicensed>false</isLicensed>')).toEqual([
      'Not supported by the local org: CustomPermission.connectedApp',
    ]);
  });
});

describe('org-wide defaults', () => {
  const sharing = (model: string, object = 'Thing__c', base = OBJECT): Record<string, string> => ({
    [`objects/${object}/${object}.object-meta.xml`]: base.replace('<sharingModel>Private', `<sharingModel>${model}`),
  });
  const modelOf = (files: Readonly<Record<string, string>>, object: string, before: readonly DeployedObject[] = []): string => {
    using folder = new PackageFolder(files);
    try {
      const found = createSchema(toDeployedObjects(readPackage([folder.directory], folder.root), before)).object(object);
      return found.kind === 'known' ? found.def.sharingModel : found.kind;
    } catch (error) {
      return (error as Error).message;
    }
  };
  const standard = xml('CustomObject', '<sharingModel>Private</sharingModel>');

  it('are those of the metadata', () => {
    expect(modelOf(sharing('Read'), 'Thing__c')).toBe('Read');
    expect(modelOf(sharing('ReadWrite', 'Opportunity', standard), 'Opportunity')).toBe('ReadWrite');
  });

  it('stay what they are where a package only adds fields', () => {
    using folder = new PackageFolder(sharing('Read'));
    const before = toDeployedObjects(readPackage([folder.directory], folder.root));
    expect(modelOf({ [fieldFile('More__c')]: field('More__c', '<type>Date</type>') }, 'Thing__c', before)).toBe('Read');
  });

  it('that would need a parent are refused', () => {
    expect(modelOf(sharing('ControlledByParent'), 'Thing__c')).toContain(
      'Not supported by the local org: sharingModel ControlledByParent of Thing__c',
    );
    expect(modelOf(sharing('Private', 'Contact', standard), 'Contact')).toContain(
      'Not supported by the local org: sharingModel Private of Contact',
    );
  });
});

describe('objects', () => {
  const lookup = (target: string): string =>
    field('To__c', '<type>Lookup</type>', `<referenceTo>${target}</referenceTo>`, '<relationshipName>Things</relationshipName>');

  it('refer to objects that there are', () => {
    expect(problems({ ...THING, [fieldFile('To__c')]: lookup('Thing__c') })).toEqual([]);
    expect(problems({ ...THING, [fieldFile('To__c')]: lookup('Thingy__c') })).toEqual([
      `pkg/${fieldFile('To__c')}:2 referenceTo value of 'Thingy__c' does not resolve to a valid sObject type`,
    ]);
    expect(problems({ ...THING, [fieldFile('To__c')]: lookup('Campaign') })).toEqual([
      `pkg/${fieldFile('To__c')}:2 Not supported by the local org: object Campaign`,
    ]);
  });

  it('give a parent each child relationship once', () => {
    const twin = lookup('User').replaceAll('To__c', 'Twin__c');
    expect(problems({ ...THING, [fieldFile('To__c')]: lookup('User'), [fieldFile('Twin__c')]: twin })).toEqual([
      `pkg/${fieldFile('Twin__c')}:2 There is already a Child Relationship named Things on User, of Thing__c.To__c`,
    ]);
  });

  it('are there before they get fields', () => {
    const alone = { [fieldFile('More__c')]: field('More__c', '<type>Date</type>') };
    expect(problems(alone)).toEqual([`pkg/${fieldFile('More__c')}:2 Entity of type 'CustomObject' named 'Thing__c' cannot be found`]);
    expect(problems(alone, THING)).toEqual([]);
    expect(createSchema(toDeployedObjects(packageOf(THING))).object('thing__c').kind).toBe('known');
  });

  it('have formulas that can be computed', () => {
    const formula = (text: string, type = 'Text'): Record<string, string> => ({
      ...THING,
      [fieldFile('F__c')]: field('F__c', `<formula>${text}</formula>`, `<type>${type}</type>`),
    });
    const place = `pkg/${fieldFile('F__c')}:2 `;
    expect(problems(formula('Nope__c &amp; "x"'))).toEqual([`${place}Field Nope__c does not exist. Check spelling.`]);
    expect(problems(formula('ISBLANK(Note__c)'))).toEqual([
      `${place}Formula result is data type (Boolean), incompatible with expected data type (Text).`,
    ]);
    expect(problems(formula('TRIM(Note__c)'))).toEqual([`${place}Not supported by the local org: formula function TRIM`]);
    expect(problems(formula('ISBLANK(Note__c)', 'Checkbox'))).toEqual([]);
  });
});

describe('validation rules', () => {
  const rule = (...lines: readonly string[]): string[] =>
    problems({ ...THING, [RULE]: xml('ValidationRule', '<fullName>Must_Shout</fullName>', '<active>true</active>', ...lines) });
  const condition = (formula: string): string => `<errorConditionFormula>${formula}</errorConditionFormula>`;
  const message = '<errorMessage>Louder</errorMessage>';

  it('may read fields and what they were', () => {
    const formula = condition('AND(ISCHANGED(Note__c), LEN(PRIORVALUE(Note__c)) &gt; LEN(Shout__c))');
    expect(rule(formula, '<errorDisplayField>Note__c</errorDisplayField>', message)).toEqual([]);
  });

  it('are checked where they stand', () => {
    expect(rule(message, condition('Nope__c = "x" || Note__c'))).toEqual([`pkg/${RULE}:6 Field Nope__c does not exist. Check spelling.`]);
    expect(rule(condition('Note__c'), message)).toEqual([
      `pkg/${RULE}:5 Formula result is data type (Text), incompatible with expected data type (Boolean).`,
    ]);
    expect(rule(condition('REGEX(Note__c, "x")'), message)).toEqual([
      `pkg/${RULE}:5 Not supported by the local org: formula function REGEX`,
    ]);
    expect(rule(condition('TRUE'), '<errorDisplayField>Nope__c</errorDisplayField>', message)).toEqual([
      `pkg/${RULE}:6 In field: errorDisplayField - no CustomField named Thing__c.Nope__c found`,
    ]);
  });

  it('of an object that is nowhere are a problem of the package', () => {
    const lines = ['<active>true</active>', condition('TRUE'), message];
    expect(problems({ [RULE]: xml('ValidationRule', ...lines) })).toEqual([
      `pkg/${RULE}:2 Entity of type 'CustomObject' named 'Thing__c' cannot be found`,
    ]);
  });

  it('stay with their object in later deploys, replaced by name', () => {
    const deployed = (text: string, before?: readonly DeployedObject[]): DeployedObject[] => {
      const lines = ['<active>true</active>', condition(text), message];
      using folder = new PackageFolder({ ...THING, [RULE]: xml('ValidationRule', ...lines) });
      return toDeployedObjects(readPackage([folder.directory], folder.root), before);
    };
    const first = deployed('TRUE');
    expect(first[0]?.validationRules).toEqual([
      { name: 'Must_Shout', active: true, condition: 'TRUE', message: 'Louder', displayField: null },
    ]);
    expect(deployed('FALSE', first)[0]?.validationRules?.map((one) => one.condition)).toEqual(['FALSE']);
  });
});
