import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DeployFailed } from './errors.ts';
import { EMPTY_PACKAGE } from './metadata/merge-packages.ts';
import { readPackage } from './metadata/read-package.ts';
import { createLocalOrg } from './org.ts';
import type { LocalOrg } from './org-types.ts';

let root: string;
let org: LocalOrg;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'deploy-'));
  org = createLocalOrg({ dataset: 'empty', root });
});
afterEach(() => {
  org.close();
  rmSync(root, { recursive: true });
});

const XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function writeField(folder: string, name: string, type = 'Text', more = '<length>20</length>'): void {
  const body = `<fullName>${name}</fullName><label>${name}</label><type>${type}</type>${more}`;
  write(`${folder}/objects/Account/fields/${name}.field-meta.xml`, `<CustomField ${XMLNS}>${body}</CustomField>`);
}

function writeClass(folder: string, name: string, source: string): void {
  write(`${folder}/classes/${name}.cls`, source);
  write(`${folder}/classes/${name}.cls-meta.xml`, `<ApexClass ${XMLNS}><apiVersion>67.0</apiVersion><status>Active</status></ApexClass>`);
}

function hasField(name: string): boolean {
  const account = org.schema.object('Account');
  if (account.kind !== 'known') throw new Error('no Account');
  const columns = org.store.select(`SELECT name FROM pragma_table_info('Account')`, []).map(([column]) => column);
  const inSchema = org.schema.field(account.def, name).kind === 'known';
  expect(columns.includes(name)).toBe(inSchema);
  return inSchema;
}

function problems(folder: string): string[] {
  try {
    org.deploy([join(root, folder)]);
  } catch (error) {
    if (error instanceof DeployFailed) return error.problems.map(({ message, location }) => `${location.file}:${location.line} ${message}`);
    throw error;
  }
  throw new Error('the deploy was not refused');
}

test('fields and classes are there afterwards, and a second deploy adds to the first', () => {
  writeField('one', 'Tier__c');
  writeClass('one', 'Tiers', 'public with sharing class Tiers { public static String tierOf(Account a) { return a.Tier__c; } }');
  expect(org.deploy([join(root, 'one')]).components).toEqual([
    { type: 'ApexClass', name: 'Tiers', file: 'one/classes/Tiers.cls', state: 'created' },
    { type: 'CustomField', name: 'Account.Tier__c', file: 'one/objects/Account/fields/Tier__c.field-meta.xml', state: 'created' },
  ]);
  writeField('two', 'Segment__c');
  org.deploy([join(root, 'two')]);
  expect([hasField('Tier__c'), hasField('Segment__c'), org.engine.classNames()]).toEqual([true, true, ['Tiers']]);
});

test('metadata that is refused changes nothing', () => {
  writeField('one', 'Good__c');
  writeField('one', 'Bad__c', 'Txet');
  expect(problems('one')).toEqual([expect.stringContaining('one/objects/Account/fields/Bad__c.field-meta.xml:1 ')]);
  expect(hasField('Good__c')).toBe(false);
});

test('a mistake in metadata does not hide those in Apex', () => {
  writeField('one', 'Tier__c');
  writeField('one', 'Bad__c', 'Checkbox', '<formula>Nope__c</formula>');
  writeClass('one', 'Broken', 'public class Broken {\n  public static String tierOf(Account a) { return a.Tear__c; }\n}');
  writeClass('one', 'Sound', 'public class Sound {\n  public static Object tierOf(Account a) { return a.Tier__c; }\n}');
  expect(problems('one')).toEqual([
    'one/objects/Account/fields/Bad__c.field-meta.xml:1 Field Nope__c does not exist. Check spelling.',
    expect.stringMatching(/^one\/classes\/Broken\.cls:2 .*Tear__c/),
  ]);
  expect([hasField('Tier__c'), org.engine.classNames()]).toEqual([false, []]);
});

test('Apex that does not compile takes the metadata of its deploy back', () => {
  writeField('one', 'Tier__c');
  org.deploy([join(root, 'one')]);
  writeField('two', 'Segment__c');
  writeClass('two', 'Fine', 'public with sharing class Fine {}');
  writeClass('two', 'Broken', 'public with sharing class Broken {\n  public static String tierOf(Account a) { return a.Nope__c; }\n}');
  expect(problems('two')).toEqual([expect.stringMatching(/^two\/classes\/Broken\.cls:2 .*Nope__c/)]);
  expect([hasField('Tier__c'), hasField('Segment__c'), org.engine.classNames()]).toEqual([true, false, []]);
});

test('a deploy says what is new, what is other than before and what is the same', () => {
  writeField('one', 'Tier__c');
  writeClass('one', 'Tiers', 'public with sharing class Tiers {}');
  org.deploy([join(root, 'one')]);
  writeField('one', 'Segment__c');
  writeClass('one', 'Tiers', 'public with sharing class Tiers { Integer n; }');
  expect(org.deploy([join(root, 'one')]).components.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'Tiers changed',
    'Account.Segment__c created',
    'Account.Tier__c unchanged',
  ]);
});

describe('what records do not allow', () => {
  beforeEach(() => {
    writeField('one', 'Code__c');
    org.deploy([join(root, 'one')]);
    const user = org.user(org.tokens[0]?.username ?? '');
    writeClass('one', 'Fill', "public class Fill { public static void run() { for (String n : new List<String>{ 'a', 'b' }) insert new Account(Name = n, Code__c = 'X'); } }"); // prettier-ignore
    org.deploy([join(root, 'one')]);
    expect(org.transaction(user, (tx) => org.engine.runStatic('Fill', 'run', tx)).exception).toBeNull();
  });

  test.each([
    ['<length>20</length><externalId>true</externalId><unique>true</unique>', 'Text', 'The field Code__c can not be unique'],
    ['<precision>5</precision><scale>0</scale>', 'Number', 'Not supported by the local org: changing the type of Account.Code__c'],
  ])('%s is told at the field, and the field stays as it was', (more, type, message) => {
    writeField('two', 'New__c');
    writeField('two', 'Code__c', type, more);
    expect(problems('two')).toEqual([expect.stringMatching(`^two/objects/Account/fields/Code__c.field-meta.xml:1 ${message}`)]);
    expect([hasField('Code__c'), hasField('New__c')]).toEqual([true, false]);
  });
});

describe('deletions', () => {
  const AT = { file: 'destructiveChangesPost.xml', line: 4, column: 9 };
  const remove = (type: string, name: string) =>
    org.deployPackage({ package: EMPTY_PACKAGE, deletions: [{ type, name, phase: 'after', at: AT }] });
  beforeEach(() => {
    writeField('one', 'Tier__c');
    writeClass('one', 'Tiers', 'public with sharing class Tiers { public static String tierOf(Account a) { return a.Tier__c; } }');
    org.deploy([join(root, 'one')]);
  });

  test('take the component and its column', () => {
    expect(remove('ApexClass', 'tiers').components).toEqual([{ type: 'ApexClass', name: 'tiers', file: AT.file, state: 'deleted' }]);
    remove('CustomField', 'Account.Tier__c');
    expect([hasField('Tier__c'), org.engine.classNames(), org.metadata.components]).toEqual([false, [], []]);
  });

  test('of what something refers to are refused at the place that names it, and nothing is gone', () => {
    let failure: unknown;
    try {
      remove('CustomField', 'Account.Tier__c');
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({
      problems: [
        {
          location: AT,
          message: expect.stringMatching(/^This CustomField is referenced elsewhere in the org: one\/classes\/Tiers\.cls:1 /) as unknown,
        },
      ],
    });
    expect([hasField('Tier__c'), org.engine.classNames()]).toEqual([true, ['Tiers']]);
  });

  test('of what is not there are told, and change nothing', () => {
    expect(remove('ApexClass', 'Nope')).toEqual({ components: [], missing: [{ type: 'ApexClass', name: 'Nope', phase: 'after', at: AT }] });
  });

  test('of an object take its records, and another object keeps its key prefix', () => {
    const object = (name: string): void =>
      write(
        `two/objects/${name}/${name}.object-meta.xml`,
        `<CustomObject ${XMLNS}><label>A</label><pluralLabel>As</pluralLabel><nameField><label>N</label><type>Text</type></nameField><deploymentStatus>Deployed</deploymentStatus><sharingModel>Private</sharingModel></CustomObject>`,
      );
    object('First__c');
    object('Second__c');
    org.deploy([join(root, 'two')]);
    const prefixOf = (name: string): string => {
      const found = org.schema.object(name);
      return found.kind === 'known' ? found.def.keyPrefix : found.kind;
    };
    const second = prefixOf('Second__c');
    remove('CustomObject', 'First__c');
    expect([prefixOf('First__c'), prefixOf('Second__c')]).toEqual(['unknown', second]);
    expect(org.store.select(`SELECT name FROM sqlite_schema WHERE name = 'First__c'`, [])).toEqual([]);
  });
});

test('a deploy that is only checked, and one whose verification throws, leave nothing behind', () => {
  writeField('one', 'Tier__c');
  writeClass('one', 'Tiers', 'public with sharing class Tiers {}');
  const request = { package: readPackage([join(root, 'one')], root) };
  let seen: readonly string[] = [];
  const result = org.deployPackage(request, { checkOnly: true, verify: () => (seen = org.engine.classNames()) });
  expect([result.components.length, seen]).toEqual([2, ['Tiers']]);
  expect([hasField('Tier__c'), org.engine.classNames(), org.metadata.components]).toEqual([false, [], []]);
  const verify = (): never => {
    throw new Error('tests failed');
  };
  expect(() => org.deployPackage(request, { verify })).toThrow('tests failed');
  expect([hasField('Tier__c'), org.engine.classNames(), org.metadata.components]).toEqual([false, [], []]);
});
