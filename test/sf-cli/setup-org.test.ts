import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMINISTRATOR, startCliOrg, type CliOrg } from './support/cli-org.ts';
import { apexClass } from './support/crates.ts';
import { componentsOf, deployReport } from './support/deploy-report.ts';
import { query } from './support/query.ts';

const ROOT = resolve(import.meta.dirname, '../..');

let cli: CliOrg;
beforeAll(async () => {
  cli = await startCliOrg({ project: 'empty' });
});
afterAll(() => cli.close());

test('npm run setup:org brings everything into an org, and checks the connection as the MCP server does', async () => {
  const setUp = await cli.sf.script('setup-org', ['local', '--demo-data']);
  expect([setUp.exitCode, setUp.stderr]).toEqual([0, expect.stringContaining('✓ local is ready')]);
  expect(componentsOf(cli.org)).toEqual(expect.arrayContaining(['ApexClass WriteService', 'PermissionSet RevOps_CRM_Access']));
  const assigned = await query(
    cli.sf,
    `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE Assignee.Username = '${ADMINISTRATOR}' AND PermissionSet.Name LIKE 'RevOps%' ORDER BY PermissionSet.Name`,
  );
  expect(assigned.map(({ PermissionSet }) => (PermissionSet as { Name: string }).Name)).toEqual([
    'RevOps_Audit_Admin',
    'RevOps_CRM_Access',
    'RevOps_MCP_User',
  ]);
  expect((await query(cli.sf, 'SELECT Id FROM Opportunity')).length).toBeGreaterThan(0);
});

test('run again, it leaves alone what administrators decided, loads nothing twice, and runs no tests but its own', async () => {
  const record = 'customMetadata/Write_Setting.Default.md-meta.xml';
  const shipped = readFileSync(join(ROOT, 'force-app/main/default', record), 'utf8');
  const stopped = shipped.replace(/(<field>Writes_Enabled__c<\/field>\s*<value [^>]*>)true/, '$1false');
  expect(stopped).not.toBe(shipped);
  cli.write({
    [`app/${record}`]: stopped,
    ...apexClass(
      'OrgOwnTest',
      '@IsTest\nprivate with sharing class OrgOwnTest {\n  @IsTest\n  static void fails() {\n    Assert.fail();\n  }\n}\n',
    ),
  });
  await cli.sf.result(deployReport, ['project', 'deploy', 'start', '--source-dir', 'app']);
  const before = await query(cli.sf, 'SELECT Id FROM Opportunity ORDER BY Id');

  const again = await cli.sf.script('setup-org', ['local', '--demo-data']);
  expect(again.stderr).toContain('The Write Policy and Write Setting records of the org are left as they are.');
  expect(again.stderr).toContain('Accounts of the demo company are there already: nothing is loaded.');
  expect(again.stdout).not.toContain('OrgOwnTest');
  expect(await query(cli.sf, 'SELECT Writes_Enabled__c FROM Write_Setting__mdt')).toEqual([
    expect.objectContaining({ Writes_Enabled__c: false }),
  ]);
  expect(await query(cli.sf, 'SELECT Id FROM Opportunity ORDER BY Id')).toEqual(before);
  // Writes that are switched off are a problem, and the last step says so.
  expect([again.exitCode, again.stdout]).toEqual([1, expect.stringContaining('Writes Enabled')]);
});

test('an org that sf does not know is named, with what to do', async () => {
  const setUp = await cli.sf.script('setup-org', ['nowhere']);
  expect([setUp.exitCode, setUp.stderr]).toEqual([1, expect.stringContaining('sf org login web --alias nowhere')]);
});
