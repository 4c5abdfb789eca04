import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startCliOrg, type CliOrg } from './support/cli-org.ts';
import { CRATES, CRATES_COMPONENTS, CRATES_FOLDER, crateField } from './support/crates.ts';
import { componentsOf, deployReport, states } from './support/deploy-report.ts';

const REST = { SF_ORG_METADATA_REST_DEPLOY: 'true' };

let cli: CliOrg;
beforeAll(async () => {
  cli = await startCliOrg({ project: 'empty' });
  cli.write(CRATES);
});
afterAll(() => cli.close());

// Each test goes on where the one before it left the org.

test('a dry run checks everything and leaves nothing', async () => {
  const report = await cli.sf.result(deployReport, ['project', 'deploy', 'start', '--source-dir', 'app', '--dry-run']);
  expect([report.status, report.checkOnly, states(report)]).toEqual(['Succeeded', true, CRATES_COMPONENTS.map((one) => `Created ${one}`)]);
  expect(componentsOf(cli.org)).toEqual([]);
});

test('a validation runs the tests, and a quick deploy brings what it checked', async () => {
  const validation = await cli.sf.result(deployReport, ['project', 'deploy', 'validate', '--source-dir', 'app']);
  expect(validation).toMatchObject({ status: 'Succeeded', checkOnly: true, numberTestsCompleted: 2, numberTestErrors: 0 });
  expect(componentsOf(cli.org)).toEqual([]);

  const quick = await cli.sf.result(deployReport, ['project', 'deploy', 'quick', '--job-id', validation.id]);
  expect([quick.status, quick.checkOnly, quick.id === validation.id]).toEqual(['Succeeded', false, false]);
  expect(componentsOf(cli.org)).toEqual(CRATES_COMPONENTS);

  const report = await cli.sf.result(deployReport, ['project', 'deploy', 'report', '--job-id', quick.id]);
  expect(report).toMatchObject({ id: quick.id, status: 'Succeeded', numberComponentsDeployed: CRATES_COMPONENTS.length });
});

test('over REST, what did not change is told as unchanged', async () => {
  const soap = cli.org.faults.add({ path: '/services/Soap/*', effect: { kind: 'cut' } });
  const report = await cli.sf.result(deployReport, ['project', 'deploy', 'start', '--source-dir', 'app'], REST);
  expect([report.status, states(report)]).toEqual(['Succeeded', CRATES_COMPONENTS.map((one) => `Unchanged ${one}`)]);
  expect(soap.hits).toBe(0);
  soap.remove();
});

test('over SOAP, one field alone changes only that field', async () => {
  const rest = cli.org.faults.add({ path: '/services/data/*/metadata/*', effect: { kind: 'cut' } });
  cli.write(crateField('Weight__c', 'Number', '<precision>9</precision>\n    <scale>2</scale>'));
  const report = await cli.sf.result(deployReport, ['project', 'deploy', 'start', '--metadata', 'CustomField:Crate__c.Weight__c']);
  expect(states(report)).toEqual(['Changed CustomField Crate__c.Weight__c']);
  expect(rest.hits).toBe(0);
  rest.remove();
  expect(componentsOf(cli.org)).toEqual(CRATES_COMPONENTS);
});

test('the tests that a deploy names are those that run', async () => {
  const chosen = ['--test-level', 'RunSpecifiedTests', '--tests', 'CratesTest'];
  const report = await cli.sf.result(deployReport, ['project', 'deploy', 'start', '--metadata', 'ApexClass:Crates', ...chosen]);
  expect(report).toMatchObject({ status: 'Succeeded', runTestsEnabled: true, numberTestsCompleted: 2, numberTestErrors: 0 });
});

test('a retrieve gives back what was deployed', async () => {
  const read = (): [string, string][] => Object.keys(CRATES).map((file) => [file, readFileSync(join(cli.project, file), 'utf8')]);
  const deployed = read();
  rmSync(join(cli.project, CRATES_FOLDER), { recursive: true });
  const members = ['ApexClass:Crates*', 'CustomObject:Crate__c', 'PermissionSet:Crate_User'].flatMap((one) => ['--metadata', one]);
  const retrieved = await cli.sf.json(['project', 'retrieve', 'start', ...members]);
  expect(retrieved).toMatchObject({ exitCode: 0, result: { status: 'Succeeded', success: true } });
  expect(read()).toEqual(deployed);
});

const deletedFiles = z.looseObject({
  success: z.literal(true),
  deletedSource: z.array(z.looseObject({ fullName: z.string(), state: z.string() })),
});

test('destructive changes after a deploy take away what nothing refers to any more', async () => {
  cli.write({ 'gone.xml': manifest([['ApexClass', 'CratesTest']]), 'none.xml': manifest([]) });
  const report = await cli.sf.result(deployReport, [
    'project',
    'deploy',
    'start',
    '--manifest',
    'none.xml',
    '--post-destructive-changes',
    'gone.xml',
  ]);
  expect(states(report)).toEqual(['Deleted ApexClass CratesTest']);
  expect(componentsOf(cli.org)).toEqual(CRATES_COMPONENTS.filter((one) => one !== 'ApexClass CratesTest'));
});

test('what something still refers to cannot be deleted', async () => {
  const answer = await cli.sf.json(['project', 'delete', 'source', '--metadata', 'CustomField:Crate__c.Weight__c', '--no-prompt']);
  expect(answer.exitCode).toBe(1);
  expect(JSON.stringify(answer)).toContain('This CustomField is referenced elsewhere in the org');
  expect(componentsOf(cli.org)).toContain('CustomField Crate__c.Weight__c');
});

test('deleted source is gone from the org and from the project', async () => {
  const deleted = await cli.sf.result(deletedFiles, [
    'project',
    'delete',
    'source',
    '--metadata',
    'PermissionSet:Crate_User',
    '--no-prompt',
  ]);
  expect(deleted.deletedSource).toEqual([expect.objectContaining({ fullName: 'Crate_User', state: 'Deleted' })]);
  expect(componentsOf(cli.org)).not.toContain('PermissionSet Crate_User');
  expect(existsSync(join(cli.project, CRATES_FOLDER, 'permissionsets/Crate_User.permissionset-meta.xml'))).toBe(false);
});

function manifest(members: readonly (readonly [type: string, name: string])[]): string {
  const types = members.map(([type, name]) => `<types><members>${name}</members><name>${type}</name></types>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="http://soap.sforce.com/2006/04/metadata">${types.join('')}<version>67.0</version></Package>\n`;
}
