import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMINISTRATOR, startCliOrg, type CliOrg } from './support/cli-org.ts';
import { apexClass } from './support/crates.ts';
import { componentsOf, deployReport } from './support/deploy-report.ts';
import { query } from './support/query.ts';

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

test('a second run leaves alone what is there, and runs the tests of this project, not those of the org', async () => {
  cli.write(
    apexClass(
      'OrgOwnTest',
      '@IsTest\nprivate with sharing class OrgOwnTest {\n  @IsTest\n  static void fails() {\n    Assert.fail();\n  }\n}\n',
    ),
  );
  await cli.sf.result(deployReport, ['project', 'deploy', 'start', '--source-dir', 'app']);
  const before = await query(cli.sf, 'SELECT Id FROM Opportunity ORDER BY Id');
  const again = await cli.sf.script('setup-org', ['local', '--demo-data']);
  expect([again.exitCode, again.stderr]).toEqual([0, expect.stringContaining('are there already: nothing is loaded')]);
  expect(again.stdout).not.toContain('OrgOwnTest');
  expect(await query(cli.sf, 'SELECT Id FROM Opportunity ORDER BY Id')).toEqual(before);
});

test('an org that sf does not know is named, with what to do', async () => {
  const setUp = await cli.sf.script('setup-org', ['nowhere']);
  expect([setUp.exitCode, setUp.stderr]).toEqual([1, expect.stringContaining('sf org login web --alias nowhere')]);
});
