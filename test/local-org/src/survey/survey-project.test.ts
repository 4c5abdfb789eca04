import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createLocalOrg } from '../org.ts';
import type { LocalOrg } from '../org-types.ts';
import { surveyProject, type Survey } from './survey-project.ts';
import { isSound, surveyReport } from './survey-report.ts';

const META = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

let root: string;
let org: LocalOrg;
let found: Survey;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'survey-'));
  write('app/flows/Test.flow-meta.xml', `<Flow ${META}/>`);
  write('app/staticresources/pictures.resource-meta.xml', `<StaticResource ${META}/>`);
  write('app/staticresources/pictures/one.png', '');
  write('app/jest-mocks/mock.js', '');
  cls('Fine', 'public class Fine { public static Integer one() { return 1; } }');
  cls('Mail', 'public class Mail {\n  public void send() { new Messaging.SingleEmailMessage(); } }');
  cls('Needy', 'public class Needy { Mail mail; }');
  cls('Needier', 'public class Needier { public Object go() { return new Needy(); } }');
  cls('Wrong', 'public class Wrong { Integer count = true; }');
  cls('FineTest', '@IsTest class FineTest { @IsTest static void one() { Assert.areEqual(1, Fine.one()); } @IsTest static void two() { Assert.areEqual(2, Fine.one()); } }'); // prettier-ignore
  org = createLocalOrg({ dataset: 'empty', root });
  found = surveyProject(org, [join(root, 'app')], root);
});
afterAll(() => {
  org.close();
  rmSync(root, { recursive: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function cls(name: string, source: string): void {
  write(`app/classes/${name}.cls`, source);
  write(`app/classes/${name}.cls-meta.xml`, `<ApexClass ${META}><apiVersion>67.0</apiVersion><status>Active</status></ApexClass>`);
}

test('the files of a component stand or fall together; a file of none is counted too', () => {
  expect(found.components.map(({ type, files }) => [type, files.length])).toEqual([
    ...Array.from({ length: 6 }, () => ['ApexClass', 2]),
    ['Flow', 1],
    ['', 1],
    ['StaticResource', 2],
  ]);
});

test('what has a problem is left out, then what needs it, until the rest is deployed', () => {
  expect(found.refusals.map(({ kind, message, file, line }) => [kind, file, line, message])).toEqual([
    ['named', 'app/flows/Test.flow-meta.xml', 1, 'Not supported by the local org: metadata type Flow'],
    ['named', 'app/staticresources/pictures.resource-meta.xml', 1, 'Not supported by the local org: metadata type StaticResource'],
    ['compiler', 'app/jest-mocks/mock.js', 1, 'Could not infer a metadata type: move the file out of the package directory'],
    ['named', 'app/classes/Mail.cls', 2, expect.stringContaining('new Messaging.SingleEmailMessage()')],
    ['compiler', 'app/classes/Wrong.cls', 1, 'Illegal assignment from Boolean to Integer'],
    ['follows', 'app/classes/Needy.cls', 1, 'Invalid type: Mail'],
    ['follows', 'app/classes/Needier.cls', 1, 'Invalid type: Needy'],
  ]);
  expect(org.engine.classNames()).toEqual(['Fine', 'FineTest']);
  expect(found.deployed).toHaveLength(2);
});

test('the tests that are left run, and the report says what became of all', () => {
  expect(found.tests.map(({ methodName, outcome }) => [methodName, outcome])).toEqual([
    ['one', 'Pass'],
    ['two', 'Fail'],
  ]);
  const report = surveyReport(found);
  expect(report).toContain('ApexClass       6     2         1        2              1         0');
  expect(report).toContain('1      metadata type Flow                  app/flows/Test.flow-meta.xml:1');
  expect(report).toContain('Apex tests: 2 run, 1 passed, 0 refused by name, 1 failed, 0 crashed.');
  expect(isSound(found)).toBe(true);
});

test('a component with which the local org crashes is found and named', () => {
  const victim = createLocalOrg({ dataset: 'empty', root });
  const deploy = victim.deployPackage.bind(victim);
  vi.spyOn(victim, 'deployPackage').mockImplementation((request) => {
    if (request.package.apex.some(({ name }) => name === 'Fine')) throw new TypeError('boom');
    return deploy(request);
  });
  try {
    const crashed = surveyProject(victim, [join(root, 'app')], root);
    expect(crashed.refusals.filter(({ kind }) => kind === 'crashed').map(({ file, message }) => [file, message])).toEqual([
      ['app/classes/Fine.cls', expect.stringContaining('TypeError: boom')],
    ]);
    expect(isSound(crashed)).toBe(false);
    expect(surveyReport(crashed)).toContain('Crashed');
  } finally {
    victim.close();
  }
});
