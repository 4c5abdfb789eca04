import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DeployFailed } from './errors.ts';
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
    { type: 'ApexClass', name: 'Tiers', file: expect.stringMatching(/^one\/classes\/Tiers\.cls/) as unknown },
    { type: 'CustomField', name: 'Account.Tier__c', file: 'one/objects/Account/fields/Tier__c.field-meta.xml' },
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

test('Apex that does not compile takes the metadata of its deploy back', () => {
  writeField('one', 'Tier__c');
  org.deploy([join(root, 'one')]);
  writeField('two', 'Segment__c');
  writeClass('two', 'Fine', 'public with sharing class Fine {}');
  writeClass('two', 'Broken', 'public with sharing class Broken {\n  public static String tierOf(Account a) { return a.Nope__c; }\n}');
  expect(problems('two')).toEqual([expect.stringMatching(/^two\/classes\/Broken\.cls:2 .*Nope__c/)]);
  expect([hasField('Tier__c'), hasField('Segment__c'), org.engine.classNames()]).toEqual([true, false, []]);
});
