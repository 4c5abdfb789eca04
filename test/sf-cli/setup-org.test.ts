import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMINISTRATOR, startCliOrg, type CliOrg } from './support/cli-org.ts';
import { componentsOf } from './support/deploy-report.ts';
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

test('an org that sf does not know is named, with what to do', async () => {
  const setUp = await cli.sf.script('setup-org', ['nowhere']);
  expect([setUp.exitCode, setUp.stderr]).toEqual([1, expect.stringContaining('sf org login web --alias nowhere')]);
});
